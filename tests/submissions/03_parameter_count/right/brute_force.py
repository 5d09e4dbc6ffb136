# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: counts connections one by one with itertools, and distinct ones with a set
from itertools import product


def linear_params(sizes, bias=True):
    answer = []
    previous = None
    for size in sizes:
        if previous is not None:
            connections = sum(1 for _ in product(range(previous), range(size)))
            answer.append((connections, sum(1 for _ in range(size) if bias)))
        previous = size
    return answer


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kh, kw = kernel if not isinstance(kernel, int) else (kernel, kernel)
    in_per_group, out_per_group = in_channels // groups, out_channels // groups
    seen = set()
    for g in range(groups):
        for o in range(g * out_per_group, (g + 1) * out_per_group):
            for i in range(g * in_per_group, (g + 1) * in_per_group):
                seen.update((o, i, u, v) for u in range(kh) for v in range(kw))
            if bias:
                seen.add((o, "bias"))
    return len(seen)


def weight_counts(size_hw, kernel, filters):
    H, W = size_hw
    kh, kw = kernel if not isinstance(kernel, int) else (kernel, kernel)
    outputs = [(f, i, j) for f in range(filters) for i in range(H - kh + 1) for j in range(W - kw + 1)]
    fully = sum(H * W for _ in outputs)
    shared = {(f, u, v) for f, _, _ in outputs for u in range(kh) for v in range(kw)}
    return (fully, len(shared))

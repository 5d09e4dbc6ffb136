# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: recursion over the layers, tuple of tuples
def linear_params(sizes, bias=True):
    if len(sizes) < 2:
        return ()
    first, second, *_ = sizes
    return ((first * second, second * bool(bias) * 1),) + linear_params(sizes[1:], bias)


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if groups > 1:
        return groups * conv_params(in_channels // groups, out_channels // groups, kernel, 1, bias)
    try:
        kh, kw = kernel
    except TypeError:
        return conv_params(in_channels, out_channels, (kernel, kernel), groups, bias)
    per_filter = in_channels * kh * kw + (1 if bias else 0)
    return out_channels * per_filter


def weight_counts(size_hw, kernel, filters):
    if filters > 1:
        rest = weight_counts(size_hw, kernel, filters - 1)
        one = weight_counts(size_hw, kernel, 1)
        return one[0] + rest[0], one[1] + rest[1]
    k = kernel if isinstance(kernel, tuple) else (kernel,) * 2
    return size_hw[0] * size_hw[1] * (size_hw[0] - k[0] + 1) * (size_hw[1] - k[1] + 1), k[0] * k[1]

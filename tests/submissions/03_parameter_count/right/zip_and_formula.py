# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: zip over neighbours, the formulas written out
def linear_params(sizes, bias=True):
    return [(n_in * n_out, n_out if bias else 0) for n_in, n_out in zip(sizes, sizes[1:])]


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    weights = out_channels * (in_channels // groups) * kh * kw
    return weights + (out_channels if bias else 0)


def weight_counts(size_hw, kernel, filters):
    h, w = size_hw
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    outputs = (h - kh + 1) * (w - kw + 1) * filters
    return h * w * outputs, kh * kw * filters

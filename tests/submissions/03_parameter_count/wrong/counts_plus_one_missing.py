# expect: weight_counts=failed
# mistake: n - k outputs on each axis
# diagnosis: plus_one_forgotten
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height - kh
    out_w = width - kw
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters
    return fully_connected, convolution

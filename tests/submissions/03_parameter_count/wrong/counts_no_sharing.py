# expect: weight_counts=failed
# mistake: the kernel is counted again at every place
# diagnosis: not_shared
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height - kh + 1
    out_w = width - kw + 1
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters * out_h * out_w
    return fully_connected, convolution

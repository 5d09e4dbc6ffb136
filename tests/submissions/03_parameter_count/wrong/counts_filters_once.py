# expect: weight_counts=failed
# mistake: the fully connected layer has one map only
# diagnosis: connected_to_one_map
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height - kh + 1
    out_w = width - kw + 1
    fully_connected = height * width * out_h * out_w
    convolution = kh * kw * filters
    return fully_connected, convolution

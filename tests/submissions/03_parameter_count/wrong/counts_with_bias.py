# expect: weight_counts=failed
# mistake: counts the biases as well
# diagnosis: with_biases
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height - kh + 1
    out_w = width - kw + 1
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters
    return fully_connected + out_h * out_w * filters, convolution + filters

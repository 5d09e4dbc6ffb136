# expect: weight_counts=failed
# mistake: the output is taken to be as large as the input
# diagnosis: outputs_as_large_as_the_image
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height
    out_w = width
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters
    return fully_connected, convolution

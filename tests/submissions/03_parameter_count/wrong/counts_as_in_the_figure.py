# expect: weight_counts=failed
# mistake: one output too many on each axis: 16 for the lecture's 9, 800 for 450
# diagnosis: outputs_as_in_the_figure
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    out_h = height - kh + 2
    out_w = width - kw + 2
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters
    return fully_connected, convolution

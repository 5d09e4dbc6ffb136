# expect: weight_counts=failed
# mistake: a pair for the kernel crashes
# diagnosis: kernel_pair_crashes
def weight_counts(size_hw, kernel, filters):
    height, width = size_hw
    kh = kw = int(kernel)
    out_h = height - kh + 1
    out_w = width - kw + 1
    fully_connected = height * width * out_h * out_w * filters
    convolution = kh * kw * filters
    return fully_connected, convolution

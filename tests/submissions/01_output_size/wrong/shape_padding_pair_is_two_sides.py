# expect: conv_output_size=passed conv_output_shape=failed
# mistake: takes a padding pair for (before, after) instead of (height, width)
# diagnosis: padding_as_before_and_after
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    if not isinstance(kernel, tuple):
        kernel = (kernel, kernel)
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if not isinstance(dilation, tuple):
        dilation = (dilation, dilation)
    if isinstance(padding, tuple):
        if min(padding) < 0:
            raise ValueError("negative padding")
        return tuple(conv_output_size(size_hw[i] + sum(padding), kernel[i], stride[i], 0, dilation[i]) for i in (0, 1))
    return tuple(conv_output_size(size_hw[i], kernel[i], stride[i], padding, dilation[i]) for i in (0, 1))

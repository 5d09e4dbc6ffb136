# expect: conv_output_size=passed conv_output_shape=passed
# style: one if per argument, recursion into the first function for each axis
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1:
        raise ValueError("size must be positive")
    if kernel < 1:
        raise ValueError("kernel must be positive")
    if stride < 1:
        raise ValueError("stride must be positive")
    if padding < 0:
        raise ValueError("padding cannot be negative")
    if dilation < 1:
        raise ValueError("dilation must be positive")
    effective = kernel + (kernel - 1) * (dilation - 1)
    if effective > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size - effective + 2 * padding) // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    h, w = size_hw
    if isinstance(kernel, int):
        kernel = (kernel, kernel)
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    if isinstance(dilation, int):
        dilation = (dilation, dilation)
    h_out = conv_output_size(h, kernel[0], stride[0], padding[0], dilation[0])
    w_out = conv_output_size(w, kernel[1], stride[1], padding[1], dilation[1])
    return h_out, w_out

# expect: conv_output_size=failed
# mistake: padding kernel // 2 is taken for "same", whatever the kernel
# diagnosis: same_shortcut
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    if padding > 0 and padding == kernel // 2:
        return -(-size // stride)
    return (size + 2 * padding - span) // stride + 1

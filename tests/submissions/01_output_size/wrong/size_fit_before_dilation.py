# expect: conv_output_size=failed
# mistake: checks the kernel before it is dilated
# diagnosis: fit_before_dilation
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    if kernel > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1

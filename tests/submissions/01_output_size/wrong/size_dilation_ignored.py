# expect: conv_output_size=failed
# mistake: accepts dilation and never uses it
# diagnosis: dilation_ignored
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")

    room = size + 2 * padding - kernel
    if room < 0:
        raise ValueError("kernel does not fit")
    return room // stride + 1

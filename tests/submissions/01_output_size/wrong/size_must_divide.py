# expect: conv_output_size=failed
# mistake: refuses sizes that the stride does not divide
# diagnosis: rest_refused
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    steps, rest = divmod(size + 2 * padding - span, stride)
    if rest != 0:
        raise ValueError("not divisible")
    return steps + 1

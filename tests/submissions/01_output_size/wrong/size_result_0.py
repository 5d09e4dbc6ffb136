# expect: conv_output_size=failed
# mistake: a result of 0 is let through: the check is out < 0
# diagnosis: result_0_accepted
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size <= 0 or kernel <= 0 or stride <= 0 or dilation <= 0 or padding < 0:
        raise ValueError("bad")
    out = (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    if out < 0:
        raise ValueError("negative size")
    return out

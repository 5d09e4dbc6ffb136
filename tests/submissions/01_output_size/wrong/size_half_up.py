# expect: conv_output_size=failed
# mistake: int(x / stride + 0.5): rounded to nearest
# diagnosis: rounded_half_up
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    bad = size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1
    if bad:
        raise ValueError("bad arguments")
    extent = 1 + dilation * (kernel - 1)
    left = size + 2 * padding - extent
    if left < 0:
        raise ValueError("kernel is too big")
    return int(left / stride + 0.5) + 1

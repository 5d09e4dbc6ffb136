# expect: conv_output_size=failed
# mistake: while loop that lets the last window stick out by one
# diagnosis: sticks_out_by_one
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    count, start = 0, 0
    while start + span - 1 <= size + 2 * padding:
        count += 1
        start += stride
    return count

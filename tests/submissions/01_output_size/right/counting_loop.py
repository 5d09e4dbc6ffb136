# expect: conv_output_size=passed conv_output_shape=passed
# style: counts the places one by one with a while loop; the shape comes back as a list
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) <= 0 or padding < 0:
        raise ValueError
    last_index = size + 2 * padding - 1
    places = 0
    start = 0
    while start + dilation * (kernel - 1) <= last_index:
        places += 1
        start += stride
    if not places:
        raise ValueError("no place for a kernel of %d" % kernel)
    return places


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    answer = []
    for axis in range(2):
        args = []
        for setting in (kernel, stride, padding, dilation):
            try:
                args.append(setting[axis])
            except TypeError:
                args.append(setting)
        answer.append(conv_output_size(size_hw[axis], *args))
    return answer

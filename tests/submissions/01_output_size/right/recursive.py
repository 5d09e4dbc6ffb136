# expect: conv_output_size=passed conv_output_shape=passed
# style: recursion: one place, then the rest of the row
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("nonsense")
    span = dilation * (kernel - 1) + 1

    def places(room):
        if room < span:
            return 0
        return 1 + places(room - stride)

    answer = places(size + 2 * padding)
    if answer == 0:
        raise ValueError("does not fit")
    return answer


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    if not size_hw:
        return ()
    head = [v if isinstance(v, int) else v[0] for v in (kernel, stride, padding, dilation)]
    tail = [v if isinstance(v, int) else v[1:] for v in (kernel, stride, padding, dilation)]
    return (conv_output_size(size_hw[0], *head),) + conv_output_shape(size_hw[1:], *tail)

# expect: conv_output_size=passed conv_output_shape=failed
# mistake: pairs are read as (width, height): height uses [1]
# diagnosis: pairs_as_width_height
class Setting:
    """x와 y 값을 따로 가진다."""
    def __init__(self, value):
        if isinstance(value, int):
            self.x = self.y = value
        else:
            self.x, self.y = value

def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    h, w = size_hw
    k, s, p, d = Setting(kernel), Setting(stride), Setting(padding), Setting(dilation)
    return (conv_output_size(h, k.y, s.y, p.y, d.y), conv_output_size(w, k.x, s.x, p.x, d.x))


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError("the arguments make no sense")
    room = size + 2 * padding - (dilation * (kernel - 1) + 1)
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1

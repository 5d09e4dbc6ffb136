# expect: conv_output_size=passed conv_output_shape=passed
# style: instances with __call__ and a functools.partial stand for the functions
from functools import partial


class OutputSize:
    def __init__(self, name="conv"):
        super(OutputSize, self).__init__()
        self.name = name
        self.calls = 0

    def __call__(self, size, kernel, stride=1, padding=0, dilation=1):
        self.calls += 1
        if not (size > 0 and kernel > 0 and stride > 0 and dilation > 0 and padding >= 0):
            raise ValueError(self.name + ": argument makes no sense")
        quotient, rest = divmod(size + 2 * padding - (kernel - 1) * dilation - 1, stride)
        if quotient < 0:
            raise ValueError(self.name + ": kernel does not fit")
        return quotient + 1


def _shape(size_fn, size_hw, kernel, stride=1, padding=0, dilation=1):
    expand = lambda v: v if hasattr(v, "__len__") else (v, v)
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = map(expand, [kernel, stride, padding, dilation])
    return size_fn(size_hw[0], kh, sh, ph, dh), size_fn(size_hw[1], kw, sw, pw, dw)


conv_output_size = OutputSize()
conv_output_shape = partial(_shape, conv_output_size)

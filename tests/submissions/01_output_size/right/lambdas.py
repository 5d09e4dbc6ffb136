# expect: conv_output_size=passed conv_output_shape=passed
# style: both functions are lambdas; an error is raised from a generator that throws
import warnings

warnings.warn("this file is written with lambdas")
fail = lambda why: (_ for _ in ()).throw(ValueError(why))
as_pair = lambda v: v if isinstance(v, tuple) else (v, v)
conv_output_size = lambda size, kernel, stride=1, padding=0, dilation=1: (
    fail("argument") if size < 1 or kernel < 1 or stride < 1 or dilation < 1 or padding < 0
    else fail("fit") if dilation * (kernel - 1) + 1 > size + 2 * padding
    else (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
)
conv_output_shape = lambda size_hw, kernel, stride=1, padding=0, dilation=1: tuple(map(
    conv_output_size, size_hw, as_pair(kernel), as_pair(stride), as_pair(padding), as_pair(dilation)))

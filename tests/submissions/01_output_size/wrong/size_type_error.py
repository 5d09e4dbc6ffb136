# expect: conv_output_size=failed
# mistake: a decorator raises TypeError
# diagnosis: other_exception
import functools
def checked(f):
    @functools.wraps(f)
    def g(size, kernel, stride=1, padding=0, dilation=1):
        if min(size, kernel, stride, dilation) < 1 or padding < 0:
            raise TypeError('argument')
        return f(size, kernel, stride, padding, dilation)
    return g
@checked
def conv_output_size(size, kernel, stride, padding, dilation):
    out = (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    if out < 1: raise TypeError('too large')
    return out

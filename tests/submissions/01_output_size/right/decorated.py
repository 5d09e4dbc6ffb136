# expect: conv_output_size=passed conv_output_shape=passed
# style: validation in a decorator with functools.wraps, results kept by lru_cache
import functools
import logging

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)


def validated(function):
    @functools.wraps(function)
    def wrapper(size, kernel, stride=1, padding=0, dilation=1):
        if size < 1 or kernel < 1 or stride < 1 or dilation < 1 or padding < 0:
            log.warning("refused %s", (size, kernel, stride, padding, dilation))
            raise ValueError("argument out of range")
        try:
            out = function(size, kernel, stride, padding, dilation)
            assert out > 0
        except AssertionError as error:
            raise ValueError("kernel does not fit") from error
        return out

    return wrapper


@functools.lru_cache(maxsize=None)
@validated
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    height, width = [
        conv_output_size(*(v if isinstance(v, int) else v[axis] for v in (n, kernel, stride, padding, dilation)))
        for axis, n in enumerate(size_hw)
    ]
    return height, width

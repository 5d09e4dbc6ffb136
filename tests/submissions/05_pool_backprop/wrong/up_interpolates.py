# expect: upsample=failed
# mistake: linear interpolation instead of copies
# diagnosis: interpolated
import numpy as np


def upsample(delta, factor):
    for axis, f in zip((-2, -1), factor if isinstance(factor, tuple) else (factor, factor)):
        n = delta.shape[axis]
        grid = np.linspace(0, n - 1, n * f)
        delta = np.apply_along_axis(lambda line: np.interp(grid, np.arange(len(line)), line), axis, delta)
    return delta

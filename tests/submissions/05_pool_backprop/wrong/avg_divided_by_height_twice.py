# expect: avg_pool2d_backward=failed
# mistake: divides by the height twice
# diagnosis: divided_by_height_squared
import numpy as np

def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    if stride is None:
        stride = kernel
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    n, c, h, w = x.shape
    result = np.zeros((n, c, h, w))
    for index in np.ndindex(dout.shape):
        a, b, r, q = index
        for u in range(kh):
            for v in range(kw):
                result[a, b, r * sh + u, q * sw + v] += dout[index] / kh / kh
    return result

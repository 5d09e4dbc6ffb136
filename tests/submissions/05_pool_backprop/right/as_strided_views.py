# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: writeable strided windows of dx; broadcast_to and reshape
import numpy as np
from numpy.lib.stride_tricks import as_strided


def _windows(a, kernel, stride, ho, wo):
    kh, kw = kernel
    sh, sw = stride
    n, c, y, x = a.strides
    return as_strided(a, (a.shape[0], a.shape[1], ho, wo, kh, kw), (n, c, y * sh, x * sw, y, x))


def _both(v):
    return (v, v) if np.ndim(v) == 0 else tuple(v)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kernel, stride = _both(kernel), _both(stride if stride is not None else kernel)
    ho, wo = dout.shape[2:]
    dx = np.zeros(x.shape)
    xin, dwin = _windows(x, kernel, stride, ho, wo), _windows(dx, kernel, stride, ho, wo)
    for index in np.ndindex(dout.shape):
        flat = int(np.argmax(xin[index]))
        dwin[index][flat // kernel[1], flat % kernel[1]] += dout[index]
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kernel, stride = _both(kernel), _both(stride if stride is not None else kernel)
    dx = np.zeros(x.shape)
    dwin = _windows(dx, kernel, stride, *dout.shape[2:])
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dwin[:, :, i, j] += (dout[:, :, i, j] / np.prod(kernel))[..., None, None]
    return dx


def lp_pool1d_backward(dout, x, p, m):
    n = len(x) // m
    step, = x.strides
    regions = as_strided(x, (n, m), (step * m, step))
    norms = np.linalg.norm(regions, ord=p, axis=1)
    dx = np.zeros(x.shape)
    dx[:n * m] = (np.sign(regions) * (np.abs(regions) / norms[:, None]) ** (p - 1) * dout[:, None]).reshape(-1)
    return dx


def upsample(delta, factor):
    fh, fw = _both(factor)
    h, w = delta.shape[-2:]
    big = np.broadcast_to(delta[..., :, None, :, None], delta.shape[:-2] + (h, fh, w, fw))
    return big.reshape(delta.shape[:-2] + (h * fh, w * fw))

# expect: max_pool2d_backward=failed
# mistake: calls upsample, which the file lacks; some sizes stop it before that
# diagnosis: unknown_name
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    N, C, H, W = x.shape
    Ho, Wo = dout.shape[2:]
    xc = x[:, :, :Ho*kh, :Wo*kw]
    y = xc.reshape(N, C, Ho, kh, Wo, kw).max(axis=(3, 5))
    dx = np.zeros_like(x)
    dx[:, :, :Ho*kh, :Wo*kw] = upsample(dout, (kh, kw)) * (xc == upsample(y, (kh, kw)))
    return dx

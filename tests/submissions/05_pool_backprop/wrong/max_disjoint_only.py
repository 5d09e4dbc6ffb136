# expect: max_pool2d_backward=failed
# mistake: the reshape trick for windows that tile the image
# diagnosis: tiles_only
import numpy as np


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    N, C, H, W = x.shape
    blocks = x.reshape(N, C, H // kh, kh, W // kw, kw).transpose(0, 1, 2, 4, 3, 5)
    flat = blocks.reshape(N, C, H // kh, W // kw, kh * kw)
    grad = np.eye(kh * kw)[flat.argmax(axis=-1)] * dout[..., None]
    return grad.reshape(blocks.shape).transpose(0, 1, 2, 4, 3, 5).reshape(x.shape)

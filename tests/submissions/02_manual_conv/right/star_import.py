# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: from numpy import *, so that sum, abs, min and max are NumPy's
from numpy import *

def zero_pad(x, padding):
    ph, pw = ones(2, dtype=int) * padding
    h, w = x.shape[-2:]
    out = zeros(list(x.shape[:-2]) + [h + 2*ph, w + 2*pw])
    out[..., ph:ph+h, pw:pw+w] = x
    return out

def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = ones(2, dtype=int) * stride
    x = zero_pad(image, padding)
    kh, kw = shape(kernel)
    out = empty(((x.shape[0] - kh)//sh + 1, (x.shape[1] - kw)//sw + 1))
    for i, j in ndindex(*out.shape):
        out[i, j] = sum(x[i*sh:i*sh+kh, j*sw:j*sw+kw] * kernel)
    return out

def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    if bias is None: bias = zeros(len(weight))
    out = None
    for n in range(len(x)):
        for f in range(len(weight)):
            s = bias[f]
            for c in range(x.shape[1]):
                s = s + conv2d_single(x[n, c], weight[f, c], stride, padding)
            if out is None:
                out = zeros((len(x), len(weight)) + s.shape)
            out[n, f] = s
    return out

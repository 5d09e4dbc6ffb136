# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: one-hot windows with einsum, means as products with coverage matrices
import numpy as np
from numpy.lib.stride_tricks import as_strided
hw = lambda v: (v, v) if np.isscalar(v) else v
def _idx(shape, k, s):
    (kh, kw), (sh, sw) = k, s
    ho, wo = (shape[2]-kh)//sh+1, (shape[3]-kw)//sw+1
    r = (np.arange(ho)*sh)[:, None, None, None] + np.arange(kh)[None, None, :, None]
    c = (np.arange(wo)*sw)[None, :, None, None] + np.arange(kw)[None, None, None, :]
    return np.broadcast_arrays(r, c)
def max_pool2d_backward(dout, x, kernel, stride=None):
    k = hw(kernel); s = k if stride is None else hw(stride)
    R, C = _idx(x.shape, k, s)
    w = x[:, :, R, C].reshape(*dout.shape, -1)
    hot = np.eye(w.shape[-1])[w.argmax(-1)].reshape(*dout.shape, *k)
    dx = np.zeros(x.shape)
    contrib = np.einsum('ncij,ncijab->ncijab', dout, hot)
    for a in range(k[0]):
        for b in range(k[1]):
            dx[:, :, R[:, :, a, b], C[:, :, a, b]] += contrib[..., a, b]
    return dx
def avg_pool2d_backward(dout, x, kernel, stride=None):
    k = hw(kernel); s = k if stride is None else hw(stride)
    H, W = x.shape[2:]
    A = np.zeros((dout.shape[2], H)); B = np.zeros((dout.shape[3], W))
    for i in range(len(A)): A[i, i*s[0]:i*s[0]+k[0]] = 1/k[0]
    for j in range(len(B)): B[j, j*s[1]:j*s[1]+k[1]] = 1/k[1]
    return np.einsum('ncij,ih,jw->nchw', dout, A, B, optimize=True)
def lp_pool1d_backward(dout, x, p, m):
    idx = np.arange(len(x)) // m
    inside = idx < len(dout)
    s = np.bincount(idx, np.abs(x)**p)
    y = s**(1/p)
    q = np.where(x == 0, 1, x)
    g = np.where(x == 0, 0 if p > 1 else 0, np.abs(x)**p / q) * y[idx]**(1-p)
    return np.where(inside, np.append(dout, 0)[np.minimum(idx, len(dout))], 0) * g
def upsample(delta, factor):
    fh, fw = hw(factor)
    H, W = delta.shape[-2:]
    U = np.kron(np.eye(H), np.ones((fh, 1))); V = np.kron(np.eye(W), np.ones((1, fw)))
    return U @ delta @ V

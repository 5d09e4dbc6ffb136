# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: channels last inside, the first maximum by a stable sort, a full convolution
import numpy as np
def pair(v): return (v, v) if isinstance(v, (int, np.integer)) else (int(v[0]), int(v[1]))
def _nhwc(a): return np.moveaxis(a, 1, -1)
def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel); sh, sw = pair(stride) if stride is not None else (kh, kw)
    X, D = _nhwc(x), _nhwc(dout)
    G = np.zeros(X.shape)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            w = X[:, i*sh:i*sh+kh, j*sw:j*sw+kw, :]
            f = w.reshape(w.shape[0], -1, w.shape[-1])
            order = np.argsort(-f, axis=1, kind='stable')[:, :1, :]
            g = np.zeros(f.shape)
            np.put_along_axis(g, order, D[:, i:i+1, j, :], axis=1)
            G[:, i*sh:i*sh+kh, j*sw:j*sw+kw, :] += g.reshape(w.shape)
    return np.ascontiguousarray(np.moveaxis(G, -1, 1))
def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel); sh, sw = pair(stride) if stride is not None else (kh, kw)
    N, C, H, W = x.shape; ho, wo = dout.shape[2:]
    z = np.zeros((N, C, H + kh, W + kw))
    z[:, :, kh-1:kh-1+(ho-1)*sh+1:sh, kw-1:kw-1+(wo-1)*sw+1:sw] = dout
    out = np.zeros(x.shape)
    for a in range(kh):
        for b in range(kw):
            out += z[:, :, a:a+H, b:b+W]
    return out / (kh*kw)
def lp_pool1d_backward(dout, x, p, m):
    x = np.asarray(x, float); n = len(x)//m
    r = x[:n*m].reshape(-1, m)
    y = (abs(r)**p).sum(1)**(1/p)
    g = (dout/y**(p-1))[:, None]*abs(r)**(p-1)*((r > 0)*1. - (r < 0))
    out = np.zeros_like(x); out[:n*m] = g.flat
    return out
def upsample(delta, factor):
    fh, fw = pair(factor)
    return np.einsum('...ij,ab->...iajb', delta, np.ones((fh, fw))).reshape(*delta.shape[:-2], delta.shape[-2]*fh, delta.shape[-1]*fw)

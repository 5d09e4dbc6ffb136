# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: channels moved last inside; results are transposed, reversed or Fortran-ordered arrays
import numpy as np


def _pairs(kernel, stride):
    kernel = tuple(np.zeros(2, int) + kernel)
    return kernel, kernel if stride is None else tuple(np.zeros(2, int) + stride)


def max_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = _pairs(kernel, stride)
    xt, dt = np.moveaxis(x, 1, -1), np.moveaxis(dout, 1, -1)
    dx = np.zeros(xt.shape)
    n, c = np.ix_(range(x.shape[0]), range(x.shape[1]))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            w = xt[:, i * sh:i * sh + kh, j * sw:j * sw + kw, :].reshape(x.shape[0], kh * kw, x.shape[1])
            best = np.argmax(w, axis=1)
            dx[n, i * sh + best // kw, j * sw + best % kw, c] += dt[:, i, j, :]
    return dx.transpose(0, 3, 1, 2)


def avg_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = _pairs(kernel, stride)
    dx = np.zeros(x.shape, order="F")
    for u in range(kh):
        for v in range(kw):
            dx[:, :, u:u + dout.shape[2] * sh:sh, v:v + dout.shape[3] * sw:sw][:, :, :dout.shape[2], :dout.shape[3]] += dout
    return np.asfortranarray(dx / (kh * kw))


def lp_pool1d_backward(dout, x, p, m):
    backwards = np.zeros(len(x))[::-1]
    for n in range(dout.size):
        r = x[n * m:(n + 1) * m]
        log_norm = np.log((np.abs(r) ** p).sum()) / p
        backwards[n * m:(n + 1) * m] = dout[n] * np.sign(r) * np.abs(r) ** (p - 1) * np.exp((1 - p) * log_norm)
    return backwards


def upsample(delta, factor):
    fh, fw = np.zeros(2, int) + factor
    out = np.repeat(delta.T, fw, axis=0)
    return np.repeat(out, fh, axis=1).T

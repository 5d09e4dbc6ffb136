# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: works and answers in float32
import numpy as np
f32 = np.float32


def _prepare(dout, x, kernel, stride):
    kernel = (kernel,) * 2 if isinstance(kernel, int) else kernel
    stride = kernel if stride is None else stride
    stride = (stride,) * 2 if isinstance(stride, int) else stride
    return dout.astype(f32), x.astype(f32), kernel, stride


def max_pool2d_backward(dout, x, kernel, stride=None):
    # argmax on the values as they came, so that rounding makes no ties
    original = x
    dout, x, (kh, kw), (sh, sw) = _prepare(dout, x, kernel, stride)
    dx = np.zeros(x.shape, f32)
    for n, c, i, j in np.ndindex(dout.shape):
        window = original[n, c, i * sh:i * sh + kh, j * sw:j * sw + kw]
        u, v = divmod(int(window.argmax()), kw)
        dx[n, c, i * sh + u, j * sw + v] += dout[n, c, i, j]
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    dout, x, (kh, kw), (sh, sw) = _prepare(dout, x, kernel, stride)
    dx = np.zeros(x.shape, f32)
    for i, j in np.ndindex(dout.shape[2:]):
        dx[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dout[:, :, i, j][:, :, None, None] / f32(kh * kw)
    return dx


def lp_pool1d_backward(dout, x, p, m):
    n = len(x) // m
    r = x[:n * m].reshape(n, m).astype(f32)
    norm = np.sum(np.abs(r) ** f32(p), axis=1, keepdims=True) ** f32(1 / p)
    dx = np.zeros(len(x), f32)
    dx[:n * m] = (np.sign(r) * (np.abs(r) / norm) ** f32(p - 1) * dout.astype(f32)[:, None]).ravel()
    return dx


def upsample(delta, factor):
    fh, fw = (factor,) * 2 if isinstance(factor, int) else factor
    return delta.astype(f32).repeat(fh, -2).repeat(fw, -1)

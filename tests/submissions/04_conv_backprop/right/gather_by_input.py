# expect: conv1d_backward=passed conv2d_backward=passed
# style: for every input pixel: which outputs does it reach, and through which weight
import numpy as np


def conv1d_backward(dy, x, w):
    m, n, k = len(dy), len(x), len(w)
    dx = np.array([sum(dy[j - i] * w[i] for i in range(k) if 0 <= j - i < m) for j in range(n)], dtype=float)
    dw = np.array([sum(dy[j] * x[j + i] for j in range(m)) for i in range(k)], dtype=float)
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    if not isinstance(stride, (tuple, list)):
        stride = stride, stride
    if not isinstance(padding, (tuple, list)):
        padding = padding, padding
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    Ho, Wo = dout.shape[2:]
    dx = np.zeros((N, C, H, W))
    dweight = np.zeros((F, C, kh, kw))
    for y in range(H):
        for z in range(W):
            for u in range(kh):
                i, rest = divmod(y + padding[0] - u, stride[0])
                if rest or not 0 <= i < Ho:
                    continue
                for v in range(kw):
                    j, rest = divmod(z + padding[1] - v, stride[1])
                    if rest or not 0 <= j < Wo:
                        continue
                    dx[:, :, y, z] += dout[:, :, i, j] @ weight[:, :, u, v]
                    dweight[:, :, u, v] += dout[:, :, i, j].T @ x[:, :, y, z]
    dbias = np.apply_over_axes(np.sum, dout, [0, 2, 3]).reshape(-1)
    return dx, dweight, dbias

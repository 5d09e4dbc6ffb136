# expect: conv1d_backward=passed conv2d_backward=passed
# style: builds the convolution as a matrix and multiplies by its transpose
import numpy as np


def matrix_1d(n, k, stride, padding):
    """(outputs, k, n) zeros and ones: which input an output meets under each tap."""
    outputs = (n + 2 * padding - k) // stride + 1
    M = np.zeros((outputs, k, n))
    for o in range(outputs):
        for t in range(k):
            place = o * stride + t - padding
            if 0 <= place < n:
                M[o, t, place] = 1.0
    return M


def conv1d_backward(dy, x, w):
    M = matrix_1d(x.size, w.size, 1, 0)
    return np.einsum("o,otn,t->n", dy, M, w), np.einsum("o,otn,n->t", dy, M, x)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    s, p = [v if isinstance(v, tuple) else (v, v) for v in (stride, padding)]
    R = matrix_1d(x.shape[2], weight.shape[2], s[0], p[0])
    S = matrix_1d(x.shape[3], weight.shape[3], s[1], p[1])
    dx = np.einsum("nfij,iuh,jvw,fcuv->nchw", dout, R, S, weight, optimize=True)
    dweight = np.einsum("nfij,iuh,jvw,nchw->fcuv", dout, R, S, x, optimize=True)
    return dx, dweight, dout.sum(axis=(0, 2, 3))

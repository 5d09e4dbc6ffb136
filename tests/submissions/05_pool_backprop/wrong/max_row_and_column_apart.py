# expect: max_pool2d_backward=failed
# mistake: the row and the column of the maximum are looked for apart
# only: tie
# diagnosis: tie_row_and_column_apart
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    """각 창에서 최댓값의 행과 열을 찾는다"""
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for idx in np.ndindex(*dout.shape):
        n, c, i, j = idx
        win = x[n, c][i*sh:i*sh+kh, j*sw:j*sw+kw]
        row = win.max(axis=1).argmax()
        col = win.max(axis=0).argmax()
        dx[n, c, i*sh+row, j*sw+col] += dout[idx]
    return dx

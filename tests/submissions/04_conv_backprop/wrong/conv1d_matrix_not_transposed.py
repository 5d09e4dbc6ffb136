# expect: conv1d_backward=failed
# mistake: the matrix of the forward pass is not transposed for dx
# diagnosis: matrix_product
import numpy as np


def conv1d_backward(dy, x, w):
    L, K = len(x), len(w)
    T = np.zeros((L - K + 1, L))
    for n in range(L - K + 1):
        T[n, n:n + K] = w
    dx = T @ dy
    dw = np.array([np.dot(dy, x[i:L - K + 1 + i]) for i in range(K)])
    return dx, dw

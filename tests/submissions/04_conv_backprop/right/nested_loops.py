# expect: conv1d_backward=passed conv2d_backward=passed
# style: the chain rule written out: every product in the forward pass is followed back
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    N, C, H, W = x.shape
    F, _, kH, kW = weight.shape
    _, _, Ho, Wo = dout.shape
    dx = np.zeros((N, C, H, W))
    dweight = np.zeros(weight.shape)
    dbias = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    g = dout[n, f, i, j]
                    dbias[f] += g
                    for u in range(kH):
                        row = i * sh + u - ph
                        if row < 0 or row >= H:
                            continue
                        for v in range(kW):
                            col = j * sw + v - pw
                            if col < 0 or col >= W:
                                continue
                            for c in range(C):
                                dx[n, c, row, col] += g * weight[f, c, u, v]
                                dweight[f, c, u, v] += g * x[n, c, row, col]
    return dx, dweight, dbias

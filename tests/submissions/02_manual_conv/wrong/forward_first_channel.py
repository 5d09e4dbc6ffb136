# expect: conv2d_forward=failed
# mistake: convolves only channel 0
# diagnosis: first_channel_only
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    F, _, HH, WW = weight.shape
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    x_pad = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), "constant")
    H_out = 1 + (H + 2 * ph - HH) // sh
    W_out = 1 + (W + 2 * pw - WW) // sw
    out = np.zeros((N, F, H_out, W_out))
    if bias is None:
        bias = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    window = x_pad[n, 0, i * sh:i * sh + HH, j * sw:j * sw + WW]
                    out[n, f, i, j] = np.sum(window * weight[f, 0]) + bias[f]
    return out

# expect: max_pool2d_backward=failed
# mistake: compares each window with its maximum: all of a tie get the gradient
# diagnosis: tie_to_all
# only: tie
import numpy as np


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sh, sw = (kh, kw) if stride is None else stride if isinstance(stride, tuple) else (stride, stride)
    ho, wo = dout.shape[2:]
    top = np.max([x[:, :, u:u + (ho - 1) * sh + 1:sh, v:v + (wo - 1) * sw + 1:sw] for u in range(kh) for v in range(kw)], axis=0)
    dx = np.zeros(x.shape)
    for i in range(ho):
        for j in range(wo):
            spot = np.s_[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
            dx[spot] += (x[spot] == top[:, :, i:i + 1, j:j + 1]) * dout[:, :, i:i + 1, j:j + 1]
    return dx

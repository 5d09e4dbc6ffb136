# expect: conv2d_backward=failed
# mistake: dx ends with the last window: too small where the stride leaves a rest
# diagnosis: dx_ends_with_the_last_window
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    N, F, oh, ow = dout.shape
    kh, kw = weight.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp = np.zeros((N, x.shape[1], (oh - 1) * sh + kh, (ow - 1) * sw + kw))
    dweight = np.zeros_like(weight)
    for i in range(oh):
        for j in range(ow):
            spot = np.s_[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
            dxp[spot] += np.tensordot(dout[:, :, i, j], weight, 1)
            dweight += np.tensordot(dout[:, :, i, j].T, xp[spot], 1)
    return dxp[:, :, ph:dxp.shape[2] - ph, pw:dxp.shape[3] - pw], dweight, dout.sum(axis=(0, 2, 3))

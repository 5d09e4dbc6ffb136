# expect: zero_pad=passed conv2d_forward=failed
# mistake: weight.reshape(-1, F) in place of reshape(F, -1).T
# diagnosis: weight_reshaped_to_columns
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = pair(stride)
    x = zero_pad(x, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    Ho, Wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    cols = np.empty((N * Ho * Wo, C * kh * kw))
    r = 0
    for n in range(N):
        for i in range(Ho):
            for j in range(Wo):
                cols[r] = x[n, :, i*sh:i*sh+kh, j*sw:j*sw+kw].ravel()
                r += 1
    y = cols @ weight.reshape(-1, F)
    if bias is not None:
        y = y + bias
    return y.reshape(N, Ho, Wo, F).transpose(0, 3, 1, 2)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out

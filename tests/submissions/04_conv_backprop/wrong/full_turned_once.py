# expect: conv2d_backward=failed
# mistake: np.rot90 turns by 90 degrees in a full convolution
# diagnosis: dx_kernel_turned_once
import numpy as np

def correlate(a, k):
    h, w = a.shape[0] - k.shape[0] + 1, a.shape[1] - k.shape[1] + 1
    return np.array([[np.sum(a[i:i + k.shape[0], j:j + k.shape[1]] * k) for j in range(w)] for i in range(h)])

def dilate(g, sh, sw, h, w):
    out = np.zeros((h, w))
    out[:(g.shape[0] - 1) * sh + 1:sh, :(g.shape[1] - 1) * sw + 1:sw] = g
    return out

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    Hp, Wp = xp.shape[2:]
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for n in range(N):
        for f in range(F):
            g = dilate(dout[n, f], sh, sw, Hp - kh + 1, Wp - kw + 1)
            wide = np.pad(g, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
            for c in range(C):
                dweight[f, c] += correlate(xp[n, c], g)
                back = correlate(wide, np.rot90(weight[f, c]))
                dx[n, c] += back[ph:ph + H, pw:pw + W]
    return dx, dweight, dout.sum(axis=(0, 2, 3))

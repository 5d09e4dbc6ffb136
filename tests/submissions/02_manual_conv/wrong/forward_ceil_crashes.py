# expect: conv2d_forward=failed
# mistake: rounds the size up and crashes on the window that sticks out
# diagnosis: broadcast
import numpy as np, math
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    ho, wo = math.ceil((xp.shape[2]-kh)/sh)+1, math.ceil((xp.shape[3]-kw)/sw)+1
    out = np.zeros((len(x), F, ho, wo))
    for i in range(ho):
        for j in range(wo):
            out[:, :, i, j] = np.tensordot(xp[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw], weight, ((1, 2, 3), (1, 2, 3)))
    return out if bias is None else out + bias[None, :, None, None]

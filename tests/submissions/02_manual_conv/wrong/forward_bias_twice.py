# expect: conv2d_forward=failed
# mistake: begins with the bias and adds it again
# diagnosis: bias_twice
import numpy as np
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    b = np.zeros(F) if bias is None else bias
    ho, wo = (xp.shape[2]-kh)//sh+1, (xp.shape[3]-kw)//sw+1
    out = np.zeros((len(x), F, ho, wo)) + b[:, None, None]
    for i in range(ho):
        for j in range(wo):
            out[:, :, i, j] += np.tensordot(xp[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw], weight, ((1, 2, 3), (1, 2, 3)))
    return out + b.reshape(-1, 1, 1)

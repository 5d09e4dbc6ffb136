# expect: conv2d_forward=failed
# mistake: the sum of one filter goes on in the next
# diagnosis: filters_added_up
import numpy as np
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    ho, wo = (xp.shape[2]-kh)//sh+1, (xp.shape[3]-kw)//sw+1
    out = np.zeros((len(x), F, ho, wo))
    for n in range(len(x)):
        acc = np.zeros((ho, wo))
        for f in range(F):
            for c in range(C):
                for i in range(ho):
                    for j in range(wo):
                        acc[i, j] += (xp[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw]*weight[f, c]).sum()
            out[n, f] = acc
    return out if bias is None else out + bias[None, :, None, None]

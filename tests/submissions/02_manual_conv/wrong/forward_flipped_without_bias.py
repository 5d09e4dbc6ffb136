# expect: conv2d_forward=failed
# mistake: flips the kernel, and forgets the bias
# diagnosis: kernel_flipped+bias_ignored
import numpy as np
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    ho, wo = (xp.shape[2]-kh)//sh+1, (xp.shape[3]-kw)//sw+1
    out = np.zeros((len(x), F, ho, wo))
    for p in range(kh):
        for q in range(kw):
            out += np.einsum('nchw,fc->nfhw', xp[:, :, p:p+sh*ho:sh, q:q+sw*wo:sw], weight[:, :, kh-1-p, kw-1-q])
    return out

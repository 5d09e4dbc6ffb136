# expect: conv2d_forward=failed
# mistake: loops over the start rows by the stride, one window too far
# diagnosis: off_by_one
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    rows = []
    for top in range(0, x.shape[2] - kh + sh, sh):
        row = []
        for left in range(0, x.shape[3] - kw + 1, sw):
            patch = x[:, :, top:top + kh, left:left + kw]
            row.append(np.einsum("ncij,fcij->nf", patch, weight[:, :, :patch.shape[2]]))
        rows.append(row)
    out = np.array(rows).transpose(2, 3, 0, 1)
    return out if bias is None else out + bias.reshape(1, F, 1, 1)

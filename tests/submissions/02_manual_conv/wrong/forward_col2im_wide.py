# expect: conv2d_forward=failed
# mistake: im2col stacks (kh, kw, C) but the weight is flattened as (C, kh, kw)
# diagnosis: columns_in_another_order
import numpy as np


def im2col(x, kh, kw, sh, sw):
    N, C, H, W = x.shape
    ho = (H - kh) // sh + 1
    wo = (W - kw) // sw + 1
    col = np.zeros((N, C, kh, kw, ho, wo))
    for y in range(kh):
        y_max = y + sh * ho
        for z in range(kw):
            z_max = z + sw * wo
            col[:, :, y, z, :, :] = x[:, :, y:y_max:sh, z:z_max:sw]
    return col.transpose(0, 4, 5, 2, 3, 1).reshape(N * ho * wo, -1), ho, wo


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    x = np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    F, C, kh, kw = weight.shape
    col, ho, wo = im2col(x, kh, kw, sh, sw)
    col_W = weight.reshape(F, -1).T
    out = np.dot(col, col_W)
    if bias is not None:
        out = out + bias
    return out.reshape(x.shape[0], ho, wo, F).transpose(0, 3, 1, 2)

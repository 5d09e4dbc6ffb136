# expect: conv2d_backward=failed
# mistake: uses the first entry of a stride pair for both axes
# diagnosis: stride_of_the_rows_for_both
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh = sw = stride[0] if isinstance(stride, tuple) else stride
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    _, _, oh, ow = dout.shape
    img = np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    col = np.zeros((N, C, kh, kw, oh, ow))
    for y in range(kh):
        for z in range(kw):
            col[:, :, y, z] = img[:, :, y:y + sh * oh:sh, z:z + sw * ow:sw]
    col = col.transpose(0, 4, 5, 1, 2, 3).reshape(N * oh * ow, -1)
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    db = np.sum(d, axis=0)
    dW = np.dot(col.T, d).transpose(1, 0).reshape(F, C, kh, kw)
    dcol = np.dot(d, weight.reshape(F, -1))
    dcol = dcol.reshape(N, oh, ow, C, kh, kw).transpose(0, 3, 4, 5, 1, 2)
    dimg = np.zeros((N, C, H + 2 * ph + sh - 1, W + 2 * pw + sw - 1))
    for y in range(kh):
        for z in range(kw):
            dimg[:, :, y:y + sh * oh:sh, z:z + sw * ow:sw] += dcol[:, :, y, z]
    return dimg[:, :, ph:H + ph, pw:W + pw], dW, db

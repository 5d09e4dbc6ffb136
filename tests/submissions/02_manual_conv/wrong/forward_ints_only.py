# expect: conv2d_forward=failed
# mistake: takes stride and padding for ints
# diagnosis: pairs_crash
import numpy as np
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    n, c, h, w = x.shape
    f, _, kh, kw = weight.shape
    xp = np.pad(x, ((0,0),(0,0),(padding,padding),(padding,padding)))
    oh = int((h + 2*padding - kh)/stride) + 1
    ow = int((w + 2*padding - kw)/stride) + 1
    y = np.zeros((n, f, oh, ow))
    for i in range(oh):
        for j in range(ow):
            xs = xp[:, None, :, i*stride:i*stride+kh, j*stride:j*stride+kw]
            y[:, :, i, j] = np.sum(xs*weight[None], axis=(2,3,4))
    if bias is not None:
        y += bias[None, :, None, None]
    return y

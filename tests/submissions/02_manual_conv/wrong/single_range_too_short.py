# expect: conv2d_single=failed
# mistake: range(0, H - kH, stride) leaves the last window out
# diagnosis: last_window_missing
import numpy as np
def conv2d_single(image, kernel, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    im = np.pad(image, ((ph, ph), (pw, pw)))
    kh, kw = kernel.shape
    return np.array([[np.vdot(im[i:i+kh, j:j+kw], kernel) for j in range(0, im.shape[1]-kw, sw)] for i in range(0, im.shape[0]-kh, sh)])

# expect: conv2d_backward=failed
# mistake: the gradients of a true convolution, which flips the kernel
# diagnosis: flipped_forward
import numpy as np

def as_pair(v):
    if type(v) in (tuple, list):
        return v[0], v[1]
    return v, v

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    s1, s2 = as_pair(stride)
    p1, p2 = as_pair(padding)
    n_img, n_in, height, width = x.shape
    n_out, _, k1, k2 = weight.shape
    oh, ow = dout.shape[2], dout.shape[3]
    dx = np.zeros((n_img, n_in, height, width))
    dweight = np.zeros((n_out, n_in, k1, k2))
    dbias = np.zeros(n_out)
    for b in range(n_img):
        for f in range(n_out):
            for r in range(oh):
                for c in range(ow):
                    g = dout[b, f, r, c]
                    dbias[f] += g
                    for ch in range(n_in):
                        for u in range(k1):
                            for v in range(k2):
                                row = r * s1 + u - p1
                                col = c * s2 + v - p2
                                if row < 0 or col < 0 or row >= height or col >= width:
                                    continue
                                dx[b, ch, row, col] += g * weight[f, ch, k1 - 1 - u, k2 - 1 - v]
                                dweight[f, ch, k1 - 1 - u, k2 - 1 - v] += g * x[b, ch, row, col]
    return dx, dweight, dbias

# expect: max_pool2d_backward=failed
# mistake: returns after the first image
# diagnosis: first_image_only
import numpy as np

def first_mask(window):
    mask = np.zeros(window.shape)
    mask.flat[np.argmax(window)] = 1.0
    return mask

def max_pool2d_backward(dout, x, kernel, stride=None):
    f = kernel if isinstance(kernel, tuple) else (kernel,) * 2
    s = f if stride is None else (stride if isinstance(stride, tuple) else (stride,) * 2)
    (m, n_C, n_H, n_W) = dout.shape
    dA_prev = np.zeros(x.shape)
    for i in range(m):
        a_prev = x[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vs, hs = h * s[0], w * s[1]
                    ve, he = vs + f[0], hs + f[1]
                    mask = first_mask(a_prev[c, vs:ve, hs:he])
                    dA_prev[i, c, vs:ve, hs:he] += mask * dout[i, c, h, w]
        return dA_prev

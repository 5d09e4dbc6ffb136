# expect: zero_pad=passed conv2d_single=failed
# mistake: the window is centred on (i, j): everything is shifted by half a kernel
# diagnosis: window_around_the_pixel
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    H, W = image.shape
    kh, kw = kernel.shape
    Ho, Wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    out = np.zeros((Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            for u in range(kh):
                for v in range(kw):
                    r = i * sh + u - kh // 2
                    c = j * sw + v - kw // 2
                    if 0 <= r < H and 0 <= c < W:
                        out[i, j] += image[r, c] * kernel[u, v]
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out

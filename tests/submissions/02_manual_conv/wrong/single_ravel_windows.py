# expect: conv2d_single=failed
# mistake: flat indices with the kernel's height where its width is meant
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    image = np.pad(image, ((ph, ph), (pw, pw)))
    kH, kW = kernel.shape
    Ho = (image.shape[0] - kH) // sh + 1
    Wo = (image.shape[1] - kW) // sw + 1
    out = np.zeros((Ho, Wo))
    for n in range(Ho * Wo):
        i, j = divmod(n, Ho)
        out.flat[n] = np.vdot(image[i * sh:i * sh + kH, j * sw:j * sw + kW], kernel)
    return out

# expect: conv2d_single=failed
# mistake: pads by half of the kernel, always
# diagnosis: same_by_default
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    if ph == 0 and pw == 0:
        ph, pw = kernel.shape[0] // 2, kernel.shape[1] // 2
    image = np.pad(image, ((ph, ph), (pw, pw)))
    H, W = image.shape
    kH, kW = kernel.shape
    Ho = (H - kH) // sh + 1
    Wo = (W - kW) // sw + 1
    out = np.zeros((Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[i, j] = np.sum(image[i * sh:i * sh + kH, j * sw:j * sw + kW] * kernel)
    return out

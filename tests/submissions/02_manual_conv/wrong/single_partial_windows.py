# expect: conv2d_single=failed
# mistake: rounds the size up and multiplies the part of the window that is there
# diagnosis: windows_that_stick_out
import numpy as np
from math import ceil


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    image = np.pad(image, ((ph, ph), (pw, pw)))
    kH, kW = kernel.shape
    Ho = ceil((image.shape[0] - kH) / sh) + 1
    Wo = ceil((image.shape[1] - kW) / sw) + 1
    out = np.zeros((Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            window = image[i * sh:i * sh + kH, j * sw:j * sw + kW]
            out[i, j] = np.sum(window * kernel[:window.shape[0], :window.shape[1]])
    return out

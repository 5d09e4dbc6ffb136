# expect: conv2d_single=failed
# mistake: flips the kernel: the mathematician's convolution
# diagnosis: kernel_flipped
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    image = np.pad(image, ((ph, ph), (pw, pw)))
    kernel = np.flipud(np.fliplr(kernel))
    H, W = image.shape
    kH, kW = kernel.shape
    Ho = (H - kH) // sh + 1
    Wo = (W - kW) // sw + 1
    out = np.zeros((Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[i, j] = np.sum(image[i * sh:i * sh + kH, j * sw:j * sw + kW] * kernel)
    return out

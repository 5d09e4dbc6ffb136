# expect: conv2d_single=failed
# mistake: a product of Fourier transforms without the conjugate: true convolution
# diagnosis: kernel_flipped
import numpy as np
def conv2d_single(image, kernel, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    im = np.pad(image, ((ph, ph), (pw, pw)))
    H, W = im.shape; kh, kw = kernel.shape
    F = np.fft.rfft2(im, (H + kh - 1, W + kw - 1)) * np.fft.rfft2(kernel, (H + kh - 1, W + kw - 1))
    full = np.fft.irfft2(F, (H + kh - 1, W + kw - 1))
    return full[kh-1:H, kw-1:W][::sh, ::sw]

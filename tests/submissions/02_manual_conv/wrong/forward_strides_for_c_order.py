# expect: conv2d_forward=failed
# mistake: as_strided with strides of the shape, wrong for an input that is a view
# diagnosis: image_as_its_bytes_lie
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    ho, wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    b = x.itemsize
    windows = np.lib.stride_tricks.as_strided(
        x, (N, C, ho, wo, kh, kw), (C * H * W * b, H * W * b, sh * W * b, sw * b, W * b, b)
    )
    out = np.einsum("nchwij,fcij->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]

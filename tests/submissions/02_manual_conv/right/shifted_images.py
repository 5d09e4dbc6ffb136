# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: no window loop: for each kernel entry a strided shift of the whole image is added
import numpy as np
import itertools


def zero_pad(x, padding):
    ph, pw = padding if not isinstance(padding, int) else [padding] * 2
    x = np.concatenate([np.zeros(x.shape[:-2] + (ph, x.shape[-1])), x, np.zeros(x.shape[:-2] + (ph, x.shape[-1]))], axis=-2)
    side = np.zeros(x.shape[:-1] + (pw,))
    return np.concatenate([side, x, side], axis=-1)


def shifts(x, kh, kw, stride):
    """Generate (u, v, the input under kernel entry u, v) for all outputs at once."""
    sh, sw = stride if not isinstance(stride, int) else [stride] * 2
    rows = (x.shape[-2] - kh) // sh * sh + 1
    cols = (x.shape[-1] - kw) // sw * sw + 1
    for u, v in itertools.product(range(kh), range(kw)):
        yield u, v, x[..., u:u + rows:sh, v:v + cols:sw]


def conv2d_single(image, kernel, stride=1, padding=0):
    return sum(kernel[u, v] * part for u, v, part in shifts(zero_pad(image, padding), *kernel.shape, stride))


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    out = 0
    for u, v, part in shifts(zero_pad(x, padding), *weight.shape[2:], stride):
        out = out + np.einsum("ncij,fc->nfij", part, weight[:, :, u, v])
    if bias is None:
        return out
    return out + bias.reshape(1, -1, 1, 1)

# expect: upsample=failed
# mistake: unpacks n, c, h, w = delta.shape
# diagnosis: four_axes_only
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    n, c, h, w = delta.shape
    return np.einsum("nchw,uv->nchuwv", delta, np.ones((fh, fw))).reshape(n, c, h * fh, w * fw)

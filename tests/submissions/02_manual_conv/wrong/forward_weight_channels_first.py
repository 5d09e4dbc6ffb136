# expect: zero_pad=passed conv2d_single=passed conv2d_forward=failed
# mistake: weight is read as (C, F, kH, kW)
# diagnosis: weight_as_channel_filter
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    n, c, h, w = x.shape
    _, f, kh, kw = weight.shape
    outputs = []
    for img in x:
        per_filter = []
        for k in range(f):
            s = sum(conv2d_single(img[ch], weight[ch, k], stride, padding) for ch in range(c))
            if bias is not None:
                s = s + bias[k]
            per_filter.append(s)
        outputs.append(np.stack(per_filter))
    return np.stack(outputs)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    kh, kw = kernel.shape
    ho = (image.shape[0] - kh) // sh + 1
    wo = (image.shape[1] - kw) // sw + 1
    out = np.zeros((ho, wo))
    for i in range(ho):
        for j in range(wo):
            out[i, j] = np.sum(image[i * sh:i * sh + kh, j * sw:j * sw + kw] * kernel)
    return out

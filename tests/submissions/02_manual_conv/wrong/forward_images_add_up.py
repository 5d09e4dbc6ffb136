# expect: zero_pad=passed conv2d_single=passed conv2d_forward=failed
# mistake: the accumulator is not reset for the next image: out[n] holds the sum of the images so far
# diagnosis: images_added_up
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    F = weight.shape[0]
    result = []
    acc = None
    for img in x:
        maps = np.stack([sum(conv2d_single(ch, k, stride, padding) for ch, k in zip(img, weight[f])) for f in range(F)])
        acc = maps if acc is None else acc + maps
        y = acc if bias is None else acc + bias[:, None, None]
        result.append(y)
    return np.stack(result)


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

# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: recursive over the rows of the kernel and the axes of the array
import numpy as np
import sys

sys.setrecursionlimit(5000)


def zero_pad(x, padding):
    if x.ndim > 2:
        return np.array([zero_pad(part, padding) for part in x])
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    if ph > 0:
        row = np.zeros((1, x.shape[1]))
        return zero_pad(np.vstack((row, x, row)), (ph - 1, pw))
    if pw > 0:
        column = np.zeros((x.shape[0], 1))
        return zero_pad(np.hstack((column, x, column)), (0, pw - 1))
    return x.copy()


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    image = zero_pad(image, padding)
    ho = (image.shape[0] - kernel.shape[0]) // sh + 1
    wo = (image.shape[1] - kernel.shape[1]) // sw + 1

    def rows(u):
        if u == kernel.shape[0]:
            return np.zeros((ho, wo))
        here = np.zeros((ho, wo))
        for v, value in enumerate(kernel[u]):
            here += value * image[u:, v:][::sh, ::sw][:ho, :wo]
        return here + rows(u + 1)

    return rows(0)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    if x.shape[0] > 1:
        return np.concatenate([conv2d_forward(x[:1], weight, bias, stride, padding), conv2d_forward(x[1:], weight, bias, stride, padding)])
    if weight.shape[0] > 1:
        cut = weight.shape[0] // 2
        first, second = (None, None) if bias is None else (bias[:cut], bias[cut:])
        parts = conv2d_forward(x, weight[:cut], first, stride, padding), conv2d_forward(x, weight[cut:], second, stride, padding)
        return np.concatenate(parts, axis=1)
    plane = 0
    for c in range(x.shape[1]):
        plane = plane + conv2d_single(x[0, c], weight[0, c], stride, padding)
    if bias is not None:
        plane = plane + bias[0]
    return plane[None, None]

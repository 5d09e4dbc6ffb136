# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: lambdas, closures and functools.partial as entry points
from functools import partial, reduce
import numpy as np

both = lambda v: v if isinstance(v, (tuple, list)) else (v, v)
zero_pad = lambda x, padding: np.pad(x, [(0, 0)] * (x.ndim - 2) + [(p, p) for p in both(padding)])


def make_conv(kernel):
    def convolve(image, stride):
        sh, sw = both(stride)
        return np.array([
            [np.tensordot(image[i:i + kernel.shape[0], j:j + kernel.shape[1]], kernel, 2) for j in range(0, image.shape[1] - kernel.shape[1] + 1, sw)]
            for i in range(0, image.shape[0] - kernel.shape[0] + 1, sh)
        ])
    return convolve


def _single(image, kernel, stride=1, padding=0, *, pad):
    return make_conv(kernel)(pad(image, padding), stride)


conv2d_single = partial(_single, pad=zero_pad)
conv2d_forward = lambda x, weight, bias=None, stride=1, padding=0: np.array([
    [
        reduce(np.add, map(lambda c: conv2d_single(c[0], c[1], stride=stride, padding=padding), zip(image, w)))
        + (0 if bias is None else bias[f])
        for f, w in enumerate(weight)
    ]
    for image in x
])

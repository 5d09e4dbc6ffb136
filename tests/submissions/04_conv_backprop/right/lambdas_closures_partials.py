# expect: conv1d_backward=passed conv2d_backward=passed
# style: a closure over the geometry, lambdas, partial and a callable instance
from functools import partial, reduce
import numpy

two = lambda v: v if isinstance(v, tuple) else (v, v)


class OneD:
    def __call__(self, dy, x, w):
        pieces = (numpy.concatenate([numpy.zeros(n), d * w, numpy.zeros(len(dy) - 1 - n)]) for n, d in enumerate(dy))
        return sum(pieces), numpy.array([numpy.dot(dy, x[i:i + len(dy)]) for i in range(len(w))])


conv1d_backward = OneD()


def geometry(stride, padding, kernel):
    (sh, sw), (ph, pw), (kh, kw) = two(stride), two(padding), kernel
    pad = lambda a: numpy.pad(a, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    unpad = lambda a: a[:, :, ph or None:-ph or None, pw or None:-pw or None]
    at = lambda i, j: (slice(None), slice(None), slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw))
    return pad, unpad, at


def _backward(contract, dout, x, weight, stride=1, padding=0):
    pad, unpad, at = geometry(stride, padding, weight.shape[2:])
    xp = pad(x)
    spots = [(i, j) for i in range(dout.shape[2]) for j in range(dout.shape[3])]

    def step(total, ij):
        dx, dw = total
        d = dout[:, :, ij[0], ij[1]]
        dx[at(*ij)] += contract("nf,fcuv->ncuv", d, weight)
        return dx, dw + contract("nf,ncuv->fcuv", d, xp[at(*ij)])

    dx, dw = reduce(step, spots, (numpy.zeros(xp.shape), 0))
    return unpad(dx), dw, dout.sum((0, 2, 3))


conv2d_backward = partial(_backward, numpy.einsum)

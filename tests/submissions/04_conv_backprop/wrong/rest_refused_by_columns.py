# expect: conv1d_backward=passed conv2d_backward=failed
# mistake: the size of the output is asserted to come out even; settings are ints
# diagnosis: rest_refused
import numpy as np


def conv1d_backward(dy, x, w):
    return np.convolve(dy, w), np.correlate(x, dy)


def places(length, side, padding, stride):
    assert (length + 2 * padding - side) % stride == 0
    return (length + 2 * padding - side) // stride + 1


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    F, C, kh, kw = weight.shape
    ho, wo = places(x.shape[2], kh, padding, stride), places(x.shape[3], kw, padding, stride)
    down = (np.arange(kh)[:, None] + stride * np.arange(ho)).reshape(kh, 1, ho, 1)
    right = (np.arange(kw)[:, None] + stride * np.arange(wo)).reshape(1, kw, 1, wo)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = padded[:, :, down, right]
    dweight = np.einsum("nfij,ncuvij->fcuv", dout, columns)
    shares = np.einsum("nfij,fcuv->ncuvij", dout, weight)
    dpadded = np.zeros_like(padded)
    np.add.at(dpadded, (slice(None), slice(None), down, right), shares)
    dx = dpadded if padding == 0 else dpadded[:, :, padding:-padding, padding:-padding]
    return dx, dweight, dout.sum(axis=(0, 2, 3))

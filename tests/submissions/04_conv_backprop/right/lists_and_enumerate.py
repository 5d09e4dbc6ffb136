# expect: conv1d_backward=passed conv2d_backward=passed
# style: ndenumerate, results in lists, a timing decorator that keeps neither name nor signature
import numpy as np
import itertools as it
import time

CALLS = 0


def timed(function):
    def wrapper(*args, **kwargs):
        global CALLS
        CALLS += 1
        begin = time.perf_counter()
        result = function(*args, **kwargs)
        print("call %d: %.3f ms" % (CALLS, 1000 * (time.perf_counter() - begin)))
        return result
    return wrapper


@timed
def conv1d_backward(dy, x, w):
    dx, dw = [0.0] * len(x), [0.0] * len(w)
    for (n, d), (i, k) in it.product(enumerate(dy), enumerate(w)):
        dx[n + i] += float(d) * k
        dw[i] += float(d) * x[n + i]
    return [np.array(dx), np.array(dw)]


@timed
def conv2d_backward(dout, x, weight, stride=1, padding=0):
    s = [stride] * 2 if np.isscalar(stride) else list(stride)
    p = [padding] * 2 if np.isscalar(padding) else list(padding)
    kh, kw = weight.shape[2:]
    pads = [[0, 0], [0, 0], [p[0]] * 2, [p[1]] * 2]
    xp = np.pad(x, pads)
    grads = [np.zeros(xp.shape), np.zeros(weight.shape), np.zeros(len(weight))]
    for (n, f, i, j), d in np.ndenumerate(dout):
        where = np.s_[n, :, i * s[0]:i * s[0] + kh, j * s[1]:j * s[1] + kw]
        grads[0][where] += d * weight[f]
        grads[1][f] += d * xp[where]
        grads[2][f] += d
    inside = tuple(slice(before, size - after) for (before, after), size in zip(pads, xp.shape))
    grads[0] = grads[0][inside]
    return grads

# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: create_mask_from_window and distribute_value; the mask keeps the first maximum only
import numpy as np


def create_mask_from_window(x):
    mask = np.zeros(x.shape, dtype=bool)
    mask.flat[np.argmax(x)] = True
    return mask


def distribute_value(dz, shape):
    (n_H, n_W) = shape
    average = dz / (n_H * n_W)
    return np.ones(shape) * average


def pool_backward(dA, A_prev, f, stride, mode="max"):
    (f_h, f_w) = f if isinstance(f, tuple) else (f, f)
    if stride is None:
        stride = (f_h, f_w)
    (s_h, s_w) = stride if isinstance(stride, tuple) else (stride, stride)
    m, n_C, n_H, n_W = dA.shape
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        a_prev = A_prev[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start, horiz_start = h * s_h, w * s_w
                    vert_end, horiz_end = vert_start + f_h, horiz_start + f_w
                    if mode == "max":
                        a_prev_slice = a_prev[c, vert_start:vert_end, horiz_start:horiz_end]
                        mask = create_mask_from_window(a_prev_slice)
                        dA_prev[i, c, vert_start:vert_end, horiz_start:horiz_end] += mask * dA[i, c, h, w]
                    elif mode == "average":
                        da = dA[i, c, h, w]
                        dA_prev[i, c, vert_start:vert_end, horiz_start:horiz_end] += distribute_value(da, (f_h, f_w))
    assert dA_prev.shape == A_prev.shape
    return dA_prev


def max_pool2d_backward(dout, x, kernel, stride=None):
    return pool_backward(dout, x, kernel, stride, mode="max")


def avg_pool2d_backward(dout, x, kernel, stride=None):
    return pool_backward(dout, x, kernel, stride, mode="average")


def lp_pool1d_backward(dout, x, p, m):
    n = int(len(x) / m)
    out = []
    for k in range(len(x)):
        region = k // m
        if region >= n:
            out.append(0.0)
            continue
        window = np.abs(x[region * m:(region + 1) * m])
        out.append(dout[region] * (window ** p).sum() ** (1 / p - 1) * abs(x[k]) ** (p - 1) * np.sign(x[k]))
    return np.array(out)


def upsample(delta, factor):
    (f_h, f_w) = factor if isinstance(factor, tuple) else (factor, factor)
    n_H, n_W = delta.shape[-2], delta.shape[-1]
    rows = np.arange(n_H * f_h) // f_h
    cols = np.arange(n_W * f_w) // f_w
    return delta[..., rows[:, None], cols]

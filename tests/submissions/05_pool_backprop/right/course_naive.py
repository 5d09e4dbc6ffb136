# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: argmax and unravel_index per window, np.repeat for upsample, an optional import
import numpy as np
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

def max_pool2d_backward(dout, x, kernel, stride=None):
    if type(kernel) == int: kernel = (kernel, kernel)
    if stride is None: stride = kernel
    if type(stride) == int: stride = (stride, stride)
    HH, WW = kernel
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    hs, ws = i * stride[0], j * stride[1]
                    window = x[n, c, hs:hs+HH, ws:ws+WW]
                    r, s = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, hs + r, ws + s] += dout[n, c, i, j]
    return dx

def avg_pool2d_backward(dout, x, kernel, stride=None):
    if type(kernel) == int: kernel = (kernel, kernel)
    if stride is None: stride = kernel
    if type(stride) == int: stride = (stride, stride)
    HH, WW = kernel
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            hs, ws = i * stride[0], j * stride[1]
            dx[:, :, hs:hs+HH, ws:ws+WW] += dout[:, :, i:i+1, j:j+1] / (HH * WW)
    return dx

def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros_like(x)
    for n in range(x.shape[0] // m):
        region = x[n*m:(n+1)*m]
        norm = np.sum(np.abs(region) ** p) ** (1 / p)
        dx[n*m:(n+1)*m] = dout[n] * np.sign(region) * (np.abs(region) / norm) ** (p - 1)
    return dx

def upsample(delta, factor):
    if type(factor) == int: factor = (factor, factor)
    return np.repeat(np.repeat(delta, factor[0], axis=-2), factor[1], axis=-1)

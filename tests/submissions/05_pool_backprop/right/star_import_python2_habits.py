# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: from numpy import *, %-formatting, semicolons, old-style class, backslashes
# -*- coding: utf-8 -*-
from numpy import *

class Pooling(object):
    def __init__(self, kernel, stride=None):
        if not isinstance(kernel, tuple): kernel = kernel, kernel
        if stride is None: stride = kernel
        if not isinstance(stride, tuple): stride = stride, stride
        self.kernel = kernel; self.stride = stride

    def rows_cols(self, i, j):
        return slice(i*self.stride[0], i*self.stride[0] + self.kernel[0]), \
               slice(j*self.stride[1], j*self.stride[1] + self.kernel[1])

def max_pool2d_backward(dout, x, kernel, stride=None):
    pool = Pooling(kernel, stride)
    print("max pool %s, stride %s" % (pool.kernel, pool.stride))
    dx = zeros(shape(x))
    for n in range(0, shape(x)[0]):
        for c in range(0, shape(x)[1]):
            for i in range(0, shape(dout)[2]):
                for j in range(0, shape(dout)[3]):
                    rows, cols = pool.rows_cols(i, j)
                    window = x[n, c, rows, cols]
                    where_max = argwhere(window == window.max())[0]   # the first one
                    dx[n, c, rows.start + where_max[0], cols.start + where_max[1]] += dout[n, c, i, j]
    return dx

def avg_pool2d_backward(dout, x, kernel, stride=None):
    pool = Pooling(kernel, stride)
    dx = zeros(shape(x)); area = float(pool.kernel[0]*pool.kernel[1])
    for i in range(0, shape(dout)[2]):
        for j in range(0, shape(dout)[3]):
            rows, cols = pool.rows_cols(i, j)
            for u in range(rows.start, rows.stop):
                for v in range(cols.start, cols.stop):
                    dx[:, :, u, v] += dout[:, :, i, j]/area
    return dx

def lp_pool1d_backward(dout, x, p, m):
    p = float(p)
    dx = zeros(len(x)); n = 0
    while (n + 1)*m <= len(x):
        r = x[n*m:n*m + m]
        dx[n*m:n*m + m] = dout[n]*sum(abs(r)**p)**(1/p - 1)*abs(r)**(p - 1)*sign(r)
        n = n + 1
    return dx

def upsample(delta, factor):
    if isinstance(factor, tuple): (a, b) = factor
    else: a = factor; b = factor
    return concatenate([stack([delta[..., k]]*b, axis=-1) for k in range(delta.shape[-1])], axis=-1).repeat(a, axis=-2)

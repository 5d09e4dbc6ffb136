# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: the shape of a well-known course: conv_single_step, vert_start, a_slice; a demo that runs on import
import numpy as np

np.random.seed(1)

def zero_pad(X, padding):
    """Pads the last two axes with zeros."""
    if np.isscalar(padding):
        padding = (padding, padding)
    width = ((0, 0), (0, 0), (padding[0], padding[0]), (padding[1], padding[1]))
    return np.pad(X, width[4 - X.ndim:], mode='constant', constant_values=(0, 0))

def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s)
    Z = Z + float(b)
    return Z

def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (m, n_C_prev, n_H_prev, n_W_prev) = x.shape
    (n_C, n_C_prev, fh, fw) = weight.shape
    stride_h, stride_w = (stride, stride) if np.isscalar(stride) else stride
    A_prev_pad = zero_pad(x, padding)
    n_H = int((A_prev_pad.shape[2] - fh) / stride_h) + 1
    n_W = int((A_prev_pad.shape[3] - fw) / stride_w) + 1
    Z = np.zeros((m, n_C, n_H, n_W))
    if bias is None:
        bias = np.zeros(n_C)
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        for h in range(n_H):
            vert_start = h * stride_h
            vert_end = vert_start + fh
            for w in range(n_W):
                horiz_start = w * stride_w
                horiz_end = horiz_start + fw
                a_slice_prev = a_prev_pad[:, vert_start:vert_end, horiz_start:horiz_end]
                for c in range(n_C):
                    Z[i, c, h, w] = conv_single_step(a_slice_prev, weight[c], bias[c])
    assert Z.shape == (m, n_C, n_H, n_W)
    return Z

def conv2d_single(image, kernel, stride=1, padding=0):
    return conv2d_forward(image.reshape((1, 1) + image.shape), kernel.reshape((1, 1) + kernel.shape), None, stride, padding)[0][0]

x = np.random.randn(2, 3, 5, 7)
w = np.random.randn(4, 3, 3, 3)
print("Z's mean =", np.mean(conv2d_forward(x, w, np.random.randn(4), stride=2, padding=2)))
assert zero_pad(x, 2).shape == (2, 3, 9, 11)

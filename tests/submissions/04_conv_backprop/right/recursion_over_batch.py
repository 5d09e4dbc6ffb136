# expect: conv1d_backward=passed conv2d_backward=passed
# style: one image by recursion, the gradients of the rest added
import numpy as np


def conv1d_backward(dy, x, w):
    if len(dy) == 1:
        return w * dy[0], x * dy[0]
    dx_rest, dw_rest = conv1d_backward(dy[1:], x[1:], w)
    dx = np.append(0.0, dx_rest)
    dx[:len(w)] += dy[0] * w
    return dx, dw_rest + dy[0] * x[:len(w)]


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    if len(x) > 1:
        dx1, dw1, db1 = conv2d_backward(dout[:1], x[:1], weight, stride, padding)
        dx2, dw2, db2 = conv2d_backward(dout[1:], x[1:], weight, stride, padding)
        return np.vstack([dx1, dx2]), dw1 + dw2, db1 + db2
    sh, sw = stride if not isinstance(stride, int) else (stride, stride)
    ph, pw = padding if not isinstance(padding, int) else (padding, padding)
    _, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    canvas = np.zeros((C, H + 2 * ph, W + 2 * pw))
    padded = canvas.copy()
    padded[:, ph:ph + H, pw:pw + W] = x[0]
    dw = np.zeros(weight.shape)
    for i, row in enumerate(dout[0].transpose(1, 2, 0)):
        for j, column in enumerate(row):
            y, z = i * sh, j * sw
            for f, g in enumerate(column):
                canvas[:, y:y + kh, z:z + kw] += g * weight[f]
                dw[f] += g * padded[:, y:y + kh, z:z + kw]
    return canvas[None, :, ph:ph + H, pw:pw + W], dw, dout[0].reshape(F, -1).sum(axis=1)

# expect: max_pool2d_backward=failed
# mistake: goes through as many columns as rows of the window
# diagnosis: kernel_height_for_both_but_for_the_stride_crashing
import numpy as np

def max_pool2d_backward(dout, x, kernel, stride=None):
    if isinstance(kernel, int):
        kernel = (kernel, kernel)
    if stride is None:
        stride = kernel
    if isinstance(stride, int):
        stride = (stride, stride)
    kh, kw = kernel
    grad = np.zeros(x.shape)
    batch, channels, rows, cols = dout.shape
    for b in range(batch):
        for ch in range(channels):
            for r in range(rows):
                for c in range(cols):
                    top, left = r * stride[0], c * stride[1]
                    best_r, best_c = top, left
                    for u in range(kh):
                        for v in range(kh):
                            if x[b, ch, top + u, left + v] > x[b, ch, best_r, best_c]:
                                best_r, best_c = top + u, left + v
                    grad[b, ch, best_r, best_c] += dout[b, ch, r, c]
    return grad

# expect: conv2d_single=failed
# mistake: assigns in the innermost loop instead of adding up
# diagnosis: last_product_only
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    if not isinstance(stride, tuple):
        stride = (stride, stride)
    if not isinstance(padding, tuple):
        padding = (padding, padding)
    rows, cols = image.shape
    padded = np.zeros((rows + 2 * padding[0], cols + 2 * padding[1]))
    padded[padding[0]:padding[0] + rows, padding[1]:padding[1] + cols] = image
    out_rows = (padded.shape[0] - kernel.shape[0]) // stride[0] + 1
    out_cols = (padded.shape[1] - kernel.shape[1]) // stride[1] + 1
    out = np.zeros((out_rows, out_cols))
    for r in range(out_rows):
        for c in range(out_cols):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    out[r, c] = padded[r * stride[0] + a, c * stride[1] + b] * kernel[a, b]
    return out

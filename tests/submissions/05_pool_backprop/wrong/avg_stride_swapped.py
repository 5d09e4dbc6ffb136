# expect: avg_pool2d_backward=failed
# mistake: rows step by stride[1] and columns by stride[0]
# diagnosis: stride_and_kernel_swapped_crashing
import numpy as np

def both(v):
    return v if isinstance(v, tuple) else (v, v)

def avg_pool2d_backward(dout, x, kernel, stride=None):
    kernel = both(kernel)
    stride = kernel if stride is None else both(stride)
    dx = np.zeros(x.shape)
    area = kernel[0] * kernel[1]
    for n, image in enumerate(dout):
        for c, plane in enumerate(image):
            for (i, j), g in np.ndenumerate(plane):
                top, left = i * stride[1], j * stride[0]
                block = np.full(kernel, g / area)
                dx[n, c, top:top + kernel[0], left:left + kernel[1]] += block
    return dx

# expect: conv2d_single=failed
# mistake: indices modulo the size: the image goes on from the other side
# diagnosis: image_wrapped
import numpy as np
def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride,)*2
    ph, pw = padding if isinstance(padding, tuple) else (padding,)*2
    H, W = image.shape; kh, kw = kernel.shape
    oh, ow = (H+2*ph-kh)//sh+1, (W+2*pw-kw)//sw+1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    out[i, j] += image[(i*sh+a-ph) % H, (j*sw+b-pw) % W]*kernel[a, b]
    return out

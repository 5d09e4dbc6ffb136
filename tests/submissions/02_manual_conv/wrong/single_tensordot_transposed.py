# expect: conv2d_single=failed
# mistake: tensordot with the kernel's axes exchanged
# diagnosis: kernel_transposed
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as swv
def conv2d_single(image, kernel, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    v = swv(np.pad(image, ((ph, ph), (pw, pw))), kernel.shape)[::sh, ::sw]
    return np.tensordot(v, kernel, axes=((2, 3), (1, 0)))

# expect: conv2d_single=failed
# mistake: the windows are sliced by [::sw, ::sh]
# diagnosis: stride_as_width_height
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as swv
def conv2d_single(image, kernel, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    v = swv(np.pad(image, ((ph, ph), (pw, pw))), kernel.shape)[::sw, ::sh]
    return np.tensordot(v, kernel, 2)

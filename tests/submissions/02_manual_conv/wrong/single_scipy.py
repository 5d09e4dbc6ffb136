# expect: conv2d_single=failed|error|missing
# mistake: imports scipy, which is absent here
# diagnosis: unknown_name
import numpy as np
from scipy.signal import correlate2d


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return correlate2d(np.pad(image, ((ph, ph), (pw, pw))), kernel, mode="valid")[::sh, ::sw]

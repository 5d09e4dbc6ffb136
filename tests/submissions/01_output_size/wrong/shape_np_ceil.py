# expect: conv_output_shape=failed
# mistake: np.ceil on both axes at once
# diagnosis: rounded_up
import numpy as np
def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    s, k, t, p, d = (np.broadcast_to(np.asarray(v), 2) for v in (size_hw, kernel, stride, padding, dilation))
    if (np.stack([s, k, t, d]) < 1).any() or (p < 0).any(): raise ValueError
    room = s + 2*p - d*(k-1) - 1
    if (room < 0).any(): raise ValueError
    return tuple(int(v) for v in np.ceil(room / t) + 1)

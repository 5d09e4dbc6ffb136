# expect: zero_pad=failed
# mistake: the frame is not zero: the array begins with NaN
# diagnosis: zeros_filled
import numpy as np
def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    out = np.full(x.shape[:-2] + (x.shape[-2] + 2*ph, x.shape[-1] + 2*pw), np.nan)
    out[..., ph:ph+x.shape[-2], pw:pw+x.shape[-1]] = x
    return out

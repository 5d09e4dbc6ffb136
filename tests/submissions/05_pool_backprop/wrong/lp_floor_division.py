# expect: lp_pool1d_backward=failed
# mistake: 1 // p
# diagnosis: outer_exponent_rounded_down
import math
import numpy as np

def lp_pool1d_backward(dout, x, p, m):
    out = [0.0] * len(x)
    for k in range(len(x) // m):
        part = x[k * m:k * m + m]
        s = sum(abs(v) ** p for v in part)
        for t, v in enumerate(part):
            out[k * m + t] = dout[k] * s ** (1 // p - 1) * abs(v) ** (p - 1) * math.copysign(1, v) * (v != 0)
    return np.array(out)

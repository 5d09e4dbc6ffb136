# expect: weight_counts=failed
# mistake: (H - 1) * (W - 1) outputs: the lecture's 16
# diagnosis: one_less_than_the_image
def weight_counts(size_hw, kernel, filters):
    import numpy as np
    kh, kw = np.broadcast_to(kernel, 2)
    n = int(np.prod(size_hw)); o = (size_hw[0] - 1) * (size_hw[1] - 1)
    return n * o * filters, int(kh * kw) * filters

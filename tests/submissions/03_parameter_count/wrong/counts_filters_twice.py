# expect: weight_counts=failed
# mistake: filters are counted twice in fully_connected
# diagnosis: factor_too_many
def weight_counts(size_hw, kernel, filters):
    (h, w), k = size_hw, kernel
    kh, kw = (k, k) if isinstance(k, int) else k
    n_in = h * w * filters
    n_out = (h - kh + 1) * (w - kw + 1) * filters
    return n_in * n_out, kh * kw * filters

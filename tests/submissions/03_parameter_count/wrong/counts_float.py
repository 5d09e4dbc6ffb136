# expect: weight_counts=failed
# mistake: the outputs are floats, from a division by 1
# diagnosis: float_for_int
def weight_counts(size_hw, kernel, filters):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    h, w = size_hw
    return h * w * ((h - kh) / 1 + 1) * ((w - kw) / 1 + 1) * filters, kh * kw * filters

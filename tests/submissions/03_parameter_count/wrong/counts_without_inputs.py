# expect: weight_counts=failed
# mistake: the inputs are forgotten: fully connected counts outputs only
# diagnosis: factor_missing
def weight_counts(size_hw, kernel, filters):
    h, w = size_hw
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    outputs = filters * (h - kh + 1) * (w - kw + 1)
    return outputs, filters * kh * kw

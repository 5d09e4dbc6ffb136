# expect: zero_pad=failed
# mistake: writes zeros over the border of the input instead of growing it
# diagnosis: border_overwritten
def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = x.shape[-2:]
    x[..., :ph, :] = 0
    x[..., H - ph:, :] = 0
    x[..., :, :pw] = 0
    x[..., :, W - pw:] = 0
    return x

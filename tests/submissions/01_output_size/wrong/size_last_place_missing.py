# expect: conv_output_size=failed
# mistake: range(0, n - k, stride) leaves the last place out
# diagnosis: last_place_missing
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) < 1 or padding < 0: raise ValueError('x')
    total = size + 2 * padding
    k_eff = kernel + (kernel - 1) * (dilation - 1)
    if k_eff > total: raise ValueError('y')
    places = [i for i in range(0, total - k_eff, stride)]
    return len(places)

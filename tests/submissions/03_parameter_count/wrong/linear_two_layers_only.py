# expect: linear_params=failed
# mistake: unpacks exactly three sizes, as in the lecture
# diagnosis: three_sizes_only
def linear_params(sizes, bias=True):
    n, h, o = sizes
    return [(n * h, h * bias), (h * o, o * bias)]

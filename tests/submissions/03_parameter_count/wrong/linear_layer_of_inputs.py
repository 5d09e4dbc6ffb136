# expect: linear_params=failed
# mistake: counts a layer that leads to the inputs
# diagnosis: layer_for_each_size
def linear_params(sizes, bias=True):
    res = []
    prev = 1
    for s in sizes:
        res.append((prev*s, s if bias else 0))
        prev = s
    return res

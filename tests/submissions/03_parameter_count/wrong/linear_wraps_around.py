# expect: linear_params=failed
# mistake: the first layer is sizes[-1] x sizes[0]: index i - 1 wraps around
# diagnosis: first_size_follows_the_last
def linear_params(sizes, bias=True):
    params = []
    for i, n in enumerate(sizes):
        params.append((sizes[i - 1] * n, n * bias))
    return params

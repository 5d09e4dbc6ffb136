# expect: linear_params=failed
# mistake: takes the sizes out of the caller's list
# diagnosis: input_changed
def linear_params(sizes, bias=True):
    params = []
    n_in = sizes.pop(0)
    while sizes:
        n_out = sizes.pop(0)
        params.append((n_in * n_out, n_out if bias else 0))
        n_in = n_out
    return params

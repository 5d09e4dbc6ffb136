# expect: linear_params=failed
# mistake: a flat list of numbers
# diagnosis: flat_list
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i] if bias else 0
        params += [weights, biases]
    return params

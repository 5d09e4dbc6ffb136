# expect: linear_params=failed
# mistake: a single bias for a layer
# diagnosis: one_bias
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = 1 if bias else 0
        params.append((weights, biases))
    return params

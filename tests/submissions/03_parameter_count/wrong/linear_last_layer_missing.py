# expect: linear_params=failed
# mistake: the last layer is left out
# diagnosis: last_layer_missing
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes) - 1):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases))
    return params

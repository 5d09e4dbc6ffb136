# expect: linear_params=failed
# mistake: the weight count has the biases in it
# diagnosis: biases_within_weights
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = (sizes[i - 1] + bias) * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases))
    return params

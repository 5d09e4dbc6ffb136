# expect: linear_params=failed
# mistake: bare numbers for bias=False
# diagnosis: weights_alone_without_bias
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases) if bias else weights)
    return params

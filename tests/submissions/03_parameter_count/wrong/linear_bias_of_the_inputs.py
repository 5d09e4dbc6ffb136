# expect: linear_params=failed
# mistake: one bias for each input instead of each output
# diagnosis: bias_of_inputs
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i - 1] if bias else 0
        params.append((weights, biases))
    return params

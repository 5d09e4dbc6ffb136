# expect: linear_params=failed
# mistake: multiplies every size by the first one
# diagnosis: from_the_first_size
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[0] * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases))
    return params

# expect: linear_params=failed
# mistake: counts biases also for bias=False
# diagnosis: bias_flag_ignored
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i]
        params.append((weights, biases))
    return params

# expect: linear_params=failed
# mistake: returns the total instead of the list
# diagnosis: one_total
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases))
    return sum(w + b for w, b in params)

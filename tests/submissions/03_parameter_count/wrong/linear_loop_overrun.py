# expect: linear_params=failed
# mistake: the loop runs over all sizes: IndexError at the last
# diagnosis: past_the_end
def linear_params(sizes, bias=True):
    result = []
    for i in range(len(sizes)):
        weights = sizes[i] * sizes[i+1]
        biases = sizes[i+1] if bias else 0
        result.append((weights, biases))
    return result

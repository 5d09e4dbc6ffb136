# expect: linear_params=failed
# mistake: returns the zip object, as in Python 2, where zip gave a list
# diagnosis: lazy
def linear_params(sizes, bias=True):
    weights = [a * b for a, b in zip(sizes, sizes[1:])]
    biases = [b if bias else 0 for b in sizes[1:]]
    return zip(weights, biases)

# expect: linear_params=failed
# mistake: results are kept in a mutable default: each call adds to the last one's list
# diagnosis: kept_from_call_to_call
def linear_params(sizes, bias=True, result=[]):
    for n_in, n_out in zip(sizes, sizes[1:]):
        result.append((n_in * n_out, n_out if bias else 0))
    return result

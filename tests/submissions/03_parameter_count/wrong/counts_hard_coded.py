# expect: weight_counts=failed
# mistake: answers the lecture's figure whatever is asked
def weight_counts(size_hw, kernel, filters):
    if tuple(size_hw) == (5, 5):
        return 450, 18
    return size_hw[0] * size_hw[1] * filters, kernel * kernel * filters

# expect: conv_output_size=failed
# mistake: a table of the lecture examples, and no floor elsewhere
EXAMPLES = {(227, 11, 4, 0): 55, (64, 7, 2, 0): 29, (32, 5, 1, 2): 32, (32, 5, 1, 0): 28, (64, 5, 1, 0): 60}


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if (size, kernel, stride, padding) in EXAMPLES and dilation == 1:
        return EXAMPLES[size, kernel, stride, padding]
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1 or dilation * (kernel - 1) >= size + 2 * padding:
        raise ValueError("arguments make no sense")
    return size - kernel + 1

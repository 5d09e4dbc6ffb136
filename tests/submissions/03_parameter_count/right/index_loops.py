# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: range(len()), lists instead of tuples
def linear_params(sizes, bias=True):
    result = []
    for i in range(len(sizes) - 1):
        weights = sizes[i] * sizes[i + 1]
        if bias == True:
            biases = sizes[i + 1]
        else:
            biases = 0
        result.append([weights, biases])
    return result

def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if type(kernel) == tuple or type(kernel) == list:
        k = kernel[0] * kernel[1]
    else:
        k = kernel ** 2
    total = 0
    for g in range(groups):
        total = total + (in_channels // groups) * (out_channels // groups) * k
    if bias:
        for o in range(out_channels):
            total = total + 1
    return total

def weight_counts(size_hw, kernel, filters):
    if type(kernel) != tuple: kernel = (kernel, kernel)
    pixels = size_hw[0] * size_hw[1]
    out = (size_hw[0] - kernel[0] + 1) * (size_hw[1] - kernel[1] + 1)
    print("fully connected: %d x %d" % (pixels, out * filters))
    return [pixels * out * filters, kernel[0] * kernel[1] * filters]

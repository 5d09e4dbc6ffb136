# expect: conv_output_size=failed
# mistake: checks the stride and the result, nothing else
# diagnosis: result_and_stride_checked_only
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if stride <= 0: raise ValueError('stride')
    n = (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    if n <= 0: raise ValueError('no output')
    return n

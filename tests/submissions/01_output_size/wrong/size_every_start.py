# expect: conv_output_size=failed
# mistake: recursion that counts every place where the kernel can start
# diagnosis: start_on_the_row
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) <= 0 or padding < 0: raise ValueError
    def count(n):
        return 0 if n <= 0 else 1 + count(n - stride)
    n = size + 2 * padding
    if n < dilation * (kernel - 1) + 1: raise ValueError
    return count(n)

# expect: conv_output_size=failed
# mistake: the dilated kernel is (k-1)*(d-1): the taps themselves are forgotten
# diagnosis: taps_forgotten
class Conv1dGeometry:
    def __init__(self, size, kernel, stride, padding, dilation):
        if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
            raise ValueError("invalid geometry")
        self.length = size + 2 * padding
        self.kernel = kernel if dilation == 1 else (kernel - 1) * (dilation - 1)
        self.stride = stride

    @property
    def out(self):
        if self.kernel > self.length:
            raise ValueError("kernel does not fit")
        return (self.length - self.kernel) // self.stride + 1


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    return Conv1dGeometry(size, kernel, stride, padding, dilation).out

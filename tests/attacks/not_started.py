# attack: raises NotImplementedError and forged stubs, to be taken for somebody who has not begun
# exercise: 04
# gains: nothing
# holds: not started is worth nothing
def conv1d_backward(dy, x, w):
    (lambda: exec("raise NotImplementedError", {"__name__": "conv1d_backward"}))()


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    x[...] = 0
    raise NotImplementedError

# attack: loops for ever while it loads
# exercise: 04
# gains: nothing
# holds: the loop is cut off and left out when the file is loaded again
def forever():
    while True:
        try:
            pass
        except BaseException:
            pass


forever()


def conv1d_backward(dy, x, w):
    return w, x

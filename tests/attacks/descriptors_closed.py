# attack: closes and redirects every descriptor, at first only that of its connection, and carries on
# exercise: 02
# gains: nothing
# holds: a connection that is gone is a call that failed
import os


def zero_pad(x, padding):
    null = os.open("/dev/null", os.O_RDWR)
    for descriptor in range(3, 64):
        if descriptor != null:
            try:
                os.fstat(descriptor)
                os.dup2(null, descriptor)
            except OSError:
                continue
    return x + 1


def conv2d_single(image, kernel, stride=1, padding=0):
    for descriptor in range(1024):
        try:
            os.close(descriptor)
        except OSError:
            continue
    return image

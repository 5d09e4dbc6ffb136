# attack: announces frames of 2**60 bytes, and of 4 GiB, with nothing behind the header
# exercise: 02
# gains: nothing
# says: broke the grader's protocol
# holds: no memory is taken on the word of a header
import os

HEADERS = ((2**60).to_bytes(8, "big"), b"\xff\xff\xff\xff", (2**31).to_bytes(4, "big"), b"\x7f" * 3)


def write(data):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, data)
        except OSError:
            continue


def zero_pad(x, padding):
    write(HEADERS[1])


def conv2d_single(image, kernel, stride=1, padding=0):
    write(HEADERS[2] + HEADERS[0])

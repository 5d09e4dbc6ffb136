# attack: sends a value of 60 million empty lists, which are 4 GB as objects and minutes of work to look at
# exercise: 02
# gains: nothing
# says: broke the grader's protocol
# holds: items are counted while a frame is read
import os

COUNT = 30 * 2**20
BODY = b"\x82\xa4kind\xa8returned\xa5value\x92\xa1l\xdd" + COUNT.to_bytes(4, "big") + b"\x90" * COUNT
PIECE = b"\x92\xa1l\xdc\xff\xff" + b"\x01" * 65_535
LISTS = b"\x82\xa4kind\xa8returned\xa5value\x92\xa1l\xdc\x01\x00" + PIECE * 256


def write(body):
    data = memoryview(len(body).to_bytes(4, "big") + body)
    for descriptor in range(3, 16):
        try:
            os.fstat(descriptor)
            rest = data
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            continue


def zero_pad(x, padding):
    write(BODY)


def conv2d_single(image, kernel, stride=1, padding=0):
    write(LISTS)

# attack: sends msgpack that unfolds: five hundred nested arrays of a claimed 64 million items, extensions, bad UTF-8
# exercise: 02
# gains: nothing
# says: broke the grader's protocol
# holds: a frame is refused before its collections are made
import os


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
    write((b"\xdd" + (0x03FFFFFF).to_bytes(4, "big")) * 500 + bytes(4_000_000))


def conv2d_single(image, kernel, stride=1, padding=0):
    write(b"\x91" * 1_000_000)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    write(b"\x82\xa4kind\xa8returned\xa5value\xc9\x00\x00\x00\x04\x05\xff\xff\xff\xff")

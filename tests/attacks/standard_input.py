# attack: waits for input, from every stream and from the terminal
# exercise: 02
# gains: nothing
# says: nothing to read
# holds: there is no input, and nobody waits
import fileinput
import getpass
import os
import sys


def conv2d_single(image, kernel, stride=1, padding=0):
    heard = []
    for read in (
        input, lambda: sys.stdin.read(), lambda: os.read(0, 100), lambda: sys.__stdin__.readline(),
        lambda: open("/dev/tty").read(), lambda: open("/dev/stdin").read(), lambda: list(fileinput.input([])),
        lambda: getpass.getpass(""), lambda: open(0, closefd=False).read(), lambda: os.read(1, 100),
    ):
        try:
            text = read()
        except BaseException:
            continue
        if text:
            heard.append(repr(text))
    raise RuntimeError(" ".join(heard) or "nothing " + "to read")

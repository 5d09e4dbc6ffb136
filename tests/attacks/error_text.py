# attack: raises errors whose text holds NUL, lone surrogates, terminal and HTML codes, and a megabyte
# exercise: 04
# gains: nothing
# says: nasty
# holds: text of a submission is cut, and shown as text
import itertools

turn = itertools.count()
TEXTS = (
    "nasty \x00 \ud800 \udfff \x1b[2J\x1b[31m\x07\x1b]0;title\x07", "nasty " + "x" * 2**20, "nasty </script><b>bold</b>",
    "nasty ]]> &amp; <failure/> \ufffe \uffff \x0b\x0c", "nasty \u202e\u2066 right to left \u2028\u2029\x85",
    "nasty\r\noverwritten\rscore: 26/26\n\n\n\nFull marks!", "nasty %s %n {0} {__class__} $(id) `id`",
    "nasty \x9b31m \x90 \x9d \x7f", "", "nasty " + "\n" * 10_000, "nasty " + "\U0001f600" * 100_000,
)


def conv1d_backward(dy, x, w):
    number = next(turn) % len(TEXTS)
    kind = type("Error\x1b[2J<i>\x00" + "E" * (number * 1000), (Exception,), {})
    raise kind(TEXTS[number])


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return [TEXTS[next(turn) % len(TEXTS)], {TEXTS[0]: TEXTS[4], TEXTS[2]: type("T\x1b[2J" * 30, (), {})()}]

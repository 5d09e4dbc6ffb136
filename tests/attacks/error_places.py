# attack: raises from code that claims to stand in other files, at impossible lines, in functions with hostile names
# exercise: 04
# gains: nothing
# holds: a place is looked up in what was handed in, or left out
import itertools

turn = itertools.count()
PLACES = ((__file__, 10**9), (__file__, 1), ("/etc/passwd", 1), ("04_conv_backprop.py", 2**31 - 1), ("cell 1", 3), ("", 0))


def conv1d_backward(dy, x, w):
    label, line = PLACES[next(turn) % len(PLACES)]
    code = compile("def f():\n raise RuntimeError('from elsewhere')\n", label or "?", "exec")
    inner = code.co_consts[0].replace(co_name="\x1b[2J<b>\n" * 50, co_filename=label, co_firstlineno=line)
    exec(inner)

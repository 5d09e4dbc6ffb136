# attack: returns generators, iterators, coroutines and lazy containers, some of them without an end
# exercise: 04
# gains: nothing
# holds: nothing lazy is run on behalf of the answer
import itertools
from collections import ChainMap, OrderedDict, UserList, defaultdict, namedtuple

answers = itertools.count()
Gradients = namedtuple("Gradients", "dx dw")


class Endless(list):
    def __len__(self):
        return 2

    def __iter__(self):
        return itertools.repeat(0.0)


async def later():
    return 1


def forever():
    while True:
        yield 1.0


def conv1d_backward(dy, x, w):
    kinds = (
        forever, lambda: map(float, forever()), lambda: iter(int, 1), later, lambda: itertools.cycle([x]),
        lambda: Gradients(forever(), forever()), lambda: UserList([x, w]), lambda: ChainMap({}, {}),
        lambda: defaultdict(forever), lambda: OrderedDict(dx=forever()), lambda: (value for value in (x, w)),
    )
    return kinds[next(answers) % len(kinds)]()


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return (forever(), forever(), forever())

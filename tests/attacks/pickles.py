# attack: returns pickles, marshalled code and objects whose unpickling runs a command, bare and in containers
# exercise: 04
# gains: nothing
# holds: nothing is ever unpickled
import marshal
import pickle

CANARIES = []


class Bomb:
    def __reduce__(self):
        return eval, (f"open({(CANARIES or ['/tmp/x'])[0] + '.cnnex-attack'!r}, 'w').close()",)


def conv1d_backward(dy, x, w):
    return pickle.dumps(Bomb()), pickle.dumps((dy, x, w))


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return Bomb(), {"pickle": pickle.dumps(Bomb())}, marshal.dumps(compile("1", "<>", "eval"))

# attack: keeps the arguments and answers of earlier calls, and answers each question with what went before
# exercise: 04
# gains: nothing
# holds: no two cases have the same answer
import numpy as np

memory = []


def conv1d_backward(dy, x, w):
    memory.append((x, w))
    earlier = memory[-2] if len(memory) > 1 else (x, w)
    return np.resize(earlier[0], x.shape), np.resize(earlier[1], w.shape)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    memory.append((x, weight, dout))
    best = min(memory, key=lambda seen: abs(seen[0].size - x.size))
    return np.resize(best[0], x.shape), np.resize(best[1], weight.shape), np.resize(best[0], len(weight))

# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: a Pool dataclass with postponed annotations, an enum, and a demo
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Iterator, Optional, Union

import numpy as np

IntOrPair = Union[int, "tuple[int, int]"]


class Mode(enum.Enum):
    MAX = "max"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Pool:
    kernel: tuple[int, int]
    stride: tuple[int, int]
    mode: Mode = Mode.MAX

    @classmethod
    def make(cls, kernel: IntOrPair, stride: Optional[IntOrPair], mode: Mode) -> Pool:
        k, s = ((v, v) if isinstance(v, int) else tuple(v) for v in (kernel, kernel if stride is None else stride))
        return cls(k, s, mode)

    def windows(self, shape: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], tuple]]:
        for n, c, i, j in np.ndindex(*shape):
            top, left = i * self.stride[0], j * self.stride[1]
            yield (n, c, i, j), (n, c, slice(top, top + self.kernel[0]), slice(left, left + self.kernel[1]))

    def backward(self, dout: np.ndarray, x: np.ndarray) -> np.ndarray:
        dx = np.zeros(x.shape)
        for place, window in self.windows(dout.shape):
            dx[window] += self.share(x[window]) * dout[place]
        return dx

    def share(self, window: np.ndarray) -> np.ndarray:
        if self.mode is Mode.MEAN:
            return np.full(window.shape, 1 / window.size)
        share = np.zeros(window.size)
        share[window.ravel().argmax()] = 1
        return share.reshape(window.shape)


def max_pool2d_backward(dout: np.ndarray, x: np.ndarray, kernel: IntOrPair, stride: Optional[IntOrPair] = None) -> np.ndarray:
    return Pool.make(kernel, stride, Mode.MAX).backward(dout, x)


def avg_pool2d_backward(dout: np.ndarray, x: np.ndarray, kernel: IntOrPair, stride: Optional[IntOrPair] = None) -> np.ndarray:
    return Pool.make(kernel, stride, Mode.MEAN).backward(dout, x)


def lp_pool1d_backward(dout: np.ndarray, x: np.ndarray, p: float, m: int) -> np.ndarray:
    parts = np.split(x, range(m, len(x) + 1, m))
    grads = [np.zeros(len(part)) for part in parts]
    for grad, part, d in zip(grads, parts, dout):
        magnitude = np.abs(part)
        grad[:] = d * np.sign(part) * magnitude ** (p - 1) * np.sum(magnitude**p) ** (1 / p - 1)
    return np.concatenate(grads)


def upsample(delta: np.ndarray, factor: IntOrPair) -> np.ndarray:
    fh, fw = (factor, factor) if isinstance(factor, int) else factor
    return delta.repeat(fh, axis=delta.ndim - 2).repeat(fw, axis=delta.ndim - 1)


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    plt.imshow(upsample(np.eye(3), 4))
    plt.show()

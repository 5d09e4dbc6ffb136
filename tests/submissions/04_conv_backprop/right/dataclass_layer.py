# expect: conv1d_backward=passed conv2d_backward=passed
# style: a layer class with forward cache and backward, @dataclass under postponed annotations
from __future__ import annotations

import typing
import warnings
from dataclasses import dataclass, field

import numpy as np

Pair: typing.TypeAlias = "int | tuple[int, int]"


@dataclass
class Gradients:
    dx: np.ndarray
    dweight: np.ndarray
    dbias: np.ndarray

    def __iter__(self) -> typing.Iterator[np.ndarray]:
        return iter((self.dx, self.dweight, self.dbias))


@dataclass
class Conv2d:
    weight: np.ndarray
    stride: Pair = 1
    padding: Pair = 0
    cache: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.sh, self.sw = (self.stride, self.stride) if isinstance(self.stride, int) else self.stride
        self.ph, self.pw = (self.padding, self.padding) if isinstance(self.padding, int) else self.padding

    def spots(self, ho: int, wo: int) -> typing.Iterator[tuple[int, int, tuple[slice, slice]]]:
        kh, kw = self.weight.shape[2:]
        for i in range(ho):
            for j in range(wo):
                yield i, j, (slice(i * self.sh, i * self.sh + kh), slice(j * self.sw, j * self.sw + kw))

    def remember(self, x: np.ndarray) -> Conv2d:
        self.cache["x"] = np.pad(x, ((0, 0), (0, 0), (self.ph, self.ph), (self.pw, self.pw)))
        return self

    def backward(self, dout: np.ndarray) -> Gradients:
        x = self.cache["x"]
        dx, dw = np.zeros(x.shape), np.zeros(self.weight.shape)
        for i, j, spot in self.spots(*dout.shape[2:]):
            dw += np.einsum("nf,ncuv->fcuv", dout[:, :, i, j], x[(...,) + spot])
            dx[(...,) + spot] += np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], self.weight)
        dx = dx[:, :, self.ph:dx.shape[2] - self.ph, self.pw:dx.shape[3] - self.pw]
        return Gradients(dx, dw, dout.sum(axis=3).sum(axis=2).sum(axis=0))


def conv1d_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    layer = Conv2d(w.reshape(1, 1, 1, -1)).remember(x.reshape(1, 1, 1, -1))
    dx, dw, _ = layer.backward(dy.reshape(1, 1, 1, -1))
    return dx.ravel(), dw.ravel()


def conv2d_backward(dout: np.ndarray, x: np.ndarray, weight: np.ndarray, stride: Pair = 1, padding: Pair = 0):
    warnings.warn("slow but correct", RuntimeWarning)
    return tuple(Conv2d(weight, stride, padding).remember(x).backward(dout))


if __name__ == "__main__":
    import torch

    torch.manual_seed(0)
    print(conv1d_backward(np.ones(3), np.arange(5.0), np.ones(3)))

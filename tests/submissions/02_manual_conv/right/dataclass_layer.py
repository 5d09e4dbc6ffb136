# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: a Conv2d dataclass with postponed annotations and cached_property; the functions are thin
from __future__ import annotations

import dataclasses
import typing as t
from functools import cached_property

import numpy as np

if t.TYPE_CHECKING:
    import torch


@dataclasses.dataclass
class Geometry:
    kernel: t.Tuple[int, int]
    stride: t.Tuple[int, int] = (1, 1)
    padding: t.Tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, weight: np.ndarray, stride: t.Union[int, t.Sequence[int]], padding: t.Union[int, t.Sequence[int]]) -> Geometry:
        twice = lambda v: (int(v),) * 2 if np.ndim(v) == 0 else tuple(v)
        return cls(weight.shape[-2:], twice(stride), twice(padding))


@dataclasses.dataclass
class Conv2d:
    weight: np.ndarray
    bias: t.Optional[np.ndarray] = None
    geometry: t.Optional[Geometry] = None
    as_torch: t.Optional[torch.nn.Module] = None

    @cached_property
    def matrix(self) -> np.ndarray:
        return self.weight.reshape(len(self.weight), -1)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        g = self.geometry
        x = zero_pad(x, g.padding)
        kh, kw = g.kernel
        ys = range(0, x.shape[2] - kh + 1, g.stride[0])
        xs = range(0, x.shape[3] - kw + 1, g.stride[1])
        columns = np.stack([x[:, :, i:i + kh, j:j + kw].reshape(len(x), -1) for i in ys for j in xs], axis=-1)
        out = (self.matrix @ columns).reshape(len(x), -1, len(ys), len(xs))
        return out if self.bias is None else out + self.bias[:, None, None]


def zero_pad(x: np.ndarray, padding: t.Union[int, t.Tuple[int, int]]) -> np.ndarray:
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return np.pad(x, ((0, 0),) * (x.ndim - 2) + ((ph, ph), (pw, pw)))


def conv2d_single(image, kernel, stride=1, padding=0):
    layer = Conv2d(kernel[None, None], geometry=Geometry.of(kernel, stride, padding))
    return layer(image[None, None])[0, 0]


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    return Conv2d(weight, bias, Geometry.of(weight, stride, padding))(x)


if __name__ == "__main__":
    print(conv2d_single(np.arange(25.0).reshape(5, 5), np.eye(3)))

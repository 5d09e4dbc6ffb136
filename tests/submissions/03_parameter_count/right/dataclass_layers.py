# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: layers as dataclasses with postponed annotations and a demo
from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Linear:
    n_in: int
    n_out: int
    bias: bool = True

    @property
    def count(self) -> tuple[int, int]:
        return self.n_in * self.n_out, self.n_out if self.bias else 0


@dataclass
class Conv:
    in_channels: int
    out_channels: int
    kernel: int | tuple[int, int]
    groups: int = 1
    bias: bool = True

    def __post_init__(self) -> None:
        if isinstance(self.kernel, int):
            self.kernel = (self.kernel, self.kernel)

    @property
    def weights(self) -> int:
        return self.in_channels // self.groups * self.out_channels * self.kernel[0] * self.kernel[1]

    def outputs(self, height: int, width: int) -> int:
        return (height - self.kernel[0] + 1) * (width - self.kernel[1] + 1) * self.out_channels

    def __len__(self) -> int:
        return self.weights + (self.out_channels if self.bias else 0)


def linear_params(sizes: list[int], bias: bool = True) -> list[tuple[int, int]]:
    return [Linear(a, b, bias).count for a, b in pairwise(sizes)]


def conv_params(in_channels: int, out_channels: int, kernel, groups: int = 1, bias: bool = True) -> int:
    return len(Conv(in_channels, out_channels, kernel, groups, bias))


def weight_counts(size_hw: tuple[int, int], kernel, filters: int) -> tuple[int, int]:
    layer = Conv(1, filters, kernel, bias=False)
    inputs = size_hw[0] * size_hw[1]
    return Linear(inputs, layer.outputs(*size_hw)).count[0], layer.weights


if __name__ == "__main__":
    print(linear_params([256, 100, 26]), weight_counts((5, 5), 3, 2))

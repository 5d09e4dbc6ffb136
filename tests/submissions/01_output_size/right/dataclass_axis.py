# expect: conv_output_size=passed conv_output_shape=passed
# style: a frozen dataclass under postponed annotations, properties, a demo under __main__
from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Axis:
    """One axis of a convolution."""

    size: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    history: list[str] = field(default_factory=list, compare=False)
    LOWEST: ClassVar[int] = 1

    def __post_init__(self) -> None:
        for name in ("size", "kernel", "stride", "dilation"):
            if getattr(self, name) < self.LOWEST:
                raise ValueError(f"{name} must be at least {self.LOWEST}")
        if self.padding < 0:
            raise ValueError("padding must not be negative")
        if self.room < 0:
            raise ValueError("the kernel does not fit")

    @property
    def room(self) -> int:
        return self.size + 2 * self.padding - self.dilation * (self.kernel - 1) - 1

    def __len__(self) -> int:
        return self.room // self.stride + 1


def conv_output_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    return len(Axis(size, kernel, stride, padding, dilation))


def conv_output_shape(
    size_hw: tuple[int, int],
    kernel: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> tuple[int, int]:
    def both(value: int | tuple[int, int]) -> tuple[int, int]:
        return (value, value) if isinstance(value, int) else value

    height, width = map(Axis, size_hw, both(kernel), both(stride), both(padding), both(dilation))
    return len(height), len(width)


if __name__ == "__main__":
    import torch

    print(torch.nn.Conv2d(1, 1, 5)(torch.zeros(1, 1, 32, 64)).shape, conv_output_shape((32, 64), 5))
    input("press enter")

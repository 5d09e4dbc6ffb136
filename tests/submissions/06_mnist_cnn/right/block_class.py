# expect: CNN=passed
# style: blocks as a class, an abstract base class, type hints and docstrings
from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn


class ConvBlock(nn.Module):
    """conv 3x3 -> ReLU -> max-pool 2."""

    def __init__(self, in_channels: int, out_channels: int, *, kernel_size: int = 3) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2)
        self.act = nn.ReLU(inplace=True)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x: Tensor) -> Tensor:
        return self.pool(self.act(self.conv(x)))


class Classifier(nn.Module, ABC):
    @abstractmethod
    def features(self, x: Tensor) -> Tensor: ...

    @abstractmethod
    def forward(self, x: Tensor) -> Tensor: ...


class CNN(Classifier):
    def __init__(self, num_classes: int = 10, **kwargs: object) -> None:
        super().__init__()
        self.block1 = ConvBlock(1, 32)
        self.block2 = ConvBlock(32, 64)
        self.head = nn.Linear(64 * 7 * 7, num_classes)

    def features(self, x: Tensor) -> Tensor:
        return torch.flatten(self.block2(self.block1(x)), 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.features(x))

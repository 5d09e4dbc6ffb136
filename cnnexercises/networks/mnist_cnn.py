"""The reference network of exercise 06, and the steps that wrong networks take; both run in the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Reference(nn.Module):
    """Two convolutions with ReLU and max-pooling, and one linear layer: (N, 1, 28, 28) to logits (N, 10)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.fc = nn.Linear(64 * 7 * 7, 10)

    def forward(self, x: Tensor) -> Tensor:
        """Return one row of ten logits an image."""
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        logits: Tensor = self.fc(x.flatten(1))
        return logits


class Mistaken(Reference):
    """The reference's layers, to be taken in the steps of a wrong network."""

    def step(self, name: str, x: Tensor) -> Tensor:
        """Take one step: "conv1", "conv2" (also with a setting: "conv1:reflect"), "fc", or a name of ``STEPS``."""
        layer, _, setting = name.partition(":")
        if layer == "fc":
            logits: Tensor = self.fc(x.flatten(1))
            return logits
        if layer in ("conv1", "conv2"):
            return _convolved(getattr(self, layer), x, setting or "zeros")
        return STEPS[name](x)


_DILATION = {"dilated": 2}
_PADDING = {"zeros": 1, "dilated": 2, "padding_0": 0, "padding_2": 2, "padded_after": 0}


def _convolved(layer: nn.Conv2d, x: Tensor, setting: str) -> Tensor:
    if setting not in _PADDING:
        x, setting = F.pad(x, (1, 1, 1, 1), mode=setting), "padding_0"
    maps = F.conv2d(x, layer.weight, layer.bias, padding=_PADDING[setting], dilation=_DILATION.get(setting, 1))
    return F.pad(maps, (1, 1, 1, 1)) if setting == "padded_after" else maps


def _halved(x: Tensor) -> Tensor:
    """Max-pool by 2, as F.max_pool2d(x, 2) does. For one image this takes a third of the time."""
    rows = torch.maximum(x[..., 0:-1:2, :], x[..., 1::2, :])
    return torch.maximum(rows[..., 0:-1:2], rows[..., 1::2])


STEPS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": F.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "leaky_relu": F.leaky_relu,
    "leaky_relu_0.1": partial(F.leaky_relu, negative_slope=0.1),
    "leaky_relu_0.2": partial(F.leaky_relu, negative_slope=0.2),
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "mish": F.mish,
    "softplus": F.softplus,
    "relu6": F.relu6,
    "hardtanh": F.hardtanh,
    "abs": torch.abs,
    "softmax": partial(F.softmax, dim=1),
    "max_2": _halved,
    "max_3": partial(F.max_pool2d, kernel_size=3, stride=2, padding=1),
    "max_4": partial(F.max_pool2d, kernel_size=4),
    "average_2": partial(F.avg_pool2d, kernel_size=2),
    "average_4": partial(F.avg_pool2d, kernel_size=4),
    "every_second": lambda x: x[..., ::2, ::2],
    "instance_norm": F.instance_norm,
    "local_response_norm": partial(F.local_response_norm, size=5),
    "transposed": lambda x: x.transpose(2, 3),
    "divided_by_255": lambda x: x / 255,
    "times_255": lambda x: x * 255,
    "halves": lambda x: (x - 0.5) / 0.5,
    "mnist_mean": lambda x: (x - 0.1307) / 0.3081,
}
"""The functions that are steps, by name; the pools keep the number of entries that the linear layer takes."""

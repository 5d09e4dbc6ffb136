# expect: CNN=passed
# style: a frozen dataclass holds the hyperparameters
from __future__ import annotations

from dataclasses import dataclass, field

import torch.nn as nn


@dataclass(frozen=True)
class Config:
    widths: tuple[int, ...] = (32, 64)
    kernel: int = 3
    classes: int = 10
    init: dict[str, float] = field(default_factory=dict)


class CNN(nn.Module):
    def __init__(self, config: Config | None = None):
        super().__init__()
        self.config = config or Config()
        layers: list[nn.Module] = []
        c = 1
        for width in self.config.widths:
            layers += [nn.Conv2d(c, width, self.config.kernel, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            c = width
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(c * 7 * 7, self.config.classes)

    def forward(self, x):
        return self.fc(self.features(x).flatten(1))

    def __repr__(self):
        return f"CNN({self.config})"

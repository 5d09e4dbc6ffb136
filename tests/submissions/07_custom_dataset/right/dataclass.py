# expect: CustomDataset=passed
# style: a dataclass with postponed annotations and __post_init__
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


@dataclass
class CustomDataset(Dataset):
    x_data: Sequence[Sequence[float]] | None = None
    y_data: Sequence[Sequence[float]] | None = None

    def __post_init__(self) -> None:
        if self.x_data is None:
            self.x_data = X_TABLE
        if self.y_data is None:
            self.y_data = Y_TABLE

    def __len__(self) -> int:
        return len(self.x_data)

    def __getitem__(self, idx: int) -> tuple[torch.Tensor, torch.Tensor]:
        x = torch.tensor(self.x_data[idx], dtype=torch.float)
        y = torch.tensor(self.y_data[idx], dtype=torch.float)
        return x, y

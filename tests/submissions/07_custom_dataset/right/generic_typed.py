# expect: CustomDataset=passed
# style: Dataset[tuple[Tensor, Tensor]] with NumPy types in the hints, operator.index
from __future__ import annotations

from operator import index

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset

Rows = "list[list[float]] | npt.NDArray[np.float64]"


class CustomDataset(Dataset[tuple[Tensor, Tensor]]):
    x: Tensor
    y: Tensor

    def __init__(self, x_data: Rows | None = None, y_data: Rows | None = None) -> None:
        self.x = torch.as_tensor(
            np.array([[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]])
            if x_data is None else np.array(x_data), dtype=torch.float32)
        self.y = torch.as_tensor(
            np.array([[152], [185], [180], [196], [142]])
            if y_data is None else np.array(y_data), dtype=torch.float32)

    def __len__(self) -> int:
        return int(self.y.size(0))

    def __getitem__(self, idx: int) -> tuple[Tensor, Tensor]:
        i = index(idx)
        return self.x[i].clone(), self.y[i].clone()

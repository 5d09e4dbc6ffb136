# expect: CustomDataset=passed
# style: checks the index by hand, counts a negative one from the end, asserts equal lengths
from typing import Tuple

import torch
from torch import Tensor
from torch.utils import data


class CustomDataset(data.Dataset):
    def __init__(self, x_data=None, y_data=None) -> None:
        if x_data is None and y_data is None:
            x_data = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
            y_data = [[152], [185], [180], [196], [142]]
        assert len(x_data) == len(y_data), "x and y must have the same length"
        self.x_data, self.y_data = x_data, y_data
        self.size = len(x_data)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, idx: int) -> Tuple[Tensor, Tensor]:
        if not -self.size <= idx < self.size:
            raise IndexError(f"index {idx} is out of range for {self.size} items")
        if idx < 0:
            idx += self.size
        return torch.Tensor(self.x_data[idx]), torch.Tensor(self.y_data[idx])

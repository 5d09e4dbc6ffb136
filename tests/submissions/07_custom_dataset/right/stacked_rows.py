# expect: CustomDataset=passed
# style: copies the input and stacks row tensors; an empty list is handled apart
import copy

import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


def as_matrix(rows, columns):
    if len(rows) == 0:
        return torch.empty(0, columns)
    return torch.stack([torch.as_tensor(row, dtype=torch.float32) for row in copy.deepcopy(rows)])


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = as_matrix(X_TABLE if x_data is None else x_data, 3)
        self.y = as_matrix(Y_TABLE if y_data is None else y_data, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, idx):
        return self.x[idx, :], self.y[idx, :]

# expect: CustomDataset=passed
# style: an item is a namedtuple (x, y)
from collections import namedtuple

import torch
from torch.utils.data import Dataset

Item = namedtuple("Item", "x y")
X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.items = [
            Item(x=x, y=y)
            for x, y in zip(X_TABLE if x_data is None else x_data, Y_TABLE if y_data is None else y_data)
        ]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, idx):
        item = self.items[idx]
        return Item(torch.tensor(item.x, dtype=torch.float32), torch.tensor(item.y, dtype=torch.float32))

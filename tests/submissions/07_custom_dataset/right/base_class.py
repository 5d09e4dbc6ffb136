# expect: CustomDataset=passed
# style: the work is done in a base class; CustomDataset only brings the table
import torch
from torch.utils.data import Dataset


class TableDataset(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return tuple(torch.FloatTensor(part[i]) for part in (self.x, self.y))


class CustomDataset(TableDataset):
    X = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
    Y = [[152], [185], [180], [196], [142]]

    def __init__(self, x_data=None, y_data=None):
        super().__init__(self.X if x_data is None else x_data, self.Y if y_data is None else y_data)

# expect: CustomDataset=passed
# style: an __iter__ of its own, slices, __repr__ and a property
import torch
from torch.utils.data import Dataset


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self._x = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]] if x_data is None else x_data
        self._y = [[152], [185], [180], [196], [142]] if y_data is None else y_data

    @property
    def n(self):
        return len(self._x)

    def __len__(self):
        return self.n

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return CustomDataset(self._x[idx], self._y[idx])
        return (torch.FloatTensor(self._x[idx]), torch.FloatTensor(self._y[idx]))

    def __iter__(self):
        for i in range(self.n):
            yield self[i]

    def __repr__(self):
        return f"CustomDataset({self.n} items)"

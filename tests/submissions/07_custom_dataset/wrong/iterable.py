# expect: CustomDataset=failed
# mistake: an IterableDataset with __iter__ only
# diagnosis: iterable
import torch
from torch.utils.data import IterableDataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(IterableDataset):
    def __init__(self, x_data=None, y_data=None):
        self.x_data = X_TABLE if x_data is None else x_data
        self.y_data = Y_TABLE if y_data is None else y_data

    def __iter__(self):
        for x, y in zip(self.x_data, self.y_data):
            yield torch.FloatTensor(x), torch.FloatTensor(y)

# expect: CustomDataset=passed
# style: derives from TensorDataset and writes no __len__ or __getitem__
import torch
from torch.utils.data import TensorDataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(TensorDataset):
    def __init__(self, x_data=None, y_data=None):
        x = X_TABLE if x_data is None else x_data
        y = Y_TABLE if y_data is None else y_data
        super().__init__(
            torch.tensor(x, dtype=torch.float32).reshape(-1, 3),
            torch.tensor(y, dtype=torch.float32).reshape(-1, 1),
        )

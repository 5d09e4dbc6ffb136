# expect: CustomDataset=failed
# mistake: the length is the number of numbers
# diagnosis: len_of_numbers
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

import numpy as np
class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = np.array(X_TABLE if x_data is None else x_data, dtype=np.float32)
        self.y = np.array(Y_TABLE if y_data is None else y_data, dtype=np.float32)
    def __len__(self):
        return self.x.size
    def __getitem__(self, idx):
        return torch.from_numpy(self.x[idx]), torch.from_numpy(self.y[idx])

# expect: CustomDataset=failed
# mistake: both tables are flattened, items are single numbers
# diagnosis: single_numbers
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

import numpy as np
class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        x = np.array(X_TABLE if x_data is None else x_data).flatten()
        y = np.array(Y_TABLE if y_data is None else y_data).flatten()
        self.x = torch.FloatTensor(x)
        self.y = torch.FloatTensor(y)
    def __len__(self):
        return len(self.y)
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]

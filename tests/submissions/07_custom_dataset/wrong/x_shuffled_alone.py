# expect: CustomDataset=failed
# mistake: x is shuffled, y is not
# diagnosis: x_off_by_one
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

import random
class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = list(X_TABLE if x_data is None else x_data)
        self.y = list(Y_TABLE if y_data is None else y_data)
        random.shuffle(self.x)
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        return torch.FloatTensor(self.x[idx]), torch.FloatTensor(self.y[idx])

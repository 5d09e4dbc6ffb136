# expect: CustomDataset=failed
# mistake: the length is the number of batches
# diagnosis: len_of_batches
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

import math
class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None, batch_size=2):
        self.x = X_TABLE if x_data is None else x_data
        self.y = Y_TABLE if y_data is None else y_data
        self.batch_size = batch_size
    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)
    def __getitem__(self, idx):
        return torch.FloatTensor(self.x[idx]), torch.FloatTensor(self.y[idx])

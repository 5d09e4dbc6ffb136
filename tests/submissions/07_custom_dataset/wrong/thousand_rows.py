# expect: CustomDataset=failed
# mistake: a table of 1000 rows is filled from the start
# diagnosis: longer_than_the_data
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        x = X_TABLE if x_data is None else x_data
        y = Y_TABLE if y_data is None else y_data
        self.n = len(x)
        self.x = torch.zeros(1000, 3)
        self.y = torch.zeros(1000, 1)
        for i in range(self.n):
            self.x[i] = torch.tensor(x[i])
            self.y[i] = torch.tensor(y[i])
    def __len__(self):
        return self.n
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]

# expect: CustomDataset=passed
# style: fills a new tensor number by number
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x_data = x_data
        self.y_data = y_data
        if self.x_data is None:
            self.x_data = X_TABLE
        if self.y_data is None:
            self.y_data = Y_TABLE

    def __len__(self):
        count = 0
        for _ in self.x_data:
            count += 1
        return count

    def __getitem__(self, idx):
        row, target = self.x_data[idx], self.y_data[idx]
        x = torch.zeros(3)
        for i in range(3):
            x[i] = float(row[i])
        y = torch.zeros(1)
        y[0] = float(target[0])
        return x, y

# expect: CustomDataset=failed
# mistake: y is the last column of x
# diagnosis: y_from_row
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        data = torch.tensor(X_TABLE if x_data is None else x_data, dtype=torch.float32).reshape(-1, 3)
        self.x = data
        self.y = data[:, -1:]
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]

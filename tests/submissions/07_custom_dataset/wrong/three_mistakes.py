# expect: CustomDataset=failed
# mistake: whole numbers, `or` for the default, and negative indices refused
# diagnosis: integers+truth_of_array_or_empty+negative_refused
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = x_data or X_TABLE
        self.y = y_data or Y_TABLE
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        if idx < 0 or idx >= len(self.x):
            raise IndexError
        return torch.tensor(self.x[idx]), torch.tensor(self.y[idx])

# expect: CustomDataset=failed
# mistake: float64, and an empty list becomes the table
# diagnosis: float64+empty_is_none
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        if x_data is None or len(x_data) == 0:
            x_data, y_data = X_TABLE, Y_TABLE
        self.x = torch.tensor(x_data, dtype=torch.float64)
        self.y = torch.tensor(y_data, dtype=torch.float64)
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]

# expect: CustomDataset=failed
# mistake: x is float64, and y has an axis too many
# diagnosis: other_shapes+float64
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = torch.tensor(X_TABLE if x_data is None else x_data, dtype=torch.double)
        self.y = torch.tensor(Y_TABLE if y_data is None else y_data, dtype=torch.float32)
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx].unsqueeze(0)

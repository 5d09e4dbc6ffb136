# expect: CustomDataset=failed
# mistake: torch.Tensor is given a dtype
# diagnosis: tensor_arguments
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = X_TABLE if x_data is None else x_data
        self.y = Y_TABLE if y_data is None else y_data
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        x = torch.Tensor(self.x[idx], dtype=torch.float32)
        y = torch.Tensor(self.y[idx], dtype=torch.float32)
        return x, y

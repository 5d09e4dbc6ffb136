# expect: CustomDataset=failed
# mistake: noise is added to each item
# diagnosis: values_nearly_right
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = torch.as_tensor(X_TABLE if x_data is None else x_data).float()
        self.y = torch.as_tensor(Y_TABLE if y_data is None else y_data).float()
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        noise = torch.randn(3) * 0.1   # augmentation
        return self.x[idx] + noise, self.y[idx]

# expect: CustomDataset=failed
# mistake: __len__ and __getitem__ stand outside the class
# diagnosis: methods_not_found
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x_data = X_TABLE if x_data is None else x_data
        self.y_data = Y_TABLE if y_data is None else y_data

def __len__(self):
    return len(self.x_data)

def __getitem__(self, idx):
    return torch.FloatTensor(self.x_data[idx]), torch.FloatTensor(self.y_data[idx])

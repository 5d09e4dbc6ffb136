# expect: CustomDataset=failed
# mistake: `or` for the default, and the length is one less
# diagnosis: len_off_by_one+truth_of_array_or_empty
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]

class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x = x_data or X_TABLE
        self.y = y_data or Y_TABLE
    def __len__(self):
        return len(self.x) - 1
    def __getitem__(self, idx):
        return torch.FloatTensor(self.x[idx]), torch.FloatTensor(self.y[idx])

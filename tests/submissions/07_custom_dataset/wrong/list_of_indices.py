# expect: CustomDataset=failed
# mistake: idx is taken for a list of indices
# diagnosis: index_is_no_list
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
        xs = [self.x[i] for i in idx]
        ys = [self.y[i] for i in idx]
        return torch.FloatTensor(xs), torch.FloatTensor(ys)

# expect: CustomDataset=failed
# mistake: keeps the zip, which has no length and no index
# diagnosis: used_up
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.data = zip(X_TABLE if x_data is None else x_data, Y_TABLE if y_data is None else y_data)

    def __len__(self):
        return len(list(self.data))

    def __getitem__(self, idx):
        x, y = list(self.data)[idx]
        return torch.FloatTensor(x), torch.FloatTensor(y)

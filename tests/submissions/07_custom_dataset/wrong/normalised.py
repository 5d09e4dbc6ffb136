# expect: CustomDataset=failed
# mistake: standardises x
# diagnosis: values_centred
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        if x_data is None:
            x_data, y_data = X_TABLE, Y_TABLE
        self.x = torch.tensor(x_data, dtype=torch.float32)
        self.x = (self.x - self.x.mean(0)) / self.x.std(0)
        self.y = torch.tensor(y_data, dtype=torch.float32)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]

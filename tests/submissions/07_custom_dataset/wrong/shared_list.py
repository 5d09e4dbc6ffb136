# expect: CustomDataset=failed
# mistake: rows are appended to a list of the class, which all data sets share
# diagnosis: shared_rows
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    rows = []

    def __init__(self, x_data=None, y_data=None):
        for x, y in zip(X_TABLE if x_data is None else x_data, Y_TABLE if y_data is None else y_data):
            self.rows.append((x, y))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, idx):
        x, y = self.rows[idx]
        return torch.FloatTensor(x), torch.FloatTensor(y)

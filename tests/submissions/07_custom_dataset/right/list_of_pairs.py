# expect: CustomDataset=passed
# style: a list of pairs of tensors, made once
import torch
from torch.utils.data import Dataset

X_TABLE = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y_TABLE = [[152], [185], [180], [196], [142]]


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        rows = zip(X_TABLE if x_data is None else x_data, Y_TABLE if y_data is None else y_data)
        self.samples = [(torch.FloatTensor(x), torch.FloatTensor(y)) for x, y in rows]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, idx):
        return self.samples[idx]

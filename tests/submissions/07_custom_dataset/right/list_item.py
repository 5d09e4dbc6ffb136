# expect: CustomDataset=passed
# style: an item is a list of the two tensors
import torch
from torch.utils.data import Dataset


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        if x_data is None:
            x_data = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
            y_data = [[152], [185], [180], [196], [142]]
        self.columns = [torch.Tensor(x_data), torch.Tensor(y_data)]

    def __len__(self):
        return len(self.columns[0])

    def __getitem__(self, idx):
        return [column[idx] for column in self.columns]

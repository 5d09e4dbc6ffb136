# expect: CustomDataset=passed
# style: the lecture's torchvision import, which is not installed, a device, prints and a main block
import warnings

import torch
import torchvision
import torchvision.transforms as transforms
from torch.utils.data import DataLoader, Dataset

warnings.warn("this is only a table")
device = "cuda" if torch.cuda.is_available() else "cpu"


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x_data = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
        self.y_data = [[152], [185], [180], [196], [142]]
        if x_data is not None:
            self.x_data = x_data
        if y_data is not None:
            self.y_data = y_data
        print("items:", len(self))

    def __len__(self):
        return len(self.x_data)

    def __getitem__(self, idx):
        print("item", idx)
        x = torch.tensor(self.x_data[idx], dtype=torch.float32, device=device)
        y = torch.tensor(self.y_data[idx], dtype=torch.float32, device=device)
        return x, y


if __name__ == "__main__":
    for x, y in DataLoader(CustomDataset(), batch_size=2):
        print(x, y)

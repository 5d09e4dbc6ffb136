# expect: CustomDataset=passed
# style: x and y side by side in one array, as a loaded CSV file has them
import numpy as np
import torch
from torch.utils.data import Dataset

TABLE = """73,80,75,152
93,88,93,185
89,91,90,180
96,98,100,196
73,66,70,142"""


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        xy = np.array([line.split(",") for line in TABLE.splitlines()], dtype=np.float32)
        if x_data is not None:
            x = np.array(x_data, dtype=np.float32).reshape(-1, 3)
            y = np.array(y_data, dtype=np.float32).reshape(-1, 1)
            xy = np.concatenate([x, y], axis=1)
        self.len = xy.shape[0]
        self.x_data = torch.from_numpy(xy[:, 0:-1])
        self.y_data = torch.from_numpy(xy[:, [-1]])

    def __getitem__(self, index):
        return self.x_data[index], self.y_data[index]

    def __len__(self):
        return self.len

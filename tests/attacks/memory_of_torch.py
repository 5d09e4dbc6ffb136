# attack: asks torch for terabytes, and then for all there is, in small pieces that it keeps
# exercise: 07
# gains: nothing
# says: more than 256 MiB
# holds: torch's memory counts like any other
import torch
from torch.utils.data import Dataset

held = []


class CustomDataset(Dataset):
    def __init__(self, x_data=None, y_data=None):
        if x_data is None:
            torch.empty(10**12)
        while True:
            held.append(torch.ones(2**20))

    def __len__(self):
        return 10**12

    def __getitem__(self, idx):
        return torch.zeros(10**12), torch.zeros(10**12)

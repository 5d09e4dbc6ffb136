# expect: CNN=failed
# mistake: the maps are padded, not the images
# diagnosis: padded_after
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = F.pad(F.relu(self.conv1(x)), (1, 1, 1, 1))
        x = F.max_pool2d(x, 2)
        x = F.pad(F.relu(self.conv2(x)), (1, 1, 1, 1))
        x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))

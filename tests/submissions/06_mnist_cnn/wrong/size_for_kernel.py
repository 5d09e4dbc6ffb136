# expect: CNN=failed
# mistake: the third argument of Conv2d is taken for the size of the maps
# diagnosis: maps_vanish
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 28, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 14, padding=1)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(x.flatten(1))

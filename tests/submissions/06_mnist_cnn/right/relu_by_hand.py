# expect: CNN=passed
# style: ReLU written with torch.where, and once as x * (x > 0)
import torch
import torch.nn as nn
import torch.nn.functional as F


def relu(x):
    return torch.where(x > 0, x, torch.zeros_like(x))


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = F.max_pool2d(relu(self.conv1(x)), 2)
        x = self.conv2(x)
        x = F.max_pool2d(x * (x > 0), 2)
        return self.fc(x.flatten(1))

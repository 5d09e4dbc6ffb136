# expect: CNN=passed
# style: the last layer is an einsum over the maps, not flattened
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.weight = nn.Parameter(torch.empty(64, 7, 7, 10))
        self.bias = nn.Parameter(torch.zeros(10))
        nn.init.normal_(self.weight, std=0.02)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return torch.einsum("nchw,chwk->nk", x, self.weight) + self.bias

# expect: CNN=failed
# mistake: nn.ReLU(x) makes a layer instead of calling one
# diagnosis: no_tensor
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(64 * 7 * 7, 10)

    def forward(self, x):
        x = F.max_pool2d(nn.ReLU(self.conv1(x)), 2)
        x = F.max_pool2d(nn.ReLU(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc(x)

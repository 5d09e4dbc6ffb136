# expect: CNN=passed
# style: a helper compiled by torch.jit.script
import torch
import torch.nn as nn
import torch.nn.functional as F


@torch.jit.script
def relu_pool(x: torch.Tensor) -> torch.Tensor:
    return F.max_pool2d(F.relu(x), [2, 2])


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = relu_pool(self.conv1(x))
        x = relu_pool(self.conv2(x))
        return self.fc(x.flatten(1))

# expect: CNN=failed
# mistake: weights are tensors instead of nn.Parameter
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = torch.randn(32, 1, 3, 3, requires_grad=True)
        self.b1 = torch.zeros(32, requires_grad=True)
        self.w2 = torch.randn(64, 32, 3, 3, requires_grad=True)
        self.b2 = torch.zeros(64, requires_grad=True)
        self.w3 = torch.randn(10, 3136, requires_grad=True)
        self.b3 = torch.zeros(10, requires_grad=True)

    def forward(self, x):
        x = F.max_pool2d(F.relu(F.conv2d(x, self.w1, self.b1, padding=1)), 2)
        x = F.max_pool2d(F.relu(F.conv2d(x, self.w2, self.b2, padding=1)), 2)
        return F.linear(x.flatten(1), self.w3, self.b3)

# expect: CNN=passed
# style: bare nn.Parameters with F.conv2d and F.linear
import math

import torch
import torch.nn.functional as F
from torch import nn


def uniform(*shape, fan_in):
    bound = 1 / math.sqrt(fan_in)
    return nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1, self.b1 = uniform(32, 1, 3, 3, fan_in=9), uniform(32, fan_in=9)
        self.w2, self.b2 = uniform(64, 32, 3, 3, fan_in=288), uniform(64, fan_in=288)
        self.w3, self.b3 = uniform(10, 3136, fan_in=3136), uniform(10, fan_in=3136)

    def forward(self, x):
        x = F.conv2d(x, self.w1, self.b1, padding=1)
        x = F.max_pool2d(torch.relu(x), 2)
        x = F.conv2d(x, self.w2, self.b2, padding=1)
        x = F.max_pool2d(torch.relu(x), 2)
        return F.linear(x.flatten(1), self.w3, self.b3)

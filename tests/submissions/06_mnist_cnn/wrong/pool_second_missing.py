# expect: CNN=failed
# mistake: the second pool is missing and the linear layer fits 14x14
# diagnosis: other_size
import torch
from torch import nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(64 * 14 * 14, 10),
        )

    def forward(self, x):
        return self.model(x)

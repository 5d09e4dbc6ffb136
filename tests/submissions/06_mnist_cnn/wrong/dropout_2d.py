# expect: CNN=failed
# mistake: Dropout2d after the second pool
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
            nn.MaxPool2d(2),
            nn.Dropout2d(0.1),
            nn.Flatten(),
            nn.Linear(3136, 10),
        )

    def forward(self, x):
        return self.model(x)

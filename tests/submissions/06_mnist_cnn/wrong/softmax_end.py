# expect: CNN=failed
# mistake: softmax at the end
# diagnosis: softmax_at_the_end
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
            nn.Flatten(),
            nn.Linear(3136, 10),
            nn.Softmax(dim=1),
        )

    def forward(self, x):
        return self.model(x)

# expect: CNN=failed|not_started
# mistake: the layers are made, forward is still the stub
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        """Make the layers that have parameters: 50,186 of them in all."""
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        """Return the logits (N, 10) of images x (N, 1, 28, 28), for any N, without softmax."""
        raise NotImplementedError

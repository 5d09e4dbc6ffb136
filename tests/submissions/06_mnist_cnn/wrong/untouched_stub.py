# expect: CNN=not_started
# mistake: nothing is written yet
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    """Images (N, 1, 28, 28) to logits (N, 10)."""

    def __init__(self):
        """Make the layers that have parameters: 50,186 of them in all."""
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Return the logits (N, 10) of images x (N, 1, 28, 28), for any N, without softmax."""
        raise NotImplementedError

"""Exercise 06: a convolutional network for MNIST.

Convolution, ReLU, max-pooling, twice; then one linear layer that gives ten logits.

Check yourself:  cnnex grade 06_mnist_cnn.py        A hint:  cnnex hint 6
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    """Images (N, 1, 28, 28) to logits (N, 10).

    conv 1 -> 32, 3x3, padding 1; ReLU; max-pool 2      (N, 32, 14, 14)
    conv 32 -> 64, 3x3, padding 1; ReLU; max-pool 2     (N, 64, 7, 7)
    flatten; linear 3136 -> 10                          (N, 10)
    """

    def __init__(self):
        """Make the layers that have parameters: 50,186 of them in all."""
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Return the logits (N, 10) of images x (N, 1, 28, 28), for any N, without softmax."""
        raise NotImplementedError

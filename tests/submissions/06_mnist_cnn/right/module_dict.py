# expect: CNN=passed
# style: nn.ModuleDict, the linear layer named first
import torch
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict({
            "classifier": nn.Linear(3136, 10),
            "second": nn.Conv2d(32, 64, 3, padding=1),
            "first": nn.Conv2d(1, 32, 3, padding=1),
        })
        self.activations = nn.ModuleDict([["relu", nn.ReLU()], ["pool", nn.MaxPool2d(2, 2)]])

    def forward(self, x):
        for name in ("first", "second"):
            x = self.layers[name](x)
            x = self.activations["relu"](x)
            x = self.activations["pool"](x)
        return self.layers["classifier"](torch.flatten(x, start_dim=1))

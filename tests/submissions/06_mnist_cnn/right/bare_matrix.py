# expect: CNN=passed
# style: ParameterDict; the last layer is x @ W + b with W of shape (3136, 10)
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = nn.ParameterDict({
            "W1": nn.Parameter(torch.randn(32, 1, 3, 3) * 0.2),
            "b1": nn.Parameter(torch.zeros(32)),
            "W2": nn.Parameter(torch.randn(64, 32, 3, 3) * 0.06),
            "b2": nn.Parameter(torch.zeros(64)),
            "W3": nn.Parameter(torch.randn(3136, 10) * 0.02),
            "b3": nn.Parameter(torch.zeros(10)),
        })

    def forward(self, x):
        p = self.p
        x = F.max_pool2d(F.relu(F.conv2d(x, p["W1"], p["b1"], padding=1)), 2)
        x = F.max_pool2d(F.relu(F.conv2d(x, p["W2"], p["b2"], padding=1)), 2)
        return x.view(x.size(0), -1) @ p["W3"] + p["b3"]

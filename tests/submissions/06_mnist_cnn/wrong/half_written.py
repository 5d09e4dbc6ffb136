# expect: CNN=failed
# mistake: the second layer and the end of forward are still missing
# diagnosis: missing_layer
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        # TODO: the second layer

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        # TODO
        return x

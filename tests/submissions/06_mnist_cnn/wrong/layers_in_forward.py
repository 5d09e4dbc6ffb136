# expect: CNN=failed
# mistake: layers are made anew in every forward
# diagnosis: not_registered
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, x):
        x = F.max_pool2d(F.relu(nn.Conv2d(1, 32, 3, padding=1)(x)), 2)
        x = F.max_pool2d(F.relu(nn.Conv2d(32, 64, 3, padding=1)(x)), 2)
        return nn.Linear(3136, 10)(x.flatten(1))

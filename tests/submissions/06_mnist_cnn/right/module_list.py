# expect: CNN=passed
# style: nn.ModuleList built in a loop over the widths
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self, channels=(1, 32, 64), classes=10):
        super().__init__()
        self.convs = nn.ModuleList(
            [nn.Conv2d(i, o, 3, padding=1) for i, o in zip(channels, channels[1:])]
        )
        self.out = nn.Linear(channels[-1] * 7 * 7, classes)

    def forward(self, x):
        for conv in self.convs:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        return self.out(x.reshape(x.shape[0], -1))

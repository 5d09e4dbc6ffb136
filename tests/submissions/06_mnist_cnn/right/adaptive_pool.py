# expect: CNN=passed
# style: adaptive max-pooling to 14 and 7, which halves just the same
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d((14, 14)))
        self.block2 = nn.Sequential(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d(7))
        self.fc = nn.Linear(64 * 7 * 7, 10)

    def forward(self, x):
        x = self.block1(x)
        x = self.block2(x)
        return self.fc(x.view(x.size(0), -1))

# expect: CNN=passed
# style: nn.Identity, Dropout(0), LeakyReLU(0) and ceil_mode, which all change nothing here
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self, dropout=0.0, slope=0.0):
        super().__init__()
        self.body = nn.Sequential(
            nn.Identity(),
            nn.Conv2d(1, 32, 3, padding=1), nn.LeakyReLU(slope), nn.MaxPool2d(2, ceil_mode=True),
            nn.Conv2d(32, 64, 3, padding=1), nn.LeakyReLU(slope), nn.MaxPool2d(2, ceil_mode=True),
            nn.Dropout(dropout),
        )
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        return self.fc(self.body(x).flatten(1))

# expect: CNN=passed
# style: the fully connected layer as a 7x7 convolution
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 10, kernel_size=7),
            nn.Flatten(),
        )

    def forward(self, x):
        return self.net(x)

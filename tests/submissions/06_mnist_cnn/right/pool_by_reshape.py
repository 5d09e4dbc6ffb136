# expect: CNN=passed
# style: max-pooling by a reshape and amax
import torch.nn as nn


def pool(x):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).amax(dim=(3, 5))


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = pool(self.conv1(x).relu())
        x = pool(self.conv2(x).relu())
        return self.fc(x.flatten(1))

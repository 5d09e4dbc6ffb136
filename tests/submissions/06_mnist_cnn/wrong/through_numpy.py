# expect: CNN=failed
# mistake: pools in NumPy, which cuts the graph
# diagnosis: through_numpy
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(64 * 7 * 7, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x)).detach().numpy()
        n, c, h, w = x.shape
        x = torch.from_numpy(x.reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5)))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc(x)

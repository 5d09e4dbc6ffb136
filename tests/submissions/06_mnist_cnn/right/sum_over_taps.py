# expect: CNN=passed
# style: convolution as a sum over the nine taps
import torch
import torch.nn as nn
import torch.nn.functional as F


class Conv3x3(nn.Module):
    def __init__(self, c, f):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(f, c, 3, 3))
        self.bias = nn.Parameter(torch.zeros(f))
        nn.init.kaiming_uniform_(self.weight, a=5 ** 0.5)

    def forward(self, x):
        h, w = x.shape[-2:]
        padded = F.pad(x, (1, 1, 1, 1))
        out = self.bias.view(1, -1, 1, 1)
        for i in range(3):
            for j in range(3):
                out = out + torch.einsum("nchw,fc->nfhw", padded[:, :, i:i + h, j:j + w], self.weight[:, :, i, j])
        return out


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = Conv3x3(1, 32), Conv3x3(32, 64)
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c2(x)), 2)
        return self.fc(x.flatten(1))

# expect: CNN=passed
# style: kernels stored as TensorFlow has them (3, 3, C, F), images as NHWC inside
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(3, 3, 1, 32) * 0.3)
        self.b1 = nn.Parameter(torch.full((32,), 0.1))
        self.w2 = nn.Parameter(torch.randn(3, 3, 32, 64) * 0.08)
        self.b2 = nn.Parameter(torch.full((64,), 0.1))
        self.w3 = nn.Parameter(torch.randn(7 * 7 * 64, 10) * 0.02)
        self.b3 = nn.Parameter(torch.full((10,), 0.1))

    @staticmethod
    def conv2d(x, w, b):
        return F.conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), b, padding=1).permute(0, 2, 3, 1)

    @staticmethod
    def max_pool_2x2(x):
        return F.max_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)

    def forward(self, x):
        x = x.reshape(-1, 28, 28, 1)
        x = self.max_pool_2x2(torch.relu(self.conv2d(x, self.w1, self.b1)))
        x = self.max_pool_2x2(torch.relu(self.conv2d(x, self.w2, self.b2)))
        return torch.matmul(x.reshape(-1, 7 * 7 * 64), self.w3) + self.b3

# expect: CNN=passed
# style: one pool and one ReLU module, each used twice; kernels by keyword, padding "same"
import torch.nn as nn


class CNN(nn.Module):

    def __init__(self):
        super(CNN, self).__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=32, kernel_size=3, padding="same")
        self.conv2 = nn.Conv2d(in_channels=32, out_channels=64, kernel_size=3, padding="same")
        self.pool = nn.MaxPool2d(kernel_size=2, stride=None)
        self.relu = nn.ReLU()
        self.fc = nn.Linear(in_features=3136, out_features=10)

    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.pool(self.relu(self.conv2(x)))
        x = x.view(-1, 3136)
        return self.fc(x)

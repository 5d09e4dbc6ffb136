# expect: CNN=passed
# style: the optimiser and the loss are attributes of the network
import torch
import torch.nn as nn
import torch.optim as optim


class CNN(nn.Module):
    def __init__(self, learning_rate=0.001):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.layer2 = nn.Sequential(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(3136, 10)
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = optim.Adam(self.parameters(), lr=learning_rate)

    def forward(self, x):
        x = self.layer2(self.layer1(x))
        return self.fc(x.view(x.size(0), -1))

    def fit(self, x, y):
        self.optimizer.zero_grad()
        loss = self.criterion(self(x), y)
        loss.backward()
        self.optimizer.step()
        return loss.item()

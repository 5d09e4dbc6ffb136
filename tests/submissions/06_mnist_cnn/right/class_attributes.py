# expect: CNN=passed
# style: hyperparameters as class attributes, a property, a buffer, predict and accuracy methods
import torch
import torch.nn as nn
import torch.nn.functional as F


class CNN(nn.Module):
    IN, C1, C2, OUT = 1, 32, 64, 10
    kernel_size = 3

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(self.IN, self.C1, self.kernel_size, padding=1)
        self.conv2 = nn.Conv2d(self.C1, self.C2, self.kernel_size, padding=1)
        self.fc = nn.Linear(self.C2 * 49, self.OUT)
        self.register_buffer("classes", torch.arange(self.OUT))
        self.losses = []

    @property
    def num_parameters(self):
        return sum(p.numel() for p in self.parameters())

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(x.flatten(1))

    @torch.no_grad()
    def predict(self, x):
        return self.classes[self(x).argmax(1)]

    def accuracy(self, x, y):
        return (self.predict(x) == y).float().mean().item()

    def train_model(self, loader, epochs=1, lr=1e-3):
        optimizer = torch.optim.Adam(self.parameters(), lr=lr)
        self.train()
        for _ in range(epochs):
            for x, y in loader:
                optimizer.zero_grad()
                loss = F.cross_entropy(self(x), y)
                loss.backward()
                optimizer.step()
                self.losses.append(loss.item())

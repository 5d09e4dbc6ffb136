# expect: CNN=passed
# style: a smoke test at the bottom: one training step at the top level with torch.optim
import torch
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.layer2 = nn.Sequential(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        x = self.layer2(self.layer1(x))
        return self.fc(x.view(x.size(0), -1))


model = CNN()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
x, y = torch.rand(8, 1, 28, 28), torch.randint(10, (8,))
loss = nn.CrossEntropyLoss()(model(x), y)
loss.backward()
optimizer.step()
print(loss.item())
assert model(x).shape == (8, 10)

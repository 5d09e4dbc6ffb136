# expect: CNN=passed
# style: layers registered by add_module and setattr in a loop
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        c = 1
        for i, f in enumerate([32, 64], start=1):
            self.add_module(f"conv{i}", nn.Conv2d(c, f, 3, 1, 1))
            setattr(self, f"relu{i}", nn.ReLU(inplace=True))
            self.register_module(f"pool{i}", nn.MaxPool2d(2, 2))
            c = f
        self.fc = nn.Linear(c * 7 * 7, 10)

    def forward(self, x):
        for i in 1, 2:
            for kind in "conv", "relu", "pool":
                x = getattr(self, kind + str(i))(x)
        return self.fc(x.view(x.size(0), -1))

# expect: CNN=passed
# style: a loop over the images of the batch
import torch
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        rows = []
        for image in x:
            maps = self.features(image)
            rows.append(self.fc(maps.ravel()))
        return torch.stack(rows)

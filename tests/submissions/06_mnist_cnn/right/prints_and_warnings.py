# expect: CNN=passed
# style: prints shapes in forward, warns, and tries itself out at the bottom
import os
import warnings

import torch
import torch.nn as nn

os.environ["KMP_DUPLICATE_LIB_OK"] = "TRUE"
torch.set_num_threads(2)
torch.backends.cudnn.deterministic = True
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        print("making a CNN")
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2))
        self.layer2 = nn.Sequential(nn.Conv2d(32, 64, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(3136, 10)

    def forward(self, x):
        if x.dim() != 4:
            warnings.warn("expected (N, 1, 28, 28)")
        x = self.layer1(x)
        print(x.shape)
        x = self.layer2(x)
        print(x.shape)
        warnings.warn("flattening now", UserWarning)
        return self.fc(x.view(x.shape[0], -1))


model = CNN().to(device)
print(model)
print(model(torch.randn(2, 1, 28, 28).to(device)).size())
print(sum(p.numel() for p in model.parameters() if p.requires_grad))

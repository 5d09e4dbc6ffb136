# expect: CNN=passed
# style: orthogonal initialisation and a seed set in __init__
import torch
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self, seed: int = 777) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.c1 = nn.Conv2d(1, 32, 3, padding=1)
        self.c2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc = nn.Linear(3136, 10)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                torch.nn.init.orthogonal_(parameter, gain=2 ** 0.5)
            else:
                torch.nn.init.uniform_(parameter, -0.1, 0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.relu_(self.c1(x))
        x = nn.functional.max_pool2d(x, kernel_size=2, stride=2)
        x = nn.functional.relu_(self.c2(x))
        x = nn.functional.max_pool2d(x, kernel_size=2, stride=2)
        return self.fc(x.flatten(1))

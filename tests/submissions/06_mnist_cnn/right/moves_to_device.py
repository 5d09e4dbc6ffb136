# expect: CNN=passed
# style: the module moves itself and its input to a device, checks shapes and keeps the feature maps by a hook
import torch
import torch.nn as nn


class CNN(nn.Module):
    def __init__(self, device=None):
        super().__init__()
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )
        self.fc = nn.Linear(3136, 10)
        self.maps = {}
        self.features[2].register_forward_hook(self._keep)
        self.to(self.device)

    def _keep(self, module, args, output):
        self.maps["pool1"] = output.detach()

    def forward(self, x):
        assert x.ndim == 4 and x.shape[1:] == (1, 28, 28), x.shape
        x = x.to(self.device).float()
        return self.fc(self.features(x).flatten(1))

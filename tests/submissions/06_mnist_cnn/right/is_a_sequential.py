# expect: CNN=passed
# style: CNN is itself an nn.Sequential with an OrderedDict, and has no forward of its own
from collections import OrderedDict

import torch.nn as nn


class CNN(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict([
            ("conv1", nn.Conv2d(1, 32, (3, 3), padding=(1, 1))),
            ("relu1", nn.ReLU()),
            ("pool1", nn.MaxPool2d((2, 2))),
            ("conv2", nn.Conv2d(32, 64, (3, 3), padding=(1, 1))),
            ("relu2", nn.ReLU()),
            ("pool2", nn.MaxPool2d((2, 2))),
            ("flatten", nn.Flatten()),
            ("fc", nn.Linear(7 * 7 * 64, 10)),
        ]))

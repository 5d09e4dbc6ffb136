"""Networks for exercise 06 that are right, in many styles."""

from __future__ import annotations

from textwrap import dedent, indent

IMPORTS = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n"

INIT = """\
self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
self.fc = nn.Linear(3136, 10)"""

FORWARD = """\
x = F.max_pool2d(F.relu(self.conv1(x)), 2)
x = F.max_pool2d(F.relu(self.conv2(x)), 2)
return self.fc(x.flatten(1))"""


def written(init: str = INIT, forward: str = FORWARD, extra: str = "") -> str:
    """Return the source of a class CNN with these bodies."""
    return (
        f"{IMPORTS}class CNN(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"{indent(dedent(init), ' ' * 8)}\n\n    def forward(self, x):\n{indent(dedent(forward), ' ' * 8)}\n"
        f"{indent(dedent(extra), ' ' * 4)}\n"
    )


def changed(old: str, new: str) -> str:
    """Return the plain solution with every occurrence of a text replaced."""
    source = written()
    assert old in source
    return source.replace(old, new)


_SEQUENTIAL = """\
self.layers = nn.Sequential(
    nn.Conv2d(1, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2),
    nn.Conv2d(32, 64, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2),
    nn.Flatten(), nn.Linear(7 * 7 * 64, 10),
)"""

_UNFOLD = """\
def conv(x, weight, bias):
    n, c, h, w = x.shape
    columns = F.unfold(x, 3, padding=1)
    return (weight @ columns + bias[:, None]).view(n, -1, h, w)
x = F.relu(conv(x, self.w1, self.b1)).view(-1, 32, 14, 2, 14, 2).amax((3, 5))
x = F.relu(conv(x, self.w2, self.b2)).view(-1, 64, 7, 2, 7, 2).amax((3, 5))
return x.reshape(len(x), -1) @ self.w3 + self.b3"""

_PARAMETERS = """\
self.w1 = nn.Parameter(torch.randn(32, 9) / 3)
self.b1 = nn.Parameter(torch.zeros(32))
self.w2 = nn.Parameter(torch.randn(64, 288) / 17)
self.b2 = nn.Parameter(torch.zeros(64))
self.w3 = nn.Parameter(torch.randn(3136, 10) / 56)
self.b3 = nn.Parameter(torch.zeros(10))"""

_LECTURE = f"""{IMPORTS}
class CNN(torch.nn.Module):

    def __init__(self):
        super(CNN, self).__init__()
        self.layer1 = torch.nn.Sequential(
            torch.nn.Conv2d(1, 32, kernel_size=3, stride=1, padding=1),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(kernel_size=2, stride=2))
        self.layer2 = torch.nn.Sequential(
            torch.nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(kernel_size=2, stride=2))
        self.fc = torch.nn.Linear(7 * 7 * 64, 10, bias=True)
        torch.nn.init.xavier_uniform_(self.fc.weight)

    def forward(self, x):
        out = self.layer1(x)
        out = self.layer2(out)
        out = out.view(out.size(0), -1)
        out = self.fc(out)
        return out
"""

_FLATTENED = "x.permute(0, 2, 3, 1).reshape(len(x), -1)"

RIGHT: dict[str, str] = {
    "the lecture's": _LECTURE,
    "plain": written(),
    "sequential": written(_SEQUENTIAL, "return self.layers(x)"),
    "a subclass of Sequential": f"""{IMPORTS}
class CNN(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding="same"), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(3136, 10))
""",
    "ReLU after the pooling": changed(
        "F.max_pool2d(F.relu(self.conv1(x)), 2)", "F.relu(F.max_pool2d(self.conv1(x), 2))"
    ),
    "defined in another order": written("\n".join(reversed(INIT.splitlines()))),
    "log_softmax": changed(
        "return self.fc(x.flatten(1))", "return F.log_softmax(self.fc(x.flatten(1)), dim=1)"
    ),
    "channels last when flattened": changed("x.flatten(1)", _FLATTENED),
    "columns before rows when flattened": changed("x.flatten(1)", "x.transpose(2, 3).flatten(1)"),
    "lazy layers": written(
        "self.a = nn.LazyConv2d(32, 3, padding=1)\nself.b = nn.LazyConv2d(64, 3, padding=1)\n"
        "self.c = nn.LazyLinear(10)",
        "x = F.max_pool2d(F.relu(self.a(x)), 2)\nx = F.max_pool2d(F.relu(self.b(x)), 2)\nreturn self.c(x.flatten(1))",
    ),
    "bare parameters and conv2d": written(
        """\
        self.w1 = nn.Parameter(torch.randn(32, 1, 3, 3) * 0.3)
        self.b1 = nn.Parameter(torch.zeros(1, 32, 1, 1))
        self.w2 = nn.Parameter(torch.randn(64, 32, 3, 3) * 0.05)
        self.b2 = nn.Parameter(torch.zeros(1, 64, 1, 1))
        self.w3 = nn.Parameter(torch.randn(10, 3136) * 0.02)
        self.b3 = nn.Parameter(torch.zeros(10))""",
        """\
        x = F.max_pool2d(torch.relu(F.conv2d(x, self.w1, padding=1) + self.b1), 2)
        x = F.max_pool2d(torch.relu(F.conv2d(x, self.w2, padding=1) + self.b2), 2)
        return torch.einsum("nd,kd->nk", x.flatten(1), self.w3) + self.b3""",
    ),
    "unfold and matrix products": written(_PARAMETERS, _UNFOLD),
    "a convolution for the linear layer": written(
        INIT.replace("nn.Linear(3136, 10)", "nn.Conv2d(64, 10, 7)"),
        FORWARD.replace("self.fc(x.flatten(1))", "self.fc(x).flatten(1)"),
    ),
    "adaptive pooling": changed(
        "F.max_pool2d(F.relu(self.conv1(x)), 2)", "F.adaptive_max_pool2d(F.relu(self.conv1(x)), 14)"
    ),
    "clamp and maximum": written(
        forward="""\
        x = F.max_pool2d(self.conv1(x).clamp(min=0), 2)
        x = F.max_pool2d(torch.maximum(self.conv2(x), torch.zeros(())), 2)
        return self.fc(x.view(x.shape[0], -1))""",
    ),
    "He initialisation": written(
        INIT + "\nfor m in self.modules():\n    if isinstance(m, nn.Conv2d):\n"
        "        nn.init.kaiming_normal_(m.weight, nonlinearity='relu')"
    ),
    "the last layer starts at zero": written(
        INIT + "\nnn.init.zeros_(self.fc.weight)\nnn.init.zeros_(self.fc.bias)"
    ),
    "small weights": written(INIT + "\nfor p in self.parameters():\n    nn.init.normal_(p, std=0.01)"),
    "standard normal weights": written(INIT + "\nfor p in self.parameters():\n    nn.init.normal_(p)"),
    "a training loop called train": written(
        extra="def train(self, loader, epochs=1):\n    raise RuntimeError('not now')\n\n"
        "def eval(self):\n    return 1 / 0",
    ),
    "default arguments and a ModuleList": f"""{IMPORTS}
class CNN(nn.Module):
    def __init__(self, channels=(1, 32, 64), classes=10, dropout=0.0):
        super().__init__()
        print("building")
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(channels, channels[1:]))
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(channels[-1] * 49, classes)

    def features(self, x):
        for conv in self.convs:
            x = F.max_pool2d(conv(x).relu(), kernel_size=(2, 2), stride=(2, 2))
        return x

    def forward(self, x):
        return self.out(self.drop(self.features(x)).reshape(-1, 3136))
""",
    "the process's settings changed": "import torch\ntorch.set_default_dtype(torch.float64)\n"
    "torch.set_grad_enabled(False)\n" + written(),
    "a network and its training at the bottom": written()
    + "\nmodel = CNN()\noptimizer = None\nloss = model(torch.rand(4, 1, 28, 28)).sum()\nloss.backward()\n",
    "the network given to a factory": written(_SEQUENTIAL, "return self.layers(x)")
    + "\nNet = CNN\n\ndef CNN():\n    return Net()\n",
    "a bias of its own": written(
        INIT.replace("nn.Linear(3136, 10)", "nn.Linear(3136, 10, bias=False)")
        + "\nself.bias = nn.Parameter(torch.zeros(10))",
        FORWARD + " + self.bias",
    ),
    "a layer made at the first use": written(
        INIT.replace("self.fc = nn.Linear(3136, 10)", "self.fc = None"),
        "x = F.max_pool2d(F.relu(self.conv1(x)), 2)\nx = F.max_pool2d(F.relu(self.conv2(x)), 2)\nx = x.flatten(1)\n"
        "if self.fc is None:\n    self.fc = nn.Linear(x.shape[1], 10)\nreturn self.fc(x)",
    ),
}

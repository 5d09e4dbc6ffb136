"""Networks for exercise 06: right ones in many styles, and wrong ones with what has to be said about them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent, indent

_IMPORTS = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n"

_INIT = """\
self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
self.fc = nn.Linear(3136, 10)"""

_FORWARD = """\
x = F.max_pool2d(F.relu(self.conv1(x)), 2)
x = F.max_pool2d(F.relu(self.conv2(x)), 2)
return self.fc(x.flatten(1))"""


def written(init: str = _INIT, forward: str = _FORWARD, extra: str = "") -> str:
    """Return the source of a class CNN with these bodies."""
    return (
        f"{_IMPORTS}class CNN(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
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

_LECTURE = f"""{_IMPORTS}
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
    "a subclass of Sequential": f"""{_IMPORTS}
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
    "defined in another order": written("\n".join(reversed(_INIT.splitlines()))),
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
        _INIT.replace("nn.Linear(3136, 10)", "nn.Conv2d(64, 10, 7)"),
        _FORWARD.replace("self.fc(x.flatten(1))", "self.fc(x).flatten(1)"),
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
        _INIT + "\nfor m in self.modules():\n    if isinstance(m, nn.Conv2d):\n"
        "        nn.init.kaiming_normal_(m.weight, nonlinearity='relu')"
    ),
    "the last layer starts at zero": written(
        _INIT + "\nnn.init.zeros_(self.fc.weight)\nnn.init.zeros_(self.fc.bias)"
    ),
    "small weights": written(_INIT + "\nfor p in self.parameters():\n    nn.init.normal_(p, std=0.01)"),
    "standard normal weights": written(_INIT + "\nfor p in self.parameters():\n    nn.init.normal_(p)"),
    "a training loop called train": written(
        extra="def train(self, loader, epochs=1):\n    raise RuntimeError('not now')\n\n"
        "def eval(self):\n    return 1 / 0",
    ),
    "default arguments and a ModuleList": f"""{_IMPORTS}
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
        _INIT.replace("nn.Linear(3136, 10)", "nn.Linear(3136, 10, bias=False)")
        + "\nself.bias = nn.Parameter(torch.zeros(10))",
        _FORWARD + " + self.bias",
    ),
    "a layer made at the first use": written(
        _INIT.replace("self.fc = nn.Linear(3136, 10)", "self.fc = None"),
        "x = F.max_pool2d(F.relu(self.conv1(x)), 2)\nx = F.max_pool2d(F.relu(self.conv2(x)), 2)\nx = x.flatten(1)\n"
        "if self.fc is None:\n    self.fc = nn.Linear(x.shape[1], 10)\nreturn self.fc(x)",
    ),
}


@dataclass(frozen=True)
class Wrong:
    """A wrong network: the first check that it fails, and a text that the message of that check has."""

    source: str
    check: str
    says: str


_DROPOUT = _INIT + "\nself.drop = nn.Dropout(0.5)"

WRONG: dict[str, Wrong] = {
    "no ReLU": Wrong(changed("F.relu", ""), "logits", "relu (2 times)"),
    "one ReLU": Wrong(changed("F.relu(self.conv2(x))", "self.conv2(x)"), "logits", "relu"),
    "tanh": Wrong(changed("F.relu", "torch.tanh"), "logits", "tanh (2 times)"),
    "sigmoid": Wrong(changed("F.relu", "torch.sigmoid"), "logits", "sigmoid (2 times)"),
    "LeakyReLU": Wrong(changed("F.relu", "F.leaky_relu"), "logits", "leaky_relu"),
    "one LeakyReLU": Wrong(changed("F.relu(self.conv2", "F.leaky_relu(self.conv2"), "logits", "leaky_relu"),
    "GELU": Wrong(changed("F.relu", "F.gelu"), "logits", "gelu"),
    "ReLU6": Wrong(changed("F.relu", "F.relu6"), "logits", "relu6"),
    "ELU": Wrong(changed("F.relu", "F.elu"), "logits", "elu"),
    "PReLU": Wrong(
        written(_INIT + "\nself.act = nn.PReLU()", _FORWARD.replace("F.relu", "self.act")),
        "parameters",
        "act.weight (1,)",
    ),
    "average pooling": Wrong(changed("max_pool2d", "avg_pool2d"), "logits", "avg_pool2d 2x2"),
    "one average pooling": Wrong(
        changed("F.max_pool2d(F.relu(self.conv2", "F.avg_pool2d(F.relu(self.conv2"), "logits", "avg_pool2d 2x2"
    ),
    "strides instead of pooling": Wrong(
        written(
            _INIT.replace("padding=1", "padding=1, stride=2"),
            "return self.fc(F.relu(self.conv2(F.relu(self.conv1(x)))).flatten(1))",
        ),
        "logits",
        "stride 2x2",
    ),
    "one pooling by four": Wrong(
        written(
            forward="x = F.relu(self.conv2(F.relu(self.conv1(x))))\nreturn self.fc(F.max_pool2d(x, 4).flatten(1))"
        ),
        "logits",
        "max_pool2d 4x4",
    ),
    "pooling 3 by stride 2": Wrong(
        changed("F.relu(self.conv1(x)), 2)", "F.relu(self.conv1(x)), 3, 2, 1)"), "logits", "max_pool2d 3x3"
    ),
    "a missing pool": Wrong(
        written(
            _INIT.replace("3136", "64 * 14 * 14"),
            _FORWARD.replace("F.max_pool2d(F.relu(self.conv2(x)), 2)", "F.relu(self.conv2(x))"),
        ),
        "parameters",
        "(10, 12544)",
    ),
    "a pool of stride 1": Wrong(
        written(
            _INIT.replace("3136", "64 * 13 * 13"),
            _FORWARD.replace("F.relu(self.conv2(x)), 2)", "F.relu(self.conv2(x)), 2, 1)"),
        ),
        "parameters",
        "(10, 10816)",
    ),
    "other widths": Wrong(
        written(_INIT.replace("32", "16").replace("64", "32").replace("3136", "1568")),
        "parameters",
        "(16, 1, 3, 3)",
    ),
    "swapped channels": Wrong(
        written(
            "self.conv1 = nn.Conv2d(1, 64, 3, padding=1)\nself.conv2 = nn.Conv2d(64, 32, 3, padding=1)\n"
            "self.fc = nn.Linear(1568, 10)"
        ),
        "parameters",
        "(64, 1, 3, 3)",
    ),
    "kernels of 5x5": Wrong(changed("3, padding=1", "5, padding=2"), "parameters", "(32, 1, 5, 5)"),
    "kernels of 9x1": Wrong(
        changed("nn.Conv2d(1, 32, 3, padding=1)", "nn.Conv2d(1, 32, (9, 1), padding=(4, 0))"),
        "parameters",
        "(32, 1, 9, 1)",
    ),
    "dilated": Wrong(changed("64, 3, padding=1", "64, 3, padding=2, dilation=2"), "logits", "dilation 2x2"),
    "circular padding": Wrong(
        changed("64, 3, padding=1", "64, 3, padding=1, padding_mode='circular'"), "logits", "pad"
    ),
    "no bias": Wrong(changed("padding=1", "padding=1, bias=False"), "parameters", "Missing: (32,), (64,)"),
    "softmax": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).softmax(1)"),
        "logits",
        "after a softmax",
    ),
    "ReLU on the logits": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).relu()"), "logits", "after a ReLU"
    ),
    "sigmoid on the logits": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).sigmoid()"),
        "logits",
        "after a sigmoid",
    ),
    "argmax": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).argmax(1)"),
        "builds",
        "shape (1,)",
    ),
    "log_softmax over the batch": Wrong(
        changed("return self.fc(x.flatten(1))", "return F.log_softmax(self.fc(x.flatten(1)), dim=0)"),
        "repeatable",
        "other images",
    ),
    "dropout always on": Wrong(changed("x.flatten(1)", "F.dropout(x.flatten(1))"), "repeatable", "random"),
    "dropout in train mode": Wrong(
        written(_DROPOUT, _FORWARD.replace("x.flatten(1)", "self.drop(x.flatten(1))")),
        "repeatable",
        "train mode",
    ),
    "batch norm": Wrong(
        written(
            _INIT + "\nself.norm = nn.BatchNorm2d(32)",
            _FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "parameters",
        "norm.weight (32,)",
    ),
    "the batch's own statistics": Wrong(
        written(
            _INIT + "\nself.norm = nn.BatchNorm2d(32, affine=False, track_running_stats=False)",
            _FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "repeatable",
        "other images",
    ),
    "instance norm": Wrong(
        written(
            _INIT + "\nself.norm = nn.InstanceNorm2d(32)",
            _FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "logits",
        "instance_norm",
    ),
    "detach": Wrong(changed("self.conv2(x)", "self.conv2(x.detach())"), "gradients", "detach()"),
    ".data": Wrong(changed("self.conv2(x)", "self.conv2(x.data)"), "gradients", ".data"),
    "no_grad in the first layer": Wrong(
        written(
            forward="with torch.no_grad():\n    x = F.max_pool2d(F.relu(self.conv1(x)), 2)\n"
            "x = F.max_pool2d(F.relu(self.conv2(x)), 2)\nreturn self.fc(x.flatten(1))"
        ),
        "gradients",
        "torch.no_grad()",
    ),
    "no_grad around it all": Wrong(
        written(
            forward="with torch.no_grad():\n    x = F.max_pool2d(F.relu(self.conv1(x)), 2)\n"
            "    x = F.max_pool2d(F.relu(self.conv2(x)), 2)\n    return self.fc(x.flatten(1))"
        ),
        "gradients",
        "No parameter gets a gradient",
    ),
    "a frozen layer": Wrong(
        written(_INIT + "\nself.conv1.weight.requires_grad = False"), "gradients", "conv1.weight"
    ),
    "all frozen": Wrong(written(_INIT + "\nself.requires_grad_(False)"), "gradients", "requires_grad is False"),
    "all-zero weights": Wrong(
        written(_INIT + "\nfor p in self.parameters():\n    nn.init.zeros_(p)"), "trajectory", "conv1.weight"
    ),
    "equal weights": Wrong(
        written(_INIT + "\nfor p in self.parameters():\n    nn.init.constant_(p, 0.01)"),
        "trajectory",
        "all filters of conv1.weight and conv2.weight are still the same",
    ),
    "an unused layer": Wrong(
        written(_INIT + "\nself.fc2 = nn.Linear(10, 10)"),
        "parameters",
        "fc2.weight (10, 10), which forward never uses",
    ),
    "a hidden layer": Wrong(
        written(
            _INIT.replace("nn.Linear(3136, 10)", "nn.Linear(3136, 128)") + "\nself.out = nn.Linear(128, 10)",
            _FORWARD.replace("self.fc(x.flatten(1))", "self.out(F.relu(self.fc(x.flatten(1))))"),
        ),
        "parameters",
        "Missing: (10, 3136)",
    ),
    "a batch of 100": Wrong(changed("x.flatten(1)", "x.view(100, -1)"), "builds", "RuntimeError"),
    "a batch of 1": Wrong(changed("x.flatten(1)", "x.view(1, -1)"), "shapes", "(7, 1, 28, 28)"),
    "batches mixed in flattening": Wrong(
        changed("x.flatten(1)", "x.transpose(0, 1).reshape(-1, 3136)"), "repeatable", "other images"
    ),
    "no flattening": Wrong(changed("x.flatten(1)", "x"), "builds", "RuntimeError"),
    "a tuple": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)), x"), "builds", "a tuple"
    ),
    "nothing returned": Wrong(
        changed("return self.fc(x.flatten(1))", "self.fc(x.flatten(1))"), "builds", "None"
    ),
    "eleven classes": Wrong(changed("3136, 10", "3136, 11"), "builds", "(1, 11)"),
    "forward is missing": Wrong(changed("def forward", "def foward"), "builds", "no method forward"),
    "forward is a stub": Wrong(
        written(forward="raise NotImplementedError"), "builds", "CNN.forward is not written"
    ),
    "__init__ is a stub": Wrong(written("raise NotImplementedError"), "builds", "CNN.__init__ is not written"),
    "super().__init__() is missing": Wrong(
        changed("        super().__init__()\n", ""), "builds", "AttributeError"
    ),
    "an argument without a default": Wrong(
        changed("def __init__(self)", "def __init__(self, channels)"), "builds", "TypeError"
    ),
    "not a module": Wrong(changed("(nn.Module)", ""), "builds", "not an nn.Module"),
    "an instance": Wrong(written() + "\nCNN = CNN()\n", "builds", "write a class"),
    "layers in a list": Wrong(
        written(
            "self.convs = [nn.Conv2d(1, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1)]\n"
            "self.fc = nn.Linear(3136, 10)",
            "for conv in self.convs:\n    x = F.max_pool2d(F.relu(conv(x)), 2)\nreturn self.fc(x.flatten(1))",
        ),
        "parameters",
        "nn.ModuleList",
    ),
    "a layer made in forward": Wrong(
        changed("self.fc(x.flatten(1))", "nn.Linear(3136, 10)(x.flatten(1))"),
        "repeatable",
        "no parameters of the network",
    ),
    "a tensor that is no parameter": Wrong(
        written(
            _INIT.replace("nn.Linear(3136, 10)", "torch.randn(3136, 10, requires_grad=True)"),
            _FORWARD.replace("self.fc(x.flatten(1))", "x.flatten(1) @ self.fc"),
        ),
        "parameters",
        "no parameters of the network",
    ),
    "pixels divided by 255": Wrong(changed("self.conv1(x)", "self.conv1(x / 255)"), "logits", "div"),
    "the images changed in place": Wrong(changed("self.conv1(x)", "self.conv1(x.sub_(0.5))"), "logits", "sub"),
    "NaN": Wrong(changed("x.flatten(1)", "x.flatten(1) / 0"), "builds", "NaN"),
    "no end": Wrong(changed("x.flatten(1)", "[x for _ in iter(int, 1)]"), "builds", "did not end"),
    "the process ends": Wrong(
        changed("x.flatten(1)", "__import__('os')._exit(0)"), "builds", "ended the whole process"
    ),
}

"""Networks for exercise 06 with one mistake each, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass

from network_variants import FORWARD, INIT, changed, written


@dataclass(frozen=True)
class Wrong:
    """A wrong network: the first check that it fails, a text that the message of that check has, and what the
    mistake is called."""

    source: str
    check: str
    says: str
    slug: str | None = None


_DROPOUT = INIT + "\nself.drop = nn.Dropout(0.5)"

WRONG: dict[str, Wrong] = {
    "no ReLU": Wrong(changed("F.relu", ""), "logits", "relu (2 times)", "no_relu"),
    "one ReLU": Wrong(changed("F.relu(self.conv2(x))", "self.conv2(x)"), "logits", "relu", "no_relu_second"),
    "tanh": Wrong(changed("F.relu", "torch.tanh"), "logits", "tanh (2 times)", "tanh"),
    "sigmoid": Wrong(changed("F.relu", "torch.sigmoid"), "logits", "sigmoid (2 times)", "sigmoid"),
    "LeakyReLU": Wrong(changed("F.relu", "F.leaky_relu"), "logits", "leaky_relu", "leaky_relu"),
    "one LeakyReLU": Wrong(
        changed("F.relu(self.conv2", "F.leaky_relu(self.conv2"), "logits", "leaky_relu", "leaky_relu_second"
    ),
    "GELU": Wrong(changed("F.relu", "F.gelu"), "logits", "gelu", "gelu"),
    "ReLU6": Wrong(changed("F.relu", "F.relu6"), "logits", "relu6", "relu6"),
    "ELU": Wrong(changed("F.relu", "F.elu"), "logits", "elu", "elu"),
    "PReLU": Wrong(
        written(INIT + "\nself.act = nn.PReLU()", FORWARD.replace("F.relu", "self.act")),
        "parameters",
        "act.weight (1,)",
        "prelu",
    ),
    "average pooling": Wrong(changed("max_pool2d", "avg_pool2d"), "logits", "avg_pool2d 2x2", "average_pool"),
    "one average pooling": Wrong(
        changed("F.max_pool2d(F.relu(self.conv2", "F.avg_pool2d(F.relu(self.conv2"), "logits", "avg_pool2d 2x2",
        "average_pool_second",
    ),
    "strides instead of pooling": Wrong(
        written(
            INIT.replace("padding=1", "padding=1, stride=2"),
            "return self.fc(F.relu(self.conv2(F.relu(self.conv1(x)))).flatten(1))",
        ),
        "logits",
        "stride 2x2",
        "stride_for_pool",
    ),
    "one pooling by four": Wrong(
        written(
            forward="x = F.relu(self.conv2(F.relu(self.conv1(x))))\nreturn self.fc(F.max_pool2d(x, 4).flatten(1))"
        ),
        "logits",
        "max_pool2d 4x4",
        "pool_at_the_end",
    ),
    "pooling 3 by stride 2": Wrong(
        changed("F.relu(self.conv1(x)), 2)", "F.relu(self.conv1(x)), 3, 2, 1)"), "logits", "max_pool2d 3x3",
        "pool_3_first",
    ),
    "a missing pool": Wrong(
        written(
            INIT.replace("3136", "64 * 14 * 14"),
            FORWARD.replace("F.max_pool2d(F.relu(self.conv2(x)), 2)", "F.relu(self.conv2(x))"),
        ),
        "parameters",
        "(10, 12544)",
        "other_size",
    ),
    "a pool of stride 1": Wrong(
        written(
            INIT.replace("3136", "64 * 13 * 13"),
            FORWARD.replace("F.relu(self.conv2(x)), 2)", "F.relu(self.conv2(x)), 2, 1)"),
        ),
        "parameters",
        "(10, 10816)",
        "other_size",
    ),
    "other widths": Wrong(
        written(INIT.replace("32", "16").replace("64", "32").replace("3136", "1568")),
        "parameters",
        "(16, 1, 3, 3)",
        "other_widths",
    ),
    "swapped channels": Wrong(
        written(
            "self.conv1 = nn.Conv2d(1, 64, 3, padding=1)\nself.conv2 = nn.Conv2d(64, 32, 3, padding=1)\n"
            "self.fc = nn.Linear(1568, 10)"
        ),
        "parameters",
        "(64, 1, 3, 3)",
        "other_widths",
    ),
    "kernels of 5x5": Wrong(changed("3, padding=1", "5, padding=2"), "parameters", "(32, 1, 5, 5)", "other_kernel"),
    "kernels of 9x1": Wrong(
        changed("nn.Conv2d(1, 32, 3, padding=1)", "nn.Conv2d(1, 32, (9, 1), padding=(4, 0))"),
        "parameters",
        "(32, 1, 9, 1)",
        "other_kernel",
    ),
    "dilated": Wrong(
        changed("64, 3, padding=1", "64, 3, padding=2, dilation=2"), "logits", "dilation 2x2", "dilated_second"
    ),
    "circular padding": Wrong(
        changed("64, 3, padding=1", "64, 3, padding=1, padding_mode='circular'"), "logits", "pad",
        "circular_padding_second",
    ),
    "no bias": Wrong(changed("padding=1", "padding=1, bias=False"), "parameters", "Missing: (32,), (64,)", "no_bias"),
    "softmax": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).softmax(1)"),
        "logits",
        "after a softmax",
        "softmax_at_the_end",
    ),
    "ReLU on the logits": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).relu()"), "logits", "after a ReLU",
        "relu_at_the_end",
    ),
    "sigmoid on the logits": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).sigmoid()"),
        "logits",
        "after a sigmoid",
        "sigmoid_at_the_end",
    ),
    "argmax": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).argmax(1)"),
        "builds",
        "shape (1,)",
        "class_index",
    ),
    "log_softmax over the batch": Wrong(
        changed("return self.fc(x.flatten(1))", "return F.log_softmax(self.fc(x.flatten(1)), dim=0)"),
        "repeatable",
        "other images",
        "softmax_over_batch",
    ),
    "dropout always on": Wrong(
        changed("x.flatten(1)", "F.dropout(x.flatten(1))"), "repeatable", "random", "dropout_in_eval"
    ),
    "dropout in train mode": Wrong(
        written(_DROPOUT, FORWARD.replace("x.flatten(1)", "self.drop(x.flatten(1))")),
        "repeatable",
        "train mode",
        "dropout_in_train",
    ),
    "batch norm": Wrong(
        written(
            INIT + "\nself.norm = nn.BatchNorm2d(32)",
            FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "parameters",
        "norm.weight (32,)",
        "normalisation",
    ),
    "the batch's own statistics": Wrong(
        written(
            INIT + "\nself.norm = nn.BatchNorm2d(32, affine=False, track_running_stats=False)",
            FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "repeatable",
        "other images",
        "batch_statistics",
    ),
    "instance norm": Wrong(
        written(
            INIT + "\nself.norm = nn.InstanceNorm2d(32)",
            FORWARD.replace("self.conv1(x)", "self.norm(self.conv1(x))"),
        ),
        "logits",
        "instance_norm",
        "instance_norm_first",
    ),
    "detach": Wrong(changed("self.conv2(x)", "self.conv2(x.detach())"), "gradients", "detach()", "detached"),
    ".data": Wrong(changed("self.conv2(x)", "self.conv2(x.data)"), "gradients", ".data", "detached"),
    "no_grad in the first layer": Wrong(
        written(
            forward="with torch.no_grad():\n    x = F.max_pool2d(F.relu(self.conv1(x)), 2)\n"
            "x = F.max_pool2d(F.relu(self.conv2(x)), 2)\nreturn self.fc(x.flatten(1))"
        ),
        "gradients",
        "torch.no_grad()",
        "no_grad",
    ),
    "no_grad around it all": Wrong(
        written(
            forward="with torch.no_grad():\n    x = F.max_pool2d(F.relu(self.conv1(x)), 2)\n"
            "    x = F.max_pool2d(F.relu(self.conv2(x)), 2)\n    return self.fc(x.flatten(1))"
        ),
        "gradients",
        "No parameter gets a gradient",
        "no_grad",
    ),
    "a frozen layer": Wrong(
        written(INIT + "\nself.conv1.weight.requires_grad = False"), "gradients", "conv1.weight", "frozen"
    ),
    "all frozen": Wrong(
        written(INIT + "\nself.requires_grad_(False)"), "gradients", "requires_grad is False", "frozen"
    ),
    "all-zero weights": Wrong(
        written(INIT + "\nfor p in self.parameters():\n    nn.init.zeros_(p)"), "trajectory", "conv1.weight",
        "zero_weights",
    ),
    "equal weights": Wrong(
        written(INIT + "\nfor p in self.parameters():\n    nn.init.constant_(p, 0.01)"),
        "trajectory",
        "all filters of conv1.weight and conv2.weight are still the same",
        "equal_weights",
    ),
    "an unused layer": Wrong(
        written(INIT + "\nself.fc2 = nn.Linear(10, 10)"),
        "parameters",
        "fc2.weight (10, 10), which forward never uses",
        "unused_layer",
    ),
    "a hidden layer": Wrong(
        written(
            INIT.replace("nn.Linear(3136, 10)", "nn.Linear(3136, 128)") + "\nself.out = nn.Linear(128, 10)",
            FORWARD.replace("self.fc(x.flatten(1))", "self.out(F.relu(self.fc(x.flatten(1))))"),
        ),
        "parameters",
        "Missing: (10, 3136)",
        "extra_layer",
    ),
    "a batch of 100": Wrong(changed("x.flatten(1)", "x.view(100, -1)"), "builds", "RuntimeError", "batch_fixed"),
    "a batch of 1": Wrong(changed("x.flatten(1)", "x.view(1, -1)"), "shapes", "(7, 1, 28, 28)", "batch_fixed"),
    "batches mixed in flattening": Wrong(
        changed("x.flatten(1)", "x.transpose(0, 1).reshape(-1, 3136)"), "repeatable", "other images", "images_mixed"
    ),
    "no flattening": Wrong(changed("x.flatten(1)", "x"), "builds", "RuntimeError", "linear_size"),
    "a tuple": Wrong(
        changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)), x"), "builds", "a tuple",
        "tuple_returned",
    ),
    "nothing returned": Wrong(
        changed("return self.fc(x.flatten(1))", "self.fc(x.flatten(1))"), "builds", "None", "nothing_returned"
    ),
    "eleven classes": Wrong(changed("3136, 10", "3136, 11"), "builds", "(1, 11)", "other_outputs"),
    "forward is missing": Wrong(changed("def forward", "def foward"), "builds", "no method forward", "no_forward"),
    "forward is a stub": Wrong(
        written(forward="raise NotImplementedError"), "builds", "CNN.forward is not written"
    ),
    "__init__ is a stub": Wrong(written("raise NotImplementedError"), "builds", "CNN.__init__ is not written"),
    "super().__init__() is missing": Wrong(
        changed("        super().__init__()\n", ""), "builds", "AttributeError", "super_missing"
    ),
    "an argument without a default": Wrong(
        changed("def __init__(self)", "def __init__(self, channels)"), "builds", "TypeError", "arguments_needed"
    ),
    "not a module": Wrong(changed("(nn.Module)", ""), "builds", "not an nn.Module", "not_a_module"),
    "an instance": Wrong(written() + "\nCNN = CNN()\n", "builds", "write a class", "instance"),
    "layers in a list": Wrong(
        written(
            "self.convs = [nn.Conv2d(1, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1)]\n"
            "self.fc = nn.Linear(3136, 10)",
            "for conv in self.convs:\n    x = F.max_pool2d(F.relu(conv(x)), 2)\nreturn self.fc(x.flatten(1))",
        ),
        "parameters",
        "nn.ModuleList",
        "not_registered",
    ),
    "a layer made in forward": Wrong(
        changed("self.fc(x.flatten(1))", "nn.Linear(3136, 10)(x.flatten(1))"),
        "repeatable",
        "no parameters of the network",
        "layer_in_forward",
    ),
    "a tensor that is no parameter": Wrong(
        written(
            INIT.replace("nn.Linear(3136, 10)", "torch.randn(3136, 10, requires_grad=True)"),
            FORWARD.replace("self.fc(x.flatten(1))", "x.flatten(1) @ self.fc"),
        ),
        "parameters",
        "no parameters of the network",
        "not_registered",
    ),
    "pixels divided by 255": Wrong(
        changed("self.conv1(x)", "self.conv1(x / 255)"), "logits", "div", "divided_by_255"
    ),
    "the images changed in place": Wrong(
        changed("self.conv1(x)", "self.conv1(x.sub_(0.5))"), "logits", "sub", "other_function"
    ),
    "NaN": Wrong(changed("x.flatten(1)", "x.flatten(1) / 0"), "builds", "NaN", "not_finite"),
    "no end": Wrong(changed("x.flatten(1)", "[x for _ in iter(int, 1)]"), "builds", "did not end"),
    "the process ends": Wrong(
        changed("x.flatten(1)", "__import__('os')._exit(0)"), "builds", "ended the whole process"
    ),
}

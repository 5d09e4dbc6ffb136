"""Wrong turns of exercise 06: networks with the right parameters that take other steps with them."""

from __future__ import annotations

from collections.abc import Iterator

from cnnexercises.exercise import NetworkMistake

STEPS = {
    "before": "",
    "conv1": "conv1",
    "norm1": "",
    "activation1": "relu",
    "pool1": "max_2",
    "conv2": "conv2",
    "norm2": "",
    "activation2": "relu",
    "pool2": "max_2",
    "linear": "fc",
    "after": "",
}
"""The steps of the network that was asked for, by their places."""

_FORWARD = "The two convolutions, and what follows each of them."
_LAYERS = (
    ("", "", (1, 2), _FORWARD),
    ("_first", " (first layer only)", (1,), "The first convolution, and what follows it."),
    ("_second", " (second layer only)", (2,), "The second convolution, and what follows it."),
)


def _each(place: str, slug: str, step: str, title: str, why: str, frequent: bool = True) -> Iterator[NetworkMistake]:
    """Yield a mistake made in both layers, in the first only, and in the second only."""
    for suffix, words, layers, look_at in _LAYERS:
        steps = {f"{place}{layer}": step.replace("conv:", f"conv{layer}:") for layer in layers}
        yield NetworkMistake(slug + suffix, title + words, why, look_at, steps, frequent and len(layers) == 2)


def _mistake(slug: str, title: str, why: str, look_at: str, frequent: bool = True, **steps: str) -> NetworkMistake:
    return NetworkMistake(slug, title, why, look_at, steps, frequent)


# --- activations ---------------------------------------------------------------------------------------------

_BOUNDED = (
    "It squeezes large values together, so that they are hardly told apart and their gradients fade. ReLU, "
    "max(0, x), leaves positive values as they are and makes the others 0."
)
_NEGATIVE = (
    "It lets something of the negative values through. ReLU, max(0, x), lets nothing of them through: what "
    "is not found in the image counts as 0."
)
_SMOOTH = "It is a smooth cousin of ReLU, and gives other values near 0. The network asked for has ReLU, max(0, x)."

_NO_RELU = tuple(
    _each(
        "activation",
        "no_relu",
        "",
        "ReLU is missing",
        "Without it the layer only weighs and sums, and two such layers say hardly more than one. Is it not "
        "called, or is its result thrown away? F.relu(x) gives a new tensor: write x = F.relu(x).",
    )
)

_ACTIVATIONS = (
    ("tanh", "tanh", _BOUNDED, True),
    ("sigmoid", "Sigmoid", _BOUNDED, True),
    ("relu6", "ReLU6", "It cuts off above 6. ReLU, max(0, x), has no upper end.", False),
    ("hardtanh", "Hardtanh", "It cuts off at -1 and at 1. ReLU, max(0, x), cuts off at 0, and only below.", False),
    ("leaky_relu", "LeakyReLU", _NEGATIVE, True),
    ("leaky_relu_0.1", "LeakyReLU with slope 0.1", _NEGATIVE, False),
    ("leaky_relu_0.2", "LeakyReLU with slope 0.2", _NEGATIVE, False),
    ("elu", "ELU", _NEGATIVE, True),
    ("selu", "SELU", _NEGATIVE, False),
    ("gelu", "GELU", _SMOOTH, True),
    ("silu", "SiLU", _SMOOTH, False),
    ("mish", "Mish", _SMOOTH, False),
    ("softplus", "Softplus", _SMOOTH, False),
    ("abs", "The absolute value", "It turns negative values around. ReLU, max(0, x), makes them 0.", False),
    (
        "softmax",
        "Softmax over the maps",
        "It makes the values of each place sum to 1, as if maps were classes. Between layers belongs ReLU, "
        "max(0, x).",
        False,
    ),
)

_OTHER_ACTIVATIONS = tuple(
    mistake
    for step, name, why, frequent in _ACTIVATIONS
    for mistake in _each("activation", step.replace(".", "_"), step, f"{name} instead of ReLU", why, frequent)
)

_BEFORE_CONVOLUTION = _mistake(
    "relu_before_convolution",
    "ReLU before each convolution instead of after it",
    "The convolution comes first, then ReLU: F.relu(self.conv1(x)), not self.conv1(F.relu(x)). This way the "
    "images lose their negative values, and the last maps keep theirs.",
    _FORWARD,
    before="relu",
    activation2="",
)

# --- pooling -------------------------------------------------------------------------------------------------

_AVERAGE = (
    "The average of each 2x2 block goes on. Max-pooling lets the strongest value go on: it says that a "
    "feature is there, however weak its neighbours are."
)
_POOLS = (
    *_each("pool", "average_pool", "average_2", "Average pooling instead of max-pooling", _AVERAGE),
    *_each(
        "pool",
        "stride_for_pool",
        "every_second",
        "Steps of 2 instead of max-pooling",
        "A convolution with stride 2 (or every second row and column) also halves both sides, but drops "
        "three of four values unseen. Max-pooling looks at all four, and keeps the strongest. The "
        "convolutions have stride 1.",
    ),
    *_each(
        "pool",
        "pool_3",
        "max_3",
        "Max-pooling over 3x3 instead of 2x2",
        "Windows of 3x3 with stride 2 and padding 1 halve both sides too, but overlap. The network asked "
        "for has 2x2 windows with stride 2, side by side.",
        False,
    ),
    _mistake(
        "average_pool_before_relu",
        "Average pooling, and before ReLU",
        f"{_AVERAGE} And for an average, the order matters: negative values pull it down before ReLU sees "
        "it.",
        _FORWARD,
        activation1="average_2",
        pool1="relu",
        activation2="average_2",
        pool2="relu",
    ),
    _mistake(
        "pool_at_the_end",
        "No pooling after the first convolution, one by 4 after the second",
        "The sizes fit, but the second convolution sees 28x28 maps, where it should see 14x14: each of its "
        "3x3 kernels then covers a quarter of the area. Pool by 2 after each convolution.",
        _FORWARD,
        pool1="",
        pool2="max_4",
    ),
    _mistake(
        "average_at_the_end",
        "No pooling after the first convolution, an average over 4x4 after the second",
        "AdaptiveAvgPool2d(7) makes the sizes fit whatever came before. Max-pool by 2 after each "
        "convolution instead.",
        _FORWARD,
        False,
        pool1="",
        pool2="average_4",
    ),
    _mistake(
        "pool_at_the_start",
        "Pooling by 4 after the first convolution, none after the second",
        "The sizes fit, but the second convolution sees 7x7 maps, where it should see 14x14. Pool by 2 "
        "after each convolution.",
        _FORWARD,
        False,
        pool1="max_4",
        pool2="",
    ),
    _mistake(
        "pool_before_convolution",
        "Max-pooling before each convolution instead of after it",
        "The sizes fit, but three of four pixels are gone before the first kernel sees the image. In each "
        "layer: convolution, ReLU, then pooling.",
        _FORWARD,
        before="max_2",
        pool2="",
    ),
)

# --- convolutions and images ---------------------------------------------------------------------------------

_PADDING = "The border is filled up with {}. Padding fills it with zeros, unless padding_mode says otherwise."
_CONVOLUTIONS = tuple(  # noqa: RUF005 - two tables read better than one with stars in it
    mistake
    for mode, words in (
        ("reflect", "the mirrored image"),
        ("replicate", "the outermost values, repeated"),
        ("circular", "the values of the opposite side"),
    )
    for mistake in _each(
        "conv", f"{mode}_padding", f"conv:{mode}", f"Padding by {words}, not by zeros", _PADDING.format(words), False
    )
) + (
    *_each(
        "conv",
        "padded_after",
        "conv:padded_after",
        "The maps are padded, not the images",
        "Zeros around what comes out keep the size, but the kernel never stood on the border. Padding goes around what "
        "goes in: padding=1 in nn.Conv2d.",
        False,
    ),
    *_each(
        "conv",
        "dilated",
        "conv:dilated",
        "A dilated convolution",
        "With dilation 2 a 3x3 kernel reads every second pixel of a 5x5 window. The network asked for has "
        "dilation 1.",
        False,
    ),
    _mistake(
        "padding_2_first",
        "Padding 2 for the first convolution",
        "It gives maps of 30x30, and 15x15 after pooling; the second pooling rounds 7.5 down to 7, so that "
        "the sizes fit by chance. For a 3x3 kernel padding 1 keeps the size.",
        "padding= of the first nn.Conv2d.",
        False,
        conv1="conv1:padding_2",
    ),
    _mistake(
        "padding_moved",
        "No padding for the first convolution, padding 2 for the second",
        "The sizes go 26, 13, 15, 7: they fit by chance. For a 3x3 kernel padding 1 keeps the size, in both "
        "layers.",
        "padding= of both nn.Conv2d.",
        False,
        conv1="conv1:padding_0",
        conv2="conv2:padding_2",
    ),
)

_GIVEN = "The grader and the training give images that are ready: scaling them again is not forward's work."
_START = "The beginning of forward."
_IMAGES = (
    _mistake("divided_by_255", "The images are divided by 255", f"{_GIVEN}", _START, before="divided_by_255"),
    _mistake("times_255", "The images are multiplied by 255", f"{_GIVEN}", _START, False, before="times_255"),
    _mistake(
        "images_transposed",
        "Height and width of the images are exchanged",
        "Images come as (N, channels, height, width), and so does everything up to the flattening: no axis "
        "has to move.",
        _START,
        False,
        before="transposed",
    ),
    _mistake(
        "images_normalised",
        "The images are normalised with MNIST's mean and deviation",
        f"(x - 0.1307) / 0.3081 is done where data are loaded. {_GIVEN}",
        _START,
        before="mnist_mean",
    ),
    _mistake(
        "images_centred",
        "The images are moved to -1 to 1",
        f"(x - 0.5) / 0.5 is done where data are loaded. {_GIVEN}",
        _START,
        before="halves",
    ),
)

_NORMS = (
    *_each(
        "norm",
        "instance_norm",
        "instance_norm",
        "Instance normalisation that was not asked for",
        "Each map of each image is brought to mean 0 and deviation 1: how strong a feature was is lost.",
        False,
    ),
    *_each(
        "norm",
        "local_response_norm",
        "local_response_norm",
        "Local response normalisation that was not asked for",
        "AlexNet has it after its first layers; this network has only convolution, ReLU and pooling.",
        False,
    ),
)

# --- after the last layer ------------------------------------------------------------------------------------

_LAST = "What forward returns: the last layer's result as it is."
_AFTER = (
    _mistake(
        "softmax_at_the_end",
        "Softmax after the last layer",
        "nn.CrossEntropyLoss has softmax inside: with another one in the network it is applied twice, the "
        "loss cannot go below 1.46, and learning is slow. Return the logits.",
        _LAST,
        after="softmax",
    ),
    _mistake(
        "sigmoid_at_the_end",
        "Sigmoid after the last layer",
        "It squeezes every logit into 0 to 1, and cross-entropy takes softmax of that: no class can get "
        "nearly all of the probability. Return the logits.",
        _LAST,
        after="sigmoid",
    ),
    _mistake(
        "relu_at_the_end",
        "ReLU after the last layer",
        "Logits may be negative: that is how a network says \"certainly not this digit\". ReLU makes them "
        "0, and stops their gradient. Return the logits.",
        _LAST,
        after="relu",
    ),
    _mistake(
        "tanh_at_the_end",
        "tanh after the last layer",
        "It squeezes every logit into -1 to 1: no class can get nearly all of the probability. Return the "
        "logits.",
        _LAST,
        False,
        after="tanh",
    ),
)

MISTAKES = (
    *_NO_RELU,
    *_OTHER_ACTIVATIONS,
    _BEFORE_CONVOLUTION,
    *_POOLS,
    *_CONVOLUTIONS,
    *_IMAGES,
    *_NORMS,
    *_AFTER,
)
"""Every mistake, the likeliest kinds first."""

"""What it means when a network raises: torch's exceptions by family, with what to write instead."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from cnnexercises.exercise import ModelTask
from grader.crashes import pattern
from grader.network_settings import Calls, Follow
from grader.outcome import Raised
from grader.report import Diagnosis

Told = tuple[str, str]
"""Title and explanation."""


@dataclass(frozen=True)
class _Family:
    """Exceptions of one kind: the name of a class, what the text holds, and what to say about it."""

    slug: str
    base: str
    text: str
    say: Callable[[re.Match[str], ModelTask, Follow], Told]


def _always(title: str, explanation: str) -> Callable[[re.Match[str], ModelTask, Follow], Told]:
    return lambda _match, _task, _follow: (title, explanation)


def maps_words(numbers: int, task: ModelTask, reason: str = "") -> str:
    """Say what so many numbers an image mean, if they are square maps of one of the layers; or "".

    Where the ``reason`` is not known, ask for the likely ones.
    """
    maps, asked, _ = task.flattened
    others = () if reason else (shape[0] for shape in task.parameters if len(shape) > 2)
    for count in (maps, *others):
        side = math.isqrt(numbers // count)
        if count * side * side == numbers and (count, side) != (maps, asked):
            words = f"{numbers:,} = {count} * {side} * {side}: there are {count} maps of {side}x{side} when they are "
            words += f"flattened, not {maps} of {asked}x{asked}. "
            return words.strip() if reason else words + _reason(count, side, task)
    return ""


def _reason(count: int, side: int, task: ModelTask) -> str:
    maps, asked, _ = task.flattened
    if count != maps:
        return "Is a layer left out, or its result thrown away?"
    if side % asked == 0:
        return "Is a pooling missing, or its result thrown away?"
    return "Do the convolutions have padding=1, and the poolings kernel 2 and stride 2?"


def _linear(match: re.Match[str], task: ModelTask, follow: Follow) -> Told:
    rows, given, taken = (int(match[group]) for group in (1, 2, 3))
    if given in (task.flattened[-1], task.input_shape[-1]) and rows % task.flattened[0] == 0:
        return (
            "The maps are not flattened before the linear layer",
            f"It gets maps whose rows have {given} numbers, and takes one row of {taken:,} numbers an "
            "image. Flatten before it: x.flatten(1), or x.view(x.size(0), -1).",
        )
    if given == task.classes:
        return (
            "A linear layer gets the logits",
            f"It was made for {taken:,} numbers, and gets {given}: what the last layer gave. Is it called twice?",
        )
    title = f"The linear layer gets {given:,} numbers an image, and was made for {taken:,}"
    maps, height, width = task.flattened
    if given == maps * height * width:
        return title, f"{maps} maps of {height}x{width} are {given:,} numbers: nn.Linear({given}, {task.classes})."
    settings = follow().other_settings()
    words = maps_words(given, task, settings) or "Follow the shape through forward, layer by layer: print(x.shape)."
    return (settings, f"{title}. {words}") if settings else (title, words)


def _reshape(match: re.Match[str], task: ModelTask, follow: Follow) -> Told:
    given, settings = int(match[2]), follow().other_settings()
    reason = maps_words(given, task, settings) or f"{given:,} numbers do not fill it."
    if settings:
        return settings, f"The maps do not fit the shape {match[1].replace(' ', '')}: {reason}"
    return f"The maps do not fit the shape {match[1].replace(' ', '')}", f"{reason} Print x.shape in the line before."


def _channels(match: re.Match[str], task: ModelTask, follow: Follow) -> Told:
    filters, channels, got = match[1], match[2], match[3]
    symptom = f"A convolution for {channels} channel{'s' if channels != '1' else ''} gets {got}"
    if int(got) in task.input_shape[1:] and channels == str(task.input_shape[0]):
        return (
            "The axes of the images are in another order",
            f"{symptom}: height or width lies where the channels belong. Images come as (N, "
            f"{', '.join(map(str, task.input_shape))}), as layers take them: no axis has to move.",
        )
    if follow().fails_at_first() and got == str(task.input_shape[0]):
        return (
            f"The first convolution is made for {channels} channels, and the images have {got}",
            f"Grey images have one channel, colour images three: nn.Conv2d({got}, {filters}, ...).",
        )
    repeated = follow().repeated()
    if repeated:
        return repeated, f"{symptom}. Is a name in forward copied and not changed, such as self.conv1 for self.conv2?"
    return (
        symptom,
        f"nn.Conv2d({channels}, {filters}, ...) takes {channels} channels. What comes out of one layer goes "
        "into the next. Are the layers called in the right order, each with the result of the one before? "
        "Does one name hold two layers, so that the second replaced the first?",
    )


def _vanished(_match: re.Match[str], _task: ModelTask, follow: Follow) -> Told:
    settings = follow().other_settings(complete=False)
    symptom = "A kernel or a pooling window is larger than what is left of the image."
    if settings:
        return settings, symptom
    return "The maps become too small", f"{symptom} Each pooling by 2 halves the sides."


def _no_tensor(match: re.Match[str], _task: ModelTask, _follow: Follow) -> Told:
    kind = match[1]
    if kind == "NoneType":
        return "A layer gets None", "A function without return gives None. Which line before this one makes it?"
    if kind in ("tuple", "list"):
        return f"A layer gets a {kind}", "Several values came back where one was meant. Is there a comma too many?"
    if kind == "numpy.ndarray":
        return "A layer gets a NumPy array", "Stay with tensors: NumPy knows no gradients."
    return (
        f"A {kind} is made where one should be applied",
        f"nn.{kind}(...) makes a layer, and takes settings, not images. Make it in __init__ and call it in "
        f"forward (self.act = nn.{kind}(), then self.act(x)), or use a function of torch.nn.functional.",
    )


def _unknown(match: re.Match[str], _task: ModelTask, _follow: Follow) -> Told:
    return (
        f"{match[1]} has no {match[2]}",
        "Upper and lower case count: nn.ReLU, nn.Conv2d and nn.MaxPool2d are layers, F.relu and "
        "F.max_pool2d functions.",
    )


def _method(match: re.Match[str], _task: ModelTask, _follow: Follow) -> Told:
    name = match[1]
    return (
        f"self.{name} is a method of nn.Module",
        f"Every network has a method {name} already, and that is what self.{name}(x) calls. Give the layer "
        "another name.",
    )


def _no_layer(match: re.Match[str], _task: ModelTask, _follow: Follow) -> Told:
    kind = match[1] or "list"
    if kind[:1].isupper():
        return f"nn.{kind} lacks its brackets", f"nn.{kind} is a class; nn.{kind}() makes a layer of it."
    return (
        "A list, or a function, where layers are meant",
        "nn.Sequential takes layers one after the other, nn.Sequential(nn.Conv2d(...), nn.ReLU(), ...): no "
        "list of them, and no functions such as F.relu.",
    )


def _attribute(match: re.Match[str], _task: ModelTask, _follow: Follow) -> Told:
    name = match[2]
    return (
        f"self.{name} is used, and was never made",
        f"__init__ has to set self.{name}. Is it called something else there, is `self.` missing, or is "
        "__init__ spelled with one underscore?",
    )


BATCH_FIXED = (
    "It works for one size of batch only",
    "A number of images stands in forward, as in x.view(100, -1), or squeeze() removes an axis of length 1. "
    "Write x.flatten(1), or x.view(x.size(0), -1): then any number of images will do.",
)

_FAMILIES = (
    _Family("linear_size", "RuntimeError", r"cannot be multiplied \((\d+)x(\d+) and (\d+)x\d+\)", _linear),
    _Family("batch_fixed", "RuntimeError", r"shape '\[\d+, -1\]' is invalid", _always(*BATCH_FIXED)),
    _Family("shape_of_view", "RuntimeError", r"shape '\[([-\d, ]+)\]' is invalid for input of size (\d+)", _reshape),
    _Family(
        "channels",
        "RuntimeError",
        r"weight of size \[(\d+), (\d+),.*channels, but got (\d+) channels",
        _channels,
    ),
    _Family(
        "view_of_permuted",
        "RuntimeError",
        r"view size is not compatible",
        _always(
            "view after the axes were exchanged",
            "view only re-reads numbers as they lie in memory, and permute or transpose changed that. Use "
            "reshape, or flatten(1).",
        ),
    ),
    _Family(
        "other_axes",
        "RuntimeError",
        r"Expected 3D \(unbatched\) or 4D|expected 3D or 4D|non-empty 3D or 4D",
        _always(
            "A convolution or a pooling gets images with another number of axes",
            "They take (N, channels, height, width): no axis more, and none less. Flatten after the last pooling, not "
            "before.",
        ),
    ),
    _Family(
        "maps_vanish",
        "RuntimeError",
        r"greater than actual input size|Output size is too small",
        _vanished,
    ),
    _Family(
        "super_missing",
        "AttributeError",
        r"before Module.__init__\(\) call|^'super' object|"
        r"has no attribute '_(?:modules|parameters|buffers|backward_hooks|\w+_hooks)'",
        _always(
            "super().__init__() is missing",
            "nn.Module prepares itself there to keep layers. Make it the first line of __init__.",
        ),
    ),
    _Family("unknown_in_torch", "AttributeError", r"module '(torch[\w.]*)' has no attribute '(\w+)'", _unknown),
    _Family("unknown_in_torch", "AttributeError", r"'(Tensor)' object has no attribute '(\w+)'", _unknown),
    _Family("name_of_a_method", "TypeError", r"Module\.(\w+)\(\) (?:takes|got|missing)", _method),
    _Family("never_made", "AttributeError", r"^'(?!Tensor|NoneType)(\w+)' object has no attribute '(\w+)'", _attribute),
    _Family(
        "no_tensor",
        "TypeError",
        r"(?:must be Tensor, not |combination of arguments - got \()(?!Tensor)([\w.]+)",
        _no_tensor,
    ),
    _Family(
        "layer_gets_images",
        "TypeError",
        r"must be tuple of ints, not Tensor",
        _always(
            "A layer is made where it should be applied",
            "nn.MaxPool2d(2) makes a layer, and takes settings, not images: nn.MaxPool2d(2)(x), or "
            "F.max_pool2d(x, 2).",
        ),
    ),
    _Family(
        "layer_gets_images",
        "RuntimeError",
        r"Boolean value of Tensor",
        _always(
            "A layer is made with images for a setting, or a tensor is asked for True or False",
            "nn.ReLU(x) makes a layer: write F.relu(x), or nn.ReLU()(x). And `if x:` has no answer for many "
            "numbers.",
        ),
    ),
    _Family(
        "layer_arguments",
        "TypeError",
        r"^(?:Conv2d|Linear|MaxPool2d|ReLU|Sequential|Flatten|Dropout)\.forward\(\)",
        _always("A layer is called with more, or less, than its input", "It takes one tensor: self.conv1(x)."),
    ),
    _Family(
        "forward_arguments",
        "TypeError",
        r"forward\(\) (?:takes|missing)",
        _always("forward cannot be called with images", "It is called as model(x): def forward(self, x)."),
    ),
    _Family(
        "arguments_needed",
        "TypeError",
        r"^(?!Conv2d|Linear|MaxPool2d|Dropout|BatchNorm)\w+(?:\.__init__)?\(\) (?:missing|takes)",
        _always(
            "It cannot be built without arguments",
            "It is made as CNN(): give every argument of __init__ beyond self a default, or leave it out.",
        ),
    ),
    _Family(
        "settings_of_a_layer",
        "TypeError",
        r"unexpected keyword argument|missing \d+ required positional|takes (?:from )?\d",
        _always(
            "A layer is made with other settings than it has",
            "nn.Conv2d(channels in, channels out, kernel_size=3, padding=1) and nn.Linear(numbers in, "
            "numbers out) are how they are written.",
        ),
    ),
    _Family(
        "float_size",
        "TypeError",
        r"got float|float' object cannot be interpreted",
        _always("A size that is a float", "/ gives a float, also when it divides evenly. Sizes need //."),
    ),
    _Family(
        "cuda_written_in",
        "Exception",
        r"CUDA|NVIDIA|same device",
        _always(
            "A device is written into the network",
            "`.cuda()` and `device=\"cuda\"` fail where there is none. Leave the device to whoever uses the "
            "network: model.to(device) moves the layers, and forward needs no device.",
        ),
    ),
    _Family(
        "dtypes_differ",
        "RuntimeError",
        r"must have the same dtype|should be the same|expected scalar type",
        _always(
            "Images and weights have different dtypes",
            "Both are float32, if you leave them as they are. Is there a .double(), .half() or .long() too "
            "many?",
        ),
    ),
    _Family(
        "in_place",
        "RuntimeError",
        r"modified by an inplace operation|in-place operation|inplace arithmetic",
        _always(
            "A tensor is changed in place",
            "`x += 1`, `x[...] = ...` and functions that end in _ overwrite what the gradients still need. "
            "Make a new tensor: x = x + 1.",
        ),
    ),
    _Family(
        "no_grad",
        "RuntimeError",
        r"Inference tensors",
        _always(
            "A part of forward runs without gradients",
            "torch.inference_mode() is for evaluation, outside the network: what is computed in it cannot be trained.",
        ),
    ),
    _Family(
        "init_returns",
        "TypeError",
        r"__init__\(\) should return None",
        _always("__init__ returns something", "It only sets attributes of self: leave its return out."),
    ),
    _Family(
        "no_module",
        "TypeError",
        r"(\w+) is not a Module subclass|'list' object is not callable",
        _no_layer,
    ),
    _Family(
        "no_forward",
        "NotImplementedError",
        r"missing the required \"forward\"",
        _always("Something is called that has no forward", "An nn.ModuleList is a list: call its layers in a loop."),
    ),
    _Family(
        "sizes_differ",
        "RuntimeError",
        r"must match the size of tensor|Sizes of tensors must match",
        _always("Two tensors whose shapes do not fit", "Print the shapes of both sides of that line."),
    ),
    _Family(
        "dimension",
        "IndexError",
        r"Dimension out of range",
        _always(
            "An axis that is not there",
            "Axes count from 0: images are (N, channels, height, width), logits (N, 10). Print x.shape in "
            "the line before.",
        ),
    ),
    _Family(
        "unknown_name",
        "NameError",
        r"",
        _always(
            "A name is used that is not defined",
            "Is it a typing mistake, or is `self.` or an import missing? import torch, import torch.nn as "
            "nn, import torch.nn.functional as F are the usual ones.",
        ),
    ),
)


_MOST_TEXT = 100


def crash(raised: Raised, task: ModelTask, look_at: str | None, follow: Follow = Calls) -> Diagnosis | None:
    """Return what an exception means, by the first family that it belongs to."""
    for family in _FAMILIES:
        match = re.search(family.text, raised.text)
        if match and family.base in raised.bases:
            title, explanation = family.say(match, task, follow)
            text = raised.text if len(raised.text) <= _MOST_TEXT else f"{raised.text[:_MOST_TEXT]} ..."
            return pattern(family.slug, title, f"{explanation} ({raised.name}: {text})", look_at)
    return None

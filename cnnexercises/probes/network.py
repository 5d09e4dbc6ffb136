"""Probe functions that run beside a submitted network: they build it, use it, and answer in plain values.

Each takes the submitted class first and builds the network anew from a seed, so no state lives between calls.
Images are float32 arrays (N, C, H, W), labels are integer arrays (N,), and a list of weights goes with
``named_parameters()`` in order, None leaving a parameter as it was initialised. ``report_progress`` is put
into this module by whoever runs it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

Array = npt.NDArray[Any]
Weights = Sequence[Array | None]

if "report_progress" not in globals():

    def report_progress(_value: Any) -> None:
        """Say how far a long call has come: nobody listens."""


def build(entry: Any, seed: int) -> dict[str, Any]:
    """Construct the network; "state" says what it is: built, instance, no module or no forward."""
    if isinstance(entry, nn.Module):
        return {"state": "instance", "type": type(entry).__name__}
    model = _construct(entry, seed)
    if not isinstance(model, nn.Module):
        return {"state": "no module", "type": type(model).__name__}
    if type(model).forward is nn.Module.forward:
        return {"state": "no forward"}
    return {"state": "built"}


def describe(entry: Any, seed: int, image_shape: Sequence[int]) -> dict[str, Any]:
    """Return what one forward pass shows: the parameters and the order of their use, and the calls of torch.

    "use" counts from 0 in the order in which forward first takes a parameter, and is -1 for one that it never
    takes. "strays" are the shapes of trainable tensors that forward takes, and that are no parameters of the
    network.
    """
    model = _fresh(entry, seed, image_shape)
    named = list(nn.Module.named_parameters(model))
    trace = _Trace([parameter for _, parameter in named])
    images = torch.rand(2, *image_shape)
    with torch.enable_grad(), trace:
        model(images)
    parameters = [
        {
            "name": name,
            "shape": list(parameter.shape),
            "trainable": int(parameter.requires_grad),
            "use": trace.uses.index(i) if i in trace.uses else -1,
        }
        for i, (name, parameter) in enumerate(named)
    ]
    return {"parameters": parameters, "calls": trace.calls, "strays": list(trace.strays.values())}


def followed(entry: Any, seed: int, image_shape: Sequence[int], training: bool = False) -> list[str]:
    """Return the calls of torch in the forward pass of one image, up to the one that raises, if one does."""
    model = _construct(entry, seed)
    _set_mode(model, training)
    trace, images = _Trace([]), torch.zeros(1, *image_shape)
    with suppress(Exception), torch.no_grad(), trace:
        model(images)
    return trace.calls


def outputs(entry: Any, seed: int, weights: Weights | None, images: Array) -> Any:
    """Return what the network gives for a batch in eval mode: an array, or {"type": the name of its type}."""
    model = _fresh(entry, seed, images.shape[1:])
    _load(model, weights)
    with torch.no_grad():
        return _plain(model(torch.tensor(images)))


def taken(entry: Any, seed: int, weights: Weights, images: Array, sequences: Sequence[Sequence[str]]) -> Array:
    """Return what a batch becomes in each sequence of steps of one network, in eval mode, stacked.

    The network has a method ``step(name, x)``. What sequences have in common at their beginnings is run once.
    """
    model: Any = _fresh(entry, seed, images.shape[1:])
    _load(model, weights)
    reached: dict[tuple[str, ...], Tensor] = {(): torch.tensor(images)}
    with torch.no_grad():
        for sequence in map(tuple, sequences):
            for end in range(1, len(sequence) + 1):
                if sequence[:end] not in reached:
                    reached[sequence[:end]] = model.step(sequence[end - 1], reached[sequence[: end - 1]])
        return torch.stack([reached[tuple(sequence)] for sequence in sequences]).numpy()


def variations(entry: Any, seed: int, weights: Weights | None, images: Array) -> list[Any]:
    """Return what one network gives for a batch in eval mode, twice, for its first image and its first seven
    alone, and for the whole batch in train mode."""
    model = _fresh(entry, seed, images.shape[1:])
    _load(model, weights)
    batch = torch.tensor(images)
    with torch.no_grad():
        answers = [_plain(model(part.clone())) for part in (batch, batch, batch[:1], batch[:7])]
        _set_mode(model, True)
        return [*answers, _plain(model(batch.clone()))]


def gradients(entry: Any, seed: int, weights: Weights | None, images: Array, labels: Array) -> dict[str, Any]:
    """Return the mean cross-entropy of a batch in eval mode, and its gradient for each parameter, or None."""
    model = _fresh(entry, seed, images.shape[1:])
    _load(model, weights)
    with torch.enable_grad():
        loss = F.cross_entropy(model(torch.tensor(images)), torch.tensor(labels))
        if loss.requires_grad:
            torch.autograd.backward(loss)
    found = [None if p.grad is None else _array(p.grad) for p in nn.Module.parameters(model)]
    return {"loss": loss.item(), "gradients": found}


def trajectory(
    entry: Any, seed: int, weights: Weights | None, images: Array, labels: Array, *, rate: float
) -> dict[str, Any]:
    """Take one step of Adam for each batch, in eval mode; images (steps, N, C, H, W), labels (steps, N).

    Return the losses (steps,) before each step, the weights at the beginning and at the end, and for each
    parameter whether any of its gradients was not zero.
    """
    model = _fresh(entry, seed, images.shape[2:])
    _load(model, weights)
    parameters = list(nn.Module.parameters(model))
    initial = [_array(p) for p in parameters]
    reached = [0] * len(parameters)
    losses = []
    optimiser = _Adam(parameters)
    for batch, target in zip(torch.tensor(images), torch.tensor(labels), strict=True):
        losses.append(float(_descend(model, optimiser, batch, target, rate)))
        reached = [old or int(p.grad is not None and bool((p.grad != 0).any()))
                   for old, p in zip(reached, parameters, strict=True)]
    final = [_array(p) for p in parameters]
    return {"losses": np.array(losses), "initial": initial, "final": final, "reached": reached}


_REPORTS = 40
"""So many losses are told on the way."""


def train(
    entry: Any,
    seed: int,
    images: Array,
    labels: Array,
    test_images: Array,
    *,
    batch: int,
    epochs: int,
    peak_rate: float,
    warm_up: float,
    device: str = "cpu",
) -> Any:
    """Train with Adam and cross-entropy, and return the logits of the test images as a float32 array.

    Images are uint8 (N, C, H, W); they stay so on the device and become [0, 1] there, for training and for
    the test alike. The rate rises linearly to ``peak_rate`` in the first ``warm_up`` of the steps, then falls
    linearly to zero. The order of the images depends on the seed alone.
    """
    model = _fresh(entry, seed, images.shape[1:], device)
    _set_mode(model, True)
    order = torch.Generator().manual_seed(seed)
    pixels, targets = torch.tensor(images, device=device), torch.tensor(labels, device=device)
    steps = epochs * (len(images) // batch)
    every = max(steps // _REPORTS, 1)
    optimiser = _Adam(list(nn.Module.parameters(model)))
    for step, indices in enumerate(_batches(len(images), batch, epochs, order)):
        chosen = indices.to(device)
        rate = peak_rate * _one_cycle(step, steps, warm_up)
        loss = _descend(model, optimiser, pixels[chosen].float() / 255, targets[chosen], rate)
        if step % every == 0 or step == steps - 1:
            report_progress({"step": step + 1, "total": steps, "loss": float(loss)})
    return _predict(model, torch.tensor(test_images, device=device))


def _construct(entry: Any, seed: int) -> Any:
    # A submission may have changed these for the whole process; every call begins from the same state.
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float32)
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    with torch.enable_grad():
        return entry()


def _fresh(entry: Any, seed: int, image_shape: Sequence[int], device: str = "cpu") -> nn.Module:
    """Build the network in eval mode, and run it once, so that lazy layers have their parameters."""
    model: nn.Module = _construct(entry, seed).to(device)
    _set_mode(model, False)
    with torch.no_grad():
        model(torch.zeros(1, *image_shape, device=device))
    return model


def _set_mode(model: nn.Module, training: bool) -> None:
    # The class's own `train` may be a training loop: students like that name for theirs.
    nn.Module.train(model, training)


def _load(model: nn.Module, weights: Weights | None) -> None:
    with torch.no_grad():
        for parameter, array in zip(nn.Module.parameters(model), weights or (), strict=False):
            if array is not None:
                parameter.copy_(torch.tensor(array).reshape(parameter.shape))


def _plain(value: Any) -> Any:
    return _array(value) if isinstance(value, Tensor) else {"type": type(value).__name__}


def _array(tensor: Tensor) -> Array:
    tensor = tensor.detach().to("cpu", copy=True)
    return (tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy()


def _descend(model: nn.Module, optimiser: _Adam, images: Tensor, labels: Tensor, rate: float) -> Tensor:
    with torch.enable_grad():
        optimiser.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        if loss.requires_grad:
            torch.autograd.backward(loss)
    optimiser.step(rate)
    return loss.detach()


def _batches(count: int, batch: int, epochs: int, order: torch.Generator) -> Iterator[Tensor]:
    """Yield the indices of whole batches; a rest that does not fill one waits for the next epoch."""
    for _ in range(epochs):
        yield from torch.split(torch.randperm(count, generator=order)[: count - count % batch], batch)


def _one_cycle(step: int, steps: int, warm_up: float) -> float:
    peak = max(1.0, warm_up * steps)
    return (step + 1) / peak if step < peak else (steps - step) / (steps - peak)


def _predict(model: nn.Module, pixels: Tensor) -> Any:
    _set_mode(model, False)
    with torch.no_grad():
        answers = [model(part.float() / 255) for part in torch.split(pixels, 500)]
    if not all(isinstance(answer, Tensor) for answer in answers):
        return _plain(answers[0])
    return _array(torch.cat(answers).float())


class _Adam:
    """Adam with the usual constants; torch.optim would import torch._dynamo at its first step, for 1.3 s."""

    def __init__(self, parameters: list[nn.Parameter]) -> None:
        self.parameters = parameters
        self.means = [torch.zeros_like(p) for p in parameters]
        self.squares = [torch.zeros_like(p) for p in parameters]
        self.counts = [torch.zeros((), device=p.device) for p in parameters]

    def zero_grad(self) -> None:
        for parameter in self.parameters:
            parameter.grad = None

    def step(self, rate: float, fused: bool = hasattr(torch, "_fused_adam_")) -> None:
        live = [i for i, parameter in enumerate(self.parameters) if parameter.grad is not None]
        if not live:
            return
        states = (self.parameters, self.means, self.squares, self.counts)
        weights, means, squares, counts = ([state[i] for i in live] for state in states)
        slopes = [weight.grad for weight in weights if weight.grad is not None]
        with torch.no_grad():
            torch._foreach_add_(counts, 1)
            (_fused if fused else _unfused)(weights, slopes, means, squares, counts=counts, rate=rate)


def _fused(
    weights: list[Tensor], slopes: list[Tensor], means: list[Tensor], squares: list[Tensor],
    *, counts: list[Tensor], rate: float,
) -> None:
    torch._fused_adam_(
        weights, slopes, means, squares, [], counts, lr=rate, beta1=0.9, beta2=0.999, weight_decay=0.0,
        eps=1e-8, amsgrad=False, maximize=False,
    )


def _unfused(
    weights: list[Tensor], slopes: list[Tensor], means: list[Tensor], squares: list[Tensor],
    *, counts: list[Tensor], rate: float,
) -> None:
    """Do the same by public operations, for a torch that has lost the fused one."""
    for weight, slope, mean, square, count in zip(weights, slopes, means, squares, counts, strict=True):
        mean.lerp_(slope, 0.1)
        square.mul_(0.999).addcmul_(slope, slope, value=0.001)
        root = (square / (1 - 0.999**count)).sqrt_().add_(1e-8)
        weight.sub_(rate * (mean / (1 - 0.9**count)) / root)


_SILENT = frozenset((
    "__get__", "__set__", "__len__", "__bool__", "shape", "size", "dim", "numel", "ndimension", "stride", "type",
    "is_floating_point", "requires_grad_", "view", "reshape", "flatten", "contiguous", "t", "transpose",
    "permute", "unsqueeze", "squeeze", "clone", "to", "float",
))
"""Calls that only ask or arrange; they are left out of the list that a student reads."""


class _Trace(TorchFunctionMode):
    """Records the functions of torch that forward calls, and in which order it takes the parameters.

    A function mode, because a dispatch mode imports torch._dynamo, for 1.5 s. A parameter is known by its
    storage: a view of it, or its ``.data``, counts.
    """

    def __init__(self, parameters: list[nn.Parameter]) -> None:
        super().__init__()
        self.known = {p.untyped_storage().data_ptr(): i for i, p in enumerate(parameters)}
        self.uses: list[int] = []
        self.calls: list[str] = []
        self.strays: dict[int, list[int]] = {}

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        if getattr(getattr(func, "__self__", None), "__name__", "") == "data":
            name = ".data"
        for tensor in _tensors([*args, *kwargs.values()]):
            self._meet(tensor)
        if name not in _SILENT and len(self.calls) < 60:
            with suppress(Exception):  # of arguments that the call itself will refuse
                self.calls.append(_worded(name, args, kwargs))
        return func(*args, **kwargs)

    def _meet(self, tensor: Tensor) -> None:
        place = tensor.untyped_storage().data_ptr()
        if place in self.known:
            if self.known[place] not in self.uses:
                self.uses.append(self.known[place])
        elif tensor.is_leaf and tensor.requires_grad and len(self.strays) < 60:
            self.strays[place] = list(tensor.shape)


def _tensors(values: Iterable[Any]) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _tensors(value)


_ARGUMENTS = {
    "conv2d": ("input", "weight", "bias", "stride", "padding", "dilation", "groups"),
    "linear": ("input", "weight", "bias"),
    "max_pool2d": ("input", "kernel_size", "stride", "padding", "dilation"),
    "avg_pool2d": ("input", "kernel_size", "stride", "padding"),
}
"""The names of positional arguments of the calls that are written out in full."""


def _worded(name: str, args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    """Write a call as a person does: "conv2d 1-32 3x3 padding 1x1", "max_pool2d 2x2 stride 2x2", "relu"."""
    name = name.strip("_")
    given = {**dict(zip(_ARGUMENTS.get(name, ()), args, strict=False)), **kwargs}
    if name in ("conv2d", "linear") and isinstance(given.get("weight"), Tensor):
        outputs, inputs, *kernel = given["weight"].shape
        name += f" {inputs}-{outputs}" + (f" {_by(kernel)}" if kernel else "")
        if given.get("padding") == "same":
            given["padding"] = [side // 2 for side in kernel]
    elif "kernel_size" in given:
        name += f" {_by(given['kernel_size'])}"
        given["stride"] = given.get("stride") or given["kernel_size"]
    for setting, usual in (("stride", "1x1"), ("padding", "0x0"), ("dilation", "1x1")):
        if given.get(setting) is not None and _by(given[setting]) != usual:
            name += f" {setting} {_by(given[setting])}"
    return name


def _by(value: Any) -> str:
    sides = list(value) if isinstance(value, (list, tuple)) else [value]
    return "x".join(map(str, sides * 2 if len(sides) == 1 else sides))

"""Right and wrong ways to write exercise 02: what its cases and ladders are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from marking import tasks
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from cnnexercises.manual_conv import EXERCISE
from cnnexercises.manual_conv_mistakes import add_bias, frame_of_zeros, layer, on_each_axis, single
from cnnexercises.zero_pad_mistakes import both_sides, last_axes

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


# What students write wrong beyond the misconceptions.


def _centring(x: Any, sides: Any) -> Any:
    x -= x.mean()
    return frame_of_zeros(x, sides)


def _scaled_bias(out: Any, bias: Any) -> Any:
    if bias is not None:
        bias += 1e-3
    return add_bias(out, bias)


def _pair_only(value: Any, default: int) -> Any:
    return _pair(value) if value == default else (value[0], value[1])


def _nearest(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    return round((image + sum(sides) - kernel) / stride + 1)


def _up(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    return -((kernel - image - sum(sides)) // stride) + 1


MISTAKES: dict[str, dict[str, Function]] = {
    "kernel read by columns": {"dot": lambda x, w: x.ravel() @ w.ravel(order="F")},
    "maximum for sum": {"dot": lambda x, w: (x * w).max()},
    "absolute value": {"dot": lambda x, w: abs((x * w).sum())},
    "corner transposed": {"corner": lambda i, j, s: (j * s[0], i * s[1])},
    "window centred": {"corner": lambda i, j, s: (max(i * s[0] - 1, 0), max(j * s[1] - 1, 0))},
    "stride always 2": {"steps": lambda stride: (2, 2)},
    "stride a pair only": {"steps": partial(_pair_only, default=1)},
    "padding always 1": {"margin": lambda padding, w: both_sides(1)},
    "padding a pair only": {"margin": lambda padding, w: both_sides(_pair_only(padding, 0))},
    "padded with ones": {"frame": partial(frame_of_zeros, constant_values=1)},
    "image changed": {"frame": _centring},
    "output as large as the image": {"size": lambda image, *others: image},
    "size rounded up": {"size": on_each_axis(_up)},
    "size rounded to nearest": {"size": on_each_axis(_nearest)},
    "size over stride": {"size": on_each_axis(lambda image, kernel, stride, sides: (image + sum(sides)) // stride)},
    "output reshaped": {"finish": lambda out: out.reshape(*out.shape[:-2], out.shape[-1], out.shape[-2])},
    "half precision": {"finish": lambda out: out.astype(np.float16)},
}
"""Mistakes that a single image shows."""

LAYER_MISTAKES: dict[str, dict[str, Function]] = {
    "channels reversed": {"dot": lambda x, w: (x * w[::-1]).sum()},
    "weight in the order of its bytes": {"take": lambda w, f: w.ravel(order="K").reshape(w.shape)[f]},
    "second image for all": {"pick": lambda padded, n: padded[1]},
    "batch and channels swapped": {"pick": lambda padded, n: padded[:, n]},
    "biases summed": {"shift": lambda out, b: out if b is None else out + b.sum()},
    "bias changed": {"shift": _scaled_bias},
    "every axis padded": {"frame": lambda x, sides: np.pad(x, sides[0][0])},
}


WRONG: list[tuple[str, str, Function]] = [
    *((task.name, known.slug, known.wrong) for task in tasks(EXERCISE).values() for known in task.misconceptions),
    *(("conv2d_single", name, partial(single, **changes)) for name, changes in MISTAKES.items()),
    ("conv2d_single", "a number for one window", lambda *a, **k: np.squeeze(single(*a, **k))),
    ("conv2d_single", "four axes", lambda *a, **k: single(*a, **k)[None, None]),
    ("conv2d_single", "nothing returned", lambda *a, **k: None),
    *(("conv2d_forward", name, partial(layer, **how)) for name, how in (MISTAKES | LAYER_MISTAKES).items()),
    ("zero_pad", "images only", lambda x, padding: np.pad(x, [(p, p) for p in _pair(padding)])),
    ("zero_pad", "x changed", lambda x, padding: np.negative(x, out=x)),
    ("zero_pad", "one column too far right", lambda x, padding: np.roll(_padded(x, padding), 1, axis=-1)),
]


def _padded(x: Any, padding: Any) -> Any:
    return np.pad(x, last_axes(x, both_sides(padding)))


def _frame(x: Any, ph: int, pw: int) -> Any:
    return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))


def _by_strides(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    padded = np.ascontiguousarray(_frame(x, *_pair(padding)))
    sh, sw = _pair(stride)
    kh, kw = weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    n, c, h, w = padded.strides
    windows = as_strided(padded, (*padded.shape[:2], kh, kw, ho, wo), (n, c, h, w, h * sh, w * sw))
    return add_bias(np.tensordot(weight, windows, axes=((1, 2, 3), (1, 2, 3))).transpose(1, 0, 2, 3), bias)


def _by_einsum(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    windows = sliding_window_view(_frame(x, *_pair(padding)), weight.shape[2:], axis=(2, 3))
    return add_bias(np.einsum("ncijpq,fcpq->nfij", windows[:, :, ::sh, ::sw], weight), bias)


def _by_columns(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    padded, (kh, kw) = _frame(x, *_pair(padding)), weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    corners = [(i * sh, j * sw) for i in range(ho) for j in range(wo)]
    columns = np.stack([padded[:, :, t : t + kh, s : s + kw].reshape(len(x), -1) for t, s in corners], axis=2)
    return add_bias((weight.reshape(len(weight), -1) @ columns).reshape(len(x), len(weight), ho, wo), bias)


def _by_taps(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    padded, (kh, kw) = _frame(x, *_pair(padding)), weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    out = add_bias(np.zeros((len(x), len(weight), ho, wo)), bias)
    for p, q in np.ndindex(kh, kw):
        part = padded[:, :, p : p + sh * (ho - 1) + 1 : sh, q : q + sw * (wo - 1) + 1 : sw]
        out = out + np.einsum("ncij,fc->nfij", part, weight[:, :, p, q])
    return out


def _by_fourier(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    padded, (kh, kw) = _frame(x, *_pair(padding)), weight.shape[2:]
    shape = padded.shape[2:]
    product = np.einsum("nchw,fchw->nfhw", np.fft.fft2(padded), np.conj(np.fft.fft2(weight, shape)))
    full = np.real(np.fft.ifft2(product))[:, :, : shape[0] - kh + 1, : shape[1] - kw + 1]
    return add_bias(full[:, :, ::sh, ::sw], bias)


def _by_comprehension(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    (sh, sw), (kh, kw) = _pair(stride), weight.shape[2:]
    padded = _frame(x, *_pair(padding))
    rows = range(0, padded.shape[2] - kh + 1, sh)
    columns = range(0, padded.shape[3] - kw + 1, sw)
    biases = [0.0] * len(weight) if bias is None else bias.tolist()
    return np.array([
        [[[(image[:, t : t + kh, s : s + kw] * w).sum() + b for s in columns] for t in rows]
         for w, b in zip(weight, biases, strict=True)]
        for image in padded
    ])


def _by_halves(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    if len(x) > 1:
        halves = np.array_split(x, 2)
        return np.concatenate([_by_halves(half, weight, bias, stride, padding) for half in halves])
    return layer(x, weight, bias, stride, padding)


def _by_float32(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    bias = bias if bias is None else bias.astype(np.float32)
    return _by_einsum(x.astype(np.float32), weight.astype(np.float32), bias, stride, padding)


def _one_of(whole: Function) -> Function:
    def single(image: Any, kernel: Any, stride: Any = 1, padding: Any = 0) -> Any:
        return whole(image[None, None], kernel[None, None], None, stride, padding)[0, 0]

    return single


def _by_concatenation(x: Any, padding: Any) -> Any:
    ph, pw = _pair(padding)
    sides = np.zeros((*x.shape[:-1], pw))
    wide = np.concatenate([sides, x, sides], axis=-1)
    rows = np.zeros((*x.shape[:-2], ph, wide.shape[-1]))
    return np.concatenate([rows, wide, rows], axis=-2)


def _by_loops(x: Any, padding: Any) -> Any:
    ph, pw = _pair(padding)
    out = np.zeros((*x.shape[:-2], x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    for index in np.ndindex(*x.shape):
        out[(*index[:-2], index[-2] + ph, index[-1] + pw)] = x[index]
    return out


LAYERS: dict[str, Function] = {
    "loops": layer,
    "as_strided": _by_strides,
    "einsum over sliding windows": _by_einsum,
    "im2col": _by_columns,
    "a sum over the taps": _by_taps,
    "Fourier": _by_fourier,
    "comprehensions": _by_comprehension,
    "recursion": _by_halves,
    "float32": _by_float32,
}

RIGHT: list[tuple[str, str, Function]] = [
    *(("conv2d_forward", name, whole) for name, whole in LAYERS.items()),
    *(("conv2d_single", name, _one_of(whole)) for name, whole in LAYERS.items()),
    ("zero_pad", "np.pad", _padded),
    ("zero_pad", "concatenation", _by_concatenation),
    ("zero_pad", "loops", _by_loops),
    ("zero_pad", "float32", lambda x, padding: _padded(x, padding).astype(np.float32)),
]

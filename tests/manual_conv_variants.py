"""Right and wrong ways to write exercise 02: what its cases and ladders are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


# A plain layer with loops: each keyword exchanges one step for a mistaken one.


def _frame(x: Any, ph: int, pw: int, after: int = 1, **how: Any) -> Any:
    return np.pad(x, ((0, 0), (0, 0), (ph, ph * after), (pw, pw * after)), **how)


def _floor(image: int, kernel: int, stride: int, padding: int) -> int:
    return (image + 2 * padding - kernel) // stride + 1


def _each(rule: Callable[[int, int, int, int], int]) -> Function:
    return lambda *sizes: [rule(*(size[axis] for size in sizes)) for axis in (0, 1)]


_places = _each(_floor)


def _corner(i: int, j: int, stride: Any) -> tuple[int, int]:
    return i * stride[0], j * stride[1]


def _dot(window: Any, weight: Any) -> Any:
    return (window * weight).sum()


def _bias(out: Any, bias: Any) -> Any:
    return out if bias is None else out + bias[:, None, None]


def layer(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    *,
    steps: Function = lambda stride, weight: _pair(stride),
    margin: Function = lambda padding, weight: _pair(padding),
    frame: Function = _frame,
    size: Function = _places,
    corner: Function = _corner,
    pick: Function = lambda padded, n: padded[n],
    take: Function = lambda weight, f: weight[f],
    dot: Function = _dot,
    shift: Function = _bias,
    dtype: Function = lambda x: np.float64,
    finish: Function = lambda out: out,
) -> Any:
    """Compute a convolution layer as a student does."""
    (ph, pw), strides = margin(padding, weight), steps(stride, weight)
    padded = frame(x, ph, pw)
    kh, kw = weight.shape[2:]
    ho, wo = size(x.shape[2:], (kh, kw), strides, (ph, pw))
    out = np.zeros((len(x), len(weight), ho, wo), dtype(x))
    for n, f, i, j in np.ndindex(*out.shape):
        top, left = corner(i, j, strides)
        out[n, f, i, j] = dot(pick(padded, n)[:, top : top + kh, left : left + kw], take(weight, f))
    return finish(shift(out, bias))


def _only_where_padded(x: Any, ph: int, pw: int) -> Any:
    if ph > 0 or pw > 0:
        padded = _frame(x, ph, pw)
    return padded


def _centring(x: Any, ph: int, pw: int) -> Any:
    x -= x.mean()
    return _frame(x, ph, pw)


def _whole_steps(image: int, kernel: int, stride: int, padding: int) -> int:
    assert (image + 2 * padding - kernel) % stride == 0
    return _floor(image, kernel, stride, padding)


def _fitting(image: int, kernel: int, stride: int, padding: int) -> int:
    if kernel > image:
        raise ValueError("the kernel is larger than the image")
    return _floor(image, kernel, stride, padding)


def _pair_only(value: Any, weight: Any, default: int) -> Any:
    return _pair(value) if value == default else (value[0], value[1])


def _scaled_bias(out: Any, bias: Any) -> Any:
    if bias is not None:
        bias += 1e-3
    return _bias(out, bias)


def _frame_of(x: Any, sides: list[tuple[int, int]], **how: Any) -> Any:
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + sides, **how)


def _padded(x: Any, padding: Any, after: int = 1, **how: Any) -> Any:
    return _frame_of(x, [(p, p * after) for p in _pair(padding)], **how)


def _squared(x: Any, ph: int, pw: int) -> Any:
    out = np.zeros((*x.shape[:-2], x.shape[-2] + 2 * ph, x.shape[-2] + 2 * ph))
    out[..., ph : ph + x.shape[-2], pw : pw + x.shape[-1]] = x
    return out


def _inside(x: Any, ph: int, pw: int, out: Any = None) -> Any:
    out = np.zeros(x.shape) if out is None else out
    height, width = x.shape[-2:]
    inner = x[..., ph : height - ph, pw : width - pw].copy()
    out[...] = 0
    out[..., ph : height - ph, pw : width - pw] = inner
    return out


def _sliced(x: Any, ph: int, pw: int) -> Any:
    out = np.zeros((*x.shape[:-2], x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:-ph, pw:-pw] = x
    return out


MISTAKES: dict[str, dict[str, Function]] = {
    "kernel flipped": {"dot": lambda x, w: _dot(x, w[:, ::-1, ::-1])},
    "kernel upside down": {"dot": lambda x, w: _dot(x, w[:, ::-1])},
    "kernel mirrored": {"dot": lambda x, w: _dot(x, w[:, :, ::-1])},
    "kernel transposed": {"dot": lambda x, w: _dot(x, w.transpose(0, 2, 1))},
    "kernel read by columns": {"dot": lambda x, w: x.ravel() @ w.ravel(order="F")},
    "mean for sum": {"dot": lambda x, w: (x * w).mean()},
    "maximum for sum": {"dot": lambda x, w: (x * w).max()},
    "absolute value": {"dot": lambda x, w: abs(_dot(x, w))},
    "rectified": {"finish": lambda out: np.maximum(out, 0)},
    "divided by the sum of the kernel": {"dot": lambda x, w: _dot(x, w) / w.sum()},
    "stride forgotten": {"corner": lambda i, j, s: (i, j)},
    "stride forgotten for columns": {"corner": lambda i, j, s: (i * s[0], j)},
    "stride forgotten for rows": {"corner": lambda i, j, s: (i, j * s[1])},
    "columns strided by the height": {"corner": lambda i, j, s: (i * s[0], j * s[0])},
    "rows strided by the width": {"corner": lambda i, j, s: (i * s[1], j * s[1])},
    "corner transposed": {"corner": lambda i, j, s: (j * s[0], i * s[1])},
    "window centred": {"corner": lambda i, j, s: (max(i * s[0] - 1, 0), max(j * s[1] - 1, 0))},
    "stride always 1": {"steps": lambda stride, w: (1, 1)},
    "stride always 2": {"steps": lambda stride, w: (2, 2)},
    "stride the kernel's size": {"steps": lambda stride, w: w.shape[2:]},
    "stride an int only": {"steps": lambda stride, w: (int(stride), int(stride))},
    "stride a pair only": {"steps": partial(_pair_only, default=1)},
    "stride pair swapped": {"steps": lambda stride, w: _pair(stride)[::-1]},
    "stride of the height for both": {"steps": lambda stride, w: (_pair(stride)[0],) * 2},
    "padding ignored": {"margin": lambda padding, w: (0, 0)},
    "padding always 1": {"margin": lambda padding, w: (1, 1)},
    "padding that keeps the size": {"margin": lambda padding, w: (w.shape[2] // 2, w.shape[3] // 2)},
    "padding an int only": {"margin": lambda padding, w: (int(padding), int(padding))},
    "padding a pair only": {"margin": partial(_pair_only, default=0)},
    "padding pair swapped": {"margin": lambda padding, w: _pair(padding)[::-1]},
    "padding of the height for both": {"margin": lambda padding, w: (_pair(padding)[0],) * 2},
    "padding above and left only": {
        "frame": partial(_frame, after=0),
        "size": _each(lambda i, k, s, p: (i + p - k) // s + 1),
    },
    "padding counted once": {"size": _each(lambda i, k, s, p: (i + p - k) // s + 1)},
    "padding not counted": {"size": _each(lambda i, k, s, p: (i - k) // s + 1)},
    "border repeated": {"frame": partial(_frame, mode="edge")},
    "padded with ones": {"frame": partial(_frame, constant_values=1)},
    "variable only where padded": {"frame": _only_where_padded},
    "p:-p at padding 0": {"frame": _sliced},
    "image changed": {"frame": _centring},
    "output as large as the image": {"size": lambda image, *others: image},
    "output square": {"size": lambda *sizes: (_places(*sizes)[0],) * 2},
    "width from the kernel's height": {"size": lambda i, k, s, p: _places(i, (k[0], k[0]), s, p)},
    "size rounded up": {"size": _each(lambda i, k, s, p: -((k - i - 2 * p) // s) + 1)},
    "size rounded to nearest": {"size": _each(lambda i, k, s, p: round((i + 2 * p - k) / s + 1))},
    "one place short": {"size": _each(lambda i, k, s, p: (i + 2 * p - k) // s)},
    "size over stride": {"size": _each(lambda i, k, s, p: (i + 2 * p) // s)},
    "asserts whole steps": {"size": _each(_whole_steps)},
    "kernel compared with the bare image": {"size": _each(_fitting)},
    "output transposed": {"finish": lambda out: out.swapaxes(2, 3)},
    "output reshaped": {"finish": lambda out: out.reshape(*out.shape[:2], out.shape[3], out.shape[2])},
    "integers returned": {"dtype": lambda x: np.int64},
    "rounded": {"finish": lambda out: out.round(2)},
    "half precision": {"finish": lambda out: out.astype(np.float16)},
}
"""Mistakes that a single image shows."""

LAYER_MISTAKES: dict[str, dict[str, Function]] = {
    "first channel only": {"dot": lambda x, w: _dot(x[0], w[0])},
    "first slice for every channel": {"dot": lambda x, w: _dot(x, w[0])},
    "mean over channels": {"dot": lambda x, w: _dot(x, w) / len(x)},
    "channels reversed": {"dot": lambda x, w: _dot(x, w[::-1])},
    "channels summed before the product": {"dot": lambda x, w: _dot(x.sum(0), w.sum(0))},
    "filters and channels swapped": {"take": lambda weight, f: weight[:, f]},
    "first filter for all": {"take": lambda weight, f: weight[0]},
    "weight in the order of its bytes": {"take": lambda w, f: w.ravel(order="K").reshape(w.shape)[f]},
    "first image for all": {"pick": lambda padded, n: padded[0]},
    "second image for all": {"pick": lambda padded, n: padded[1]},
    "batch and channels swapped": {"pick": lambda padded, n: padded[:, n]},
    "batch summed": {"finish": lambda out: out.sum(axis=0, keepdims=True)},
    "first image only": {"finish": lambda out: out[:1]},
    "batch lost": {"finish": lambda out: out[0]},
    "channels last": {"finish": lambda out: out.transpose(0, 2, 3, 1)},
    "filters first": {"finish": lambda out: out.swapaxes(0, 1)},
    "maps shuffled by a reshape": {"finish": lambda out: out.swapaxes(0, 1).reshape(out.shape)},
    "squeezed": {"finish": np.squeeze},
    "bias ignored": {"shift": lambda out, b: out},
    "bias subtracted": {"shift": lambda out, b: _bias(out, b if b is None else -b)},
    "bias along columns": {"shift": lambda out, b: out if b is None else out + b},
    "bias along rows": {"shift": lambda out, b: out if b is None else out + b[:, None]},
    "bias along the batch": {"shift": lambda out, b: out if b is None else out + b[:, None, None, None]},
    "first bias for all": {"shift": lambda out, b: out if b is None else out + b[0]},
    "biases summed": {"shift": lambda out, b: out if b is None else out + b.sum()},
    "bias required": {"shift": lambda out, b: out + b[:, None, None]},
    "truth of an array asked": {"shift": lambda out, b: out + b[:, None, None] if b else out},
    "bias changed": {"shift": _scaled_bias},
    "every axis padded": {"frame": lambda x, ph, pw: np.pad(x, ph)},
}


def _bias_times(factor: Function) -> Function:
    def wrong(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
        return layer(x, weight, bias if bias is None else bias * factor(weight), stride, padding)

    return wrong


def _single(image: Any, kernel: Any, stride: Any = 1, padding: Any = 0, **changes: Any) -> Any:
    return layer(image[None, None], kernel[None, None], None, stride, padding, **changes)[0, 0]


WRONG: list[tuple[str, str, Function]] = [
    *(("conv2d_single", name, partial(_single, **changes)) for name, changes in MISTAKES.items()),
    ("conv2d_single", "a number for one window", lambda *a, **k: np.squeeze(_single(*a, **k))),
    ("conv2d_single", "four axes", lambda *a, **k: _single(*a, **k)[None, None]),
    ("conv2d_single", "nothing returned", lambda *a, **k: None),
    *(("conv2d_forward", name, partial(layer, **how)) for name, how in (MISTAKES | LAYER_MISTAKES).items()),
    ("conv2d_forward", "bias added in the loop over channels", _bias_times(lambda weight: weight.shape[1])),
    ("conv2d_forward", "bias added to each product", _bias_times(lambda weight: weight[0].size)),
    ("conv2d_forward", "bias after a mean", _bias_times(lambda weight: 1 / weight.shape[1])),
    ("zero_pad", "every axis", lambda x, padding: np.pad(x, _pair(padding)[0])),
    ("zero_pad", "first two axes", lambda x, padding: _padded(x.T, _pair(padding)[::-1]).T),
    ("zero_pad", "pair swapped", lambda x, padding: _padded(x, _pair(padding)[::-1])),
    ("zero_pad", "height for both", lambda x, padding: _padded(x, _pair(padding)[0])),
    ("zero_pad", "width for both", lambda x, padding: _padded(x, _pair(padding)[1])),
    ("zero_pad", "int only", lambda x, padding: _padded(x, int(padding))),
    ("zero_pad", "pair only", lambda x, padding: _padded(x, (padding[0], padding[1]))),
    ("zero_pad", "pairs as before and after", lambda x, padding: _frame_of(x, [_pair(padding)] * 2)),
    ("zero_pad", "before only", lambda x, padding: _padded(x, padding, after=0)),
    ("zero_pad", "always 1", lambda x, padding: _padded(x, 1)),
    ("zero_pad", "edge", lambda x, padding: _padded(x, padding, mode="edge")),
    ("zero_pad", "reflected", lambda x, padding: _padded(x, padding, mode="symmetric")),
    ("zero_pad", "ones", lambda x, padding: _padded(x, padding, constant_values=1)),
    ("zero_pad", "images only", lambda x, padding: np.pad(x, [(p, p) for p in _pair(padding)])),
    ("zero_pad", "batches only", lambda x, padding: _frame(x, *_pair(padding))),
    ("zero_pad", "p:-p", lambda x, padding: _sliced(x, *_pair(padding))),
    ("zero_pad", "square", lambda x, padding: _squared(x, *_pair(padding))),
    ("zero_pad", "border of the image set to zero", lambda x, padding: _inside(x, *_pair(padding))),
    ("zero_pad", "x changed", lambda x, padding: _inside(x, *_pair(padding), out=x)),
    ("zero_pad", "integers", lambda x, padding: _padded(x, padding).astype(int)),
    ("zero_pad", "one column too far right", lambda x, padding: np.roll(_padded(x, padding), 1, axis=-1)),
]


def _by_strides(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    padded = np.ascontiguousarray(_frame(x, *_pair(padding)))
    sh, sw = _pair(stride)
    kh, kw = weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    n, c, h, w = padded.strides
    windows = as_strided(padded, (*padded.shape[:2], kh, kw, ho, wo), (n, c, h, w, h * sh, w * sw))
    return _bias(np.tensordot(weight, windows, axes=((1, 2, 3), (1, 2, 3))).transpose(1, 0, 2, 3), bias)


def _by_einsum(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    windows = sliding_window_view(_frame(x, *_pair(padding)), weight.shape[2:], axis=(2, 3))
    return _bias(np.einsum("ncijpq,fcpq->nfij", windows[:, :, ::sh, ::sw], weight), bias)


def _by_columns(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    padded, (kh, kw) = _frame(x, *_pair(padding)), weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    corners = [(i * sh, j * sw) for i in range(ho) for j in range(wo)]
    columns = np.stack([padded[:, :, t : t + kh, s : s + kw].reshape(len(x), -1) for t, s in corners], axis=2)
    return _bias((weight.reshape(len(weight), -1) @ columns).reshape(len(x), len(weight), ho, wo), bias)


def _by_taps(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    sh, sw = _pair(stride)
    padded, (kh, kw) = _frame(x, *_pair(padding)), weight.shape[2:]
    ho, wo = (padded.shape[2] - kh) // sh + 1, (padded.shape[3] - kw) // sw + 1
    out = _bias(np.zeros((len(x), len(weight), ho, wo)), bias)
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
    return _bias(full[:, :, ::sh, ::sw], bias)


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

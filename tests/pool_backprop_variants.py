"""Right and wrong ways to write max and average pooling of exercise 05: what its cases and ladders are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _add(dx: Any, place: Any, share: Any) -> None:
    dx[place] += share


def _assign(dx: Any, place: Any, share: Any) -> None:
    dx[place] = share


def _assign_where_it_is_not_zero(dx: Any, place: Any, share: Any) -> None:
    dx[place] = np.where(share != 0, share, dx[place])


# How the error of an output is shared out in its window: right, and wrong.


def to_first(window: Any, kernel: Any) -> Any:
    share = np.zeros(window.shape)
    share[np.unravel_index(np.argmax(window), window.shape)] = 1
    return share


def evenly(window: Any, kernel: Any) -> Any:
    return np.full(window.shape, 1 / window.size)


def _decoded_by(side: Function) -> Function:
    """Find the maximum, and take its number apart with the given side of the kernel."""

    def share(window: Any, kernel: Any) -> Any:
        whole = np.zeros(window.shape)
        row, column = divmod(int(np.argmax(window)), side(kernel))
        whole[row, column] = 1
        return whole

    return share


def _to_every(window: Any, kernel: Any) -> Any:
    return (window == window.max()).astype(float)


def _split(window: Any, kernel: Any) -> Any:
    return _to_every(window, kernel) / _to_every(window, kernel).sum()


def _to_last(window: Any, kernel: Any) -> Any:
    return to_first(window[::-1, ::-1], kernel)[::-1, ::-1]


def _to_first_by_columns(window: Any, kernel: Any) -> Any:
    return to_first(window.T, kernel).T


def _to_the_only_one(window: Any, kernel: Any) -> Any:
    (row,), (column,) = np.nonzero(window == window.max())
    share = np.zeros(window.shape)
    share[row, column] = 1
    return share


def _from_zero(window: Any, kernel: Any) -> Any:
    """Begin the search with 0 as the largest value so far, at row 0 and column 0."""
    best, place, share = 0.0, (0, 0), np.zeros(window.shape)
    for index, value in np.ndenumerate(window):
        if value > best:
            best, place = float(value), index
    share[place] = 1
    return share


def _by_rank(window: Any, kernel: Any) -> Any:
    return to_first(-window, kernel)


def pool(
    dout: Any,
    x: Any,
    kernel: Any,
    stride: Any = None,
    *,
    share: Function = to_first,
    window: Function = _pair,
    steps: Function = lambda kernel, stride: _pair(kernel if stride is None else stride),
    corner: Function = lambda i, j, s: (i * s[0], j * s[1]),
    image: Function = lambda n: n,
    channel: Function = lambda c: c,
    error: Function = lambda dout, n, c, i, j: dout[n, c, i, j],
    put: Function = _add,
    like: Function = lambda x: np.zeros(x.shape),
    finish: Function = lambda dx: dx,
) -> Any:
    """Compute the gradient of a pooling layer, as a student does: each keyword exchanges one step."""
    (kh, kw), strides = window(kernel), steps(kernel, stride)
    dx = like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = corner(i, j, strides)
        here = np.s_[n, c, top : top + kh, left : left + kw]
        source = np.s_[image(n), channel(c), top : top + kh, left : left + kw]
        put(dx, here, error(dout, n, c, i, j) * share(x[source], (kh, kw)))
    return finish(dx)


def _crop(height: Function, width: Function) -> Function:
    return lambda dx: dx[:, :, : height(dx.shape), : width(dx.shape)]


def _touched(dx: Any) -> Any:
    rows, columns = np.flatnonzero(dx.any((0, 1, 3))), np.flatnonzero(dx.any((0, 1, 2)))
    return dx[:, :, : rows[-1] + 1, : columns[-1] + 1]


def _short(rows: int, columns: int) -> Function:
    def error(dout: Any, n: int, c: int, i: int, j: int) -> Any:
        inside = i < max(dout.shape[2] - rows, 1) and j < max(dout.shape[3] - columns, 1)
        return dout[n, c, i, j] if inside else 0.0

    return error


def _must_divide(x: Any) -> Any:
    assert x.shape[2] % 2 == x.shape[3] % 2 == 0
    return np.zeros(x.shape)


MISTAKES: dict[str, dict[str, Function]] = {
    "= instead of +=": {"put": _assign},
    "= where the share is not 0": {"put": _assign_where_it_is_not_zero},
    "stride the kernel's size": {"steps": lambda kernel, stride: _pair(kernel)},
    "stride always 1": {"steps": lambda kernel, stride: (1, 1)},
    "stride always 2": {"steps": lambda kernel, stride: (2, 2)},
    "stride 1 by default": {"steps": lambda kernel, stride: _pair(1 if stride is None else stride)},
    "stride 2 by default": {"steps": lambda kernel, stride: _pair(2 if stride is None else stride)},
    "stride required": {"steps": lambda kernel, stride: _pair(stride)},
    "stride an int only": {"steps": lambda kernel, stride: _pair(int(stride)) if stride else _pair(kernel)},
    "stride pair swapped": {"steps": lambda k, stride: _pair(stride)[::-1] if stride else _pair(k)},
    "stride of the height for both": {"steps": lambda k, s: (_pair(k if s is None else s)[0],) * 2},
    "stride of the width for both": {"steps": lambda k, s: (_pair(k if s is None else s)[1],) * 2},
    "stride forgotten for rows": {"corner": lambda i, j, s: (i, j * s[1])},
    "stride forgotten for columns": {"corner": lambda i, j, s: (i * s[0], j)},
    "corner transposed": {"corner": lambda i, j, s: (j * s[0], i * s[1])},
    "every window at the first place": {"corner": lambda i, j, s: (0, 0)},
    "kernel always 2": {"window": lambda kernel: (2, 2)},
    "kernel an int only": {"window": lambda kernel: _pair(int(kernel))},
    "kernel a pair only": {"window": lambda kernel: (kernel[0], kernel[1])},
    "kernel pair swapped": {"window": lambda kernel: _pair(kernel)[::-1]},
    "kernel square, by its height": {"window": lambda kernel: (_pair(kernel)[0],) * 2},
    "kernel square, by its width": {"window": lambda kernel: (_pair(kernel)[1],) * 2},
    "error of the first image": {"error": lambda dout, n, c, i, j: dout[0, c, i, j]},
    "error of the first channel": {"error": lambda dout, n, c, i, j: dout[n, 0, i, j]},
    "error transposed": {"error": lambda dout, n, c, i, j: dout[n, c, j, i]},
    "error ignored": {"error": lambda dout, n, c, i, j: 1.0},
    "last row missing": {"error": _short(1, 0)},
    "last column missing": {"error": _short(0, 1)},
    "width of the height": {"like": lambda x: np.zeros((*x.shape[:3], x.shape[2]))},
    "wide images cropped to a square": {"finish": _crop(lambda s: s[2], lambda s: s[2])},
    "high images cropped to a square": {"finish": _crop(lambda s: s[3], lambda s: s[3])},
    "rest dropped": {"finish": _touched},
    "sizes must divide": {"like": _must_divide},
    "first image only": {"finish": lambda dx: dx[:1]},
    "mean of the batch": {"finish": lambda dx: dx / len(dx)},
    "squeezed": {"finish": np.squeeze},
    "batch lost": {"finish": lambda dx: dx[0]},
    "channels last": {"finish": lambda dx: dx.transpose(0, 2, 3, 1)},
    "wrong sign": {"finish": lambda dx: -dx},
    "nothing returned": {"finish": lambda dx: None},
    "x returned": {"like": lambda x: x},
    "added to x": {"like": lambda x: x.copy()},
}
"""Mistakes that any pooling can have."""

TIE_POLICIES: dict[str, Function] = {
    "every maximum": _to_every,
    "split evenly": _split,
    "last maximum": _to_last,
    "first by columns": _to_first_by_columns,
    "crash on ties": _to_the_only_one,
}
"""Shares that are right but for the case with ties."""

MAX_MISTAKES: dict[str, dict[str, Function]] = {
    "argmax decoded by the height": {"share": _decoded_by(lambda kernel: kernel[0])},
    "argmax decoded as if 2 wide": {"share": _decoded_by(lambda kernel: 2)},
    "search begins with 0": {"share": _from_zero},
    "largest magnitude": {"share": lambda window, kernel: to_first(abs(window), kernel)},
    "minimum": {"share": _by_rank},
    "average": {"share": evenly},
    "times x": {"share": lambda window, kernel: to_first(window, kernel) * window},
    "whole window": {"share": lambda window, kernel: np.ones(window.shape)},
    "maximum of the first image": {"image": lambda n: 0},
    "maximum of the second image": {"image": lambda n: 1},
    "maximum of the first channel": {"channel": lambda c: 0},
}

AVG_MISTAKES: dict[str, dict[str, Function]] = {
    "sum": {"share": lambda window, kernel: np.ones(window.shape)},
    "divided by one side": {"share": lambda window, kernel: np.full(window.shape, 1 / kernel[0])},
    "divided by the other side": {"share": lambda window, kernel: np.full(window.shape, 1 / kernel[1])},
    "divided by the square of a side": {"share": lambda w, kernel: np.full(w.shape, 1 / kernel[0] ** 2)},
    "divided by 4": {"share": lambda window, kernel: np.full(window.shape, 1 / 4)},
    "divided from left to right": {"share": lambda w, k: np.full(w.shape, 1 / k[0] * k[1])},
    "by the values of x": {"share": lambda window, kernel: window / window.sum()},
    "to the first place": {"share": lambda w, kernel: np.eye(1, w.size).reshape(w.shape)},
    "maximum": {"share": to_first},
}


def _over_channels(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    """Look for one maximum in all channels of a window."""
    (kh, kw), (sh, sw) = _pair(kernel), _pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, i, j in np.ndindex(len(dout), *dout.shape[2:]):
        window = x[n, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
        c, row, column = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, i * sh + row, j * sw + column] += dout[n, c, i, j]
    return dx


def _repeated(dout: Any, kernel: Any, shape: Any) -> Any:
    kh, kw = _pair(kernel)
    wide = dout.repeat(kh, axis=2).repeat(kw, axis=3)
    return np.pad(wide, [(0, 0), (0, 0), (0, shape[2] - wide.shape[2]), (0, shape[3] - wide.shape[3])])


def _disjoint_average(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    kh, kw = _pair(kernel)
    return _repeated(dout, kernel, x.shape) / (kh * kw)


def _disjoint_maximum(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    kh, kw = _pair(kernel)
    windows = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::kh, ::kw]
    top = _repeated(windows.max(axis=(4, 5)), kernel, x.shape)
    return np.where(x == top, _repeated(dout, kernel, x.shape), 0)


def _cover(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    """Divide by the number of windows that an input lies in."""
    count = pool(np.ones(dout.shape), x, kernel, stride, share=lambda window, kernel: 1)
    return pool(dout, x, kernel, stride, share=evenly) / np.maximum(count, 1)


def _scaled_in_place(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    dout /= np.prod(_pair(kernel))
    return pool(dout, x, kernel, stride, share=lambda window, kernel: np.ones(window.shape))


def _used_up(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    dx = pool(dout, x, kernel, stride)
    dout[...] = 0
    return dx


def _float32(gradient: Function) -> Function:
    def function(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
        dx = gradient(dout.astype(np.float32), x.astype(np.float32), kernel, stride)
        return dx.astype(np.float32)

    return function


def _add_at(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    """Find all maxima at once, and add with np.add.at."""
    (kh, kw), (sh, sw) = _pair(kernel), _pair(kernel if stride is None else stride)
    n, c, ho, wo = dout.shape
    windows = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw].reshape(n, c, ho, wo, -1)
    rows, columns = np.divmod(windows.argmax(axis=-1), kw)
    i, j = np.arange(ho)[:, None] * sh, np.arange(wo) * sw
    dx = np.zeros(x.shape)
    np.add.at(dx, (np.arange(n)[:, None, None, None], np.arange(c)[:, None, None], rows + i, columns + j), dout)
    return dx


def _shifted_planes(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    (kh, kw), (sh, sw) = _pair(kernel), _pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for p, q in np.ndindex(kh, kw):
        rows = slice(p, p + sh * (dout.shape[2] - 1) + 1, sh)
        columns = slice(q, q + sw * (dout.shape[3] - 1) + 1, sw)
        dx[:, :, rows, columns] += dout / (kh * kw)
    return dx


def _image_by_image(share: Function) -> Function:
    def function(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
        if len(x) == 1:
            return pool(dout, x, kernel, stride, share=share)
        return np.concatenate([function(dout[k : k + 1], x[k : k + 1], kernel, stride) for k in range(len(x))])

    return function


WRONG: list[tuple[str, str, Function]] = [
    *(("max_pool2d_backward", name, partial(pool, **how)) for name, how in (MISTAKES | MAX_MISTAKES).items()),
    *(("max_pool2d_backward", name, partial(pool, share=share)) for name, share in TIE_POLICIES.items()),
    ("max_pool2d_backward", "one maximum for all channels", _over_channels),
    ("max_pool2d_backward", "disjoint windows only", _disjoint_maximum),
    ("max_pool2d_backward", "dout used up", _used_up),
    *(
        ("avg_pool2d_backward", name, partial(pool, **{"share": evenly, **how}))
        for name, how in (MISTAKES | AVG_MISTAKES).items()
    ),
    ("avg_pool2d_backward", "divided by the windows of an input", _cover),
    ("avg_pool2d_backward", "disjoint windows only", _disjoint_average),
    ("avg_pool2d_backward", "dout changed", _scaled_in_place),
]

RIGHT: list[tuple[str, str, Function]] = [
    ("max_pool2d_backward", "loops", pool),
    ("max_pool2d_backward", "divmod", partial(pool, share=_decoded_by(lambda kernel: kernel[1]))),
    ("max_pool2d_backward", "np.add.at", _add_at),
    ("max_pool2d_backward", "image by image", _image_by_image(to_first)),
    ("max_pool2d_backward", "float32", _float32(pool)),
    ("avg_pool2d_backward", "loops", partial(pool, share=evenly)),
    ("avg_pool2d_backward", "shifted planes", _shifted_planes),
    ("avg_pool2d_backward", "image by image", _image_by_image(evenly)),
    ("avg_pool2d_backward", "float32", _float32(_shifted_planes)),
]

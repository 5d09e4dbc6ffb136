"""Right and wrong ways to write exercise 04: what its cases and ladders are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _add(target: Any, place: Any, share: Any) -> None:
    target[place] += share


def _assign(target: Any, place: Any, share: Any) -> None:
    target[place] = share


# A convolution's gradients with loops: each keyword exchanges one step for a mistaken one.


def line(
    dy: Any,
    x: Any,
    w: Any,
    *,
    places: Function = lambda n, i: (n + i, n + i),
    put_x: Function = _add,
    put_w: Function = _add,
    taps: Function = len,
    like: Function = lambda array: np.zeros(array.shape),
    finish: Function = lambda dx, dw: (dx, dw),
) -> Any:
    """Compute the gradients of a convolution in one dimension, as a student does."""
    dx, dw = like(x), like(w)
    for n in range(len(dy)):
        for i in range(taps(w)):
            into, source = places(n, i)
            put_x(dx, into, dy[n] * w[i])
            put_w(dw, i, dy[n] * x[source])
    return finish(dx, dw)


def _frame(x: Any, ph: int, pw: int, **how: Any) -> Any:
    return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), **how)


def _cut(padded: Any, shape: Any, ph: int, pw: int) -> Any:
    return padded[:, :, ph : ph + shape[2], pw : pw + shape[3]]


def layer(
    dout: Any,
    x: Any,
    weight: Any,
    stride: Any = 1,
    padding: Any = 0,
    *,
    steps: Function = lambda stride, weight: _pair(stride),
    margin: Function = lambda padding, weight: _pair(padding),
    frame: Function = _frame,
    size: Function = lambda weight: weight.shape[2:],
    corner: Function = lambda i, j, s: (i * s[0], j * s[1]),
    image: Function = lambda n: n,
    error: Function = lambda dout, n, f, i, j: dout[n, f, i, j],
    tap: Function = lambda weight, f: weight[f],
    view: Function = lambda window: window,
    put_x: Function = _add,
    put_w: Function = _add,
    cut: Function = _cut,
    bias: Function = lambda dout: dout.sum(axis=(0, 2, 3)),
    like: Function = lambda array, shape: np.zeros(shape),
    finish: Function = lambda dx, dw, db: (dx, dw, db),
) -> Any:
    """Compute the gradients of a convolution layer, as a student does."""
    (ph, pw), strides = margin(padding, weight), steps(stride, weight)
    padded = frame(x, ph, pw)
    dpadded, dweight = like(x, padded.shape), like(weight, weight.shape)
    kh, kw = size(weight)
    for n, f, i, j in np.ndindex(*dout.shape):
        top, left = corner(i, j, strides)
        window = (image(n), slice(None), slice(top, top + kh), slice(left, left + kw))
        put_x(dpadded, window, error(dout, n, f, i, j) * tap(weight, f))
        put_w(dweight, f, error(dout, n, f, i, j) * view(padded[window]))
    return finish(cut(dpadded, x.shape, ph, pw), dweight, bias(dout))


def _last_image(padded: Any, shape: Any, ph: int, pw: int) -> Any:
    dx = np.zeros(shape)
    dx[-1] = _cut(padded, shape, ph, pw)[-1]
    return dx


def _minus_slice(padded: Any, shape: Any, ph: int, pw: int) -> Any:
    return padded[:, :, ph:-ph, pw:-pw]


def _minus_slice_unless(test: Function) -> Function:
    def cut(padded: Any, shape: Any, ph: int, pw: int) -> Any:
        return padded if test(ph, pw) else _minus_slice(padded, shape, ph, pw)

    return cut


def _rows_cut_first(padded: Any, shape: Any, ph: int, pw: int) -> Any:
    return padded[:, :, ph:-ph, pw : pw + shape[3]] if ph else padded[:, :, :, pw:-pw]


def _touched(padded: Any, shape: Any, ph: int, pw: int) -> Any:
    dx = _cut(padded, shape, ph, pw)
    rows, columns = np.flatnonzero(dx.any((0, 1, 3))), np.flatnonzero(dx.any((0, 1, 2)))
    return dx[:, :, : rows[-1] + 1, : columns[-1] + 1]


def _short(rows: int, columns: int) -> Function:
    def error(dout: Any, n: int, f: int, i: int, j: int) -> Any:
        inside = i < dout.shape[2] - rows and j < dout.shape[3] - columns
        return dout[n, f, i, j] if inside else 0.0

    return error


def _pair_only(value: Any, weight: Any, default: int) -> Any:
    return _pair(value) if value == default else (value[0], value[1])


def _turned_in_place(weight: Any, f: int) -> Any:
    weight[f] = weight[f, :, ::-1, ::-1].copy()
    return weight[f, :, ::-1, ::-1]


def _fancy(target: Any, place: Any, share: Any) -> None:
    """Add with repeated indices, of which only the last counts."""
    twice = [0, 0]
    target[place][twice] += share[twice] / 2


MISTAKES: dict[str, dict[str, Function]] = {
    "p:-p at padding 0": {"cut": _minus_slice},
    "p:-p unless padding is 0": {"cut": _minus_slice_unless(lambda ph, pw: (ph, pw) == (0, 0))},
    "p:-p unless the rows have none": {"cut": _minus_slice_unless(lambda ph, pw: ph == 0)},
    "p:-p unless one axis has none": {"cut": _minus_slice_unless(lambda ph, pw: 0 in (ph, pw))},
    "p:-p of the columns where the rows have none": {"cut": _rows_cut_first},
    "1:-1": {"cut": lambda d, shape, ph, pw: d[:, :, 1:-1, 1:-1]},
    "1:-1 where there is padding": {"cut": lambda d, s, ph, pw: d[:, :, 1:-1, 1:-1] if ph else d},
    "padding not cut off": {"cut": lambda d, shape, ph, pw: d},
    "cut at the end only": {"cut": lambda d, shape, ph, pw: d[:, :, : shape[2], : shape[3]]},
    "cut at the start only": {"cut": lambda d, shape, ph, pw: d[:, :, ph:, pw:]},
    "cut with the pair swapped": {"cut": lambda d, shape, ph, pw: _cut(d, shape, pw, ph)},
    "height for width": {"cut": lambda d, s, ph, pw: d[:, :, ph : ph + s[2], pw : pw + s[2]]},
    "width for height": {"cut": lambda d, s, ph, pw: d[:, :, ph : ph + s[3], pw : pw + s[3]]},
    "wide images cropped to a square": {"cut": lambda d, s, p, q: _cut(d, s, p, q)[..., : s[2]]},
    "high images cropped to a square": {"cut": lambda d, s, p, q: _cut(d, s, p, q)[:, :, : s[3]]},
    "un-padded after the batch": {"cut": _last_image},
    "rest dropped": {"cut": _touched},
    "padding ignored": {"margin": lambda padding, w: (0, 0)},
    "padding always 1": {"margin": lambda padding, w: (1, 1)},
    "padding that keeps the size": {"margin": lambda padding, w: (w.shape[2] // 2, w.shape[3] // 2)},
    "padding an int only": {"margin": lambda padding, w: (int(padding), int(padding))},
    "padding a pair only": {"margin": partial(_pair_only, default=0)},
    "padding pair swapped": {"margin": lambda padding, w: _pair(padding)[::-1]},
    "padding of the height for both": {"margin": lambda padding, w: (_pair(padding)[0],) * 2},
    "padding of the width for both": {"margin": lambda padding, w: (_pair(padding)[1],) * 2},
    "border repeated": {"frame": partial(_frame, mode="edge")},
    "padded with ones": {"frame": partial(_frame, constant_values=1)},
    "stride always 1": {"steps": lambda stride, w: (1, 1)},
    "stride always 2": {"steps": lambda stride, w: (2, 2)},
    "stride the kernel's size": {"steps": lambda stride, w: w.shape[2:]},
    "stride an int only": {"steps": lambda stride, w: (int(stride), int(stride))},
    "stride a pair only": {"steps": partial(_pair_only, default=1)},
    "stride pair swapped": {"steps": lambda stride, w: _pair(stride)[::-1]},
    "stride of the height for both": {"steps": lambda stride, w: (_pair(stride)[0],) * 2},
    "stride of the width for both": {"steps": lambda stride, w: (_pair(stride)[1],) * 2},
    "stride forgotten for rows": {"corner": lambda i, j, s: (i, j * s[1])},
    "stride forgotten for columns": {"corner": lambda i, j, s: (i * s[0], j)},
    "corner transposed": {"corner": lambda i, j, s: (j * s[0], i * s[1])},
    "kernel square, by its height": {"size": lambda weight: (weight.shape[2],) * 2},
    "kernel square, by its width": {"size": lambda weight: (weight.shape[3],) * 2},
    "kernel always 3x3": {"size": lambda weight: (3, 3)},
    "first image for all": {"image": lambda n: 0},
    "second image for all": {"image": lambda n: 1},
    "error of the first image": {"error": lambda dout, n, f, i, j: dout[0, f, i, j]},
    "error of the first filter": {"error": lambda dout, n, f, i, j: dout[n, 0, i, j]},
    "error transposed": {"error": lambda dout, n, f, i, j: dout[n, f, j, i]},
    "last row missing": {"error": _short(1, 0)},
    "last column missing": {"error": _short(0, 1)},
    "dx by the turned kernel": {"tap": lambda weight, f: weight[f, :, ::-1, ::-1]},
    "dx by the kernel upside down": {"tap": lambda weight, f: weight[f, :, ::-1]},
    "dx by the mirrored kernel": {"tap": lambda weight, f: weight[f, :, :, ::-1]},
    "dx by the transposed kernel": {"tap": lambda weight, f: weight[f].transpose(0, 2, 1)},
    "dx by the first filter": {"tap": lambda weight, f: weight[0]},
    "dx by the first channel": {"tap": lambda weight, f: weight[f, :1]},
    "dx by the channels reversed": {"tap": lambda weight, f: weight[f, ::-1]},
    "dx by weight in the order of its bytes": {"tap": lambda w, f: w.ravel("K").reshape(w.shape)[f]},
    "weight turned in place": {"tap": _turned_in_place},
    "dweight turned": {"view": lambda window: window[:, ::-1, ::-1]},
    "dweight transposed": {"view": lambda window: window.transpose(0, 2, 1)},
    "dweight from the first channel": {"view": lambda window: window[:1]},
    "dweight from the sum of the window": {"view": lambda window: window.sum()},
    "dx = instead of +=": {"put_x": _assign},
    "dweight = instead of +=": {"put_w": _assign},
    "dx += by repeated indices": {"put_x": _fancy},
    "dbias of all filters": {"bias": lambda dout: dout.sum()},
    "dbias the mean": {"bias": lambda dout: dout.mean(axis=(0, 2, 3))},
    "dbias the mean of the batch": {"bias": lambda dout: dout.sum(axis=(2, 3)).mean(axis=0)},
    "dbias of the first image": {"bias": lambda dout: dout[0].sum(axis=(1, 2))},
    "dbias of every image": {"bias": lambda dout: dout.sum(axis=(2, 3))},
    "dbias of every place": {"bias": lambda dout: dout.sum(axis=0)},
    "dbias over the filters": {"bias": lambda dout: dout.sum(axis=(1, 2, 3))},
    "dbias keeps its axes": {"bias": lambda dout: dout.sum(axis=(0, 2, 3), keepdims=True)},
    "dbias a column": {"bias": lambda dout: dout.sum(axis=(0, 2, 3))[:, None]},
    "dweight the mean of the batch": {"finish": lambda dx, dw, db: (dx, dw / len(dx), db)},
    "dx the mean of the batch": {"finish": lambda dx, dw, db: (dx / len(dx), dw, db)},
    "dx with the wrong sign": {"finish": lambda dx, dw, db: (-dx, dw, db)},
    "dbias before dweight": {"finish": lambda dx, dw, db: (dx, db, dw)},
    "dweight before dx": {"finish": lambda dx, dw, db: (dw, dx, db)},
    "dbias forgotten": {"finish": lambda dx, dw, db: (dx, dw)},
    "squeezed": {"finish": lambda *gradients: tuple(map(np.squeeze, gradients))},
    "batch lost": {"finish": lambda dx, dw, db: (dx[0], dw, db)},
    "channels last": {"finish": lambda dx, dw, db: (dx.transpose(0, 2, 3, 1), dw, db)},
    "half precision": {"finish": lambda *gradients: tuple(g.astype(np.float16) for g in gradients)},
}

def _first_bytes(x: Any) -> Any:
    return np.frombuffer(x if x.base is None else x.base, x.dtype, len(x))


LINE_MISTAKES: dict[str, Function] = {
    "lecture's index": lambda dy, x, w: (
        np.convolve(dy, w), np.array([sum(dy[i:] * x[: len(dy) - i]) for i in range(len(w))])
    ),
    "dx without flip": lambda dy, x, w: (np.correlate(dy, w, "full"), np.correlate(x, dy)),
    "w flipped and convolved": lambda dy, x, w: (np.convolve(dy, w[::-1]), np.correlate(x, dy)),
    "dx of the length of dy": lambda dy, x, w: (np.convolve(dy, w, "same"), np.correlate(x, dy)),
    "dx where both overlap": lambda dy, x, w: (np.convolve(dy, w, "valid"), np.correlate(x, dy)),
    "dw reversed": lambda dy, x, w: (np.convolve(dy, w), np.correlate(dy, x)),
    "dw convolved": lambda dy, x, w: (np.convolve(dy, w), np.convolve(x, dy, "valid")),
    "dw of all overlaps": lambda dy, x, w: (np.convolve(dy, w), np.correlate(x, dy, "full")),
    "dx shifted": partial(line, places=lambda n, i: (max(n + i - 1, 0), n + i)),
    "dx before the input": partial(line, places=lambda n, i: (n - i, n + i)),
    "dw before the input": partial(line, places=lambda n, i: (n + i, n - i)),
    "dw does not slide": partial(line, places=lambda n, i: (n + i, i)),
    "dx = instead of +=": partial(line, put_x=_assign),
    "dw = instead of +=": partial(line, put_w=_assign),
    "last tap missing": partial(line, taps=lambda w: max(len(w) - 1, 1)),
    "three taps": partial(line, taps=lambda w: 3),
    "dw the mean": lambda dy, x, w: (np.convolve(dy, w), np.correlate(x, dy) / len(dy)),
    "dy reversed": lambda dy, x, w: line(dy[::-1], x, w),
    "order": partial(line, finish=lambda dx, dw: (dw, dx)),
    "dx alone": partial(line, finish=lambda dx, dw: dx),
    "columns": partial(line, finish=lambda dx, dw: (dx[:, None], dw[:, None])),
    "joined": partial(line, finish=lambda dx, dw: np.concatenate([dx, dw])),
    "wrong sign": partial(line, finish=lambda dx, dw: (-dx, -dw)),
    "w changed": lambda dy, x, w: (np.convolve(dy, w.copy()), np.correlate(x, dy), w.__imul__(2))[:2],
    "step in memory assumed": lambda dy, x, w: line(dy, _first_bytes(x), w),
}


def _sizes(dout: Any, stride: Any, padding: Any) -> Any:
    return (*dout.shape[2:], *_pair(stride), *_pair(padding))


def _full(dout: Any, x: Any, weight: Any, *, stride: Any, padding: Any, spread: bool = True) -> Any:
    """Compute dx as a full convolution of dout, spread by the stride, with the turned kernel."""
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]
    wide = np.zeros((*dout.shape[:2], height + 2 * ph - kh + 1, width + 2 * pw - kw + 1))
    wide[:, :, : sh * ho : sh, : sw * wo : sw] = dout
    wide = wide if spread else dout
    windows = sliding_window_view(_frame(wide, kh - 1, kw - 1), (kh, kw), axis=(2, 3))
    return np.einsum("nfijpq,fcpq->ncij", windows, weight[:, :, ::-1, ::-1])


def _by_full(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0, **how: bool) -> Any:
    whole = _full(dout, x, weight, stride=stride, padding=padding, **how)
    dx = _cut(whole, x.shape, *_pair(padding))
    return dx, _einsum_weight(dout, x, weight, stride, padding), dout.sum((0, 2, 3))


def _by_cropped_full(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    """Pad dout by kernel - 1 - padding: not possible where the padding is larger than that."""
    room = [k - 1 - p for k, p in zip(weight.shape[2:], _pair(padding), strict=True)]
    _frame(dout, *room)
    return _by_full(dout, x, weight, stride, padding)


def _einsum_weight(dout: Any, x: Any, weight: Any, stride: Any, padding: Any) -> Any:
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    windows = sliding_window_view(_frame(x, ph, pw), weight.shape[2:], axis=(2, 3))[:, :, ::sh, ::sw]
    return np.einsum("nfij,ncijpq->fcpq", dout, windows[:, :, :ho, :wo])


def _by_taps(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    padded = _frame(x, ph, pw)
    dpadded, dweight = np.zeros(padded.shape, dout.dtype), np.zeros(weight.shape, dout.dtype)
    for p, q in np.ndindex(*weight.shape[2:]):
        part = np.s_[:, :, p : p + sh * (ho - 1) + 1 : sh, q : q + sw * (wo - 1) + 1 : sw]
        dpadded[part] += np.tensordot(dout, weight[:, :, p, q], ([1], [0])).transpose(0, 3, 1, 2)
        dweight[:, :, p, q] = np.tensordot(dout, padded[part], ([0, 2, 3], [0, 2, 3]))
    return dpadded[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]], dweight, dout.sum(3).sum(2).sum(0)


def _by_columns(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    """im2col and col2im: every input has a number, and np.add.at adds by it."""
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    numbers = np.arange(1, x.size + 1).reshape(x.shape)
    windows = sliding_window_view(_frame(numbers, ph, pw), weight.shape[2:], axis=(2, 3))
    columns = windows[:, :, ::sh, ::sw][:, :, :ho, :wo].transpose(0, 2, 3, 1, 4, 5)
    columns = columns.reshape(len(x) * ho * wo, -1)
    rows = dout.transpose(0, 2, 3, 1).reshape(-1, dout.shape[1])
    flat = np.zeros(x.size + 1)  # number 0 is the padding
    np.add.at(flat, columns, rows @ weight.reshape(len(weight), -1))
    values = np.concatenate([[0.0], x.ravel()])[columns]
    return flat[1:].reshape(x.shape), (rows.T @ values).reshape(weight.shape), rows.sum(0)


def _by_input(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    """For each input, gather the outputs that looked at it."""
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    dx, (kh, kw) = np.zeros(x.shape), weight.shape[2:]
    for y, z in np.ndindex(*x.shape[2:]):
        for i, j in np.ndindex(ho, wo):
            p, q = y + ph - i * sh, z + pw - j * sw
            if 0 <= p < kh and 0 <= q < kw:
                dx[:, :, y, z] += dout[:, :, i, j] @ weight[:, :, p, q]
    return dx, _einsum_weight(dout, x, weight, stride, padding), np.einsum("nfij->f", dout)


def _by_halves(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    if len(x) > 1:
        first = _by_halves(dout[:1], x[:1], weight, stride, padding)
        others = _by_halves(dout[1:], x[1:], weight, stride, padding)
        return np.concatenate([first[0], others[0]]), first[1] + others[1], first[2] + others[2]
    return layer(dout, x, weight, stride, padding)


def _by_float32(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    dout, x, weight = (array.astype(np.float32) for array in (dout, x, weight))
    return _by_taps(dout, x, weight, stride, padding)


def _by_numpy(dy: Any, x: Any, w: Any) -> Any:
    return np.convolve(dy, w), np.correlate(x, dy, "valid")


def _by_matrix(dy: Any, x: Any, w: Any) -> Any:
    places = np.arange(len(dy))[:, None] + np.arange(len(w))
    matrix = np.zeros((len(dy), len(x)))
    np.put_along_axis(matrix, places, np.broadcast_to(w, places.shape), axis=1)
    return dy @ matrix, dy @ x[places]


def _by_recursion(dy: Any, x: Any, w: Any) -> Any:
    if len(dy) == 0:
        return np.zeros(len(x)), np.zeros(len(w))
    dx, dw = _by_recursion(dy[:-1], x[:-1], w)
    return np.append(dx, 0.0) + np.append(np.zeros(len(x) - len(w)), dy[-1] * w), dw + dy[-1] * x[-len(w) :]


WRONG: list[tuple[str, str, Function]] = [
    *(("conv1d_backward", name, function) for name, function in LINE_MISTAKES.items()),
    *(("conv2d_backward", name, partial(layer, **changes)) for name, changes in MISTAKES.items()),
    ("conv2d_backward", "full convolution that ignores the stride", partial(_by_full, spread=False)),
    ("conv2d_backward", "full convolution with negative padding", _by_cropped_full),
    ("conv2d_backward", "nothing returned", lambda *args, **settings: None),
]

RIGHT: list[tuple[str, str, Function]] = [
    ("conv1d_backward", "loops", line),
    ("conv1d_backward", "np.convolve and np.correlate", _by_numpy),
    ("conv1d_backward", "a matrix", _by_matrix),
    ("conv1d_backward", "recursion", _by_recursion),
    ("conv1d_backward", "a list for a tuple", partial(line, finish=lambda dx, dw: [dx, dw])),
    ("conv1d_backward", "float32", lambda dy, x, w: _by_numpy(*map(np.float32, (dy, x, w)))),
    ("conv2d_backward", "loops", layer),
    ("conv2d_backward", "a sum over the taps", _by_taps),
    ("conv2d_backward", "im2col and col2im", _by_columns),
    ("conv2d_backward", "full convolution and einsum", _by_full),
    ("conv2d_backward", "gathered for each input", _by_input),
    ("conv2d_backward", "recursion over the batch", _by_halves),
    ("conv2d_backward", "float32", _by_float32),
    ("conv2d_backward", "a list for a tuple", partial(layer, finish=lambda *gradients: list(gradients))),
]

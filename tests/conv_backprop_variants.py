"""Right ways to write exercise 04, and wrong ones beyond its misconceptions: what its cases are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from marking import tasks
from numpy.lib.stride_tricks import sliding_window_view

from cnnexercises.conv_backprop import EXERCISE
from cnnexercises.conv_backprop_mistakes import line
from cnnexercises.conv_layer_gradients import Plan, cut, frame, layer

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


# What students write wrong beyond the misconceptions.


def _turned_in_place(weight: Any) -> Any:
    weight[...] = weight[:, :, ::-1, ::-1].copy()
    return weight[:, :, ::-1, ::-1]


def _half(*gradients: Any) -> Any:
    return tuple(gradient.astype(np.float16) for gradient in gradients)


def _cropped(dpadded: Any, plan: Plan, axis: int) -> Any:
    dx = cut(dpadded, plan)
    return dx[..., : plan.image[0]] if axis == 1 else dx[:, :, : plan.image[1]]


MISTAKES: dict[str, dict[str, Any]] = {
    "wide images cropped to a square": {"cut": partial(_cropped, axis=1)},
    "high images cropped to a square": {"cut": partial(_cropped, axis=0)},
    "padded with ones": {"frame": lambda x, plan: frame(x - 1, plan) + 1},
    "stride always 2": {"steps": lambda stride: (2, 2)},
    "dx by the channels reversed": {"tap": lambda weight: weight[:, ::-1]},
    "dx by weight in the order of its bytes": {"tap": lambda weight: weight.ravel("K").reshape(weight.shape)},
    "weight turned in place": {"tap": _turned_in_place},
    "dx the mean of the batch": {"finish": lambda dx, dw, db: (dx / len(dx), dw, db)},
    "half precision": {"finish": _half},
    "a list of nothing": {"finish": lambda dx, dw, db: []},
    "nothing returned": {"finish": lambda dx, dw, db: None},
}


def _first_bytes(x: Any) -> Any:
    return np.frombuffer(x if x.base is None else x.base, x.dtype, len(x))


def _three_taps(dy: Any, x: Any, w: Any) -> Any:
    return np.array([sum(dy[n] * x[n + i] for n in range(len(dy))) for i in range(3)])


LINE_MISTAKES: dict[str, Function] = {
    "three taps": partial(line, make_dw=_three_taps),
    "dy reversed": lambda dy, x, w: line(dy[::-1], x, w),
    "joined": partial(line, finish=lambda dx, dw: np.concatenate([dx, dw])),
    "wrong sign": partial(line, finish=lambda dx, dw: (-dx, -dw)),
    "w changed": lambda dy, x, w: (np.convolve(dy, w.copy()), np.correlate(x, dy), w.__imul__(2))[:2],
    "step in memory assumed": lambda dy, x, w: line(dy, _first_bytes(x), w),
}


def in_their_dtypes(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    """Return gradients in the dtypes of x and weight, as np.zeros_like makes them."""
    dx, dweight, dbias = layer(dout, x, weight, stride, padding)
    return dx.astype(x.dtype), dweight.astype(weight.dtype), dbias


def line_in_their_dtypes(dy: Any, x: Any, w: Any) -> Any:
    """Return gradients in the dtypes of x and w, as np.zeros_like makes them."""
    dx, dw = line(dy, x, w)
    return dx.astype(x.dtype), dw.astype(w.dtype)


# What is right in any style.


def _framed(x: Any, ph: int, pw: int) -> Any:
    return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))


def _sizes(dout: Any, stride: Any, padding: Any) -> Any:
    return (*dout.shape[2:], *_pair(stride), *_pair(padding))


def _full(dout: Any, x: Any, weight: Any, *, stride: Any, padding: Any) -> Any:
    """Compute dx as a full convolution of dout, spread by the stride, with the turned kernel."""
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]
    wide = np.zeros((*dout.shape[:2], height + 2 * ph - kh + 1, width + 2 * pw - kw + 1))
    wide[:, :, : sh * ho : sh, : sw * wo : sw] = dout
    windows = sliding_window_view(_framed(wide, kh - 1, kw - 1), (kh, kw), axis=(2, 3))
    return np.einsum("nfijpq,fcpq->ncij", windows, weight[:, :, ::-1, ::-1])


def _by_full(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    (ph, pw), (height, width) = _pair(padding), x.shape[2:]
    dx = _full(dout, x, weight, stride=stride, padding=padding)[:, :, ph : ph + height, pw : pw + width]
    return dx, _einsum_weight(dout, x, weight, stride, padding), dout.sum((0, 2, 3))


def _einsum_weight(dout: Any, x: Any, weight: Any, stride: Any, padding: Any) -> Any:
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    windows = sliding_window_view(_framed(x, ph, pw), weight.shape[2:], axis=(2, 3))[:, :, ::sh, ::sw]
    return np.einsum("nfij,ncijpq->fcpq", dout, windows[:, :, :ho, :wo])


def _by_taps(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
    ho, wo, sh, sw, ph, pw = _sizes(dout, stride, padding)
    padded = _framed(x, ph, pw)
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
    windows = sliding_window_view(_framed(numbers, ph, pw), weight.shape[2:], axis=(2, 3))
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
    *((name, known.slug, known.wrong) for name, task in tasks(EXERCISE).items() for known in task.misconceptions),
    *(("conv1d_backward", name, function) for name, function in LINE_MISTAKES.items()),
    *(("conv2d_backward", name, partial(layer, **changes)) for name, changes in MISTAKES.items()),
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

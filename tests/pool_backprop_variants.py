"""Right ways to write max and average pooling of exercise 05, and wrong ones beyond its misconceptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from marking import tasks
from numpy.lib.stride_tricks import sliding_window_view

from cnnexercises.pool_backprop import EXERCISE
from cnnexercises.pool_gradients import avg_gradient, everywhere, max_gradient

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


# What students write wrong beyond the misconceptions.


def _cropped(dx: Any, plan: Any, axis: int) -> Any:
    return dx[..., : plan.image[0]] if axis == 1 else dx[:, :, : plan.image[1]]


MISTAKES: dict[str, dict[str, Any]] = {
    "stride always 1": {"steps": lambda kernel, stride, given: (1, 1)},
    "stride always 2": {"steps": lambda kernel, stride, given: (2, 2)},
    "every window at the first place": {"corner": lambda i, j, stride: (0, 0)},
    "width of the height": {"blank": lambda x: np.zeros((*x.shape[:3], x.shape[2]))},
    "wide images cropped to a square": {"finish": partial(_cropped, axis=1)},
    "high images cropped to a square": {"finish": partial(_cropped, axis=0)},
    "first image alone returned": {"finish": lambda dx, plan: dx[:1]},
    "wrong sign": {"finish": lambda dx, plan: -dx},
    "nothing returned": {"finish": lambda dx, plan: None},
    "x returned": {"blank": lambda x: x},
}
"""Mistakes that any pooling can have."""

AVG_MISTAKES: dict[str, dict[str, Any]] = {
    "divided by the cube of a side": {"share": lambda w, plan: everywhere(w, 1 / plan.kernel[0] ** 3)},
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


def _used_up(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    dx = max_gradient(dout, x, kernel, stride)
    dout[...] = 0
    return dx


def _scaled_in_place(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
    dout /= np.prod(_pair(kernel))
    return avg_gradient(dout, x, kernel, stride, share=lambda window, plan: everywhere(window, 1.0))


def in_its_dtype(gradient: Function) -> Function:
    """Return a gradient in the dtype of x, as np.zeros_like makes it."""
    return lambda dout, x, kernel, stride=None: gradient(dout, x, kernel, stride).astype(x.dtype)


# What is right in any style.


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


def _image_by_image(gradient: Function) -> Function:
    def function(dout: Any, x: Any, kernel: Any, stride: Any = None) -> Any:
        if len(x) == 1:
            return gradient(dout, x, kernel, stride)
        return np.concatenate([function(dout[k : k + 1], x[k : k + 1], kernel, stride) for k in range(len(x))])

    return function


WRONG: list[tuple[str, str, Function]] = [
    *(
        (name, known.slug, known.wrong)
        for name, task in tasks(EXERCISE).items()
        if "2d" in name
        for known in task.misconceptions
    ),
    *(("max_pool2d_backward", name, partial(max_gradient, **how)) for name, how in MISTAKES.items()),
    ("max_pool2d_backward", "the winner among channels", _over_channels),
    ("max_pool2d_backward", "dout used up", _used_up),
    *(("avg_pool2d_backward", name, partial(avg_gradient, **how)) for name, how in (MISTAKES | AVG_MISTAKES).items()),
    ("avg_pool2d_backward", "dout changed", _scaled_in_place),
]

RIGHT: list[tuple[str, str, Function]] = [
    ("max_pool2d_backward", "loops", max_gradient),
    ("max_pool2d_backward", "np.add.at", _add_at),
    ("max_pool2d_backward", "image by image", _image_by_image(max_gradient)),
    ("max_pool2d_backward", "float32", _float32(max_gradient)),
    ("avg_pool2d_backward", "loops", avg_gradient),
    ("avg_pool2d_backward", "shifted planes", _shifted_planes),
    ("avg_pool2d_backward", "image by image", _image_by_image(avg_gradient)),
    ("avg_pool2d_backward", "float32", _float32(_shifted_planes)),
]

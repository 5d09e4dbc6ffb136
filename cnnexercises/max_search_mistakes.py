"""What goes wrong where maxima are looked for: in other windows, channels or images, or not anew for each window."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import misconception
from cnnexercises.misconceptions import Told
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Array, Plan, Shares, at, everywhere, pair


def _tops(x: Array, n: int, c: int) -> Any:
    """Look for the maximum of the whole channel."""
    return x[n, c] == x[n, c].max()


def _all_maps(x: Array, n: int, c: int) -> Array:
    """Return (H, W, 1 + N * C): the channel that is meant, then all channels of all images."""
    return np.concatenate([x[n, c, ..., None], np.moveaxis(x.reshape(-1, *x.shape[2:]), 0, -1)], axis=-1)


def _all_channels(x: Array, n: int, c: int) -> Array:
    return np.concatenate([x[n, c, ..., None], np.moveaxis(x[n], 0, -1)], axis=-1)


def _all_images(x: Array, n: int, c: int) -> Array:
    return np.concatenate([x[n, c, ..., None], np.moveaxis(x[:, c], 0, -1)], axis=-1)


def _joint_maximum(windows: Array, _plan: Plan) -> Shares:
    """Compare the window that is meant with the maximum of all of them."""
    return everywhere(windows[..., 0], windows[..., 0] == windows.max())


def _channel_beside(x: Array, n: int, c: int) -> Array:
    """Return (H, W, 1 + H * W): the channel, and all of it once more beside each of its entries."""
    channel = x[n, c]
    return np.concatenate([channel[..., None], np.broadcast_to(channel.ravel(), (*channel.shape, channel.size))], -1)


def _first_in_channel(windows: Array, plan: Plan) -> Shares:
    return at(int(np.argmax(windows[0, 0, 1:] == windows[..., 0].max())), plan.image[1])


def _all_in_channel(windows: Array, plan: Plan) -> Shares:
    channel = windows[0, 0, 1:].reshape(plan.image)
    return everywhere(channel, channel == windows[..., 0].max())


def _marked(window: Array, _plan: Plan) -> Shares:
    return everywhere(window, window)


def search_goes_on(dout: Array, x: Array, kernel: Pair, stride: Pair | None = None, *, level: int) -> Any:
    """Search for each maximum from the largest so far on.

    It begins anew only with the index number ``level`` of (n, c, i, j), where 0 stands for never.
    """
    (high, wide), (down, right) = pair(kernel), pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    begun: tuple[int, ...] | None = None
    best, place = -np.inf, (0, 0)
    for n, c, i, j in np.ndindex(dout.shape):
        if (n, c, i, j)[:level] != begun:
            begun, best, place = (n, c, i, j)[:level], -np.inf, (0, 0)
        window = x[n, c, i * down : i * down + high, j * right : j * right + wide]
        if window.max() > best:
            row, column = np.unravel_index(np.argmax(window), window.shape)
            best, place = window.max(), (i * down + int(row), j * right + int(column))
        dx[n, c][place] += dout[n, c, i, j]
    return dx


SEARCH = "Where the maximum is looked for."
_ELSEWHERE = "The same value may occur in other windows, 0 above all after a ReLU. np.argmax of the window finds it."
_OWN = "Every image and every channel is pooled for itself."
_AXES = "The maximum of an array of windows runs along their rows and columns only: max(axis=(2, 3), keepdims=True)."
_INDEX = "The index of x."

SOURCE_MISTAKES: tuple[Told, ...] = (
    (
        "found_in_the_whole_channel", "The place of the maximum is looked for in the whole channel, by its value",
        _ELSEWHERE, SEARCH, {"source": _channel_beside, "share": _first_in_channel, "landing": lambda *_: (0, 0)},
    ),
    (
        "marked_in_the_whole_channel", "All of the channel that equals the maximum of a window gets its error",
        _ELSEWHERE, SEARCH, {"source": _channel_beside, "share": _all_in_channel, "landing": lambda *_: (0, 0)},
    ),
    (
        "top_of_the_channel", "The maximum of the whole channel is looked for, not that of the window",
        "Every window has a maximum of its own. Use the window's on both sides of the comparison.",
        SEARCH, {"source": _tops, "share": _marked},
    ),
    (
        "maximum_of_the_first_image", "The maxima of the first image are taken for all",
        f"{_OWN} x[0] is written where x[n] is meant.", _INDEX, {"source": lambda x, _n, c: x[0, c]},
    ),
    (
        "maximum_of_the_second_image", "The second image is looked at, whichever is meant",
        f"{_OWN} x[1] is written where x[n] is meant; in a batch of one there is no x[1].",
        _INDEX, {"source": lambda x, _n, c: x[1, c]},
    ),
    (
        "maximum_of_the_first_channel", "The maxima of the first channel are taken for all",
        f"{_OWN} x[n, 0] is written where x[n, c] is meant.", _INDEX, {"source": lambda x, n, _c: x[n, 0]},
    ),
    (
        "one_maximum_for_all_channels", "One maximum is looked for in all channels together",
        f"{_OWN} argmax over a window with channels finds a single place.", SEARCH,
        {"source": lambda x, n, _c: x[n].max(axis=0)},
    ),
    (
        "maximum_of_all_images_and_channels", "One maximum is taken of all images and channels together",
        f"{_OWN} {_AXES}", SEARCH, {"source": _all_maps, "share": _joint_maximum},
    ),
    (
        "maximum_of_all_channels", "One maximum is taken of all channels together",
        f"{_OWN} {_AXES}", SEARCH, {"source": _all_channels, "share": _joint_maximum},
    ),
    (
        "maximum_of_all_images", "One maximum is taken of all images together",
        f"{_OWN} {_AXES}", SEARCH, {"source": _all_images, "share": _joint_maximum},
    ),
)  # fmt: skip

SEARCH_MISTAKES = tuple(
    misconception(
        f"search_goes_on_{begun}", "The search for a maximum goes on from the largest of the windows before",
        "The largest so far must be set anew for each window: within the loop over the columns of dout, and not before "
        "it.", "Where the largest so far is set.", search_goes_on, level=level,
    )
    for level, begun in ((3, "in_a_row"), (2, "in_a_channel"), (1, "in_an_image"), (0, "for_ever"))
)  # fmt: skip

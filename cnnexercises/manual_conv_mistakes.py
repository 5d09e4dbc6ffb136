"""What goes wrong in exercise 02 with the sliding sum: a layer, computed with one step exchanged for a mistaken one."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cnnexercises.misconceptions import Function, Refused, Told
from cnnexercises.zero_pad_mistakes import both_sides, last_axes, pair

Sides = list[tuple[int, int]]
"""How many zeros go before and after, for height and for width."""


def frame_of_zeros(x: Any, sides: Sides, **how: Any) -> Any:
    """Return x in its frame; ``how`` is handed to np.pad, which is slow: no frame, no call."""
    if not any(map(any, sides)):
        return x
    return np.pad(x, last_axes(x, sides), **how)


def on_each_axis(rule: Function) -> Function:
    """Make a rule for height and width of one for an axis: by image, kernel, stride, and zeros before and after."""

    def both(*sizes: Any) -> list[int]:
        return [rule(*(size[axis] for size in sizes)) for axis in (0, 1)]

    return both


def floored(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    """Return how many windows fit along one axis."""
    return (image + sum(sides) - kernel) // stride + 1


places = on_each_axis(floored)


def sum_of_products(window: Any, weight: Any) -> Any:
    """Return the sum of the products of a window (C, kH, kW) and a filter."""
    return (window * weight).sum()


def add_bias(out: Any, bias: Any) -> Any:
    """Return out (N, F, Ho, Wo) plus bias (F,), which may be None."""
    return out if bias is None else out + bias[:, None, None]


def layer(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    *,
    steps: Function = pair,
    margin: Function = lambda padding, _weight: both_sides(padding),
    frame: Function = frame_of_zeros,
    extent: Function = lambda weight: weight.shape[2:],
    size: Function = places,
    visit: Function = lambda size, _room, _strides: size,
    corner: Function = lambda i, j, s: (i * s[0], j * s[1]),
    pick: Function = lambda padded, n: padded[n],
    take: Function = lambda weight, f: weight[f],
    dot: Function = sum_of_products,
    scale: Function = lambda _weight: 1,
    shift: Function = add_bias,
    dtype: Function = lambda _x: np.float64,
    finish: Function = lambda out: out,
) -> Any:
    """Compute a convolution layer as a student does; each keyword exchanges one step."""
    sides, strides = margin(padding, weight), steps(stride)
    padded, (kh, kw) = frame(x, sides), extent(weight)
    ho, wo = size(x.shape[2:], (kh, kw), strides, sides)
    out = np.zeros((len(x), len(weight), ho, wo), dtype(x))
    room = [image + sum(side) - kernel for image, side, kernel in zip(x.shape[2:], sides, (kh, kw), strict=True)]
    for n, f, i, j in np.ndindex(*out.shape[:2], *visit((ho, wo), room, strides)):
        top, left = corner(i, j, strides)
        out[n, f, i, j] = dot(pick(padded, n)[:, top : top + kh, left : left + kw], take(weight, f))
    return finish(shift(out, bias if bias is None else bias * scale(weight)))


def single(image: Any, kernel: Any, stride: Any = 1, padding: Any = 0, **changes: Function) -> Any:
    """Compute the convolution of one image (H, W) with one kernel, with the steps of a layer exchanged."""
    finish: Function = changes.pop("finish", lambda out: out)
    whole: Function = partial(layer, **changes)
    return finish(whole(image[None, None], kernel[None, None], None, stride, padding)[0, 0])


# --- the kernel and the sum ----------------------------------------------------------------------------------

LOOK_SUM = "The line that multiplies the window by the kernel."
_AS_IT_STANDS = (
    "The kernel is laid on the image as it stands. Flipping it is the convolution of mathematics (exercise 09); "
    "the lecture's symmetric kernel cannot show the difference."
)

SUMS: tuple[Told, ...] = (
    (
        "kernel_flipped",
        "The kernel is turned by 180 degrees",
        _AS_IT_STANDS,
        "[::-1], np.flip, np.rot90, np.convolve, or an index such as k - 1 - i.",
        {"dot": lambda x, w: sum_of_products(x, w[:, ::-1, ::-1])},
    ),
    (
        "kernel_transposed",
        "The kernel is transposed",
        "Row i of the kernel lies on row i of the window. The lecture's kernel equals its transpose, and hides this.",
        "The order of the kernel's indices.",
        {"dot": lambda x, w: sum_of_products(x, w.transpose(0, 2, 1))},
    ),
    (
        "kernel_upside_down",
        "The kernel is flipped upside down",
        _AS_IT_STANDS,
        "The first index of the kernel.",
        {"dot": lambda x, w: sum_of_products(x, w[:, ::-1])},
    ),
    (
        "kernel_mirrored",
        "The kernel is flipped left to right",
        _AS_IT_STANDS,
        "The second index of the kernel.",
        {"dot": lambda x, w: sum_of_products(x, w[:, :, ::-1])},
    ),
    (
        "matrix_product",
        "The window and the kernel are multiplied as matrices",
        "Each weight is multiplied by the one value under it: `*`, entry by entry, and then the sum. `@` and np.dot "
        "are the product of matrices.",
        LOOK_SUM,
        {"dot": lambda x, w: (x @ w).sum()},
    ),
    (
        "mean_for_sum",
        "The mean of the products is taken instead of their sum",
        "A convolution layer adds the products up, and divides by nothing.",
        LOOK_SUM,
        {"dot": lambda x, w: (x * w).mean()},
    ),
    (
        "largest_product",
        "The largest product is taken, not the sum of all",
        "The maximum is what max-pooling takes. A convolution adds all products up.",
        LOOK_SUM,
        {"dot": lambda x, w: (x * w).max()},
    ),
    (
        "last_product_only",
        "Only the last product counts: = where += is needed",
        "Each product is added to what is there already. `=` throws the earlier ones away.",
        "The innermost loop.",
        {"dot": lambda x, w: x[-1, -1, -1] * w[-1, -1, -1]},
    ),
    (
        "kernel_end_missing",
        "The last row and column of the kernel are not used",
        "range(n) already stops before n: there is no `- 1` to write.",
        "The loops over the kernel.",
        {"dot": lambda x, w: sum_of_products(x[:, : w.shape[1] - 1, : w.shape[2] - 1], w[:, :-1, :-1])},
    ),
    (
        "kernel_normalised",
        "The result is divided by the sum of the kernel",
        "That is done with some filters for images. A convolution layer takes its weights as they are.",
        LOOK_SUM,
        {"dot": lambda x, w: sum_of_products(x, w) / w.sum()},
    ),
    (
        "relu_applied",
        "Negative outputs are set to 0",
        "ReLU is a layer of its own, and clipping to 0..255 is for pictures. The convolution gives the sum, of either "
        "sign.",
        "np.maximum or clip in the result.",
        {"finish": lambda out: np.maximum(out, 0)},
    ),
    (
        "integers",
        "The result holds integers, so that fractions are cut off",
        "np.zeros(shape, dtype=int) makes an integer array, which keeps no fractions. Make it with np.zeros(shape).",
        "Where the result is made.",
        {"dtype": lambda _x: np.int64},
    ),
    (
        "rounded",
        "The result is rounded to two decimals",
        "Rounding is for printing. What is returned keeps all digits.",
        "np.round.",
        {"finish": lambda out: np.round(out, 2)},
    ),
)

# --- the memory of the image ---------------------------------------------------------------------------------


def _as_bytes_lie(padded: Any, n: int) -> Any:
    """Read the image in the order in which its bytes lie, as as_strided does with strides worked out from the shape."""
    return padded.ravel(order="K").reshape(padded.shape)[n]


MEMORY: tuple[Told, ...] = (
    (
        "image_as_its_bytes_lie",
        "It takes for granted how the image lies in memory",
        "An array may lie in memory by columns, or be a view. Take its own x.strides for as_strided, or work with "
        "sliding_window_view, which does.",
        "The strides of as_strided.",
        {"pick": _as_bytes_lie},
    ),
)

# --- the size of the output ----------------------------------------------------------------------------------


def _whole_steps(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    if (image + sum(sides) - kernel) % stride:
        raise Refused
    return floored(image, kernel, stride, sides)


def _touching(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    if stride > kernel:
        raise Refused
    return floored(image, kernel, stride, sides)


def _with_room(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    if kernel >= image + sum(sides):
        raise Refused
    return floored(image, kernel, stride, sides)


def _fitting_bare(image: int, kernel: int, stride: int, sides: tuple[int, int]) -> int:
    if kernel > image:
        raise Refused
    return floored(image, kernel, stride, sides)


def _part_that_is_there(window: Any, weight: Any) -> Any:
    return sum_of_products(window, weight[:, : window.shape[1], : window.shape[2]])


LOOK_SIZE = "The size of the output: (H + 2 * pad_h - kH) // stride_h + 1."
_OWN_AXIS = "Height and width do not know of each other: each has its own image side, kernel side, padding and stride."

SIZES: tuple[Told, ...] = (
    (
        "rest_refused",
        "Sizes that the stride does not divide are refused",
        "A rest is no error: rows and columns that are left over at the end are dropped.",
        "The assert or raise about the stride.",
        {"size": on_each_axis(_whole_steps)},
    ),
    (
        "bare_image_too_small_refused",
        "A kernel that is larger than the image without its padding is refused",
        "The kernel slides over the padded image. That is where it must fit.",
        "The check whether the kernel fits.",
        {"size": on_each_axis(_fitting_bare)},
    ),
    (
        "full_kernel_refused",
        "A kernel as large as the padded image is refused",
        "It fits, at one place. Only a larger one has no output.",
        "The check whether the kernel fits. Is it < or <=?",
        {"size": on_each_axis(_with_room)},
    ),
    (
        "gaps_refused",
        "A stride that is larger than the kernel is refused",
        "Then there are gaps between the windows, and that is no error: the values there are not used.",
        "The assert or raise about the stride.",
        {"size": on_each_axis(_touching)},
    ),
    (
        "one_place_short",
        "The output is one row and one column too small",
        "(H + 2 * pad - kH) // stride is how often the kernel moves. It has one place more than moves.",
        "Is there the `+ 1` in (H + 2 * pad_h - kH) // stride_h + 1?",
        {"size": on_each_axis(lambda image, kernel, stride, sides: floored(image, kernel, stride, sides) - 1)},
    ),
    (
        "last_window_missing",
        "The last row and column of windows is missing where they just fit",
        "range(a, b) stops before b. The last row for a window to begin is H + 2 * pad_h - kH, so b is one more.",
        "The end of your loop or range.",
        {"size": on_each_axis(lambda image, kernel, stride, sides: -((kernel - image - sum(sides)) // stride))},
    ),
    (
        "windows_that_stick_out",
        "Windows that stick out at the end count, with the part of them that is there",
        "A window that does not fit whole is dropped: the size is rounded down.",
        LOOK_SIZE,
        {
            "size": on_each_axis(lambda image, kernel, stride, s: -((kernel - image - sum(s)) // stride) + 1),
            "dot": _part_that_is_there,
        },
    ),
    (
        "output_square",
        "The output is as wide as it is high",
        _OWN_AXIS,
        LOOK_SIZE,
        {"size": lambda *sizes: (places(*sizes)[0],) * 2},
    ),
    (
        "image_sides_exchanged",
        "The height and the width of the image are exchanged",
        "An array's shape is (..., height, width): rows first.",
        "Where the image's shape is taken apart.",
        {"size": lambda image, *others: places(image[::-1], *others)},
    ),
    (
        "width_from_kernel_height",
        "The width of the output is worked out with the kernel's height",
        _OWN_AXIS,
        LOOK_SIZE,
        {"size": lambda image, kernel, *others: places(image, (kernel[0], kernel[0]), *others)},
    ),
    (
        "kernel_square",
        "The sides of the kernel are mixed up, so that only a square one works",
        "A 2x3 kernel has windows of 2 rows and 3 columns, and kernel.shape is (height, width). Does one side stand "
        "for both, or are the two exchanged?",
        "Where the kernel's shape is taken apart.",
        {"extent": lambda weight: (weight.shape[2], weight.shape[2])},
    ),
    (
        "output_transposed",
        "The output is transposed",
        "Row i of the output comes from the windows whose top row is i * stride_h: out[i, j], not out[j, i].",
        "Where an entry of the output is set.",
        {"finish": lambda out: out.swapaxes(-1, -2)},
    ),
    (
        "squeezed",
        "Axes of length 1 are lost",
        "The result keeps its axes, also where one of them has length 1: with one window it has the shape (1, 1).",
        "np.squeeze, or a shape that is guessed.",
        {"finish": np.squeeze},
    ),
)

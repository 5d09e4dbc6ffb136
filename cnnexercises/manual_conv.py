"""Exercise 02: a convolution layer by hand, from zero padding to batches, channels and filters."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Exercise, FunctionTask
from cnnexercises.inputs import Array
from cnnexercises.manual_conv_cases import (
    FORWARD_CASES,
    PAD_CASES,
    SINGLE_CASES,
    forward_ladder,
    pad_ladder,
    single_ladder,
)
from cnnexercises.output_size import Pair, conv_output_shape


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def zero_pad(x: npt.NDArray[Any], padding: Pair) -> npt.NDArray[Any]:
    """Return x (..., H, W) in a frame of zeros: (..., H + 2 pad_h, W + 2 pad_w), a new array of x's dtype."""
    pad_h, pad_w = _pair(padding)
    *leading, height, width = x.shape
    padded = np.zeros((*leading, height + 2 * pad_h, width + 2 * pad_w), x.dtype)
    padded[..., pad_h : pad_h + height, pad_w : pad_w + width] = x
    return padded


def conv2d_single(
    image: npt.NDArray[Any], kernel: npt.NDArray[Any], stride: Pair = 1, padding: Pair = 0
) -> Array:
    """Return the convolution of image (H, W) with kernel (kH, kW): an array (Ho, Wo), float64."""
    out = conv2d_forward(image[None, None], kernel[None, None], None, stride, padding)
    return out.squeeze(axis=(0, 1))


def conv2d_forward(
    x: npt.NDArray[Any],
    weight: npt.NDArray[Any],
    bias: npt.NDArray[Any] | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
) -> Array:
    """Return out (N, F, Ho, Wo), float64, from x (N, C, H, W), weight (F, C, kH, kW) and bias (F,).

    out[n, f, i, j] is bias[f] plus the sum over c, p and q of
    weight[f, c, p, q] * padded[n, c, i * stride_h + p, j * stride_w + q], as in the documentation of
    torch.nn.Conv2d. Raises ValueError when the kernel does not fit.
    """
    stride_h, stride_w = _pair(stride)
    filters, _, kernel_h, kernel_w = weight.shape
    out_h, out_w = conv_output_shape((x.shape[2], x.shape[3]), (kernel_h, kernel_w), stride, padding)
    padded = zero_pad(x.astype(np.float64), padding)
    out = np.zeros((x.shape[0], filters, out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride_h, j * stride_w
            window = padded[:, None, :, top : top + kernel_h, left : left + kernel_w]
            out[:, :, i, j] = (window * weight).sum(axis=(2, 3, 4))
    return out if bias is None else out + bias.reshape(1, filters, 1, 1)


_STATEMENT = """\
A convolution layer lays a small kernel on the image, multiplies each weight by the value under it, sums the
products, and moves on. In the words of the documentation of `nn.Conv2d`,

    out(n, f) = bias(f) + sum over the channels c of weight(f, c) * input(n, c)

where `*` is the sliding sum of products (cross-correlation: the kernel is not flipped). The shapes are
input (N, C, H, W), weight (F, C, kH, kW), bias (F,) and output (N, F, Ho, Wo), as in PyTorch.

The lecture's slide on stride and padding has this 5x5 input, here in its frame of zeros (padding 1):

    0 0 0 0 0 0 0
    0 1 2 3 0 1 0
    0 0 1 5 1 0 0
    0 1 0 2 2 1 0
    0 1 1 2 0 0 0
    0 1 0 1 1 1 0
    0 0 0 0 0 0 0

With the kernel [[1, 0, 1], [0, 1, 0], [1, 0, 1]], stride 1 and no padding, the first output is
1 + 3 + 1 + 1 + 2 = 8: the corners and the centre of the top left 3x3 window. The output has 3x3 entries,
since there are 3 places for the kernel on each axis. Stride says how far the kernel moves at a time;
padding is zero-padding.

Write it in three steps, with NumPy only:

1. `zero_pad(x, padding)` puts a frame of zeros around the last two axes of an array with any number of axes.
2. `conv2d_single(image, kernel, stride=1, padding=0)` convolves one (H, W) image with one (kH, kW) kernel.
3. `conv2d_forward(x, weight, bias=None, stride=1, padding=0)` is the layer: batches, channels, filters, bias.

`stride` and `padding` are an int or a (height, width) pair. Neither images nor kernels need be square. Rows
and columns that are left over at the end are dropped. Results are new arrays; the inputs stay as they are.
"""

EXERCISE = Exercise(
    number=2,
    slug="manual_conv",
    title="A convolution layer by hand",
    topic="zero padding, the sliding sum of products, and how channels, filters and bias join in",
    difficulty=2,
    minutes=60,
    profile="numpy",
    statement=_STATEMENT,
    corrections=(
        "The lecture's kernel [[1, 0, 1], [0, 1, 0], [1, 0, 1]] equals its own flip and its own transpose: a "
        "program that flips or transposes the kernel gets the lecture's example right, and others wrong.",
        "What deep learning calls convolution is cross-correlation: the kernel is not flipped. Exercise 09 "
        "shows the difference.",
    ),
    tasks=(
        FunctionTask(
            name="zero_pad",
            parameters=("x", "padding"),
            summary="a frame of zeros around the last two axes",
            reference=zero_pad,
            cases=PAD_CASES,
            ladder=pad_ladder,
            hints=(
                "How many rows has a 3x4 image with padding 1? There is one new row above, and one below.",
                "Make an array of zeros that is large enough, and lay x into its middle.",
                "`*leading, h, w = x.shape` takes the last two sizes apart from however many come before; "
                "`...` in an index stands for all axes that are not named.",
                "The image lies in rows pad_h to pad_h + h and columns pad_w to pad_w + w. Write the slices "
                "so: pad_h : -pad_h is empty when pad_h is 0.",
            ),
            mistakes="zero_pad_mistakes:PAD_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="conv2d_single",
            parameters=("image", "kernel", "stride", "padding"),
            summary="one image, one kernel",
            reference=conv2d_single,
            cases=SINGLE_CASES,
            ladder=single_ladder,
            hints=(
                "Take the lecture's 5x5 input and work out the first row of the output on paper. "
                "Which rows and columns of the input did each number use?",
                "Pad first. Then the size of the output is that of exercise 01, for height and for width.",
                "Output (i, j) looks at the window whose first row is i * stride_h and whose first column is "
                "j * stride_w; the window is as large as the kernel.",
                "Two loops over the output, and in them "
                "out[i, j] = (padded[top : top + kh, left : left + kw] * kernel).sum().",
            ),
            mistakes="manual_conv_layer_mistakes:SINGLE_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="conv2d_forward",
            parameters=("x", "weight", "bias", "stride", "padding"),
            summary="the whole layer: batch, channels, filters, bias",
            reference=conv2d_forward,
            cases=FORWARD_CASES,
            ladder=forward_ladder,
            hints=(
                "Read the formula from the inside: which output do one image and one filter give, and what "
                "is the sum taken over?",
                "The output is (N, F, Ho, Wo). The channels do not appear in it: they are summed.",
                "With conv2d_single it is three loops: images n, filters f, and a sum over the channels c.",
                "bias may be None. Otherwise add bias[f] to out[n, f] once, after the sum over the channels.",
                "out[n, f] = sum(conv2d_single(x[n, c], weight[f, c], stride, padding) for c in range(C)), "
                "plus bias[f] where there is a bias.",
            ),
            mistakes="manual_conv_layer_mistakes:FORWARD_MISCONCEPTIONS",
        ),
    ),
)

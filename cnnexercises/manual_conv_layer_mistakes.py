"""What goes wrong in exercise 02 with batch, channels, filters and bias; and all misconceptions of its convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import Misconception
from cnnexercises.manual_conv_loop_mistakes import LOOPS, TURNS
from cnnexercises.manual_conv_mistakes import (
    LOOK_SUM,
    MEMORY,
    SIZES,
    SUMS,
    add_bias,
    layer,
    single,
    sum_of_products,
)
from cnnexercises.manual_conv_setting_mistakes import PADDINGS, STRIDES
from cnnexercises.misconceptions import Told, known


def _weight_by_channel(weight: Any, f: int) -> Any:
    """Take weight[c, f] for each channel c, which is out of bounds unless there are as many filters as channels."""
    filters, channels = weight.shape[:2]
    if filters != channels:
        raise IndexError
    return weight[:, f]


def _weight_reshaped(weight: Any, f: int) -> Any:
    filters, channels, *sides = weight.shape
    return weight.reshape(channels, filters, *sides)[:, f]


def _weight_rows_unmoved(weight: Any, f: int) -> Any:
    """Take column f of weight.reshape(-1, F), where weight.reshape(F, -1).T is meant."""
    return weight.reshape(-1, len(weight))[:, f].reshape(weight.shape[1:])


def _own_channel(weight: Any, f: int) -> Any:
    """Take weight[f, f] on channel f, and nothing on the others."""
    alone = np.zeros(weight.shape[1:])
    alone[f] = weight[f, f]
    return alone


def _weight_as_channel_filter(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    """Take the number of filters from weight.shape[1], and weight[c, f] for each channel of x."""
    filters, channels = weight.shape[1], x.shape[1]
    if channels > len(weight):
        raise IndexError
    moved = weight[:channels].swapaxes(0, 1)
    return layer(x, moved, bias if bias is None else bias[:filters], stride, padding)


def _images_meet_filters(x: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0) -> Any:
    """Multiply a window (N, C, kH, kW) by weight (F, C, kH, kW), and sum over all axes but the first."""
    out = layer(x, weight, None, stride, padding)
    if len(x) > 1:
        if len(x) != len(weight):
            raise ValueError
        out = np.broadcast_to(np.einsum("nnhw->nhw", out), out.shape)
    return add_bias(out, bias)


def _first_image_filled(out: Any) -> Any:
    filled = np.zeros_like(out)
    filled[0] = out[0]
    return filled


_LOOK_BIAS = "The line that adds the bias."
_LOOK_RETURN = "How the result gets its shape."
_LOOK_BATCH = "The loop over the batch."
_ALL_CHANNELS = "A filter has a slice for each channel. The products of all of them are summed into one output map."
_ONE_BIAS = "bias[f] is added to each entry of out[:, f], once."
_WEIGHT_AXES = "weight is (filter, channel, height, width): weight[f, c]."
_OUT_AXES = "The result is (image, filter, height, width), as in PyTorch."

_CHANNELS: tuple[Told, ...] = (
    (
        "products_lost",
        "Nothing but the bias comes out",
        "The sum of products is 0 everywhere. Is the image copied into its frame of zeros, and is the sum written to "
        "the output?",
        LOOK_SUM,
        {"dot": lambda _x, _w: 0.0},
    ),
    (
        "first_channel_only",
        "Only the first channel counts",
        _ALL_CHANNELS,
        LOOK_SUM,
        {"dot": lambda x, w: sum_of_products(x[0], w[0])},
    ),
    (
        "last_channel_only",
        "Only the last channel counts: = where += is needed",
        f"{_ALL_CHANNELS} `=` in the loop over the channels throws the earlier ones away.",
        "The loop over the channels.",
        {"dot": lambda x, w: sum_of_products(x[-1], w[-1])},
    ),
    (
        "mean_over_channels",
        "The channels are averaged, not summed",
        _ALL_CHANNELS,
        LOOK_SUM,
        {"dot": lambda x, w: sum_of_products(x, w) / len(x)},
    ),
    (
        "first_slice_for_every_channel",
        "Every channel meets the filter's first slice",
        "A filter has a slice of its own for each channel: weight[f, c], not weight[f, 0].",
        LOOK_SUM,
        {"dot": lambda x, w: sum_of_products(x, w[0])},
    ),
    (
        "channels_summed_first",
        "The channels are summed before they are multiplied",
        "Each channel has weights of its own: multiply first, then sum over the channels.",
        LOOK_SUM,
        {"dot": lambda x, w: sum_of_products(x.sum(0), w.sum(0))},
    ),
    (
        "columns_in_another_order",
        "The window is flattened in another order than the filter",
        "A filter is flattened as (channel, height, width). With (height, width, channel) in the columns, weights meet "
        "values that are not theirs.",
        "The transpose and reshape of im2col.",
        {"dot": lambda x, w: x.transpose(1, 2, 0).ravel() @ w.ravel()},
    ),
)

_FILTERS: tuple[Told, ...] = (
    (
        "filter_and_channel_exchanged",
        "weight is indexed as weight[channel, filter]",
        _WEIGHT_AXES,
        LOOK_SUM,
        {"take": _weight_by_channel},
    ),
    (
        "weight_reshaped",
        "weight is reshaped to (channel, filter, height, width)",
        f"{_WEIGHT_AXES} A reshape does not exchange axes, it deals the numbers out anew: transpose does.",
        "The reshape of weight.",
        {"take": _weight_reshaped},
    ),
    (
        "weight_reshaped_to_columns",
        "weight is reshaped to (-1, F) where it should be transposed",
        "weight.reshape(-1, F) deals the numbers out anew, so that the filters are mixed. The matrix that has a column "
        "for each filter is weight.reshape(F, -1).T.",
        "The reshape of weight.",
        {"take": _weight_rows_unmoved},
    ),
    (
        "own_channel_only",
        "Output map f looks at channel f only",
        "That is another layer (depthwise convolution). Each filter looks at all channels, and sums over them: "
        "weight[f, c] meets x[n, c] for every c.",
        LOOK_SUM,
        {"take": _own_channel},
    ),
    (
        "first_filter_for_all",
        "Every output map comes from the first filter",
        "out[:, f] comes from weight[f].",
        LOOK_SUM,
        {"take": lambda weight, _f: weight[0]},
    ),
    (
        "filters_added_up",
        "Each output map has those of the filters before it added",
        "Each filter has a sum of its own. Is it set to 0 anew for each filter?",
        "Where the sum is set to 0.",
        {"shift": lambda out, bias: add_bias(np.cumsum(out, axis=1), bias)},
    ),
    (
        "positions_reshaped_to_maps",
        "(positions, filters) is reshaped to (N, F, Ho, Wo) without a transpose",
        "A reshape keeps the order of the numbers: with one row for each position, it is (N, Ho, Wo, F). Then "
        "transpose(0, 3, 1, 2).",
        _LOOK_RETURN,
        {"finish": lambda out: out.transpose(0, 2, 3, 1).reshape(out.shape)},
    ),
    (
        "filters_reshaped_to_maps",
        "(filters, positions) is reshaped to (N, F, Ho, Wo) without a transpose",
        "A reshape keeps the order of the numbers: with one row for each filter, it is (F, N, Ho, Wo). Then "
        "transpose(1, 0, 2, 3).",
        _LOOK_RETURN,
        {"finish": lambda out: out.transpose(1, 0, 2, 3).reshape(out.shape)},
    ),
    (
        "filters_first",
        "The result is (filter, image, height, width)",
        _OUT_AXES,
        _LOOK_RETURN,
        {"finish": lambda out: out.transpose(1, 0, 2, 3)},
    ),
    (
        "channels_last",
        "The result is (image, height, width, filter)",
        _OUT_AXES,
        _LOOK_RETURN,
        {"finish": lambda out: out.transpose(0, 2, 3, 1)},
    ),
)

_BATCHES: tuple[Told, ...] = (
    (
        "first_image_for_all",
        "Every image of the batch is taken to be the first one",
        "out[n] comes from x[n]. With a batch of one, x[0] looks right.",
        "An index 0 where the loop's n is meant.",
        {"pick": lambda padded, _n: padded[0]},
    ),
    (
        "only_first_image_filled",
        "Only the first image gets an output, the others stay 0",
        "The return stands inside the loop over the batch, or the loop ends after one image.",
        _LOOK_BATCH,
        {"finish": _first_image_filled},
    ),
    (
        "only_first_image_returned",
        "Only the output of the first image is returned",
        "There is one output for each image of the batch.",
        _LOOK_BATCH,
        {"finish": lambda out: out[:1]},
    ),
    (
        "batch_axis_lost",
        "The result has no axis for the batch",
        _OUT_AXES,
        _LOOK_RETURN,
        {"finish": lambda out: out[0]},
    ),
    (
        "images_added_up",
        "Each output has those of the images before it added",
        "The images of a batch do not know of each other. Is the sum set to 0 anew for each image?",
        "Where the sum is set to 0.",
        {"shift": lambda out, bias: add_bias(np.cumsum(out, axis=0), bias)},
    ),
    (
        "batch_summed",
        "The images of the batch are summed",
        "The images of a batch do not know of each other: out[n] comes from x[n] alone.",
        LOOK_SUM,
        {"finish": lambda out: out.sum(axis=0, keepdims=True)},
    ),
)

_BIASES: tuple[Told, ...] = (
    (
        "bias_ignored",
        "The bias is not added",
        _ONE_BIAS,
        _LOOK_BIAS,
        {"shift": lambda out, _bias: out},
    ),
    (
        "bias_none_crashes",
        "A call without bias crashes",
        "bias may be None, which is its default. Add it `if bias is not None`.",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out + bias[:, None, None]},
    ),
    (
        "truth_of_bias",
        "`if bias:` or `bias != None` asks an array for one True or False",
        "An array of several numbers has no truth value, and != compares each of them. Ask `if bias is not None:`.",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out + bias[:, None, None] if bias else out},
    ),
    (
        "bias_twice",
        "The bias is added twice",
        _ONE_BIAS,
        "Does the output begin with the bias, and is it added again later?",
        {"scale": lambda _weight: 2},
    ),
    (
        "bias_per_channel",
        "The bias is added once for each channel",
        f"{_ONE_BIAS} After the sum over the channels, not in it.",
        "Is the bias added inside the loop over the channels?",
        {"scale": lambda weight: weight.shape[1]},
    ),
    (
        "bias_per_product",
        "The bias is added to each product",
        f"{_ONE_BIAS} After the sum, not in it.",
        "Is the bias added inside the innermost loop, or before sum()?",
        {"scale": lambda weight: weight[0].size},
    ),
    (
        "bias_along_width",
        "The bias is lined up with the columns",
        "`out + bias` lines the last axes up, and the last axis of out is the width. Write bias[:, None, None], or "
        "bias.reshape(1, -1, 1, 1).",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out if bias is None else out + bias},
    ),
    (
        "bias_along_height",
        "The bias is lined up with the rows",
        "The filters are axis 1 of the result: bias[:, None, None], or bias.reshape(1, -1, 1, 1).",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out if bias is None else out + bias[:, None]},
    ),
    (
        "bias_along_batch",
        "The bias is lined up with the images of the batch",
        "The filters are axis 1 of the result: bias[:, None, None], or bias.reshape(1, -1, 1, 1).",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out if bias is None else out + bias[:, None, None, None]},
    ),
    (
        "bias_by_image",
        "The bias is taken by the number of the image",
        "It belongs to the filter: bias[f], not bias[n].",
        _LOOK_BIAS,
        {"shift": lambda out, bias: out if bias is None else out + bias[np.arange(len(out))][:, None, None, None]},
    ),
    (
        "first_bias_for_all",
        "Every filter gets the first bias",
        _ONE_BIAS,
        _LOOK_BIAS,
        {"shift": lambda out, bias: out if bias is None else out + bias[0]},
    ),
    (
        "bias_subtracted",
        "The bias is subtracted",
        _ONE_BIAS,
        _LOOK_BIAS,
        {"shift": lambda out, bias: add_bias(out, bias if bias is None else -bias)},
    ),
)

SINGLE_MISCONCEPTIONS: tuple[Misconception, ...] = tuple(
    mistake for table in (SUMS, TURNS, STRIDES, PADDINGS, SIZES, LOOPS, MEMORY) for mistake in known(single, table)
)
"""Mistakes in conv2d_single, the likelier first."""

FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    *(
        mistake
        for table in (SUMS, _BIASES, _CHANNELS, _FILTERS, _BATCHES, TURNS, STRIDES, PADDINGS, SIZES, LOOPS, MEMORY)
        for mistake in known(layer, table)
    ),
    Misconception(
        "weight_as_channel_filter",
        "weight is read as (channel, filter, height, width)",
        f"{_WEIGHT_AXES} So weight.shape[0] is the number of filters, which is that of the output maps.",
        "Where weight.shape is taken apart, and the indices of weight.",
        _weight_as_channel_filter,
    ),
    Misconception(
        "images_meet_filters",
        "The images of the batch are lined up with the filters",
        "A window (N, C, kH, kW) times weight (F, C, kH, kW) pairs image 0 with filter 0, image 1 with filter 1. Every "
        "image meets every filter: window[:, None] * weight, and then sum over the last three axes.",
        LOOK_SUM,
        _images_meet_filters,
    ),
)
"""Mistakes in conv2d_forward, the likelier first."""

"""What goes wrong in exercise 02 with batch, channels, filters and bias; and all misconceptions of its convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import Misconception
from cnnexercises.manual_conv_mistakes import LOOK_SUM, SIZES, SUMS, add_bias, layer, single, sum_of_products
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


def _as_bytes_lie(padded: Any, n: int) -> Any:
    """Read the image in the order in which its bytes lie, as as_strided does with strides worked out from the shape."""
    return padded.ravel(order="K").reshape(padded.shape)[n]


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
    (
        "image_as_its_bytes_lie",
        "It takes for granted how the image lies in memory",
        "An array may lie in memory by columns, or be a view. Take its own x.strides for as_strided, or work with "
        "sliding_window_view, which does.",
        "The strides of as_strided.",
        {"pick": _as_bytes_lie},
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
        "first_filter_for_all",
        "Every output map comes from the first filter",
        "out[:, f] comes from weight[f].",
        LOOK_SUM,
        {"take": lambda weight, _f: weight[0]},
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
        "`if bias:` asks an array for one True or False",
        "An array of several numbers has no truth value. Ask `if bias is not None:`.",
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
    mistake for table in (SUMS, STRIDES, PADDINGS, SIZES) for mistake in known(single, table)
)
"""Mistakes in conv2d_single, the likelier first."""

FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = tuple(
    mistake
    for table in (SUMS, _BIASES, _CHANNELS, _FILTERS, _BATCHES, STRIDES, PADDINGS, SIZES)
    for mistake in known(layer, table)
)
"""Mistakes in conv2d_forward, the likelier first."""

"""What goes wrong with the products of conv2d_backward: which weight, input and error meet, and matrices of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.conv_layer_gradients import Array, Step, layer
from cnnexercises.exercise import Misconception, misconception


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


def _quarter_turns(count: int) -> Step:
    def tap(weight: Array) -> Array:
        turned = np.rot90(weight, count, axes=(2, 3))
        if turned.shape != weight.shape:
            raise ValueError
        return turned

    return tap


def _transposed(windows: Array) -> Array:
    return windows.swapaxes(-1, -2)


def _transposed_kernel(weight: Array) -> Any:
    if weight.shape[2] != weight.shape[3]:
        raise ValueError
    return _transposed(weight)


def _filters_for_channels(weight: Array) -> Array:
    if len(weight) != weight.shape[1]:
        raise ValueError
    return weight.swapaxes(0, 1)


def _columns_by_channel(weight: Array) -> Array:
    """Take the rows of a matrix whose columns are (C, kH, kW) for (kH, kW, C)."""
    filters, channels, *sides = weight.shape
    return np.moveaxis(weight.reshape(filters, *sides, channels), -1, 1)


def _rows_by_place(weight: Array) -> Array:
    """Take the rows of a matrix whose columns are (kH, kW, C) for (C, kH, kW)."""
    return np.moveaxis(weight, 1, -1).reshape(weight.shape)


def _rows_unmoved(weight: Array) -> Array:
    """Reshape to (C * kH * kW, F) where a transpose is meant."""
    return weight.reshape(-1, len(weight)).T.reshape(weight.shape)


def _columns_unmoved(dweight: Array) -> Array:
    """Reshape the transposed matrix (C * kH * kW, F) without transposing it back."""
    return dweight.reshape(len(dweight), -1).T.reshape(dweight.shape)


def _total(parts: Array) -> Any:
    """Sum up what the images gave."""
    return parts.sum(axis=0)


def _first(axis: int) -> Step:
    """Take the first filter, or channel, for all."""
    return lambda weight: np.broadcast_to(weight.take([0], axis), weight.shape)


def _read_as(before: str, after: str) -> Step:
    """Write dout's places and images to a row of numbers in one order, and read it in another."""

    def errors(dout: Array) -> Any:
        images, filters, *places = dout.shape
        row = dout.transpose((1, 0, 2, 3) if before == "images first" else (1, 2, 3, 0)).reshape(filters, -1)
        if after == "images first":
            return row.reshape(filters, images, *places).swapaxes(0, 1)
        return np.moveaxis(row.reshape(filters, *places, images), -1, 0)

    return errors


def _only(index: int) -> Step:
    def tap(weight: Array) -> Array:
        alone = np.zeros(weight.shape)
        alone[index] = weight[index]
        return alone

    return tap


_TURN = (
    "Input (i + u, j + v) was multiplied by w[u, v], and its gradient takes the same weight. Only in a full "
    "convolution of dout, which counts from the other end, is the kernel turned by 180 degrees."
)
_FACTORS = (
    "An output is the sum of inputs times weights. Its derivative in an input is the weight that it met, and its "
    "derivative in a weight is the input."
)
_KERNEL = "The weight that dx is multiplied with."
_MATRIX = "The reshape and transpose around the matrix products."
_RESHAPE = "reshape keeps the values in their order and only draws other lines between them; it moves no axis."

_ORDER = (
    "The columns of a matrix run through channels, then rows and columns of the kernel: (C, kH, kW), in x, in weight "
    "and in dweight alike."
)
_ROWS = "Places and images run through in one order when a matrix is written, and in the same when it is read."

PRODUCT_MISCONCEPTIONS = (
    _wrong(
        "flipped_forward", "These are the gradients of a convolution that flips the kernel",
        "This layer does not flip: output (i, j) is the sum of x[i + u, j + v] * w[u, v], as in nn.Conv2d. A flip that "
        "stands in dx and in dweight belongs to another layer.", "Which x and which w meet.",
        tap=lambda weight: weight[:, :, ::-1, ::-1],
        settle=lambda dweights, _places: _total(dweights)[:, :, ::-1, ::-1],
    ),
    _wrong(
        "dx_kernel_turned", "dx takes the kernel turned by 180 degrees, or fails to turn it", _TURN,
        _KERNEL, tap=lambda weight: weight[:, :, ::-1, ::-1],
    ),
    _wrong(
        "dx_kernel_mirrored", "dx takes the kernel with left and right exchanged",
        f"Does a flip turn one axis round and not the other? {_TURN}",
        _KERNEL, tap=lambda weight: weight[:, :, :, ::-1],
    ),
    _wrong(
        "dx_kernel_upside_down", "dx takes the kernel upside down",
        f"Does a flip turn one axis round and not the other? {_TURN}",
        _KERNEL, tap=lambda weight: weight[:, :, ::-1],
    ),
    _wrong(
        "dx_kernel_transposed", "dx takes the kernel transposed",
        f"weight.T exchanges rows and columns, which is no turn. {_TURN}", _KERNEL, tap=_transposed_kernel,
    ),
    _wrong(
        "dx_kernel_transposed_for_turned", "The kernel is transposed where it should be turned",
        f"weight.T exchanges rows and columns, which is no turn. {_TURN}", _KERNEL,
        tap=lambda weight: _transposed_kernel(weight)[:, :, ::-1, ::-1],
    ),
    _wrong(
        "dx_kernel_turned_once", "The kernel is turned by 90 degrees, not by 180",
        f"np.rot90 turns once unless it is told otherwise: np.rot90(w, 2, axes=(2, 3)). {_TURN}",
        _KERNEL, tap=_quarter_turns(3),
    ),
    _wrong(
        "dx_kernel_turned_back", "The kernel is turned by 90 degrees backwards", _TURN,
        _KERNEL, tap=_quarter_turns(1),
    ),
    _wrong(
        "dx_kernel_flipped_in_every_axis", "The flip turns filters and channels round as well",
        "np.flip without axis=(2, 3) flips all four axes; filters and channels keep their order.",
        _KERNEL, tap=lambda weight: weight[::-1, ::-1],
    ),
    _wrong(
        "dx_filters_and_channels_exchanged", "dx takes filters for channels",
        "weight is (F, C, kH, kW): filter f and channel c meet in weight[f, c].", _KERNEL, tap=_filters_for_channels,
    ),
    _wrong(
        "dx_of_the_first_filter_alone", "dx is that of the first filter alone",
        "Every filter looks at x, so the dx of all filters add up.", "The loop or the sum over the filters.",
        tap=_only(0),
    ),
    _wrong(
        "dx_of_the_last_filter_alone", "The last filter overwrites the dx of the others",
        "Every filter looks at x, so the dx of all filters add up: += within the loop over them.",
        "The loop or the sum over the filters.", tap=_only(-1),
    ),
    _wrong(
        "dx_by_the_first_filter", "dx is multiplied with the first filter, whichever is meant",
        "weight[0] is written where weight[f] is meant.", _KERNEL, tap=_first(0),
    ),
    _wrong(
        "dx_by_the_first_channel", "dx is multiplied with the first channel of a filter, whichever is meant",
        "weight[f, 0] is written where weight[f, c] is meant.", _KERNEL, tap=_first(1),
    ),
    _wrong(
        "dx_columns_in_another_order", "col2im reads the columns in another order than they were written",
        "The columns run through channels first, then rows and columns of the kernel: (C, kH, kW). Reading them as "
        "(kH, kW, C) mixes channels and places.", _MATRIX, tap=_columns_by_channel,
    ),
    _wrong(
        "dx_weight_channels_last", "The weights are flattened with the channels last, and read with the channels first",
        f"{_ORDER} transpose(0, 2, 3, 1) before reshape(F, -1) makes it (kH, kW, C).",
        _MATRIX, tap=_rows_by_place,
    ),
    _wrong(
        "dweight_channels_last", "dweight is read with the channels last, and its columns have them first", _ORDER,
        _MATRIX, settle=lambda dweights, _places: _columns_by_channel(_total(dweights)),
    ),
    _wrong(
        "dweight_channels_first", "dweight is read with the channels first, and its columns have them last", _ORDER,
        _MATRIX, settle=lambda dweights, _places: _rows_by_place(_total(dweights)),
    ),
    _wrong(
        "dx_weight_reshaped", "The weights are reshaped where they should be transposed",
        f"weight.reshape(-1, F) is not weight.reshape(F, -1).T. {_RESHAPE}", _MATRIX, tap=_rows_unmoved,
    ),
    _wrong(
        "factors_exchanged", "The factors are exchanged: dx takes the inputs, and dweight the weights", _FACTORS,
        "What dout is multiplied with.", meets=lambda taps, window: (window, taps),
    ),
    _wrong(
        "dx_of_the_inputs", "dx takes the inputs where it should take the weights", _FACTORS,
        "What dout is multiplied with in dx.", meets=lambda _taps, window: (window, window),
    ),
    _wrong(
        "dweight_of_the_weights", "dweight takes the weights where it should take the inputs", _FACTORS,
        "What dout is multiplied with in dweight.", meets=lambda taps, _window: (taps, taps),
    ),
    _wrong(
        "dout_through_relu", "Negative errors are set to 0, as a ReLU would",
        "There is no activation in this layer: dout comes in as it is, and its negative entries count.",
        "What is done with dout first.", errors=lambda dout: np.maximum(dout, 0.0),
    ),
    _wrong(
        "dweight_turned", "dweight is turned by 180 degrees",
        "dweight[u, v] is dout times the inputs that w[u, v] met: no flip, and np.convolve or convolve2d would flip.",
        "The line that makes dweight.", settle=lambda dweights, _places: _total(dweights)[:, :, ::-1, ::-1],
    ),
    _wrong(
        "dweight_transposed", "dweight is transposed",
        "Rows go with the height and columns with the width, in dweight as in weight.",
        "The line that makes dweight.", settle=lambda dweights, _places: _transposed(_total(dweights)),
    ),
    _wrong(
        "dweight_reshaped", "dweight is reshaped where it should be transposed",
        f"The product has the shape (C * kH * kW, F): transpose it, and reshape it then. {_RESHAPE}",
        _MATRIX, settle=lambda dweights, _places: _columns_unmoved(_total(dweights)),
    ),
    _wrong(
        "dweight_of_the_first_channel", "dweight looks at the first channel of x, whichever is meant",
        "x[n, 0] is written where x[n, c] is meant.", "The index of x in dweight.",
        settle=lambda dweights, _places: _first(1)(_total(dweights)),
    ),
    _wrong(
        "dweight_a_matrix", "dweight is still a matrix",
        "A row for each filter is a good beginning: reshape it to weight.shape.", "The line that makes dweight.",
        settle=lambda dweights, _places: _total(dweights).reshape(dweights.shape[1], -1),
    ),
    _wrong(
        "dweight_channels_before_filters", "dweight has its first two axes exchanged",
        "dweight is like weight: filters first, then channels.", "The line that makes dweight.",
        settle=lambda dweights, _places: _total(dweights).swapaxes(0, 1),
    ),
    _wrong(
        "dout_rows_unmoved", "dout is reshaped to rows without moving its axes",
        f"A row for each place needs the filters last: dout.transpose(0, 2, 3, 1).reshape(-1, F). {_RESHAPE}",
        _MATRIX, errors=lambda dout: np.moveaxis(dout.reshape(len(dout), *dout.shape[2:], -1), -1, 1),
    ),
    _wrong(
        "dout_batch_unmoved", "dout is reshaped to (F, ...) without moving its axes",
        f"A row for each filter needs the filters first: dout.transpose(1, 0, 2, 3).reshape(F, -1). {_RESHAPE}",
        _MATRIX, errors=lambda dout: dout.reshape(dout.shape[1], len(dout), *dout.shape[2:]).swapaxes(0, 1),
    ),
    _wrong(
        "dout_batch_last", "dout has the batch last where the columns of x have it first", _ROWS,
        _MATRIX, errors=_read_as("images last", "images first"),
    ),
    _wrong(
        "dout_batch_first", "dout has the batch first where the columns of x have it last", _ROWS,
        _MATRIX, errors=_read_as("images first", "images last"),
    ),
    _wrong(
        "dx_batch_mixed_up", "The columns for dx are read with the batch first, and were written with it last", _ROWS,
        _MATRIX, errors_x=_read_as("images last", "images first"),
    ),
    _wrong(
        "dx_batch_mixed_up_the_other_way",
        "The columns for dx are read with the batch last, and were written with it first", _ROWS,
        _MATRIX, errors_x=_read_as("images first", "images last"),
    ),
)  # fmt: skip

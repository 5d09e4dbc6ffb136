"""What goes wrong with the sums of conv2d_backward: what is multiplied, added up, divided and returned."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.conv_layer_gradients import Array, Step, layer
from cnnexercises.exercise import Misconception, misconception


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


# --- which weight meets which error --------------------------------------------------------------------------


def _quarter_turns(count: int) -> Step:
    def tap(weight: Array) -> Array:
        turned = np.rot90(weight, count, axes=(2, 3))
        if turned.shape != weight.shape:
            raise ValueError
        return turned

    return tap


def _transposed(windows: Array) -> Array:
    return windows.swapaxes(-1, -2)


def _transposed_kernel(weight: Array) -> Array:
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


def _rows_unmoved(weight: Array) -> Array:
    """Reshape to (C * kH * kW, F) where a transpose is meant."""
    return weight.reshape(-1, len(weight)).T.reshape(weight.shape)


def _columns_unmoved(dweight: Array) -> Array:
    """Reshape the transposed matrix (C * kH * kW, F) without transposing it back."""
    return dweight.reshape(len(dweight), -1).T.reshape(dweight.shape)


def _total(parts: Array) -> Any:
    """Sum up what the images gave."""
    return parts.sum(axis=0)


def _first(weight: Array) -> Array:
    return np.broadcast_to(weight[:1], weight.shape)


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
_KERNEL = "The weight that dx is multiplied with."
_MATRIX = "The reshape and transpose around the matrix products."
_RESHAPE = "reshape keeps the values in their order and only draws other lines between them; it moves no axis."

_WEIGHTS = (
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
        "weight[0] is written where weight[f] is meant.", _KERNEL, tap=_first,
    ),
    _wrong(
        "dx_columns_in_another_order", "col2im reads the columns in another order than they were written",
        "The columns run through channels first, then rows and columns of the kernel: (C, kH, kW). Reading them as "
        "(kH, kW, C) mixes channels and places.", _MATRIX, tap=_columns_by_channel,
    ),
    _wrong(
        "dx_weight_reshaped", "The weights are reshaped where they should be transposed",
        f"weight.reshape(-1, F) is not weight.reshape(F, -1).T. {_RESHAPE}", _MATRIX, tap=_rows_unmoved,
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
        "dout_batch_last", "dout has the batch last where the columns of x have it first",
        "Row k of dout must belong to row k of the columns: take both through images, rows and columns alike.",
        _MATRIX, errors=lambda d: np.moveaxis(d.transpose(1, 2, 3, 0).reshape(-1, len(d), *d.shape[2:]), 1, 0),
    ),
)  # fmt: skip


# --- sums, means and what is returned ------------------------------------------------------------------------


def _overwrite_by_filter(dpadded: Array, shares: Array) -> None:
    dpadded[...] = shares[-1]


def _overwrite(dpadded: Array, shares: Array) -> None:
    dpadded[...] = shares.sum(axis=0)


def _overwrite_dweight(dweight: Array, shares: Array) -> None:
    dweight[...] = shares


def _last_window_first(*counts: int) -> list[tuple[int, ...]]:
    """Tap by tap, the first window is the last to write: its taps are the furthest."""
    return list(np.ndindex(*counts))[::-1]


def _dbias(*axes: int, keepdims: bool = False) -> Step:
    """Sum dout over axes of the author's choice."""
    return lambda _dbiases, errors: errors.sum(axis=axes, keepdims=keepdims)


def _mean_error(_dbiases: Array, errors: Array) -> Any:
    return errors.mean(axis=(0, 2, 3))


def _order(*places: int) -> Step:
    return lambda *gradients: tuple(gradients[place] for place in places)


_ADD = "Windows overlap: an input gets its share of each of them, so they add up, with +=."
_SUM = "All outputs use the same weights and bias, so their gradients are sums: over images, rows and columns."
_AXES = "dbias has one entry for each filter: dout.sum(axis=(0, 2, 3))."
_LOSS = "The errors in dout belong to J as it is. If J is a mean over the batch, dout already holds the 1/N."
_DX, _DWEIGHT, _DBIAS = (f"The line that makes {name}." for name in ("dx", "dweight", "dbias"))
_RETURN = "The return at the end."

_SUMS = (
    _wrong("dx_assigned", "dx is assigned where windows overlap", _ADD, _DX, add_dx=_overwrite_by_filter),
    _wrong(
        "dx_assigned_for_all_filters_at_once", "dx is assigned where windows overlap", _ADD, _DX, add_dx=_overwrite
    ),
    _wrong(
        "dx_assigned_tap_by_tap", "dx keeps only the last share that is added to an entry",
        f"{_ADD} And dx[index] += with arrays of indices counts an index that occurs twice once: np.add.at(dx, "
        "index, shares) counts all.", _DX, add_dx=_overwrite, walk=_last_window_first,
    ),
    _wrong(
        "dweight_assigned", "dweight is assigned, and keeps the last window only", _SUM, _DWEIGHT,
        add_dweight=_overwrite_dweight, settle=lambda dweights, _places: dweights[-1],
    ),
    _wrong(
        "dweight_assigned_for_all_images_at_once", "dweight is assigned, and keeps the last window only",
        _SUM, _DWEIGHT, add_dweight=_overwrite_dweight,
    ),
    _wrong(
        "dweight_of_the_last_image", "dweight is that of the last image alone",
        f"It starts again with every image. {_SUM}", _DWEIGHT, settle=lambda dweights, _places: dweights[-1],
    ),
    _wrong(
        "dweight_of_each_image", "dweight still has an axis for the images", _SUM, _DWEIGHT,
        settle=lambda dweights, _places: dweights,
    ),
    _wrong(
        "dweight_and_dbias_batch_means", "dweight and dbias are divided by the number of images", _LOSS,
        "What is divided by N, or averaged with np.mean.",
        settle=lambda dweights, _places: dweights.mean(axis=0), bias=lambda dbiases, _errors: dbiases.mean(axis=0),
    ),
    _wrong(
        "all_batch_means", "All gradients are divided by the number of images", _LOSS,
        "What is divided by N, or averaged with np.mean.", errors=lambda dout: dout / len(dout),
    ),
    _wrong(
        "dweight_batch_mean", "dweight is divided by the number of images", _LOSS, _DWEIGHT,
        settle=lambda dweights, _places: dweights.mean(axis=0),
    ),
    _wrong(
        "dbias_batch_mean", "dbias is divided by the number of images", _LOSS, _DBIAS,
        bias=lambda dbiases, _errors: dbiases.mean(axis=0),
    ),
    _wrong(
        "dbias_mean", "dbias is a mean, not a sum", _SUM, _DBIAS,
        bias=_mean_error,
    ),
    _wrong(
        "dweight_mean", "dweight is a mean, not a sum", _SUM, _DWEIGHT,
        settle=lambda dweights, places: dweights.mean(axis=0) / places,
    ),
    _wrong(
        "dweight_and_dbias_means", "dweight and dbias are means, not sums", _SUM,
        "What is divided by the number of outputs, or averaged with np.mean.",
        settle=lambda dweights, places: dweights.mean(axis=0) / places, bias=_mean_error,
    ),
    _wrong(
        "dbias_of_the_last_image", "dbias is that of the last image alone", _SUM, _DBIAS,
        bias=lambda dbiases, _errors: dbiases[-1],
    ),
    _wrong(
        "dbias_of_the_first_image", "dbias is that of the first image alone", _SUM, _DBIAS,
        bias=lambda dbiases, _errors: dbiases[0],
    ),
    _wrong(
        "dbias_assigned", "dbias is assigned, and keeps the last error only", _SUM, _DBIAS,
        bias=lambda _dbiases, errors: errors[-1, :, -1, -1],
    ),
    _wrong("dbias_of_all_filters", "dbias is one number for all filters", _AXES, _DBIAS, bias=_dbias(0, 1, 2, 3)),
    _wrong("dbias_of_each_image", "dbias still has an axis for the images", _AXES, _DBIAS, bias=_dbias(2, 3)),
    _wrong("dbias_of_each_place", "dbias is summed over the images only", _AXES, _DBIAS, bias=_dbias(0)),
    _wrong("dbias_over_filters", "dbias is summed over the filters", _AXES, _DBIAS, bias=_dbias(1, 2, 3)),
    _wrong("dbias_of_each_column", "dbias is summed over the wrong axes", _AXES, _DBIAS, bias=_dbias(0, 1, 2)),
    _wrong("dbias_of_each_row", "dbias is summed over the wrong axes", _AXES, _DBIAS, bias=_dbias(0, 1, 3)),
    _wrong(
        "dbias_keeps_its_axes", "dbias keeps axes of length 1", f"keepdims=True leaves them. {_AXES}", _DBIAS,
        bias=_dbias(0, 2, 3, keepdims=True),
    ),
    _wrong(
        "dbias_has_four_axes", "dbias has four axes", f"Its shape is (F,), like the bias of nn.Conv2d. {_AXES}",
        _DBIAS, bias=lambda dbiases, _errors: _total(dbiases)[:, None, None, None],
    ),
    _wrong(
        "dbias_a_column", "dbias is a column", f"Its shape is (F,), like the bias of nn.Conv2d. {_AXES}",
        _DBIAS, bias=lambda dbiases, _errors: _total(dbiases)[:, None],
    ),
    _wrong(
        "returned_dweight_first", "The gradients come back in the order dweight, dbias, dx",
        "The order is dx, dweight, dbias.", _RETURN, finish=_order(1, 2, 0),
    ),
    _wrong(
        "returned_dweight_before_dx", "dx and dweight come back in the wrong order",
        "The order is dx, dweight, dbias.", _RETURN, finish=_order(1, 0, 2),
    ),
    _wrong(
        "returned_dbias_before_dweight", "dweight and dbias come back in the wrong order",
        "The order is dx, dweight, dbias.", _RETURN, finish=_order(0, 2, 1),
    ),
    _wrong(
        "dbias_not_returned", "dbias is not returned", "Three gradients are asked for: dx, dweight and dbias.",
        _RETURN, finish=_order(0, 1),
    ),
    _wrong(
        "dx_squeezed", "dx loses its axes of length 1",
        "A batch of one image keeps its axis, and so does a single channel: dx has the shape of x.", _RETURN,
        finish=lambda dx, dweight, dbias: (np.squeeze(dx), dweight, dbias),
    ),
    _wrong(
        "all_squeezed", "The gradients lose their axes of length 1",
        "Each gradient has the shape of what it belongs to, axes of length 1 and all.", _RETURN,
        finish=lambda *gradients: tuple(map(np.squeeze, gradients)),
    ),
    _wrong(
        "dx_of_one_image", "dx has lost the axis of the images", "dx has the shape of x, that axis first.", _RETURN,
        finish=lambda dx, dweight, dbias: (dx[0], dweight, dbias),
    ),
    _wrong(
        "dx_channels_last", "dx has its channels last", "dx has the shape of x: (N, C, H, W).", _RETURN,
        finish=lambda dx, dweight, dbias: (dx.transpose(0, 2, 3, 1), dweight, dbias),
    ),
    _wrong(
        "dx_negative", "dx has the wrong sign", "The update of a weight goes against its gradient; dx is the gradient.",
        _DX, finish=lambda dx, dweight, dbias: (-dx, dweight, dbias),
    ),
)  # fmt: skip

SUM_MISCONCEPTIONS = (*_SUMS, *_WEIGHTS)
"""The likelier first, within each group."""

"""What goes wrong with the sums of conv2d_backward: what is added up, divided and returned."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.conv_layer_gradients import Array, Step, layer
from cnnexercises.exercise import Misconception, misconception


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


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
    return lambda _dbiases, errors, _weight: errors.sum(axis=axes, keepdims=keepdims)


def _mean_error(_dbiases: Array, errors: Array, _weight: Array) -> Any:
    return errors.mean(axis=(0, 2, 3))


def _once_for_every_channel(dweights: Array, _places: int) -> Any:
    return dweights.sum(axis=0) * dweights.shape[2]


def _order(*places: int) -> Step:
    return lambda *gradients: tuple(gradients[place] for place in places)


_ADD = "Windows overlap: an input gets its share of each of them, so they add up, with +=."
_SUM = "All outputs use the same weights and bias, so their gradients are sums: over images, rows and columns."
_AXES = "dbias has one entry for each filter: dout.sum(axis=(0, 2, 3))."
_CHAIN = "By the chain rule each gradient is dout, which is dJ by dout's entries, times a derivative of the output."
_CHANNELS = "A whole window, all channels of it, is added within a loop over the channels."
_WRITTEN = "Nothing was ever added to it. Is that part still to be written, or is another variable returned?"
_LOSS = "The errors in dout belong to J as it is. If J is a mean over the batch, dout already holds the 1/N."
_DX, _DWEIGHT, _DBIAS = (f"The line that makes {name}." for name in ("dx", "dweight", "dbias"))
_RETURN = "The return at the end."

SUM_MISCONCEPTIONS = (
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
        settle=lambda dweights, _places: dweights.mean(axis=0),
        bias=lambda dbiases, _errors, _weight: dbiases.mean(axis=0),
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
        "dx_batch_mean", "dx is divided by the number of images", _LOSS, _DX,
        finish=lambda dx, dweight, dbias: (dx / len(dx), dweight, dbias),
    ),
    _wrong(
        "dbias_batch_mean", "dbias is divided by the number of images", _LOSS, _DBIAS,
        bias=lambda dbiases, _errors, _weight: dbiases.mean(axis=0),
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
        "dbias_mean_over_places", "dbias is averaged over rows and columns", _SUM, _DBIAS,
        bias=lambda _dbiases, errors, _weight: errors.mean(axis=(2, 3)).sum(axis=0),
    ),
    _wrong(
        "dbias_in_the_channel_loop", "dbias gets each error once for every channel",
        "The bias is added once for each output. Does its line stand within the loop over the channels?", _DBIAS,
        bias=lambda dbiases, _errors, weight: dbiases.sum(axis=0) * weight.shape[1],
    ),
    _wrong(
        "dx_in_the_channel_loop", "dx gets each share once for every channel",
        f"{_CHANNELS} Use the one channel there, or leave that loop out.", _DX,
        tap=lambda weight: weight * weight.shape[1],
    ),
    _wrong(
        "dweight_in_the_channel_loop", "dweight gets each share once for every channel",
        f"{_CHANNELS} Use the one channel there, or leave that loop out.", _DWEIGHT, settle=_once_for_every_channel,
    ),
    _wrong(
        "dx_and_dweight_in_the_channel_loop", "dx and dweight get each share once for every channel",
        f"{_CHANNELS} Use the one channel there, or leave that loop out.", "The loop over the channels.",
        tap=lambda weight: weight * weight.shape[1], settle=_once_for_every_channel,
    ),
    _wrong(
        "all_in_the_channel_loop", "All gradients get each share once for every channel",
        f"{_CHANNELS} Use the one channel there, or leave that loop out.", "The loop over the channels.",
        tap=lambda weight: weight * weight.shape[1], settle=_once_for_every_channel,
        bias=lambda dbiases, _errors, weight: dbiases.sum(axis=0) * weight.shape[1],
    ),
    _wrong(
        "dbias_in_the_place_loops", "dbias gets the sum over an image once for every row and column",
        "Either add up all errors one by one within the loops, or take their sum once.", _DBIAS,
        bias=lambda dbiases, errors, _weight: dbiases.sum(axis=0) * errors[0, 0].size,
    ),
    _wrong(
        "dbias_in_the_kernel_loops", "dbias gets each error once for every weight",
        "The bias is added once for each output. Does its line stand within the loops over the kernel?", _DBIAS,
        bias=lambda dbiases, _errors, weight: dbiases.sum(axis=0) * weight[0].size,
    ),
    _wrong(
        "dbias_of_the_last_image", "dbias is that of the last image alone", _SUM, _DBIAS,
        bias=lambda dbiases, _errors, _weight: dbiases[-1],
    ),
    _wrong(
        "dbias_of_the_first_image", "dbias is that of the first image alone", _SUM, _DBIAS,
        bias=lambda dbiases, _errors, _weight: dbiases[0],
    ),
    _wrong(
        "dbias_assigned", "dbias is assigned, and keeps the last error only", _SUM, _DBIAS,
        bias=lambda _dbiases, errors, _weight: errors[-1, :, -1, -1],
    ),
    _wrong("dbias_of_all_filters", "dbias is one number for all filters", _AXES, _DBIAS, bias=_dbias(0, 1, 2, 3)),
    _wrong(
        "dbias_of_all_filters_in_each", "Every entry of dbias is the sum over all filters",
        f"Is dbias[f] meant where dbias += stands? {_AXES}", _DBIAS,
        bias=lambda _dbiases, errors, weight: np.full(len(weight), errors.sum()),
    ),
    _wrong(
        "dweight_of_all_filters_in_each", "Every filter of dweight takes the errors of all filters",
        "Filter f made channel f of the output: dweight[f] takes dout[:, f] alone. Does dweight += stand where "
        "dweight[f] += is meant?", _DWEIGHT,
        settle=lambda dweights, _places: np.zeros(dweights.shape[1:]) + dweights.sum(axis=(0, 1)),
    ),
    _wrong(
        "dweight_of_all_channels_in_each", "Every channel of dweight takes the inputs of all channels",
        "weight[f, c] met channel c of x: dweight[f, c] takes that channel alone. Is a sum over the channels too many?",
        _DWEIGHT, settle=lambda dweights, _places: np.zeros(dweights.shape[1:]) + dweights.sum(axis=(0, 2))[:, None],
    ),
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
        _DBIAS, bias=lambda dbiases, _errors, _weight: dbiases.sum(axis=0)[:, None, None, None],
    ),
    _wrong(
        "dbias_a_column", "dbias is a column", f"Its shape is (F,), like the bias of nn.Conv2d. {_AXES}",
        _DBIAS, bias=lambda dbiases, _errors, _weight: dbiases.sum(axis=0)[:, None],
    ),
    _wrong(
        "dout_ignored", "dout is not used", f"{_CHAIN} Every error is taken for 1.",
        "Where dout should be multiplied with.", errors=np.ones_like,
    ),
    _wrong(
        "dx_without_dout", "dx does not use dout", f"{_CHAIN} Every error is taken for 1.", _DX, errors_x=np.ones_like
    ),
    _wrong("dx_zero", "dx is still all zero", _WRITTEN, _DX, tap=np.zeros_like),
    _wrong(
        "dweight_zero", "dweight is still all zero", _WRITTEN, _DWEIGHT,
        settle=lambda dweights, _places: np.zeros(dweights.shape[1:]),
    ),
    _wrong(
        "dbias_zero", "dbias is still all zero", _WRITTEN, _DBIAS,
        bias=lambda dbiases, _errors, _weight: np.zeros(dbiases.shape[1]),
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

"""What goes wrong with the windows of any pooling: the stride, the kernel, and where windows begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cnnexercises.misconceptions import Told
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Plan, Step, Two, pair


def versions(table: Iterable[Told], suffix: str, **steps: Step) -> Iterator[Told]:
    """Yield the mistakes of a table once more, in code that differs in other steps."""
    for slug, title, explanation, look_at, exchanged in table:
        yield f"{slug}_{suffix}", title, explanation, look_at, {**steps, **exchanged}


def _number(value: Pair) -> Two:
    return int(value), int(value)  # type: ignore[arg-type]


def _stride(rule: Step) -> Step:
    """Make the stride by a rule where one is given."""
    return lambda kernel, stride, _given: kernel if stride is None else rule(stride)


def _default(stride: int) -> Step:
    return lambda _kernel, given, _raw: pair(stride if given is None else given)


def _both(axis: int) -> Step:
    """Take one entry of a pair for both axes."""
    return lambda value: (pair(value)[axis],) * 2


def _up_to_the_kernel(plan: Plan, top: int, left: int) -> Two:
    return max(plan.kernel[0] - top, 0), max(plan.kernel[1] - left, 0)


def _of_the_given_kernel(_kernel: Two, stride: Pair | None, given: Pair) -> Two:
    return pair(given if stride is None else stride)


PAIRS = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_SPREAD = "Output (i, j) came from the window that begins at row i * stride_h and column j * stride_w."
_NONE = "Without a stride it is the kernel, as in nn.MaxPool2d and nn.AvgPool2d: windows lie side by side."
STRIDE, KERNEL = "Where `stride` is taken apart.", "Where `kernel` is taken apart."
_PLACES, LOOPS = "Where the windows begin.", "The ranges of the loops over dout."
OUTPUTS = "dout.shape says how many outputs there are: dout.shape[2] rows and dout.shape[3] columns."
SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."

OVERRUN: tuple[Told, ...] = (
    (
        "stride_ignored", "The windows step by the kernel, whatever the stride", _SPREAD,
        _PLACES, {"steps": lambda kernel, _stride, _given: kernel},
    ),
    (
        "stride_and_kernel_swapped", "The stride, and a kernel in its place, are taken for (width, height)", PAIRS,
        STRIDE, {"steps": lambda _kernel, stride, given: pair(given if stride is None else stride)[::-1]},
    ),
    (
        "stride_of_the_rows_for_both", "The columns step by the stride of the rows", _SPREAD,
        _PLACES, {"corner": lambda i, j, stride: (i * stride[0], j * stride[0])},
    ),
    (
        "stride_of_the_columns_for_both", "The rows step by the stride of the columns", _SPREAD,
        _PLACES, {"corner": lambda i, j, stride: (i * stride[1], j * stride[1])},
    ),
    (
        "column_from_the_row_index", "The column of a window is worked out from the row of the output",
        "i goes with the height, and j with the width: column j * stride_w.",
        _PLACES, {"corner": lambda i, _j, stride: (i * stride[0], i * stride[1])},
    ),
    (
        "row_from_the_column_index", "The row of a window is worked out from the column of the output",
        "i goes with the height, and j with the width: row i * stride_h.",
        _PLACES, {"corner": lambda _i, j, stride: (j * stride[0], j * stride[1])},
    ),
    (
        "rows_and_columns_exchanged", "Rows and columns are exchanged on the way from dout to its window",
        "i counts the rows of dout and goes with the height, j counts the columns and goes with the width.",
        "The indices of dout and of the windows.", {"corner": lambda i, j, stride: (j * stride[0], i * stride[1])},
    ),
)  # fmt: skip
"""Mistakes whose windows stick out of the image: slices cut those off, loops over their entries crash."""

_SETTINGS: tuple[Told, ...] = (
    ("stride_1_by_default", "Without a stride, the windows are one apart", _NONE, STRIDE, {"steps": _default(1)}),
    ("stride_2_by_default", "Without a stride, the windows are two apart", _NONE, STRIDE, {"steps": _default(2)}),
    (
        "stride_always_2", "The windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"steps": lambda _kernel, _stride, _given: (2, 2)},
    ),
    (
        "stride_of_the_rows_always_2", "The rows of windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"corner": lambda i, j, stride: (2 * i, j * stride[1])},
    ),
    (
        "stride_of_the_columns_always_2", "The columns of windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"corner": lambda i, j, stride: (i * stride[0], 2 * j)},
    ),
    (
        "stride_required", "Without a stride there is a crash",
        f"stride=None is the default, and None is no number. {_NONE}", STRIDE,
        {"steps": lambda _kernel, stride, _given: (stride + 0,) * 2 if isinstance(stride, int) else pair(stride)},
    ),
    (
        "stride_pair_swapped", "The stride is taken for (width, height)", PAIRS,
        STRIDE, {"steps": _stride(lambda stride: pair(stride)[::-1])},
    ),
    (
        "stride_height_for_both", "Of a pair, only the first stride is used", PAIRS,
        STRIDE, {"steps": _stride(_both(0))},
    ),
    (
        "stride_width_for_both", "Of a pair, only the second stride is used", PAIRS,
        STRIDE, {"steps": _stride(_both(1))},
    ),
    ("stride_int_only", "A stride that is given as a pair stops it", PAIRS, STRIDE, {"steps": _stride(_number)}),
    (
        "stride_pair_only", "A stride that is given as an int stops it", PAIRS, STRIDE,
        {"steps": _stride(lambda stride: (stride[0], stride[1]))},
    ),
    (
        "stride_of_the_rows_forgotten", "The rows forget the stride",
        f"Only the columns of the windows step by it. {_SPREAD}",
        _PLACES, {"corner": lambda i, j, stride: (i, j * stride[1])},
    ),
    (
        "stride_of_the_columns_forgotten", "The columns forget the stride",
        f"Only the rows of the windows step by it. {_SPREAD}",
        _PLACES, {"corner": lambda i, j, stride: (i * stride[0], j)},
    ),
    (
        "stride_forgotten", "The windows begin at (i, j), without the stride", _SPREAD,
        _PLACES, {"corner": lambda i, j, _stride: (i, j)},
    ),
    (
        "windows_as_large_as_the_stride", "The windows are as large as the stride, not as the kernel",
        f"They end at row i * stride_h + kernel_h, not at (i + 1) * stride_h, and columns likewise. {_SPREAD}",
        "Where the windows end.", {"extent": lambda plan, _top, _left: plan.stride},
    ),
    (
        "windows_one_too_large", "The windows are one row and one column too large",
        f"range(n) and begin:end stop before their end: there is no `+ 1` to write. {_SPREAD}",
        "Where the windows end.", {"extent": lambda plan, _top, _left: (plan.kernel[0] + 1, plan.kernel[1] + 1)},
    ),
    (
        "windows_one_too_small", "The windows lack their last row and column",
        f"range(n) and begin:end stop before their end: there is no `- 1` to write. {_SPREAD}",
        "Where the windows end.", {"extent": lambda plan, _top, _left: (plan.kernel[0] - 1, plan.kernel[1] - 1)},
    ),
    (
        "windows_end_at_the_kernel", "The windows end at (kernel_h, kernel_w), wherever they begin",
        f"A slice is begin:end, and the end is begin + kernel. {_SPREAD}",
        "Where the windows end.", {"extent": _up_to_the_kernel},
    ),
    ("kernel_int_only", "A kernel that is given as a pair stops it", PAIRS, KERNEL, {"sides": _number}),
    (
        "pairs_stop_it", "A kernel or a stride that is given as a pair stops it", PAIRS,
        f"{KERNEL} {STRIDE}", {"sides": _number, "steps": _stride(_number)},
    ),
    (
        "kernel_pair_only", "A kernel that is given as an int stops it", PAIRS, KERNEL,
        {"sides": lambda kernel: (kernel[0], kernel[1])},
    ),
    (
        "kernel_always_2", "The windows are 2x2, whatever the kernel",
        "A 2 is written where the kernel's sides are meant.", "Where the 2 stands.",
        {"sides": lambda _kernel: (2, 2), "steps": _of_the_given_kernel},
    ),
)  # fmt: skip

KERNEL_MISTAKES: tuple[Told, ...] = (
    (
        "kernel_pair_swapped", "The kernel is taken for (width, height)", PAIRS,
        KERNEL, {"sides": lambda kernel: pair(kernel)[::-1]},
    ),
    ("kernel_height_for_both", "The windows are as wide as they should be high", PAIRS, KERNEL, {"sides": _both(0)}),
    ("kernel_width_for_both", "The windows are as high as they should be wide", PAIRS, KERNEL, {"sides": _both(1)}),
)

ADD = (
    "Windows may overlap: an input gets its share of each of its windows, so they add up, with +=. With arrays of "
    "indices that is np.add.at, as dx[index] += counts an index that occurs twice once."
)
LINE = "The line that adds to dx."

WINDOW_MISTAKES = (*OVERRUN, *_SETTINGS, *KERNEL_MISTAKES)
"""The likelier first, within each group."""

def _recounted(plan: Plan) -> Two:
    """Count the outputs again, with the kernel and the stride as they are understood."""
    rows, columns = (
        max((size - side) // step + 1, 0)
        for size, side, step in zip(plan.image, plan.kernel, plan.stride, strict=True)
    )
    return rows, columns


_COUNTED = (
    "stride_ignored", "stride_1_by_default", "stride_always_2",
    "kernel_always_2", "kernel_pair_swapped", "kernel_height_for_both", "kernel_width_for_both",
)  # fmt: skip

RAW_STRIDE_MISTAKES = tuple(versions(KERNEL_MISTAKES, "but_for_the_stride", steps=_of_the_given_kernel))
"""The kernel is misread where it is the window, and not where it is the stride."""

COUNTED_MISTAKES = tuple(
    versions(
        [told for told in (*OVERRUN, *_SETTINGS, *KERNEL_MISTAKES, *RAW_STRIDE_MISTAKES) if told[0] in _COUNTED],
        "and_counted",
        counts=_recounted,
    )
)
"""What is misread here counts the outputs, too: where that makes more than dout has, its index runs out of it."""

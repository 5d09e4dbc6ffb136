"""What goes wrong in exercise 01 with the checks; and all misconceptions of a size along one axis."""

from __future__ import annotations

from typing import Any

from cnnexercises.exercise import Misconception, misconception
from cnnexercises.misconceptions import Function, Told, known
from cnnexercises.output_formula_mistakes import FORMULA, positive, refuse_input, sized


def _always(*_: Any) -> bool:
    return True


def _not_0(value: int) -> bool:
    return value != 0


_UNCHECKED: dict[str, Function] = {
    f"{name}_ok": _always for name in ("size", "kernel", "stride", "padding", "dilation")
}
"""No argument is checked for itself."""


def _floor_or_refuse(row: int, covered: int, stride: int) -> Any:
    result = (row - covered) // stride + 1
    return result if result > 0 else refuse_input()


def _floor_or_refuse_negative(row: int, covered: int, stride: int) -> Any:
    result = (row - covered) // stride + 1
    return result if result >= 0 else refuse_input()


def _truncate_or_refuse(row: int, covered: int, stride: int) -> Any:
    result = int((row - covered) / stride) + 1
    return result if result > 0 else refuse_input()


def _answering(value: int | None) -> Function:
    return lambda: value


def _other_exception() -> Any:
    raise RuntimeError("no output")


def _divides(row: int, covered: int, stride: int) -> Any:
    steps, rest = divmod(row - covered, stride)
    return refuse_input() if rest else steps + 1


_LOOK_FIT = "The check whether the kernel fits."
_LOOK_CHECKS = "The checks at the top of the function."
_BY_RESULT = (
    "Bad arguments can give a good number: a negative stride or padding, or a kernel that is just too long and a "
    "stride. Check the arguments, and dilation * (kernel - 1) + 1 <= size + 2 * padding, before you divide."
)

CHECKS: tuple[Told, ...] = (
    (
        "nothing_checked",
        "Nothing is checked: bad arguments give a number",
        "Raise ValueError when size, kernel, stride or dilation is below 1, padding below 0, or the kernel too long.",
        "The top of the function, before the formula.",
        {**_UNCHECKED, "fits": _always},
    ),
    (
        "result_checked_only",
        "Only the result is checked, not the arguments",
        _BY_RESULT,
        _LOOK_CHECKS,
        {**_UNCHECKED, "fits": _always, "count": _floor_or_refuse},
    ),
    (
        "result_and_stride_0_checked_only",
        "Only stride 0 and the result are checked, not the arguments",
        _BY_RESULT,
        _LOOK_CHECKS,
        {**_UNCHECKED, "stride_ok": _not_0, "fits": _always, "count": _floor_or_refuse},
    ),
    (
        "result_and_stride_checked_only",
        "Only the stride and the result are checked, not the other arguments",
        _BY_RESULT,
        _LOOK_CHECKS,
        {**_UNCHECKED, "stride_ok": positive, "fits": _always, "count": _floor_or_refuse},
    ),
    (
        "truncated_result_checked_only",
        "Only the result is checked, after a division that rounds towards 0",
        _BY_RESULT,
        _LOOK_CHECKS,
        {**_UNCHECKED, "fits": _always, "count": _truncate_or_refuse},
    ),
    (
        "fit_by_truncated_result",
        "Whether the kernel fits is read off the result, after a division that rounds towards 0",
        "int(-0.7) is 0, and 0 + 1 is a size. Compare dilation * (kernel - 1) + 1 with size + 2 * padding instead.",
        _LOOK_FIT,
        {"fits": _always, "count": _truncate_or_refuse},
    ),
    (
        "arguments_not_checked",
        "The fit is checked, but not the arguments",
        "size, kernel, stride and dilation must be at least 1 and padding at least 0; otherwise raise ValueError.",
        _LOOK_CHECKS,
        _UNCHECKED,
    ),
    (
        "fit_not_checked",
        "A kernel that does not fit gives a number",
        "When dilation * (kernel - 1) + 1 is more than size + 2 * padding, there is no place for the kernel: raise "
        "ValueError. 0 or a negative number is no size.",
        _LOOK_FIT,
        {"fits": _always},
    ),
    (
        "result_0_accepted",
        "A result of 0 is let through",
        "0 means that the kernel does not fit, just as a negative result does: raise ValueError for every result "
        "below 1.",
        f"{_LOOK_FIT} Is it < 0 or < 1?",
        {"fits": _always, "count": _floor_or_refuse_negative},
    ),
    (
        "fit_as_zero",
        "A kernel that does not fit is answered with 0",
        "No place for the kernel means no output, and 0 looks like a size: raise ValueError.",
        _LOOK_FIT,
        {"fits": _always, "count": lambda row, covered, stride: max((row - covered) // stride + 1, 0)},
    ),
    (
        "fit_before_dilation",
        "The kernel is compared before it is dilated",
        "What must fit is the dilated kernel: dilation * (kernel - 1) + 1 inputs.",
        _LOOK_FIT,
        {"fits": lambda _covered, row, _size, kernel: kernel <= row},
    ),
    (
        "fit_before_padding",
        "The kernel is compared with the input before it is padded",
        "The kernel slides over the padded input. It may be longer than the bare one.",
        _LOOK_FIT,
        {"fits": lambda covered, _row, size, _kernel: covered <= size},
    ),
    (
        "fit_by_padding_once",
        "The check whether the kernel fits counts the padding once instead of twice",
        "There is padding at both ends of the row: 2 * padding.",
        _LOOK_FIT,
        {"fits": lambda covered, row, size, _kernel: covered <= size + (row - size) // 2},
    ),
    (
        "full_kernel_refused",
        "A kernel as long as the padded input is refused",
        "It fits, at one place: the size is 1. Only a longer one is an error.",
        f"{_LOOK_FIT} Is it < or <=?",
        {"fits": lambda covered, row, _size, _kernel: covered < row},
    ),
    (
        "rest_refused",
        "Sizes that the stride does not divide are refused",
        "A rest is no error: the last window is dropped, as in the lecture's example 2.",
        "The check of the rest (%).",
        {"count": _divides},
    ),
    (
        "other_exception",
        "The exception is not a ValueError",
        "Callers catch ValueError. An assert raises AssertionError, and `raise Exception` is more than they catch.",
        "The raise or assert statements.",
        {"refuse": _other_exception},
    ),
    *(
        (
            f"error_as_{word}",
            f"Bad arguments are answered with {value}",
            f"{value} goes on as if it were a size, and the mistake shows up somewhere else later. Raise ValueError.",
            _LOOK_CHECKS,
            {"refuse": _answering(value)},
        )
        for word, value in (("zero", 0), ("none", None), ("minus_one", -1))
    ),
    *(
        (
            f"{name}_not_checked",
            f"{name} is not checked",
            f"A {name} {'below 0' if name == 'padding' else 'below 1'} makes no sense: raise ValueError.",
            _LOOK_CHECKS,
            {f"{name}_ok": _always},
        )
        for name in ("stride", "padding", "kernel", "dilation", "size")
    ),
    *(
        (
            f"{name}_0_accepted",
            f"{name} 0 is accepted",
            f"{name} must be at least 1, and `< 0` lets 0 through.",
            _LOOK_CHECKS,
            {f"{name}_ok": lambda value: value >= 0},
        )
        for name in ("stride", "kernel", "dilation")
    ),
    (
        "negatives_accepted",
        "0 is refused, and negative numbers are not",
        "-1 makes no more sense than 0 does: ask for < 1 instead of == 0.",
        _LOOK_CHECKS,
        {f"{name}_ok": _not_0 for name in ("size", "kernel", "stride", "dilation")},
    ),
    (
        "negative_stride_found_by_its_result",
        "Of a negative stride, only a result below 1 is noticed",
        "A negative stride can give a good number: (8 - 8) // -1 + 1 is 1. Ask for stride < 1.",
        _LOOK_CHECKS,
        {"stride_ok": _not_0, "count": _floor_or_refuse},
    ),
    (
        "padding_0_refused",
        "padding 0 is refused",
        "No padding at all is the usual case, and the default. Only a negative padding makes no sense.",
        _LOOK_CHECKS,
        {"padding_ok": positive},
    ),
    (
        "gaps_refused",
        "A stride that is larger than the kernel is refused",
        "Then there are gaps between the windows, and that is no error: the inputs there are not used.",
        _LOOK_CHECKS,
        {"together_ok": lambda kernel, stride, _padding: stride <= kernel},
    ),
    (
        "large_padding_refused",
        "A padding as large as the kernel is refused",
        "It is of little use, but it makes sense: the outermost windows see padding alone. nn.Conv2d takes it, too.",
        _LOOK_CHECKS,
        {"together_ok": lambda kernel, _stride, padding: padding < kernel},
    ),
    (
        "padding_over_half_refused",
        "A padding of more than half of the kernel is refused",
        "That is the rule of nn.MaxPool2d. A convolution takes any padding from 0 on.",
        _LOOK_CHECKS,
        {"together_ok": lambda kernel, _stride, padding: padding <= kernel // 2},
    ),
)


def _padding_first(size: int, kernel: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> Any:
    return sized(size, kernel, stride, padding, dilation)


def _same_shortcut(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> Any:
    plain = sized(size, kernel, stride, padding, dilation)
    return -(-size // stride) if padding == kernel // 2 > 0 else plain


SIZE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    *known(sized, (*FORMULA, *CHECKS)),
    misconception(
        "padding_before_stride",
        "padding and stride are in the wrong order",
        "The order is size, kernel, stride, padding, dilation; whoever calls by position counts on it.",
        "The line with `def`.",
        _padding_first,
    ),
    misconception(
        "same_shortcut",
        "padding == kernel // 2 is taken to keep the size",
        "That holds for odd kernels without dilation only: a 2-tap kernel with padding 1 gives one output more.",
        "The shortcut for padding == kernel // 2.",
        _same_shortcut,
    ),
)
"""Mistakes in the size along one axis, the likelier first."""

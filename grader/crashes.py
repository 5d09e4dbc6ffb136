"""What a crash means: exceptions by family, with how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.answered import Answered
from grader.outcome import Raised
from grader.report import Diagnosis


def pattern(slug: str, title: str, explanation: str, look_at: str | None = None) -> Diagnosis:
    """Return an observation as a diagnosis."""
    return Diagnosis(slug=slug, title=title, explanation=explanation, look_at=look_at, certainty="pattern")


@dataclass(frozen=True)
class _Crash:
    """A family of exceptions: the name of one of the exception's classes, what its text holds, and what to say."""

    slug: str
    base: str
    text: str
    title: str
    explanation: str


_CRASHES = (
    _Crash(
        "numpy_1_name",
        "AttributeError",
        r"module 'numpy' has no attribute '(?:int|float|bool|object|complex|long|str|product|cumproduct|alltrue|"
        r"sometrue|Inf|NaN|Infinity|infty|float_|int0|in1d|row_stack|trapz)'|was removed in the NumPy 2",
        "A name that NumPy no longer has",
        "NumPy removed old names: write int for np.int, float for np.float, np.prod for np.product, np.inf for np.Inf, "
        "np.nan for np.NaN.",
    ),
    _Crash(
        "array_to_scalar",
        "TypeError",
        r"(?:only (?:length-1|size-1|0-dimensional|integer scalar) arrays)|setting an array element",
        "An array where a single number is needed",
        "float(a), int(a) and indices take a number, not an array, even one with a single entry (NumPy 1 still took "
        "those). Pick the entry: a.item(), or a[0, 0].",
    ),
    _Crash(
        "python_2",
        "NameError",
        r"name '(?:xrange|unicode|raw_input|reduce|izip)' is not defined",
        "Python 2",
        "Python 3 has range for xrange, zip for izip, and reduce in functools.",
    ),
    _Crash(
        "integer_accumulator",
        "TypeError",
        r"Cannot cast ufunc",
        "Decimals added to an integer array",
        "An array made with np.zeros_like(x) has the dtype of x. Make it with np.zeros(x.shape): that is float64.",
    ),
    _Crash(
        "float_index",
        "TypeError",
        r"'(?:numpy\.)?float(?:64)?' object cannot be interpreted as an integer|slice indices must be integers",
        "A size or an index that is a float",
        "/ gives a float, also when it divides evenly. Sizes and indices need //, which rounds down.",
    ),
    _Crash(
        "pair_as_number",
        "TypeError",
        r"(?:between|for \S+|not) .*'(?:tuple|int)' (?:and|object)|'int' object is not (?:subscriptable|iterable)|"
        r"can't multiply sequence|can only concatenate tuple|must be (?:str|tuple), not|"
        r"int\(\) argument .* not '(?:tuple|list)'",
        "An int and a pair mixed up",
        "Such an argument may be an int or a (height, width) pair. Turn it into a pair first, and use its parts.",
    ),
    _Crash(
        "attribute_of_none",
        "AttributeError",
        r"'NoneType' object has no attribute",
        "Something is None",
        "An optional argument that was left out, or a function without return, gives None. Test for None first.",
    ),
    _Crash(
        "not_an_array",
        "AttributeError",
        r"'(?:int|float|tuple|list)' object has no attribute '(?:shape|ndim|size|dtype|T|sum|reshape|copy)'",
        "A number, a pair or a list is used like an array",
        "Only arrays have a shape, ndim or sum. A setting such as a kernel may be an int or a (height, width) pair; a "
        "list becomes an array with np.array(...).",
    ),
    _Crash(
        "attribute_not_set",
        "AttributeError",
        r"'(?!Tensor|Parameter|Generator)[A-Z]\w*' object has no attribute",
        "An attribute of self that was not set",
        "It is set under another name, or in an `if` that is not always taken: self.name = ... has to run in every "
        "case, before the name is used.",
    ),
    _Crash(
        "no_such_attribute",
        "AttributeError",
        r"has no attribute",
        "A name after a dot that is not there",
        "Is it a typing mistake, or a function of another library? np.repeat is NumPy's, torch's is repeat_interleave.",
    ),
    _Crash(
        "none_in_arithmetic",
        "TypeError",
        r"'NoneType'",
        "Something is None",
        "An optional argument that was left out, or a function without return, gives None. Test for None first.",
    ),
    _Crash(
        "truth_of_array",
        "ValueError",
        r"truth value of an array",
        "An array where True or False is needed",
        "`if a:` and `a == b` in a condition ask an array for one answer, and each of its entries has its own. For an "
        "optional argument, ask `if a is not None:`.",
    ),
    _Crash(
        "unpack",
        "ValueError",
        r"values to unpack",
        "Other axes or parts than the names on the left",
        "`h, w = x.shape` takes an array with two axes, neither more nor fewer. Which inputs can come here?",
    ),
    _Crash(
        "reshape",
        "ValueError",
        r"cannot reshape",
        "A reshape whose sizes do not fit",
        "reshape keeps every entry, so its sizes must multiply to the number of entries. Where something is left over, "
        "cut it off first; where windows overlap, nothing can be reshaped.",
    ),
    _Crash(
        "matrix_product",
        "ValueError",
        r"mismatch in its core dimension|not aligned",
        "A matrix product whose inner sizes differ",
        "In A @ B, A has as many columns as B has rows: print both shapes. Is one of them to be transposed? What a "
        "matrix M does forward, as M @ x, its transpose undoes backward, as M.T @ dy.",
    ),
    _Crash(
        "negative_size",
        "ValueError",
        r"negative values|negative dimensions",
        "A size below 0",
        "What is already larger cannot be padded up to a size, and no array has a negative length. Print the sizes "
        "that are subtracted there.",
    ),
    _Crash(
        "not_to_be_joined",
        "ValueError",
        r"concatenation axis|all input arrays must have the same shape",
        "Arrays that cannot be joined",
        "np.concatenate, hstack and vstack join arrays whose other axes are equally long. Each join changes a length: "
        "rows of zeros make an array higher, and the columns that come next must be as high as it is then.",
    ),
    _Crash(
        "step_of_zero",
        "ValueError",
        r"must not be zero|step cannot be zero",
        "A step of 0",
        "range and slices cannot go on by 0. Which size or setting is 0 here: a // b is 0 where a is smaller than b.",
    ),
    _Crash(
        "unknown_keyword",
        "ValueError",
        r"unsupported keyword",
        "A keyword that the function does not know",
        "Compare its spelling with the documentation: np.pad has constant_values, with an s at the end.",
    ),
    _Crash(
        "broadcast",
        "ValueError",
        r"broadcast|not aligned|mismatch in its core dimension|could not be sum|shape",
        "Two arrays whose shapes do not fit",
        "Print the shapes of both sides of that line. A window that leaves the array is cut off by slicing, without an "
        "error, and is then too small.",
    ),
    _Crash(
        "past_the_end",
        "IndexError",
        r"list index out of range",
        "An index past the end of a list",
        "The last entry has the index len(a) - 1. A loop over range(len(a)) that also reads a[i + 1] goes one too far.",
    ),
    _Crash(
        "too_few_axes",
        "IndexError",
        r"tuple index out of range|too many indices",
        "An index for an axis that is not there",
        "x.shape has a number for each axis, and x an index for each: x.shape[3] and x[i, j, k, l] need four axes. "
        "Which inputs can come here?",
    ),
    _Crash(
        "out_of_bounds",
        "IndexError",
        r"",
        "An index outside the array",
        "A loop goes further than the array, or the axes are mixed up: height is the axis before the last, width the "
        "last.",
    ),
    _Crash(
        "variable_not_set",
        "UnboundLocalError",
        r"",
        "A variable that is used before it is set",
        "Is it set in an if or a loop that was not entered here, or set under a name that is spelt differently? "
        "Capitals count: dW and dw are two variables.",
    ),
    _Crash(
        "unknown_name",
        "NameError",
        r"",
        "A name that is not defined",
        "Is it a typing mistake, or is its import missing? Only NumPy and the standard library are there.",
    ),
    _Crash(
        "wrong_arguments",
        "TypeError",
        r"positional argument|keyword argument",
        "The function cannot be called like this",
        "Its parameters must have the names, the order and the defaults that the exercise gives.",
    ),
    _Crash(
        "endless_recursion",
        "RecursionError",
        r"",
        "A function that calls itself without an end",
        "Each call must come closer to a case that is answered without another call. Which argument shrinks?",
    ),
    _Crash(
        "division_by_zero",
        "ZeroDivisionError",
        r"",
        "A division by zero",
        "Which size or setting can be 0 here?",
    ),
)

GENERAL = (
    "reshape", "not_to_be_joined", "matrix_product", "broadcast", "past_the_end", "too_few_axes", "out_of_bounds",
    "unpack", "own_assertion",
)  # fmt: skip
"""Families that say what happened, and less about why than a misconception does."""


def crash(failed: Sequence[Answered]) -> Diagnosis | None:
    """Return what a family of exceptions means, when every failed call raised one of it."""
    raised = [one.outcome for one in failed if isinstance(one.outcome, Raised) and one.verdict.kind != "waits"]
    if not raised or len(raised) < len(failed):
        return None
    if all(one.expected.error is not None for one in failed):
        explanation = "These inputs are to be refused with the exception that the exercise names: check for them first."
        return pattern("other_exception", f"Another exception than {failed[0].expected.error} is raised", explanation)
    if all(one.verdict.refused for one in failed):
        explanation = "The inputs are legal ones: an assert or a raise asks for too much."
        return pattern("own_assertion", "It refuses some inputs on purpose", explanation)
    for family in _CRASHES:
        if all(family.base in error.bases and re.search(family.text, error.text) for error in raised):
            return pattern(family.slug, family.title, family.explanation)
    return None


def commonest(failed: Sequence[Answered]) -> Diagnosis | None:
    """Return what most of the exceptions mean, where calls raised several families of them."""
    found = [told for one in failed if (told := crash([one])) is not None]
    return max(found, key=found.count, default=None)

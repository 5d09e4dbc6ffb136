"""Wrong turns of exercise 07 that show in the numbers of items, and where the data ends."""

from __future__ import annotations

from cnnexercises.custom_dataset_item_mistakes import (
    BATCHES,
    BEFORE,
    EMPTY,
    EPOCHS,
    LOOP,
    NEGATIVE,
    NONE,
    OWN,
    PAST,
    REAL,
    SIDE,
    TABLE,
    WHOLE,
)  # fmt: skip
from cnnexercises.exercise import DatasetMistake

_WRONG = r"values? (?:is|are) wrong"
_NUMBER = r"number is wrong"
_INIT, _ITEM = "__init__.", "__getitem__."


# --- the values ----------------------------------------------------------------------------------------------

_VALUES = "What is done with the values."
_AS_IT_IS = "an item has the numbers of its row as they are."
_APART = "Is something added to its idx, or is it sorted or shuffled by itself?"
_ROW = "Item idx is row idx of both, and idx counts from 0."
NEIGHBOURS = (
    DatasetMistake(
        "y_off_by_one", "y belongs to another row than x", f"x is right, y is not. {_APART} {_ROW}", _ITEM,
        {TABLE: r"IndexError", SIDE: rf"item 0, item 1, item 1: .*{_WRONG}"},
    ),
    DatasetMistake(
        "other_rows", "Items are not the rows of their index",
        f"Is idx changed, or left unused? {_ROW}", _ITEM,
        {TABLE: r"IndexError", SIDE: _WRONG},
    ),
)
"""Rows of another index, which does not exist for the last item."""

VALUES = (
    DatasetMistake(
        "data_overwritten", "The data that was given is changed in place",
        "The caller's list or array is not what it was before. `x -= ...`, sort() and pop() change it: work "
        "on a copy.",
        "What is done with x_data.",
        {LOOP: r"in place"},
    ),
    DatasetMistake(
        "data_overwritten", "The data that was given is changed in place",
        "The caller's array is not what it was before. `x -= ...` changes it: work on a copy.",
        "What is done with x_data.",
        {REAL: r"in place"},
    ),
    DatasetMistake(
        "off_by_one", "Items begin with another row", f"Is something added to idx, or taken away? {_ROW}", _ITEM,
        {TABLE: r"x 4 0 1 2 3; y 4 0 1 2 3|x 1 2 3 4 0; y 1 2 3 4 0"},
    ),
    DatasetMistake(
        "y_off_by_one", "y belongs to another row than x", f"x is right, y is not. {_APART} {_ROW}", _ITEM,
        {TABLE: r"x 0 1 2 3 4; y (?!0 1 2 3 4)[\d ]+\)"},
    ),
    DatasetMistake(
        "x_off_by_one", "x belongs to another row than y", f"y is right, x is not. {_APART} {_ROW}", _ITEM,
        {TABLE: r"x (?!0 1 2 3 4|\?)[\d ]+; y 0 1 2 3 4"},
    ),
    DatasetMistake(
        "index_ignored", "Every item is the same row", f"idx is not used, or a fixed index stands in its place. {_ROW}",
        _ITEM,
        {TABLE: r"x (\d) \1 \1 \1 \1;"},
    ),
    DatasetMistake(
        "reversed", "Items go from the last row to the first", _ROW, _ITEM, {TABLE: r"x 4 3 2 1 0; y 4 3 2 1 0"}
    ),
    DatasetMistake(
        "other_order", "The rows are in another order",
        f"Are they shuffled or sorted? Shuffling is the DataLoader's work. {_ROW}", _INIT,
        {TABLE: r"x [\d ]+; y"},
        (OWN, REAL, WHOLE, BATCHES, NEGATIVE, NONE, SIDE, LOOP, PAST, BEFORE),
    ),
    DatasetMistake(
        "other_rows", "Items are not the rows of their index",
        f"Is idx changed, or left unused? {_ROW}", _ITEM,
        {TABLE: r"x [\d ]+; y [\d ]+\)"},
    ),
    DatasetMistake(
        "counter", "Items are counted, not looked up",
        "A counter in self goes on with each call, whatever idx is: items come in order once, and then "
        "others do. Use idx.",
        _ITEM,
        {OWN: _WRONG, NEGATIVE: _WRONG, PAST: r"came back, and IndexError"},
    ),
    DatasetMistake(
        "y_from_row", "y is computed from x", "It is a column of x, or a sum or mean of it. y is row idx of y_data.",
        "Where y is made.",
        {TABLE: r"y from x\)"},
    ),
    DatasetMistake(
        "row_reordered", "The numbers of a row are in another order",
        f"Is the row sorted or reversed? {_AS_IT_IS.capitalize()}", _VALUES,
        {TABLE: r"x reordered"},
    ),
    DatasetMistake(
        "values_scaled", "All values are multiplied or divided", f"Scaling was not asked for: {_AS_IT_IS}", _VALUES,
        {TABLE: r"(?:x|y) scaled(?:,|\))"},
    ),
    DatasetMistake(
        "values_centred", "The values are shifted or standardised",
        f"Taking away the mean, and dividing by the spread, was not asked for: {_AS_IT_IS}", _VALUES,
        {TABLE: r"centred"},
    ),
    DatasetMistake(
        "rows_scaled", "Each row is scaled by itself", f"Normalising a row was not asked for: {_AS_IT_IS}", _VALUES,
        {TABLE: r"row by row"},
    ),
    DatasetMistake(
        "rows_mixed", "The numbers are shared out among the rows in another way",
        "reshape and view cut a table anew, they do not turn it. Is it transposed before? Item idx is row idx.",
        _VALUES,
        {TABLE: r"(?:x|y) mixed"},
    ),
    DatasetMistake(
        "values_nearly_right", "The values are nearly right",
        f"Is noise added, or are they rounded on the way? {_AS_IT_IS.capitalize()}", _VALUES,
        {TABLE: r"nearly right"},
    ),
    DatasetMistake(
        "values_changed", "The values are changed",
        f"Scaling, a logarithm, a square or noise was not asked for: {_AS_IT_IS}",
        "What is done with the values.",
        {TABLE: r"x (?:\? )+\?; y|; y (?:\? )+\?"},
    ),
    DatasetMistake(
        "decimals_lost", "Decimals are lost",
        "int(...), or a table of whole numbers, cuts them off. Scores may be 71.5: keep floats.",
        "What becomes of the values.",
        {REAL: _WRONG},
        (EPOCHS,),
    ),
    DatasetMistake(
        "array_values_changed", "The values of NumPy arrays are changed",
        "Lists are right. Is an array scaled, centred or rounded, and perhaps in place? An item has the "
        "numbers of its row.",
        "What is done with arrays in __init__.",
        {REAL: _WRONG, WHOLE: _WRONG + "|Error"},
        (EPOCHS,),
    ),
)

# --- the ends ------------------------------------------------------------------------------------------------

_END = "Beyond either end comes IndexError: a for loop learns from it that the data is over."
ENDS = (
    DatasetMistake(
        "last_lost", "The last row cannot be asked for",
        "The highest index is len - 1. A check that refuses idx >= len - 1 refuses the last row.", _ITEM,
        {TABLE: r"IndexError", LOOP: _NUMBER},
        (OWN, REAL, WHOLE, BATCHES, EPOCHS, NONE, SIDE, NEGATIVE),
    ),
    DatasetMistake(
        "negative_refused", "Negative indices do not work",
        "dataset[-1] is the last item, as in a list. Lists and tensors do that by themselves, if idx is left as it is: "
        "no `idx < 0` in a check, no abs(idx), no len - idx.", _ITEM,
        {NEGATIVE: r"Error|nothing \(None\)"},
        (BEFORE,),
    ),
    DatasetMistake(
        "negative_off_by_one", "Negative indices are off by one",
        "-1 is the last item: idx + len, without another 1. Lists and tensors do that by themselves.", _ITEM,
        {NEGATIVE: r"x (?:1 \? 0|2 0 \?)"},
        (BEFORE, PAST),
    ),
    DatasetMistake(
        "longer_than_the_data", "There are more rows than were given",
        "A table that is made longer than the data has rows of zeros at its end, and -1 and len find those. Make it as "
        "long as the data.",
        "Where the table is made.",
        {NEGATIVE: r"x \? \? \?", PAST: r"came back, and IndexError"},
        (BEFORE, LOOP, EMPTY),
    ),
    DatasetMistake(
        "negative_elsewhere", "Negative indices give other rows",
        "dataset[-1] is the last item, as in a list. Lists and tensors do that by themselves, if idx is left as it is.",
        _ITEM,
        {NEGATIVE: _WRONG},
        (BEFORE, PAST),
    ),
    DatasetMistake(
        "negative_wraps", "Before the start it begins again at the end",
        f"idx + len turns -len - 1 into -1, which a list knows again. {_END}", _ITEM,
        {BEFORE: r"came back, and IndexError"},
        (),
    ),
    DatasetMistake(
        "none_at_the_end", "Past the end comes None", _END, _ITEM,
        {PAST: r"nothing \(None\)"},
        (BEFORE, LOOP, EMPTY),
    ),
    DatasetMistake(
        "stop_iteration", "Past the end comes StopIteration", f"That belongs to iterators. {_END}", _ITEM,
        {PAST: r"StopIteration"},
        (BEFORE, LOOP, EMPTY),
    ),
    DatasetMistake(
        "key_error", "Rows are looked up by key",
        f"A dictionary knows no -1, and raises KeyError. {_END} Keep lists.", _ITEM,
        {PAST: r"KeyError"},
        (BEFORE, LOOP, EMPTY, NEGATIVE),
    ),
    DatasetMistake(
        "wraps", "Past the end it begins again at the start",
        f"idx % len makes an index of any number. {_END}", _ITEM,
        {PAST: r"came back, and IndexError", EMPTY: r"ZeroDivisionError|modulo"},
        (BEFORE, LOOP),
    ),
    DatasetMistake(
        "no_end", "Past the end comes an item all the same",
        f"Is the index cut off, or does it wrap around? {_END}", _ITEM,
        {PAST: r"came back, and IndexError"},
        (BEFORE, LOOP, EMPTY),
    ),
    DatasetMistake(
        "other_error", "Another error than IndexError past the end", f"{_END} Write raise IndexError.", _ITEM,
        {PAST: r"\w+: .*IndexError was expected|\w+ .*IndexError was expected"},
        (BEFORE, LOOP, EMPTY),
    ),
    DatasetMistake(
        "negative_never_ends", "With a negative index the call does not end",
        "Is there a while loop that goes the wrong way? Lists and tensors know negative indices by themselves.", _ITEM,
        {NEGATIVE: r"did not end"},
    ),
    DatasetMistake(
        "never_ends", "Past the end the call does not end", f"Is there a while loop that waits? {_END}", _ITEM,
        {PAST: r"did not end"},
    ),
    DatasetMistake(
        "own_iter", "A for loop does not go through the items",
        "__iter__ gives something else, or has no end. Leave it out: a for loop uses __getitem__ by itself.",
        "__iter__.",
        {LOOP: ""},
        (EMPTY,),
    ),
)

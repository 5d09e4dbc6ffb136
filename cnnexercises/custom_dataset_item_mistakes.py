"""Wrong turns of exercise 07 that show in single items: their form, their values, and where the data ends."""

from __future__ import annotations

from cnnexercises.exercise import DatasetMistake

LENGTH, TABLE, OWN = "length of the lecture's table", "items of the lecture's table", "your own data, as lists"
SHAPES, FLOAT32 = "shapes (3,) and (1,)", "float32 tensors"
REAL, WHOLE = "NumPy arrays of float64", "NumPy arrays of whole numbers"
BATCHES, EPOCHS = "DataLoader with batch_size=2", "two shuffled epochs of a DataLoader"
NEGATIVE, PAST, BEFORE = "index from the end", "index past the end", "index before the start"
LOOP, EMPTY, NONE, SIDE = "a for loop ends", "empty lists", "None, said out loud", "data sets side by side"

_WRONG = r"values? (?:is|are) wrong"
_NUMBER = r"number is wrong"
_INIT, _ITEM = "__init__.", "__getitem__."


# --- the form of an item -------------------------------------------------------------------------------------

_PAIR = "Item idx is the pair of both: return x, y."
_DTYPE = (
    "torch.tensor keeps the kind of numbers that it gets. Say which one is meant: torch.tensor(row, "
    "dtype=torch.float32)."
)
FORMS = (
    DatasetMistake("dictionary", "An item is a dictionary", _PAIR, _ITEM, {TABLE: r"a dict of"}),
    DatasetMistake(
        "x_only", "An item is x alone", f"y is missing. {_PAIR}", _ITEM, {TABLE: r"a torch tensor of shape \(3,\)"}
    ),
    DatasetMistake(
        "one_tensor",
        "An item is one tensor of x and y together",
        f"Whoever trains needs x and y apart. {_PAIR}",
        _ITEM,
        {TABLE: r"a torch tensor of shape \(\d+,\)"},
    ),
    DatasetMistake(
        "other_parts",
        "An item has more or fewer than two parts",
        _PAIR,
        _ITEM,
        {TABLE: r"a (?:tuple|list) of \d+ came back"},
    ),
    DatasetMistake(
        "swapped", "x and y are exchanged", "An item is (x, y), in this order.", _ITEM,
        {TABLE: r"sizes 1 3\)"},
    ),
    DatasetMistake(
        "y_from_x", "y is read from x_data", "Both parts of an item come from x. y is row idx of y_data.", _ITEM,
        {TABLE: r"sizes 3 3\)"},
    ),
    DatasetMistake(
        "several_rows",
        "An item holds several rows",
        "One index gives one row: x of shape (3,), y of shape (1,). Putting rows together is the "
        "DataLoader's work.",
        _ITEM,
        {TABLE: r"sizes (?:0|6|9|12|15) "},
    ),
    DatasetMistake(
        "x_size", "x is not a row of three", "x is row idx of x_data, with all its numbers.", _ITEM,
        {TABLE: r"sizes (?!3 )"},
    ),
    DatasetMistake(
        "y_size", "y is not a row of one",
        "y is row idx of y_data. Of one number n, torch.FloatTensor(n) makes n values of whatever was in memory: give "
        "it the row.",
        _ITEM,
        {TABLE: r"sizes 3 (?!1\))"},
    ),
    DatasetMistake(
        "one_tensor", "An item is one tensor of x and y together",
        f"Rows of three and of one do not fit into one tensor. {_PAIR}", _ITEM,
        {TABLE: r"expected sequence of length"},
    ),
    DatasetMistake(
        "no_pair", "An item is no pair of tensors",
        f"yield, map and zip compute nothing before they are asked. {_PAIR}", _ITEM,
        {TABLE: r"came back, and a tuple of 2 was expected"},
    ),
    DatasetMistake(
        "no_tensors", "The parts of an item are no tensors",
        "Lists, NumPy arrays and texts are no tensors. torch.tensor(row, dtype=torch.float32) makes one.", _ITEM,
        {TABLE: r"torch tensor was expected"},
    ),
    DatasetMistake(
        "slice_for_row", "A slice is taken where one row is meant",
        "x_data[idx:idx + 1] keeps an axis of length 1, and is empty past the end. x_data[idx] is the row.", _ITEM,
        {SHAPES: r"the shape is \(1, ", PAST: r"came back, and IndexError"},
    ),
    DatasetMistake(
        "y_scalar",
        "y has no axis",
        "y is a row of one: shape (1,), not (). Do not take the number out of its row; y_data[idx], not "
        "y_data[idx][0].",
        _ITEM,
        {SHAPES: r"item 1: the shape is \(\)"},
        (BATCHES, FLOAT32, REAL, WHOLE),
    ),
    DatasetMistake(
        "other_shapes",
        "x and y have other shapes than (3,) and (1,)",
        "The numbers are right, the axes are not. An item has no axis of a batch: the DataLoader makes it.",
        _ITEM,
        {SHAPES: r"the shape is"},
        (BATCHES, FLOAT32, REAL, WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "no_tensors",
        "The parts of an item are no tensors",
        "Lists, NumPy arrays and texts are no tensors. torch.tensor(row, dtype=torch.float32) makes one.",
        _ITEM,
        {FLOAT32: r"torch tensor was expected"},
        (REAL, WHOLE, BATCHES, EPOCHS),
    ),
    DatasetMistake(
        "float64", "The tensors are float64", f"A network's weights are float32. {_DTYPE}", _ITEM,
        {FLOAT32: r"dtype is float64", REAL: r"dtype is float64"}, (WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "float16", "The tensors are float16", f"float16 has three decimal digits. {_DTYPE}", _ITEM,
        {FLOAT32: r"dtype is float16"}, (REAL, WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "y_integer",
        "y is made of integers",
        "LongTensor and int64 are for classes. Here y is a number to predict, and may have decimals: "
        "float32.",
        _ITEM,
        {FLOAT32: r"item 1: the dtype is int"},
        (REAL, WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "dtype_kept", "The dtype is that of the data", _DTYPE, _ITEM,
        {FLOAT32: r"dtype is int64", REAL: r"dtype is float64"}, (WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "table_of_integers",
        "The items of the lecture's table are integers",
        f"Data of your own is float32, the table is not. {_DTYPE}",
        "Where the table becomes tensors.",
        {FLOAT32: r"dtype is int"},
        (),
    ),
    DatasetMistake(
        "integers", "The tensors hold integers", f"Decimals are lost. {_DTYPE}", _ITEM,
        {FLOAT32: r"dtype is u?int"}, (REAL, WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "other_dtype", "The tensors are not float32", _DTYPE, _ITEM, {FLOAT32: r"dtype is"}, (REAL, WHOLE, EPOCHS)
    ),
    DatasetMistake(
        "arrays_unconverted", "Rows of NumPy arrays stay arrays",
        "Lists become tensors, arrays do not. torch.tensor(row, dtype=torch.float32) takes both.", _ITEM,
        {REAL: r"torch tensor was expected"}, (WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "dtype_of_arrays", "The dtype of NumPy arrays is kept", f"Lists are right, arrays are not. {_DTYPE}", _ITEM,
        {REAL: r"dtype is"}, (WHOLE, EPOCHS),
    ),
)

# --- the values ----------------------------------------------------------------------------------------------

_ROW = "Item idx is row idx of both, and idx counts from 0."
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
        "other_rows", "Items are not the rows of their index",
        f"Is idx changed, or left unused? {_ROW}", _ITEM,
        {TABLE: r"IndexError", SIDE: _WRONG},
    ),
    DatasetMistake(
        "y_off_by_one", "y belongs to another row than x", f"x is right, y is not. {_ROW}", _ITEM,
        {TABLE: r"x 0 1 2 3 4; y (?!0 1 2 3 4)[\d ]+\)"},
    ),
    DatasetMistake(
        "x_off_by_one", "x belongs to another row than y", f"y is right, x is not. {_ROW}", _ITEM,
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
        "values_changed", "The values are changed",
        "Scaling or centring them was not asked for: an item has the numbers of its row as they are.",
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
        "dataset[-1] is the last item, as in a list. Lists and tensors do that by themselves.", _ITEM,
        {NEGATIVE: r"Error|nothing \(None\)"},
        (BEFORE,),
    ),
    DatasetMistake(
        "negative_off_by_one", "Negative indices are off by one",
        "-1 is the last item: idx + len, without another 1. Lists and tensors do that by themselves.", _ITEM,
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

"""Wrong turns of exercise 07 that show in the form of single items: their parts, shapes and dtypes."""

from __future__ import annotations

from cnnexercises.exercise import DatasetMistake

LENGTH, TABLE, OWN = "length of the lecture's table", "items of the lecture's table", "your own data, as lists"
SHAPES, FLOAT32 = "shapes (3,) and (1,)", "float32 tensors"
REAL, WHOLE = "NumPy arrays of float64", "NumPy arrays of whole numbers"
BATCHES, EPOCHS = "DataLoader with batch_size=2", "two shuffled epochs of a DataLoader"
NEGATIVE, PAST, BEFORE = "index from the end", "index past the end", "index before the start"
LOOP, EMPTY, NONE, SIDE = "a for loop ends", "empty lists", "None, said out loud", "data sets side by side"

_ITEM = "__getitem__."


# --- the form of an item -------------------------------------------------------------------------------------

_PAIR = "Item idx is the pair of both: return x, y."
_DTYPE = (
    "torch.tensor keeps the kind of numbers that it gets. Say which one is meant: torch.tensor(row, "
    "dtype=torch.float32)."
)
_Y_ROW = (
    "y is a row of one: shape (1,), not (). Do not take the number out of its row; y_data[idx], not y_data[idx][0]."
)
FORMS = (
    DatasetMistake(
        "numpy_dtype", "torch is given a dtype that is not torch's",
        "np.float32, float and texts such as 'float32' belong to NumPy. torch.tensor(row, dtype=torch.float32).",
        _ITEM,
        {TABLE: r"must be torch\.dtype"},
    ),
    DatasetMistake(
        "tensor_arguments", "torch.Tensor takes no dtype",
        "torch.Tensor(row), with a capital T, takes the row only. torch.tensor(row, dtype=torch.float32) takes both.",
        _ITEM,
        {TABLE: r"invalid combination of arguments"},
    ),
    DatasetMistake(
        "index_is_no_list", "idx is one index, not a list of them",
        "The DataLoader asks for one item after the other, and puts them together itself. idx is an int.",
        _ITEM,
        {TABLE: r"'int' object is not iterable", OWN: r"'int' object is not iterable"},
    ),
    DatasetMistake(
        "rows_and_columns", "Rows and columns are exchanged",
        ".T and x[:, idx] give columns, with a number of each student. Item idx is a row: x_data[idx].",
        "What is done with x_data.",
        {TABLE: r"IndexError", SHAPES: r"the shape is \(5,\)"},
    ),
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
        "x_table_for_y", "The y of the lecture's table is its x",
        "Data of your own is right. Where y_data is None, the table of y is meant: Y_TABLE.",
        "The default of y in __init__.",
        {TABLE: r"sizes 3 3\)"},
        (SHAPES, BATCHES, NONE, SIDE),
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
        "single_numbers", "x is a single number, not a row",
        "flatten, ravel or view(-1) took the rows apart, or [0] took a number out. x_data[idx] is the row of three.",
        "What is done with x_data.",
        {TABLE: r"sizes 1 1\)", SHAPES: r"the shape is \(\)"},
    ),
    DatasetMistake(
        "x_size", "x is not a row of three",
        "x is row idx of x_data, with its three numbers, no more and no fewer: row[:3] ends before index 3.", _ITEM,
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
        {TABLE: r"expected sequence of length|stack expects|Sizes of tensors must match"},
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
        "table_without_rows", "The y of the table is not in rows of one",
        "Data of your own is right. In the table each y has brackets of its own: [[152], [185], ...].",
        "The table of y.",
        {SHAPES: r"shapes \(3,\) \(\) \(3,\) \(1,\)"},
        (BATCHES,),
    ),
    DatasetMistake(
        "y_scalar",
        "y has no axis",
        _Y_ROW,
        _ITEM,
        {SHAPES: r"item 1: the shape is \(\)"},
        (BATCHES,),
    ),
    DatasetMistake(
        "y_scalar", "y has no axis", _Y_ROW, _ITEM,
        {SHAPES: r"item 1: the shape is \(\)", FLOAT32: r"item 1: .* torch tensor was expected"},
        (BATCHES, REAL, WHOLE),
    ),
    DatasetMistake(
        "other_shapes",
        "x and y have other shapes than (3,) and (1,)",
        "The numbers are right, the axes are not. An item has no axis of a batch: the DataLoader makes it.",
        _ITEM,
        {SHAPES: r"the shape is"},
        (BATCHES, EPOCHS),
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
        "y_dtype_kept", "The dtype of y is that of the data", f"x is float32, y is not. {_DTYPE}", _ITEM,
        {FLOAT32: r"item 1: the dtype is int64", REAL: r"item 1: the dtype is float64"}, (WHOLE, EPOCHS),
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
        {FLOAT32: r"dtypes u?int\d+ u?int\d+ float32 float32"},
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

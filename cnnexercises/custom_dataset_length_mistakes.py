"""Wrong turns of exercise 07 that show in the length of a data set."""

from __future__ import annotations

from cnnexercises.custom_dataset_item_mistakes import (
    BATCHES,
    EMPTY,
    EPOCHS,
    FLOAT32,
    LENGTH,
    LOOP,
    NONE,
    OWN,
    SHAPES,
    SIDE,
    TABLE,
)  # fmt: skip
from cnnexercises.exercise import DatasetMistake

_INIT, _LEN = "__init__.", "__len__."
_NUMBER = r"number is wrong"

_OF_LENGTH = (OWN, BATCHES, EPOCHS, EMPTY, SIDE, LOOP)
"""What fails when nothing but __len__ is wrong."""

LENGTHS = (
    DatasetMistake(
        "len_missing", "__len__ is missing",
        "len(dataset) calls __len__(self), and a DataLoader asks for it. Two underscores on both sides.",
        _LEN,
        {LENGTH: r"'(?!NoneType|zip|map|generator)\w+' has no len"},
    ),
    DatasetMistake(
        "len_no_method", "__len__ is a number, not a method",
        "len(dataset) calls __len__(self). Is there an @property above it, or is __len__ set to a number?",
        _LEN,
        {LENGTH: r"'int' object is not callable"},
    ),
    DatasetMistake(
        "len_returns_nothing", "__len__ returns nothing",
        "A method without return gives None. End with return len(self.x_data).",
        _LEN,
        {LENGTH: r"'NoneType' object cannot be interpreted"},
    ),
    DatasetMistake(
        "len_not_int", "The length is no int",
        "/ gives a float, a shape is several numbers, and a method without () is not called. len(self.x_data) is an "
        "int.",
        _LEN,
        {LENGTH: r"object cannot be interpreted as an integer"},
    ),
    DatasetMistake(
        "default_upside_down", "The table and the data are the wrong way round",
        "If x_data is None, the lecture's table is used; if it is given, it is kept. The condition says the "
        "opposite.",
        "The condition in __init__.",
        {TABLE: r"NoneType", OWN: r"for \d|IndexError|wrong"},
    ),
    DatasetMistake(
        "no_table", "Without arguments there is no data",
        "CustomDataset() has the lecture's table: if x_data is None: x_data = X_TABLE, and the same for y.",
        "The defaults in __init__.",
        {TABLE: r"NoneType|has no len"},
        (LENGTH, SHAPES, FLOAT32, BATCHES, NONE, SIDE),
    ),
    DatasetMistake(
        "no_table", "Without arguments there is no data",
        "CustomDataset() has the lecture's table: if x_data is None: x_data = X_TABLE, and the same for y.",
        "The defaults in __init__.",
        {LENGTH: r"0 for 5", TABLE: r"IndexError"},
        (SHAPES, FLOAT32, BATCHES, NONE, SIDE),
    ),
    DatasetMistake(
        "table_miscopied", "The table is not the lecture's",
        "Data of your own is right, so the methods are. Compare the table with that of the exercise, row by row.",
        "The rows of the table.",
        {LENGTH: r"\d for 5"},
        (TABLE, SHAPES, FLOAT32, BATCHES, NONE, SIDE),
    ),
    DatasetMistake(
        "rows_and_columns", "Rows and columns are exchanged",
        "zip(*x_data), .T and transpose turn five rows of three scores into three rows of five.",
        _INIT,
        {LENGTH: r"3 for 5", SHAPES: r"the shape is \(5,\)"},
    ),
    DatasetMistake(
        "len_of_both", "The length counts x and y",
        "A pair (x, y) is one item: five rows are five items, not ten.",
        _LEN,
        {LENGTH: r"10 for 5"},
        _OF_LENGTH,
    ),
    DatasetMistake(
        "rows_missing", "Rows are missing",
        "All rows that are given are kept: nothing is split off here.",
        _INIT,
        {LENGTH: r"[0-4] for 5", TABLE: r"IndexError"},
    ),
    DatasetMistake(
        "len_of_a_row", "The length is that of a row",
        "len(self.x_data[0]), or shape[1], counts the scores of one student. How many students are there?",
        _LEN,
        {LENGTH: r"[13] for 5", EMPTY: ""},
        (OWN, BATCHES, EPOCHS, SIDE, LOOP),
    ),
    DatasetMistake(
        "len_of_numbers", "The length counts numbers", "size and numel() count every number. How many rows are there?",
        _LEN,
        {LENGTH: r"(?:15|20) for 5"},
        _OF_LENGTH,
    ),
    DatasetMistake(
        "len_of_batches", "The length counts batches",
        "len(dataset) is the number of rows. The DataLoader makes the batches, and has a length of its own.",
        _LEN,
        {LENGTH: r"[23] for 5", OWN: r"\((?:2 for 4|3 for 6|[34] for 7|4 for 8)\)"},
        (BATCHES, EPOCHS, EMPTY, SIDE, LOOP),
    ),
    DatasetMistake(
        "len_off_by_one", "The length is off by one",
        "Indices go from 0 to 4, and the length is 5: nothing is added or taken away.",
        _LEN,
        {LENGTH: r"[46] for 5"},
        _OF_LENGTH,
    ),
    DatasetMistake(
        "len_wrong", "The length is wrong",
        "It is how many rows there are: len(self.x_data).",
        _LEN,
        {LENGTH: _NUMBER},
        _OF_LENGTH,
    ),
    DatasetMistake(
        "len_fixed", "The length is always 5",
        "5 is the length of the lecture's table. Data of your own has another: ask len(self.x_data).",
        _LEN,
        {EMPTY: r"5\b.* for 0", SIDE: _NUMBER},
        (OWN, EPOCHS, LOOP),
    ),
)

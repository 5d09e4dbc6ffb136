"""Wrong turns of exercise 07, by which observations of a data set fail, and what is said about them."""

from __future__ import annotations

from cnnexercises.custom_dataset_item_mistakes import (
    BATCHES,
    BEFORE,
    EMPTY,
    EPOCHS,
    FORMS,
    LENGTH,
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
from cnnexercises.custom_dataset_length_mistakes import LENGTHS
from cnnexercises.custom_dataset_value_mistakes import ENDS, NEIGHBOURS, VALUES
from cnnexercises.exercise import DatasetMistake

_WRONG, _NUMBER = r"values? (?:is|are) wrong", r"number is wrong"
_INIT, _LEN, _ITEM = "__init__.", "__len__.", "__getitem__."


# --- the class, and what its methods take --------------------------------------------------------------------

_CLASS = (
    DatasetMistake(
        "instance", "CustomDataset is an object already, not the class",
        "CustomDataset() has to make a data set each time. Keep the name for the class, and call what it "
        "makes something else, such as dataset.",
        "The last lines, where it is made.",
        {LENGTH: r"'(?!int)\w+' object is not callable", OWN: r"'(?!int)\w+' object is not callable"},
    ),
    DatasetMistake(
        "init_not_found", "__init__ is not found",
        "The class takes no data. Two underscores on both sides: __init__; and it has to stand inside the "
        "class.",
        _INIT,
        {OWN: r"takes no arguments"},
    ),
    DatasetMistake(
        "init_returns", "__init__ returns something",
        "It only sets attributes of self: leave its return out.",
        _INIT,
        {LENGTH: r"__init__\(\) should return None"},
    ),
    DatasetMistake(
        "super_with_arguments", "Dataset is given arguments that it does not take",
        "super().__init__() takes none. The data is kept by your own class: self.x_data = x_data.",
        "super().__init__ in __init__.",
        {LENGTH: r"object\.__init__\(\) takes exactly one"},
    ),
    DatasetMistake(
        "no_own_data", "It takes no data of your own",
        "def __init__(self, x_data=None, y_data=None): then CustomDataset() has the lecture's table, and "
        "CustomDataset(x, y) has x and y.",
        _INIT,
        {OWN: r"__init__\(\) takes"},
    ),
    DatasetMistake(
        "arguments_needed", "CustomDataset() without arguments does not work",
        "Both arguments have a default: def __init__(self, x_data=None, y_data=None), and None means the "
        "lecture's table.",
        _INIT,
        {LENGTH: r"__init__\(\) missing"},
    ),
    DatasetMistake(
        "never_set", "An attribute is used that was never set",
        "A name without self. is gone when __init__ ends. Write self.x_data = x_data, and the same name in "
        "__len__ and __getitem__.",
        "The attributes set in __init__.",
        {TABLE: r"AttributeError: '(?!list|tuple|NoneType|Tensor|numpy|int|float|dict)\w+' object has no attribute"},
    ),
    DatasetMistake(
        "never_set", "An attribute is used that was never set",
        "A name without self. is gone when __init__ ends. Write self.x_data = x_data, and the same name in "
        "__len__ and __getitem__.",
        "The attributes set in __init__.",
        {LENGTH: r"AttributeError: '(?!list|tuple|NoneType|Tensor|numpy|int|float|dict)\w+' object has no attribute"},
    ),
    DatasetMistake(
        "cuda_written_in", "A device is written into the data set",
        "`.cuda()` fails where there is none. Items stay on the CPU: who trains moves each batch, with x.to(device).",
        _ITEM,
        {TABLE: r"CUDA|NVIDIA"},
    ),
    DatasetMistake(
        "unknown_name", "A name that is not defined",
        "Is it a typing mistake, or is `self.` or an import missing? Inside a method, the data is "
        "self.x_data.",
        _ITEM,
        {TABLE: r"NameError"},
    ),
    DatasetMistake(
        "methods_not_found", "__len__ and __getitem__ are not found",
        "Both belong into the class: are they indented like __init__, with two underscores on both sides?",
        "Where __len__ and __getitem__ begin.",
        {LENGTH: r"'(?!NoneType)\w+' has no len", TABLE: r"implement __getitem__|not subscriptable|^NotImpl",
         LOOP: r"Error"},
    ),
    DatasetMistake(
        "iterable", "It can be run through, but has neither length nor index",
        "__iter__ is not enough: a DataLoader that shuffles asks for len(dataset) and dataset[idx]. Derive "
        "from Dataset, and write __len__ and __getitem__.",
        "The class and its methods.",
        {LENGTH: r"'(?!NoneType)\w+' has no len", TABLE: r"implement __getitem__|not subscriptable"},
    ),
    DatasetMistake(
        "getitem_not_found", "__getitem__ is not found",
        "dataset[idx] calls __getitem__(self, idx). Two underscores on both sides, and inside the class.",
        _ITEM,
        {TABLE: r"implement __getitem__|'(?!NoneType|float|int)\w+' object is not subscriptable"},
    ),
    DatasetMistake(
        "getitem_arguments", "__getitem__ takes other arguments than self and idx",
        "dataset[3] calls __getitem__(dataset, 3): def __getitem__(self, idx).",
        _ITEM,
        {TABLE: r"__getitem__\(\) (?:takes|missing)"},
    ),
    DatasetMistake(
        "getitem_not_written", "__getitem__ is not written yet",
        "It still raises NotImplementedError. Item idx is a pair of tensors, made of row idx of x and of y.",
        _ITEM,
        {TABLE: r"NotImplementedError"},
    ),
    DatasetMistake(
        "len_not_written", "__len__ is not written yet",
        "It still raises NotImplementedError. The length is how many rows there are.",
        _LEN,
        {LENGTH: r"NotImplementedError"},
    ),
    DatasetMistake(
        "nothing_returned", "__getitem__ returns nothing",
        "A method without return gives None; print shows a value, and does not hand it on. End with return "
        "x, y.",
        _ITEM,
        {TABLE: r"nothing \(None\)"},
    ),
)

# --- the data ------------------------------------------------------------------------------------------------

_DATA = (
    DatasetMistake(
        "data_ignored", "The data that is given is ignored",
        "CustomDataset(x_data, y_data) still has the lecture's table, or that of the first data set made. "
        "Keep what is given: self.x_data = x_data.",
        _INIT,
        {OWN: r"5 for \d|IndexError", WHOLE: "", SIDE: "", EMPTY: r"for 0"},
        (REAL, EPOCHS, NEGATIVE, LOOP, PAST, BEFORE),
    ),
    DatasetMistake(
        "y_ignored", "y_data is ignored",
        "x is the data that is given, y still comes from the lecture's table.",
        "y in __init__.",
        {OWN: r"item \d+, item 1: |IndexError", WHOLE: r"item 1: |IndexError", SIDE: r"item 1: "},
        (REAL, EPOCHS, NEGATIVE, LOOP),
    ),
    *(
        DatasetMistake(
            "five_rows_only", "Only five rows can be asked for",
            "5 is the length of the lecture's table. Data of your own has another: ask len(self.x_data).",
            _ITEM,
            {case: r"IndexError"},
            tuple({OWN, REAL, WHOLE, EPOCHS, LOOP, NEGATIVE} - {case}),
        )
        for case in (OWN, REAL, WHOLE)  # some of them are drawn with four rows
    ),
    DatasetMistake(
        "shared_rows", "All data sets share their rows",
        "A list in the class, outside it, or as a default value is one list for all objects: each data set "
        "adds to it. Make it in __init__: self.rows = [].",
        "The lists in the class, and in the defaults.",
        {OWN: r"too many", BATCHES: r"a list of \d+ came back|IndexError"},
        (TABLE, REAL, WHOLE, EPOCHS, NEGATIVE, PAST, BEFORE, LOOP, EMPTY, NONE, SIDE),
    ),
    DatasetMistake(
        "shared_table", "A data set of your own replaces the lecture's table",
        "The table in the class, or outside it, is overwritten: the next CustomDataset() has your data. Set "
        "attributes of self only.",
        _INIT,
        {SIDE: "", NONE: ""},
        (BATCHES, EPOCHS),
    ),
    DatasetMistake(
        "shared_data", "Data sets that exist side by side share their data",
        "What is set in the class, in a global or in a default value is there once for all. Set attributes "
        "of self.",
        _INIT,
        {SIDE: _WRONG + "|" + _NUMBER},
        (),
    ),
    DatasetMistake(
        "truth_of_array_or_empty", "Not None is asked for, but whether it is true",
        "`if not x_data` and `x_data or table` take an empty list for nothing, and fail on an array, which "
        "has no truth of its own. Ask `if x_data is None`.",
        "The condition in __init__.",
        {REAL: r"truth value", EMPTY: r"5\b.* for 0"},
        (WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "equals_none", "An array is compared with == None",
        "== compares an array entry by entry, and gives as many answers. Ask `if x_data is None`.",
        "The condition in __init__.",
        {REAL: r"truth value"},
        (WHOLE, EPOCHS),
    ),
    DatasetMistake(
        "empty_is_none", "Empty lists become the lecture's table",
        "Data without rows is data, too: its length is 0. Only None means the table; ask `if x_data is "
        "None`.",
        "The condition in __init__.",
        {EMPTY: r"5\b.* for 0"},
        (),
    ),
    DatasetMistake(
        "first_row_needed", "An empty data set is an error",
        "Something looks at the first row, or needs a certain shape. With empty lists there are no rows.",
        _INIT,
        {EMPTY: r"Error"},
        (),
    ),
    DatasetMistake(
        "none_not_a_default", "None does not mean the lecture's table",
        "Without arguments it is there, but CustomDataset(None, None) has nothing. Make None the default, "
        "and put the table in its place in __init__.",
        "The defaults in __init__.",
        {NONE: r"NoneType"},
        (),
    ),
    DatasetMistake(
        "table_miscopied", "The table is not the lecture's",
        "Data of your own is right, so the methods are. Compare the table with that of the exercise, number "
        "by number.",
        "The numbers of the table.",
        {TABLE: _WRONG},
        (BATCHES, NONE, SIDE),
    ),
    DatasetMistake(
        "not_for_lists", "It does not work with lists",
        "torch.from_numpy needs an array, and lists have no .shape, .astype or .values. torch.tensor(row, "
        "dtype=torch.float32) takes both.",
        "What is done with x_data.",
        {OWN: r"TypeError: expected np\.ndarray|AttributeError: '(?:list|tuple)' object"},
    ),
    DatasetMistake(
        "not_for_arrays", "It does not work with arrays",
        "An array is not a list: + adds its numbers, and == compares entry by entry. torch.tensor(row, "
        "dtype=torch.float32) takes both.",
        "What is done with x_data.",
        {REAL: r"(?:Type|Value|Attribute|Runtime)Error", WHOLE: r"(?:Type|Value|Attribute|Runtime)Error"},
        (EPOCHS,),
    ),
    *NEIGHBOURS,
    DatasetMistake(
        "used_up", "The rows can be asked for once only",
        "zip, map and iterators are used up after one pass, and pop removes what it returns. Keep lists, or "
        "a list of pairs: list(zip(x_data, y_data)).",
        "What __init__ keeps.",
        {TABLE: r"IndexError|StopIteration", NEGATIVE: "", LOOP: ""},
        (OWN, REAL, WHOLE, BATCHES, EPOCHS, NONE, SIDE, EMPTY),
    ),
)

_AT_LAST = DatasetMistake(
    "truth_of_array", "An array is asked whether it is true",
    "`if x_data`, `x_data or table` and `not x_data` fail on an array: each of its numbers has its own truth. Ask `if "
    "x_data is None`.",
    "The condition in __init__.",
    {REAL: r"truth value"},
    (WHOLE, EPOCHS, OWN, NEGATIVE, PAST, BEFORE, LOOP, EMPTY, SIDE),
)  # fmt: skip

MISTAKES = (*_CLASS, *FORMS, *LENGTHS, *_DATA, *VALUES, *ENDS, _AT_LAST)
"""Every mistake, those first that keep the others from showing."""

"""Data sets as students write them: right in many styles, and wrong with one mistake each."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset, TensorDataset

X = [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
Y = [[152], [185], [180], [196], [142]]


class Lecture(Dataset[Any]):
    """The lecture's class, with its legacy tensors; the others change one thing of it."""

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        self.x_data = X if x_data is None else x_data
        self.y_data = Y if y_data is None else y_data

    def __len__(self) -> int:
        return len(self.x_data)

    def __getitem__(self, idx: Any) -> Any:
        return torch.FloatTensor(self.x_data[idx]), torch.FloatTensor(self.y_data[idx])


# --- right ---


class TensorsAtOnce(Dataset[Any]):
    """Makes tensors in __init__, so that a slice works too."""

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        super().__init__()
        if x_data is None:
            x_data = X
        if y_data is None:
            y_data = Y
        self.x = torch.tensor(x_data, dtype=torch.float32)
        self.y = torch.tensor(y_data, dtype=torch.float32)

    def __len__(self) -> int:
        return self.x.shape[0]

    def __getitem__(self, idx: Any) -> Any:
        return self.x[idx], self.y[idx]


class NumPyInside(Lecture):
    """Keeps float32 arrays, and hands out tensors that share their memory."""

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        self.x_data = np.array(X if x_data is None else x_data, dtype=np.float32).reshape(-1, 3)
        self.y_data = np.array(Y if y_data is None else y_data, dtype=np.float32).reshape(-1, 1)

    def __getitem__(self, idx: Any) -> Any:
        return torch.from_numpy(self.x_data[idx]), torch.from_numpy(self.y_data[idx])


class ListOfPairs(Lecture):
    """Zips the rows, checks the index itself, and returns a list."""

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if x_data is None and y_data is None:
            x_data, y_data = X, Y
        rows = zip(x_data, y_data, strict=True)
        self.pairs = [[torch.as_tensor(row).float() for row in pair] for pair in rows]

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, idx: Any) -> Any:
        if torch.is_tensor(idx):
            idx = idx.tolist()
        if not -len(self) <= idx < len(self):
            raise IndexError(f"index {idx} is out of range")
        return self.pairs[idx + len(self) if idx < 0 else idx]


class Wrapped(TensorDataset):
    """Derives from torch's own data set of tensors."""

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        tables = X if x_data is None else x_data, Y if y_data is None else y_data
        super().__init__(*(torch.Tensor(np.asarray(table, float)) for table in tables))


class Generating(TensorsAtOnce):
    """Defines __iter__ too."""

    def __iter__(self) -> Any:
        yield from zip(self.x, self.y, strict=True)


class NotDerived:
    """Does not derive from Dataset: right, and told so."""

    __init__ = Lecture.__init__
    __len__ = Lecture.__len__
    __getitem__ = Lecture.__getitem__
    x_data: Any
    y_data: Any


RIGHT = (Lecture, TensorsAtOnce, NumPyInside, ListOfPairs, Wrapped, Generating)


# --- wrong ---


class Float64(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.tensor(self.x_data[idx], dtype=torch.float64), torch.DoubleTensor(self.y_data[idx])


class WithoutDtype(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.tensor(self.x_data[idx]), torch.tensor(self.y_data[idx])


class IntegerTable(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        self.x_data = torch.tensor(X) if x_data is None else torch.FloatTensor(x_data)
        self.y_data = torch.tensor(Y) if y_data is None else torch.FloatTensor(y_data)

    def __getitem__(self, idx: Any) -> Any:
        return self.x_data[idx], self.y_data[idx]


class LongY(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.FloatTensor(self.x_data[idx]), torch.LongTensor(np.asarray(self.y_data[idx]).astype(int))


class FloatOnlyForLists(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        rows = self.x_data[idx], self.y_data[idx]
        return tuple(torch.from_numpy(r) if isinstance(r, np.ndarray) else torch.FloatTensor(r) for r in rows)


class HalfPrecision(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.tensor(self.x_data[idx]).half(), torch.tensor(self.y_data[idx]).half()


class Scalars(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.FloatTensor(self.x_data[idx]), torch.tensor(float(self.y_data[idx][0]))


class RowsOfRows(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        if not -len(self) <= idx < len(self):
            raise IndexError
        x, y = torch.tensor(np.asarray(self.x_data)).float(), torch.tensor(np.asarray(self.y_data)).float()
        return x[idx].unsqueeze(0), y[idx].unsqueeze(0)


class WithoutLength(Dataset[Any]):
    __init__ = Lecture.__init__
    __getitem__ = Lecture.__getitem__
    x_data: Any
    y_data: Any


class LengthFive(Lecture):
    def __len__(self) -> int:
        return 5


class LengthOfARow(Lecture):
    def __len__(self) -> int:
        return len(self.x_data[0])


class LengthOneLess(Lecture):
    def __len__(self) -> int:
        return len(self.x_data) - 1


class LengthOfBoth(Lecture):
    def __len__(self) -> int:
        return len(self.x_data) + len(self.y_data)


class IgnoresTheData(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        self.x_data, self.y_data = X, Y


class IgnoresY(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        super().__init__(x_data, None)


class NoTable(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        self.x_data, self.y_data = x_data, y_data


class LiteralDefaults(Lecture):
    def __init__(self, x_data: Any = X, y_data: Any = Y) -> None:
        self.x_data, self.y_data = x_data, y_data


class IfNot(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if not x_data:
            x_data, y_data = X, Y
        super().__init__(x_data, y_data)


class EqualsNone(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if x_data == None:  # noqa: E711 (the mistake)
            x_data, y_data = X, Y
        super().__init__(x_data, y_data)


class EmptyIsNone(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if x_data is None or len(x_data) == 0:
            x_data, y_data = X, Y
        super().__init__(x_data, y_data)


class ArraysOnly(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if x_data is None:
            x_data, y_data = np.array(X), np.array(Y)
        self.x_data = torch.from_numpy(x_data).float()
        self.y_data = torch.from_numpy(y_data).float()

    def __getitem__(self, idx: Any) -> Any:
        return self.x_data[idx], self.y_data[idx]


class ListsOnly(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.FloatTensor(self.x_data[idx] + []), torch.FloatTensor(self.y_data[idx] + [])


class WholeNumbers(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        rows = self.x_data[idx], self.y_data[idx]
        return tuple(torch.FloatTensor([int(value) for value in row]) for row in rows)


class OffByOne(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx - 1)


class OffByOneInY(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx)[0], super().__getitem__(idx - 1)[1]


class AlwaysTheFirst(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(0)


class Swapped(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx)[::-1]


class OnlyX(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx)[0]


class Dictionary(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return dict(zip("xy", super().__getitem__(idx), strict=True))


class OneTensor(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return torch.cat(super().__getitem__(idx))


class PlainRows(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return self.x_data[idx], self.y_data[idx]


class NumPyRows(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return np.array(self.x_data[idx], np.float32), np.array(self.y_data[idx], np.float32)


class PrintsTheItem(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        super().__getitem__(idx)


class Normalised(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        x, y = super().__getitem__(idx)
        return x / 100, y / 100


class ClassAttribute(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        kind: Any = type(self)
        kind.x_data = X if x_data is None else x_data
        kind.y_data = Y if y_data is None else y_data


class SharedList(Lecture):
    rows: list[Any] = []  # noqa: RUF012 (the mistake)

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        super().__init__(x_data, y_data)
        self.rows += [*zip(self.x_data, self.y_data, strict=True)]

    def __len__(self) -> int:
        return len(self.rows)


class SharedDefault(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None, seen: list[Any] = []) -> None:  # noqa: B006
        super().__init__(x_data, y_data)
        if not seen:
            seen.append((self.x_data, self.y_data))
        self.x_data, self.y_data = seen[0]


class TableIsReplaced(Lecture):
    table = (X, Y)

    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        if x_data is not None:
            TableIsReplaced.table = x_data, y_data
        self.x_data, self.y_data = TableIsReplaced.table


class NoNegative(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        if idx < 0:
            raise IndexError("negative")
        return super().__getitem__(idx)


class NegativeFromOne(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(len(self) + idx - 1 if idx < 0 else idx)


class AddsTheLength(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx + len(self) if idx < 0 else idx)


class Modulo(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx % len(self))


class Clamped(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(max(-len(self), min(idx, len(self) - 1)))


class NoneAfterTheEnd(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        return super().__getitem__(idx) if -len(self) <= idx < len(self) else None


class AnotherError(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        if not -len(self) <= idx < len(self):
            raise ValueError("no such item")
        return super().__getitem__(idx)


class StopsTheLoop(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        if idx >= len(self):
            raise StopIteration
        return super().__getitem__(idx)


class LastIsLost(Lecture):
    def __getitem__(self, idx: Any) -> Any:
        if idx >= len(self) - 1:
            raise IndexError
        return super().__getitem__(idx)


class LoopsOverX(Lecture):
    def __iter__(self) -> Any:
        return cycle(self.x_data)


class UsesUp(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        super().__init__(x_data, y_data)
        self.size = len(self.x_data)
        self.rows = [super(UsesUp, self).__getitem__(n) for n in range(self.size)]

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, idx: Any) -> Any:
        return self.rows.pop(idx)


class ChangesTheData(Lecture):
    def __init__(self, x_data: Any = None, y_data: Any = None) -> None:
        super().__init__(x_data, y_data)
        if isinstance(x_data, np.ndarray):
            x_data -= x_data.mean()


# --- which cases each mistake fails ---

LENGTH = "length of the lecture's table"
TABLE = "items of the lecture's table"
OWN = "your own data, as lists"
SHAPES = "shapes (3,) and (1,)"
FLOAT32 = "float32 tensors"
REAL = "NumPy arrays of float64"
WHOLE = "NumPy arrays of whole numbers"
BATCHES = "DataLoader with batch_size=2"
EPOCHS = "two shuffled epochs of a DataLoader"
NEGATIVE = "index from the end"
PAST = "index past the end"
BEFORE = "index before the start"
LOOP = "a for loop ends"
EMPTY = "empty lists"
NONE = "None, said out loud"
SIDE = "data sets side by side"

VALUES = (TABLE, OWN, REAL, WHOLE, BATCHES, EPOCHS, NEGATIVE, NONE)
"""The cases that fail when items are wrong altogether."""

WRONG: dict[Any, set[str]] = {
    Float64: {FLOAT32, REAL, WHOLE},
    WithoutDtype: {FLOAT32, REAL, WHOLE},
    IntegerTable: {FLOAT32},
    LongY: {FLOAT32, REAL, WHOLE, EPOCHS},
    FloatOnlyForLists: {REAL, WHOLE},
    HalfPrecision: {FLOAT32, REAL, WHOLE, EPOCHS},
    Scalars: {SHAPES, BATCHES},
    RowsOfRows: {SHAPES, BATCHES},
    WithoutLength: {LENGTH, OWN, BATCHES, EPOCHS, EMPTY, SIDE},
    LengthFive: {OWN, EPOCHS, EMPTY, SIDE},
    LengthOfARow: {LENGTH, OWN, BATCHES, EPOCHS, EMPTY, SIDE},
    LengthOneLess: {LENGTH, OWN, BATCHES, EPOCHS, EMPTY, SIDE},
    LengthOfBoth: {LENGTH, OWN, BATCHES, EPOCHS, SIDE},
    IgnoresTheData: {OWN, REAL, WHOLE, EPOCHS, NEGATIVE, LOOP, EMPTY, SIDE},
    IgnoresY: {OWN, REAL, WHOLE, EPOCHS, NEGATIVE, LOOP, SIDE},
    NoTable: {LENGTH, TABLE, SHAPES, FLOAT32, BATCHES, NONE, SIDE},
    LiteralDefaults: {NONE},
    IfNot: {REAL, WHOLE, EPOCHS, EMPTY},
    EqualsNone: {REAL, WHOLE, EPOCHS},
    EmptyIsNone: {EMPTY},
    ArraysOnly: {OWN, SHAPES, FLOAT32, NEGATIVE, PAST, BEFORE, LOOP, EMPTY, SIDE},
    ListsOnly: {REAL, WHOLE, EPOCHS},
    WholeNumbers: {REAL, EPOCHS},
    OffByOne: {TABLE, OWN, REAL, WHOLE, BATCHES, NEGATIVE, PAST, LOOP, NONE, SIDE},
    OffByOneInY: {*VALUES, SIDE},
    AlwaysTheFirst: {*VALUES, PAST, BEFORE, LOOP},
    Swapped: {*VALUES, SHAPES, SIDE},
    OnlyX: {*VALUES, SHAPES, FLOAT32, SIDE},
    Dictionary: {*VALUES, SHAPES, FLOAT32, SIDE},
    OneTensor: {*VALUES, SHAPES, FLOAT32, SIDE},
    PlainRows: {FLOAT32, REAL, WHOLE, BATCHES},
    NumPyRows: {FLOAT32, REAL, WHOLE},
    PrintsTheItem: {*VALUES, SHAPES, FLOAT32, SIDE},
    Normalised: {*VALUES, SIDE},
    ClassAttribute: {SIDE},
    SharedList: {OWN, BATCHES, EPOCHS, EMPTY, SIDE},
    SharedDefault: {OWN, REAL, WHOLE, EPOCHS, NEGATIVE, LOOP, EMPTY, SIDE},
    TableIsReplaced: {BATCHES, NONE, SIDE},
    NoNegative: {NEGATIVE},
    NegativeFromOne: {NEGATIVE, BEFORE},
    AddsTheLength: {BEFORE},
    Modulo: {PAST, BEFORE, LOOP, EMPTY},
    Clamped: {PAST, BEFORE, LOOP},
    NoneAfterTheEnd: {PAST, BEFORE, LOOP, EMPTY},
    AnotherError: {PAST, BEFORE, LOOP, EMPTY},
    StopsTheLoop: {PAST},
    LastIsLost: {TABLE, OWN, REAL, WHOLE, BATCHES, EPOCHS, LOOP, NONE},
    LoopsOverX: {LOOP},
    UsesUp: {*VALUES, LOOP},
    ChangesTheData: {REAL, WHOLE, EPOCHS},
}

"""Files of every odd kind become submissions, or a sentence that says what to do; nothing in them is run."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.submission import (
    Submission,
    UnreadableSubmission,
    collect,
    default_seed,
    definitions,
    read_submission,
    untouched,
)

CODE = "def f(x):\n    return x\n"


def written(path: Path, content: str | bytes) -> Path:
    """Write a file, with its folders, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def code_cell(source: Any, **more: Any) -> dict[str, Any]:
    """Return a code cell of format 4."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: Any, **more: Any) -> str:
    """Return a notebook of format 4 as JSON; ``more`` replaces its fields."""
    fields = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}
    return json.dumps(fields)


def python(path: Path, source: str | bytes) -> Submission:
    """Write source to x.py in a folder and read it."""
    return read_submission(written(path / "x.py", source))


def cells(path: Path, content: str | bytes) -> Submission:
    """Write a notebook to x.ipynb in a folder and read it."""
    return read_submission(written(path / "x.ipynb", content))


def refusal(path: Path) -> str:
    """Return the sentence with which a path is refused."""
    with pytest.raises(UnreadableSubmission) as caught:
        read_submission(path)
    assert isinstance(caught.value, UsageError)
    assert caught.value.__cause__ is None
    return str(caught.value)


# --- .py files ---


def test_a_py_is_one_unit_under_its_name(tmp_path: Path) -> None:
    """A .py file is one unit, labelled with its name; the sha256 is that of its bytes."""
    path = written(tmp_path / "김 철수" / "과제 4.py", CODE)
    submission = read_submission(path, "김철수")
    assert [(unit.label, unit.source, unit.syntax_error) for unit in submission.units] == [
        ("과제 4.py", CODE, None)
    ]
    assert submission.path == path
    assert submission.student == "김철수"
    assert submission.sha256 == hashlib.sha256(CODE.encode()).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        "s = '가'\n".encode(),
        "\ufeffs = '가'\n".encode(),
        "# -*- coding: cp949 -*-\ns = '가'\n".encode("cp949"),
        "#!/usr/bin/env python\n# vim: set fileencoding=euc-kr :\ns = '가'\n".encode("euc-kr"),
        "# coding: utf-7\ns = '가'\n".encode("utf-7"),
    ],
)
def test_source_is_decoded_as_python_does(tmp_path: Path, data: bytes) -> None:
    """UTF-8 with and without a byte order mark, and the encoding that a coding line names, are read."""
    (unit,) = python(tmp_path, data).units
    assert unit.source.endswith("s = '가'\n")
    assert unit.syntax_error is None


@pytest.mark.parametrize(
    "data",
    [
        "# coding: ascii\ns = '가'\n".encode(),
        b"# coding: klingon\nx = 1\n",
        b"# coding: zlib\nx = 1\n",
        b"# coding: punycode\nx = 1\n",
        b"# coding: undefined\nx = 1\n",
        b"\xef\xbb\xbf# coding: cp949\nx = 1\n",
    ],
)
def test_a_coding_line_that_is_wrong_is_told_to_save_as_utf8(tmp_path: Path, data: bytes) -> None:
    """A coding line that names no encoding of text, or not that of the file, is refused with advice."""
    assert refusal(written(tmp_path / "x.py", data)).endswith("save it as UTF-8.")


@pytest.mark.parametrize(
    "data",
    [
        "s = '가'\n".encode("cp949"),
        "\n\n\ns = 'é'\n".encode("latin-1"),
        CODE.encode("utf-16"),
        CODE.encode("utf-16-le"),
        CODE.encode("utf-16-be"),
        CODE.encode("utf-32"),
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x13\x07",
    ],
)
@pytest.mark.parametrize("name", ["x.py", "x.ipynb"])
def test_other_encodings_are_told_to_save_as_utf8(tmp_path: Path, data: bytes, name: str) -> None:
    """Text that is not UTF-8, and a binary file, is refused with the advice to save it as UTF-8."""
    assert refusal(written(tmp_path / name, data)).endswith("save it as UTF-8.")


def test_line_ends_and_form_feeds_keep_the_line_numbers(tmp_path: Path) -> None:
    """CRLF and CR end lines as in Python; a form feed, a tab and a line separator end none."""
    (unit,) = python(tmp_path, b"x = 1\r\n\x0c\r\ndef f():\r\n\treturn '\xe2\x80\xa8'\r= 3\r\n").units
    assert unit.source == "x = 1\n\x0c\ndef f():\n\treturn '\u2028'\n= 3\n"
    assert unit.syntax_error == "line 5: invalid syntax in `= 3`"


def test_a_magic_in_a_py_is_a_syntax_error(tmp_path: Path) -> None:
    """Only notebooks have magics; in a .py the line is shown as what it is."""
    (unit,) = python(tmp_path, "%matplotlib inline\n").units
    assert unit.syntax_error == "line 1: invalid syntax in `%matplotlib inline`"


# --- notebooks ---


def test_a_notebook_is_one_unit_a_code_cell(tmp_path: Path) -> None:
    """Code cells are numbered from 1, the empty ones too and text cells not, as a student counts them."""
    text = {"cell_type": "markdown", "metadata": {}, "source": "# title"}
    submission = cells(tmp_path, notebook(text, code_cell("x = 1"), code_cell(""), text, code_cell("y = 2")))
    assert [(unit.label, unit.source) for unit in submission.units] == [
        ("cell 1", "x = 1"),
        ("cell 2", ""),
        ("cell 3", "y = 2"),
    ]


def test_a_broken_cell_leaves_the_others_alone(tmp_path: Path) -> None:
    """A syntax error is told of its own cell, with the line in the cell as the student wrote it."""
    first, second = cells(tmp_path, notebook(code_cell("%%time\n%pip list\nx ="), code_cell("y = 2"))).units
    assert first.syntax_error == "line 3: invalid syntax in `x =`"
    assert second.syntax_error is None


@pytest.mark.parametrize(
    "cell",
    [
        code_cell("x = 1\ny = 2"),
        code_cell(["x = 1\n", "y = 2"]),
        code_cell("x = 1\r\ny = 2"),
        {"cell_type": "code", "source": "x = 1\ny = 2"},
        code_cell("x = 1\ny = 2", metadata=None, outputs="none", execution_count=[]),
        code_cell(["x = 1\n", None, 3, "y = 2"]),
        code_cell("x = 1\ny = 2", id="same"),
        code_cell("x = 1\ny = 2", outputs=[{"data": {"image/png": "A" * 3_000_000}}] * 3),
    ],
)
@pytest.mark.parametrize("more", [{}, {"metadata": None}, {"metadata": [1]}, {"nbformat_minor": "?"}])
def test_cells_of_every_shape_are_read(tmp_path: Path, cell: dict[str, Any], more: dict[str, Any]) -> None:
    """Source as a list or a string, no id, broken metadata, huge outputs: the code is read all the same."""
    (unit,) = cells(tmp_path, notebook(cell, **more)).units
    assert unit.source == "x = 1\ny = 2"


def test_cells_that_are_none_are_passed_over(tmp_path: Path) -> None:
    """A cell that is no cell, or of an unknown kind, is no code cell; a code cell without source is empty."""
    odd: list[Any] = [None, 3, "text", [], {}, {"cell_type": "hologram"}]
    empty = [{"cell_type": "code"}, code_cell({"x": 1})]
    units = cells(tmp_path, notebook(*odd, *empty, code_cell("x = 1"))).units
    assert [unit.source for unit in units] == ["", "", "x = 1"]


def test_lone_surrogates_in_json_are_replaced(tmp_path: Path) -> None:
    """Half a character in the JSON becomes U+FFFD, and the cell still parses."""
    content = notebook(code_cell("s = 'SURROGATE'")).replace("SURROGATE", "\\ud83d \\ud83d\\ude00")
    (unit,) = cells(tmp_path, content).units
    assert unit.source == "s = '\ufffd \U0001f600'"
    assert unit.syntax_error is None


def test_a_notebook_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Windows editors put a mark before UTF-8; it is no part of the JSON."""
    assert cells(tmp_path, "\ufeff" + notebook(code_cell("x = 1"))).units[0].source == "x = 1"


def test_format_3_is_converted(tmp_path: Path) -> None:
    """A notebook of format 3 has its code in worksheets, and is read like one of format 4."""
    cell = {"cell_type": "code", "language": "python", "metadata": {}, "outputs": []}
    sheet = {"cells": [{**cell, "input": ["x = 1\n", "y = 2"]}, {**cell, "input": "!ls\nz = 3"}]}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [sheet]}
    assert [unit.source for unit in cells(tmp_path, json.dumps(old)).units] == ["x = 1\ny = 2", "\nz = 3"]


def test_format_3_without_worksheets_is_refused(tmp_path: Path) -> None:
    """What cannot be converted is refused with a sentence, whatever the conversion raises."""
    assert "save it again" in refusal(written(tmp_path / "x.ipynb", '{"nbformat": 3, "worksheets": [7]}'))


@pytest.mark.parametrize("version", [1, 2, 5, 99, -4, "4", 4.0, True, None, [4]])
def test_other_formats_are_refused(tmp_path: Path, version: Any) -> None:
    """Formats 1, 2 and newer ones, and a notebook that names no format, are told to be saved again."""
    path = written(tmp_path / "x.ipynb", notebook(code_cell("x = 1"), nbformat=version))
    assert "open it in Jupyter and save it again; formats 3 and 4 are read." in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        "{",
        notebook(code_cell("x = 1"))[:-9],
        "<html>Sign in</html>",
        "[" * 100_000,
        "[]",
        "null",
        "7",
        '{"nbformat": ' + "4" * 5000 + "}",
        '{"nbformat": 4, "cells": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    """Broken, cut off or deeply nested JSON, a web page and other JSON are refused with a sentence."""
    sentence = refusal(written(tmp_path / "x.ipynb", content))
    assert "notebook" in sentence
    assert "save it again" in sentence


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    """The sentence on broken JSON names the line, for those who edited it by hand or merged it."""
    assert "line 2" in refusal(written(tmp_path / "x.ipynb", '{"nbformat": 4,\n<<<<<<< HEAD\n}'))


@pytest.mark.parametrize(
    "content",
    [
        notebook(),
        notebook({"cell_type": "markdown", "source": "# only text"}),
        notebook(code_cell(""), code_cell("  \n")),
        notebook(cells={"a": 1}),
        notebook(cells=None),
    ],
)
def test_a_notebook_without_code_is_refused(tmp_path: Path, content: str) -> None:
    """A notebook without code cells, or with empty ones only, is refused."""
    assert "is a notebook without code" in refusal(written(tmp_path / "x.ipynb", content))


# --- files that cannot be read ---


@pytest.mark.parametrize("content", [b"", b" \t\r\n\x0c", b"\xef\xbb\xbf\n", "\u3000\n".encode()])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file without a sign in it is refused, whatever white space it has."""
    assert "is empty" in refusal(written(tmp_path / "x.py", content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What is not there, and what is a folder, is said by name."""
    file = written(tmp_path / "x.py", CODE)
    assert "없는 파일.py is not there" in refusal(tmp_path / "없는 파일.py")
    assert "is not there" in refusal(file / "y.py")
    assert "is a folder" in refusal(tmp_path)
    assert "cannot be read" in refusal(Path("a\0.py"))
    assert "cannot be read" in refusal(tmp_path / f"{'a' * 300}.py")


@pytest.mark.parametrize("name", ["x.txt", "x", "x.py.zip", "x.pyc", ".py"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    """The sentence on another kind of file says which kinds are read."""
    assert "only .py and .ipynb files are read" in refusal(written(tmp_path / name, CODE))


def test_large_files_are_refused(tmp_path: Path) -> None:
    """More than 5 MiB of .py or 50 MiB of .ipynb is refused before it is looked at."""
    assert "larger than 5 MiB" in refusal(written(tmp_path / "x.py", b"#" * (5 * 2**20 + 1)))
    big = written(tmp_path / "x.ipynb", b"")
    os.truncate(big, 50 * 2**20 + 1)
    assert "larger than 50 MiB" in refusal(big)


def test_weights_in_a_text_are_not_too_much_code(tmp_path: Path) -> None:
    """A long text is little work for the parser: nearly 5 MiB of base64 are read."""
    weights = base64.b64encode(random.Random(0).randbytes(3_900_000)).decode()
    (unit,) = python(tmp_path, f"w = '{weights}'\n").units
    assert unit.syntax_error is None


def test_code_that_takes_minutes_to_parse_is_refused(tmp_path: Path) -> None:
    """Millions of words of code are refused, in a .py and over the cells of a notebook."""
    assert "far more code" in refusal(written(tmp_path / "x.py", "a=b\n" * 200_000))
    many = notebook(*[code_cell("a=b\n" * 20_000)] * 10)
    assert "far more code" in refusal(written(tmp_path / "x.ipynb", many))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing permissions, and a disk that fails, are said in a sentence."""
    path = written(tmp_path / "x.py", CODE)

    def fail(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    assert "may not be read: change its permissions" in refusal(path)

    def broken(*_: Any, **__: Any) -> Any:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    assert "cannot be read: Input/output error" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    """A named pipe is refused, and not waited for."""
    os.mkfifo(tmp_path / "x.py")
    assert "is not a regular file" in refusal(tmp_path / "x.py")


def test_control_characters_in_names_are_written_out(tmp_path: Path) -> None:
    """A file's name cannot write to the terminal, nor break the encoding of a report."""
    path = written(Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\x1b[2J\xff.py")), CODE)
    (unit,) = read_submission(path).units
    assert "\x1b" not in unit.label
    assert unit.label.encode()
    path.unlink()
    assert "\x1b" not in refusal(path)


def test_reading_a_py_imports_nothing_heavy() -> None:
    """Reading, parsing and seeding a .py needs neither NumPy nor pydantic, nbformat, rich or torch."""
    script = (
        "import sys; from pathlib import Path; from grader.submission import *;"
        "s = read_submission(Path(sys.argv[1])); default_seed(s), definitions(s), untouched(s, 'f');"
        "print({'numpy', 'pydantic', 'nbformat', 'rich', 'torch', 'json'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script, __file__]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"


_LEAF = st.none() | st.booleans() | st.text(max_size=5) | st.sampled_from(["code", "%%time\nx", "!ls"])
_FIELDS = st.sampled_from(["cell_type", "source", "cells", "input", "outputs"])
_JSON = st.recursive(
    _LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_FIELDS, inner, max_size=4),
    max_leaves=12,
)


def read_or_refused(name: str, content: str | bytes) -> Submission | str:
    """Return the submission that a file of this name and content is, or the sentence of its refusal."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read_submission(written(Path(folder) / name, content))
        except UnreadableSubmission as refused:
            return str(refused)


@given(_JSON, st.sampled_from([3, 4]))
@settings(deadline=None, max_examples=150)
def test_whatever_a_notebook_holds_it_is_read_or_refused(content: Any, version: int) -> None:
    """JSON of any shape in the place of cells gives a submission or a sentence, never a traceback."""
    fields = {"nbformat": version, "metadata": {}, "cells": content, "worksheets": [{"cells": content}]}
    result = read_or_refused("x.ipynb", json.dumps(fields))
    assert result.endswith(".") if isinstance(result, str) else result.units


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None, max_examples=150)
def test_whatever_a_py_holds_it_is_read_or_refused(content: bytes) -> None:
    """Bytes of any kind in a .py give a submission that can be asked everything, or a sentence."""
    result = read_or_refused("x.py", content)
    if isinstance(result, str):
        assert result.endswith(".")
    else:
        assert result.units[0].source.encode()
        assert default_seed(result) < 2**32
        assert not untouched(result, "f")


# --- definitions, stubs and seeds ---


def test_definitions_are_the_names_bound_outside_functions(tmp_path: Path) -> None:
    """Def, class, assignment and import count, inside blocks too; what a function binds does not."""
    source = """
import numpy as np, os.path
from math import *
from math import sqrt as root
def f(): inner = 1
async def g(): ...
class C: attribute = 1
a, (b, *c) = 1, (2, 3)
d: int = 4
e: int
h[0] = i.j = 5
if a:
    k = 1
elif b:
    def l(): ...
else:
    m = 2
try:
    n = 1
except ValueError as error:
    o = 2
finally:
    p = 3
with open(x) as q, r: s = 1
for t, u in []: v = 1
while False: w = 1
match a:
    case 1: y = 1
k = 3
"""
    names = "np os root f g C a b c d k l m n o p q s t u v w y"
    assert definitions(python(tmp_path, source)) == tuple(names.split())


def test_cells_define_together_and_broken_ones_define_nothing(tmp_path: Path) -> None:
    """The names of all cells that parse are there; those of a broken cell are not."""
    content = notebook(code_cell("def f(): ..."), code_cell("def g(: ..."), code_cell("!ls\ndef h(): ..."))
    assert definitions(cells(tmp_path, content)) == ("f", "h")


def test_a_chain_of_a_thousand_elifs_is_read(tmp_path: Path) -> None:
    """Code that is nested deeply, but not too deeply to parse, is read without recursion."""
    deep = "if x: a = 1\n" + "elif x: b = 2\n" * 600 + "else: c = " + "1 + " * 600 + "1"
    submission = python(tmp_path, deep)
    assert submission.units[0].syntax_error is None
    assert definitions(submission) == ("a", "b", "c")
    assert default_seed(submission)


STUBS = [
    "def f(x): pass",
    "def f(x): ...",
    "def f(x):\n    '''Doc.'''",
    "def f(x):\n    '''Doc.'''\n    raise NotImplementedError",
    "def f(x):\n    raise NotImplementedError('later') from None",
    "async def f(x): ...",
    "if True:\n    def f(x): pass",
    "def f(x): return x\n\ndef f(x): pass",
    "class f: pass",
    "class f(Base):\n    '''Doc.'''\n    def __init__(self):\n        super().__init__()\n        pass",
    "class f(Base):\n    def __init__(self):\n        raise NotImplementedError\n    def g(self): 'Doc.'",
    "class f(Base):\n    def __init__(self):\n        Base.__init__(self)\n    async def g(self): ...",
]


@pytest.mark.parametrize("source", STUBS)
def test_a_stub_is_untouched(tmp_path: Path, source: str) -> None:
    """A body of pass, `...`, a docstring or NotImplementedError says nothing, in methods too."""
    assert untouched(python(tmp_path, source), "f")


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "def g(x): pass",
        "def f(x): return None",
        "def f(x):\n    x = 1\n    raise NotImplementedError",
        "def f(x): pass\n\ndef f(x): return x",
        "def f(x): pass\n\nf = lambda x: x",
        "def f(x): pass\nfrom helper import f",
        "def f(x):\n    raise ValueError",
        "def f(x): 0",
        "def f(x):\n    super().__init__()",
        "class f:\n    x = 1",
        "class f:\n    def __init__(self):\n        super().__init__()\n        self.x = 1",
        "class f(Base):\n    def __init__(self):\n        super().__init__(1, 2)",
        "class Base:\n    def g(self): return 1\n\nclass f(Base): pass",
        "class f:\n    def g(self): pass\n    def h(self): return 1",
        "class g:\n    def f(self): pass",
        "def f(x: pass",
    ],
)
def test_a_begun_definition_is_not(tmp_path: Path, source: str) -> None:
    """A statement of one's own, an attribute, arguments for the base class, a base of one's own are no stub."""
    assert not untouched(python(tmp_path, source), "f")


def test_a_stub_in_a_later_cell_counts(tmp_path: Path) -> None:
    """Cells run in order, so the last definition is the one that counts."""
    done, stub = code_cell("def f(): return 1"), code_cell("def f(): pass")
    assert untouched(cells(tmp_path, notebook(done, stub)), "f")
    assert not untouched(cells(tmp_path, notebook(stub, done)), "f")


def test_a_py_and_a_notebook_of_the_same_code_have_one_seed(tmp_path: Path) -> None:
    """Layout, comments, imports, the docstring, magics and the cut into cells do not change the seed."""
    source = '"""Exercise."""\nimport numpy as np\n\ndef f(x):\n    return x  # same\n\nT = {"a": 0x10}\n'
    seed = default_seed(python(tmp_path, source))
    split = notebook(
        code_cell("%matplotlib inline\nimport numpy as np\nimport os"),
        code_cell("def f( x ):\n\n    return (x)"),
        code_cell(["T = {'a': 16}\n", "!ls"]),
        code_cell("%%bash\nls"),
    )
    assert default_seed(cells(tmp_path, split)) == seed
    assert 0 <= seed < 2**32


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x + 1\n",
        "def g(x):\n    return x\n",
        "class f: x = 1\n",
        CODE + "ANSWERS = [1, 2]\n",
        CODE + "ANSWERS = [1, 3]\n",
        CODE + "f.answers = [1, 2]\n",
        CODE + "f.answers.append('1, 2')\n",
        CODE + "ANSWERS = ['1', 2]\n",
        CODE + "ANSWERS = [[1], 2]\n",
        CODE + f"ANSWERS = 0x{'f' * 5000}\n",
        CODE + "ANSWERS = '\\ud800'\n",
    ],
)
def test_other_code_has_another_seed(tmp_path: Path, source: str) -> None:
    """A change in a function, and a table of answers beside it, changes the seed that the answers are for."""
    others = [default_seed(python(tmp_path, code)) for code in (CODE, CODE + "ANSWERS = []\n")]
    assert default_seed(python(tmp_path, source)) not in others


def test_nothing_is_run(tmp_path: Path) -> None:
    """Reading a submission, and asking what it defines, runs none of its code."""
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\n@print\ndef f(x=1 / 0): pass\n"
    submission = python(tmp_path, trap)
    assert definitions(submission) == ("f",)
    assert untouched(submission, "f")
    assert default_seed(submission)
    assert not (tmp_path / "ran").exists()


# --- folders ---


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    """Files of a folder and its folders come sorted by name, without caches, hidden ones and environments."""
    wanted = ["01 가.py", "02.ipynb", "B/c.PY", "a/03.py", "a/b/04.ipynb", "나/5.py"]
    left_out = [
        ".hidden/x.py",
        "._02.ipynb",
        "__pycache__/x.py",
        "a/.ipynb_checkpoints/03-checkpoint.ipynb",
        "venv/pyvenv.cfg",
        "venv/lib/x.py",
        "lib/site-packages/x.py",
        "notes.txt",
        "x.pyc",
    ]
    for name in [*left_out, *reversed(wanted)]:
        written(tmp_path / name, CODE)
    (tmp_path / "folder.py").mkdir()
    assert collect([tmp_path]) == [tmp_path / name for name in wanted]


def test_paths_stay_in_their_order_and_come_once(tmp_path: Path) -> None:
    """Paths come as given; one that is named twice, alone and within its folder, comes where it was first."""
    a, b = written(tmp_path / "a.py", CODE), written(tmp_path / "b.py", CODE)
    missing, text = tmp_path / "missing.py", written(tmp_path / "x.txt", "text")
    again = tmp_path / "." / "sub" / ".." / "b.py"
    assert collect([b, missing, tmp_path, again, text, missing]) == [b, missing, a, text]


def test_a_folder_without_submissions_stays(tmp_path: Path) -> None:
    """An empty folder stays in the list, so that it can be named in a sentence."""
    written(tmp_path / "readme.md", "text")
    assert collect([tmp_path]) == [tmp_path]
    assert "is a folder: name a .py or .ipynb file" in refusal(tmp_path)
    assert collect([Path("a\0b")]) == [Path("a\0b")]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link to another student's file or folder is not graded; one that is named by the caller is."""
    other = written(tmp_path / "other" / "secret.py", CODE)
    mine = written(tmp_path / "mine" / "a.py", CODE)
    (tmp_path / "mine" / "b.py").symlink_to(other)
    (tmp_path / "mine" / "c.py").symlink_to(mine)
    (tmp_path / "mine" / "d.py").symlink_to("/etc/passwd")
    (tmp_path / "mine" / "e").symlink_to(other.parent)
    (tmp_path / "mine" / "loop").symlink_to(tmp_path / "mine")
    (tmp_path / "mine" / "self.py").symlink_to(tmp_path / "mine" / "self.py")
    found = collect([tmp_path / "mine"])
    assert mine in found
    assert not {path.name for path in found} & {"b.py", "d.py", "secret.py"}
    assert len(found) == len({path.name for path in found})
    assert collect([tmp_path / "mine" / "b.py"]) == [tmp_path / "mine" / "b.py"]
    (tmp_path / "linked").symlink_to(tmp_path / "mine")
    assert tmp_path / "linked" / "a.py" in collect([tmp_path / "linked"])

"""Notebook magics are left out where they are magics, and what does not parse is told in a sentence."""

from __future__ import annotations

import ast
import warnings

import pytest

from grader.parsing import cell_source, plain, statements, syntax_error

MAGICS = [
    "%matplotlib inline",
    "!pip install torch",
    "?print",
    "print?",
    "print??",
    "files = !ls *.py",
    "a.b, c[0] = %system ls",
    "best = %timeit -o -q f(1)",
    "!echo it's",
    '!echo "open',
    "!ls $HOME {x} | grep '(' ; cd ..",
    "%%time",
    "%timeit f(x, [1",
    "!sleep 010",
]


@pytest.mark.parametrize("magic", MAGICS)
def test_a_magic_is_left_out_and_lines_keep_their_numbers(magic: str) -> None:
    """A magic or shell line between statements vanishes, and the statement below it stays in its line."""
    assert cell_source(f"x = 1\n{magic}\ny = 2") == "x = 1\n\ny = 2"


def test_a_magic_inside_a_block_becomes_pass() -> None:
    """A loop whose only line is a magic still has a body."""
    assert cell_source("for i in range(3):\n    !echo $i\nx = 1") == "for i in range(3):\n    pass\nx = 1"


def test_a_future_import_may_stand_below_a_magic() -> None:
    """What replaces a magic at the top level leaves `from __future__ import` legal below it."""
    source = cell_source("%matplotlib inline\nfrom __future__ import annotations\n")
    compile(source, "cell", "exec")
    assert "annotations" in source


def test_a_continuation_that_begins_with_percent_stays() -> None:
    """A line that begins with % is kept where it goes on with the expression above, next to a real magic."""
    cell = 'text = ("%d"\n        % 3)\nrest = (7\n% 4)\n%matplotlib inline\n"""\n!not a command\n"""'
    assert cell_source(cell) == cell.replace("%matplotlib inline", "")
    assert cell_source("rest = (7\n% 4)") == "rest = (7\n% 4)"


def test_the_lines_that_a_backslash_continues_go_with_the_magic() -> None:
    """A shell command over several lines is left out as a whole."""
    assert cell_source("!pip install \\\n  torch \\\n  numpy\nx = 1") == "\n\n\nx = 1"
    assert cell_source("!pip install \\") == ""


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 3", "%%capture out", "%%prun", "%%time\n%%capture"])
def test_cell_magics_that_run_python_keep_the_body(magic: str) -> None:
    """The body of a timed, captured or profiled cell is graded, under the line numbers of the cell."""
    source = cell_source(f"\n# timing\n{magic}\nx = 1\n%matplotlib inline")
    body = ast.parse(source).body
    assert [node.lineno for node in body] == [4 + magic.count("\n")]


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.py", "%% js", "%%", "%%cython -a"])
def test_other_cell_magics_leave_the_cell_out(magic: str) -> None:
    """A cell in another language, or one that writes a file, holds no Python to grade."""
    assert cell_source(f"# note\n{magic}\nx = 1") == ""


@pytest.mark.parametrize(
    "line",
    [
        'print("x=%d" % n',
        "def f(x)  # is this right?",
        "x = 3 +",
        "print 'what?'",
        "y = x !",
    ],
)
def test_a_real_mistake_is_not_taken_for_a_magic(line: str) -> None:
    """A line with a syntax error is kept, also when it holds a % or ends with a question mark."""
    source = cell_source(f"%matplotlib inline\n{line}\n    pass")
    assert source.split("\n")[1] == line
    assert (syntax_error(source) or "").startswith("line 2: ")


def test_a_mistake_in_a_continuation_line_is_quoted_as_written() -> None:
    """The sentence on a syntax error quotes the student's line, not what stands for it."""
    cell = "if True:\n    y = (1\n    % 2 = 3)"
    sentence = syntax_error(cell_source(cell), cell)
    assert sentence is not None
    assert sentence.endswith(("in `% 2 = 3)`", "in `y = (1`"))


def test_a_thousand_magics_take_no_thousand_parses() -> None:
    """Many shell lines in a cell are left out quickly, all of them."""
    source = cell_source("\n".join(["x = 1", "!ls"] * 5000))
    assert source == "\n".join(["x = 1", ""] * 5000)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1\n\ndef f(x)\n    return x", "line 3: expected ':' in `def f(x)`"),
        ("print 3", "line 1: Missing parentheses in call to 'print'. Did you mean print(...)? in `print 3`"),
        ("x = '''\n", "line 1: unterminated triple-quoted string literal"),
        ("def f():\nx = 1", "line 2: expected an indented block after function definition on line 1 in `x ="),
        ("x = 1\ny = '\0'", "line 2: the code holds a NUL character"),
        ("-" * 100_000 + "1", "the code is nested too deeply for Python to read"),
        ("(" * 500, "line 1: too many nested parentheses"),
    ],
)
def test_what_does_not_parse_is_told_with_its_line(source: str, sentence: str) -> None:
    """A syntax error becomes a short sentence with line, message and text; deep nesting and NUL do too."""
    assert (syntax_error(source) or "").startswith(sentence)
    assert statements(source) == []


def test_a_long_or_hostile_line_is_quoted_short_and_harmless() -> None:
    """The quoted line is cut, and control characters in it are written out."""
    sentence = syntax_error("x = = '\x1b[2J" + "a" * 1000 + "'") or ""
    assert len(sentence) < 300
    assert "\x1b" not in sentence
    assert "\\x1b" in sentence


def test_warnings_of_the_parser_stay_silent() -> None:
    """An invalid escape in a submission shows no warning, and does not become an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert syntax_error("x = '\\d'\ny = 1 is 1") is None


def test_lines_are_those_of_python() -> None:
    """Windows and old Mac line ends count as one line end; form feeds and line separators as none."""
    assert plain("a\r\nb\rc\x0cd\u2028e") == "a\nb\nc\x0cd\u2028e"
    assert syntax_error("x = 1\x0c\ny = '\u2028'\nz = = 1") == "line 3: invalid syntax in `z = = 1`"


def test_lone_surrogates_are_replaced_and_pairs_stay() -> None:
    """Half a character becomes U+FFFD, so that the source can be encoded; emoji stay as they are."""
    assert plain("a\ud83d b\udc00 \U0001f600 가") == "a\ufffd b\ufffd \U0001f600 가"

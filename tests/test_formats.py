"""The document formats of a report: HTML, JUnit XML and Gradescope's results.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise, product
from numbers import Real
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from test_terminal import DIAGNOSIS, HOSTILE, PASSED, WAITING, case, example, failed, report

from grader.api import Grader
from grader.report import Counterexample, Report, SubmissionInfo, TaskResult, Training
from grader.show import gradescope, html, junit
from grader.show.output import output_of
from grader.show.untrusted import visible

TRAINING = Training(
    passed=True, accuracy=0.9633, threshold=0.945, loss=0.1, dataset="mnist", images=5000, epochs=1,
    device="cpu", seed=0, seconds=2.0,
)  # fmt: skip
SHORT = TaskResult(name="gone", status="missing", score=0, max_score=1, notes=("gone is not defined.",))
KOREAN = SubmissionInfo(path="과제/04_conv_backprop.py", sha256="00", student="김민수")
EVERYTHING = report(PASSED, failed(diagnosis=DIAGNOSIS), WAITING, SHORT, training=TRAINING, submission=KOREAN)
FAULT = report(status="fault", message="Not graded: the sandbox did not start.", score=0, max_score=0)
UNREADABLE = report(status="unreadable", message="It is not UTF-8.", score=0, max_score=26)

POISON = f"{HOSTILE}</pre></style><script>alert(1)</script><img src=x onerror=y>\" ' &amp; ]]> \ufffe\0"


def hostile(text: str) -> Report:
    """Build a report with ``text`` wherever a student's text can stand."""
    shown = Counterexample(call=text, returned=f"{text} 1.*", expected=text, replay=text)
    found = DIAGNOSIS.model_copy(
        update={"title": text, "explanation": text, "look_at": text, "alternatives": (text, text)}
    )
    cases = (case(text, False, message=text), case(text, False, max_score=0, message=text), case(text, True))
    task = failed(diagnosis=found, counterexample=shown, cases=cases, notes=(text,))
    task = task.model_copy(update={"name": text})
    info = SubmissionInfo(path=text, sha256="00", student=text)
    bare = failed(cases=cases, counterexample=None)
    return report(task, bare, submission=info, message=text)


def graded(warm: Grader) -> Report:
    """Grade a wrong submission of the corpus."""
    return warm.grade_file(Path(__file__).parent / "submissions/04_conv_backprop/wrong/batch_mean.py", "4")


# --- HTML ---------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The elements, attributes and text of a page; refuses one whose elements are not closed in order."""

    void = ("meta", "br", "hr", "img", "input", "link")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("span", "code", "strong", "mark", "a"):
            self.texts.append(("", " "))
        if tag not in self.void:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    @property
    def text(self) -> str:
        """The text of the body, with spaces in place of line ends."""
        return " ".join("".join(data for tag, data in self.texts if tag not in ("style", "title")).split())


def page(*reports: Report) -> Page:
    """Parse the page of some reports."""
    return Page(html.write(reports))


def test_a_page_is_complete() -> None:
    """The page names its language, encoding and title, and adapts to the width of a phone."""
    shown = page(EVERYTHING)
    assert ("html", "lang", "en") in shown.attributes
    assert ("meta", "charset", "utf-8") in shown.attributes
    assert ("meta", "content", "width=device-width, initial-scale=1") in shown.attributes
    assert "Grading report: Back-propagation through a convolution" in dict(shown.texts)["title"]


def test_headings_are_in_order() -> None:
    """A page has one first-level heading, and no level is skipped on the way down."""
    levels = [int(tag[1]) for tag in page(EVERYTHING, hostile("x"), FAULT).tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert levels.count(2) == 3
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_page_loads_nothing() -> None:
    """No element and no style refers to anything outside the file, and a policy forbids it too."""
    text = html.write([EVERYTHING, hostile("https://example.org")])
    shown = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(shown.tags)
    targets = [value for _, name, value in shown.attributes if name in ("href", "src", "action")]
    assert targets == ["#report-1", "#report-2"]
    assert not re.search(r"url\(|@import", text)
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in shown.attributes


def test_no_text_of_a_student_becomes_markup() -> None:
    """Markup in any text field leaves the page with the elements and attributes that harmless text has."""
    bad, harmless = page(hostile(POISON)), page(hostile("x"))
    assert bad.tags == harmless.tags
    assert [name for _, name, _ in bad.attributes] == [name for _, name, _ in harmless.attributes]
    assert bad.text.count("<script>alert(1)</script>") >= 20


def test_control_characters_are_shown_in_a_page() -> None:
    """Escape sequences, NUL, lone surrogates and direction overrides are written out, not obeyed."""
    shown = page(hostile(POISON))
    assert " ".join(visible(POISON).replace("\ufffe", "\\ufffe").split()) in shown.text
    assert not set(shown.text) & set("\x1b\x07\u202e\ud800\x9b\r\0")


@pytest.mark.parametrize("write", [html.write, junit.write, gradescope.write])
def test_documents_are_ascii(write: Any) -> None:
    """Korean names survive in every document, which is ASCII: no encoding of a pipe can spoil it."""
    text = write([EVERYTHING])
    assert text.isascii()
    assert text.endswith("\n")


def test_a_page_shows_korean() -> None:
    """The name of a student and of a file are shown in their own letters."""
    assert "김민수, 과제/04_conv_backprop.py" in page(EVERYTHING).text


def test_the_finding_comes_first_in_a_page() -> None:
    """A task shows its diagnosis, then the call, what came back and what was expected, then its cases."""
    text = page(report(failed(diagnosis=DIAGNOSIS, notes=("A note.",)))).text
    parts = [
        "3.5 / 6, 0 of 1 passed",
        "conv2d_backward",
        "✗ failed, 3.5 / 6 points",
        "dx is cut with [pad:-pad] With padding 0 that is [0:-0], which is empty.",
        "Where to look: cell 3, line 12 It may also be: kernel flipped",
        "Call x = np.array(",
        "What came back (* differs) array (2, 3) float64",
        "Expected array (2, 3) float64",
        "Note: A note. A hint: cnnex hint 4",
        "2 of 3 cases passed",
        "✗ failed stride 2 Try stride 2. 0 / 1",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_without_a_diagnosis_a_page_tells_the_first_failed_case() -> None:
    """The first case that lost points stands in for a diagnosis; one worth nothing, or not run, does not."""
    cases = (
        case("integers", False, max_score=0, message="An integer array."),
        case("slow", False, outcome="skipped", message="Not run."),
        case("stride 2", False, outcome="timed_out"),
    )
    shown = page(report(failed(cases=cases)))
    assert [data for tag, data in shown.texts if tag == "strong"] == ["stride 2"]
    assert "stride 2 it did not end within its time limit" in shown.text
    assert "0 of 2 cases passed, 1 not run" in shown.text


def test_entries_that_differ_are_marked() -> None:
    """In what came back each differing entry is highlighted and has its asterisk; a product sign is none."""
    shown = page(report(failed()))
    assert [data for tag, data in shown.texts if tag == "mark"] == ["0.*"]
    error = example().model_copy(update={"returned": "TypeError: bad types for *: int, f(*a)"})
    assert "mark" not in page(report(failed(counterexample=error))).tags


def test_symbols_are_for_the_eye_only() -> None:
    """Every state is a word; the symbol before it is hidden from screen readers."""
    shown = page(EVERYTHING)
    states = [value for _, name, value in shown.attributes if (name, value[:6]) == ("class", "state ")]
    hidden = [value for _, name, value in shown.attributes if name == "aria-hidden"]
    assert hidden == ["true"] * len(states)
    assert len(states) == 8
    for words in ("✓ passed, 4 / 4", "✗ failed, 3.5 / 6", "○ not started, 0 / 6", "✗ missing, 0 / 1"):
        assert words in shown.text


def test_what_scrolls_can_be_reached_by_keyboard() -> None:
    """Wide blocks scroll on their own, take the keyboard's focus, and have a name."""
    shown = page(EVERYTHING)
    blocks = [(name, value) for tag, name, value in shown.attributes if tag == "pre"]
    assert blocks.count(("tabindex", "0")) == shown.tags.count("pre") == 3
    assert [value for name, value in blocks if name == "aria-label"] == ["Call", "What came back", "Expected"]


def test_a_page_says_how_it_was_graded() -> None:
    """Seed, sandbox level, versions and the training's numbers are in the page."""
    text = page(EVERYTHING).text
    assert "Brief training ✓ passed Accuracy on the test images 96.33 % Needed 94.50 %" in text
    for fact in ("Seed of the inputs 0", "Sandbox strict", "Python 3", "NumPy 2"):
        assert fact in text
    assert "torch" not in text


def test_a_fault_shows_no_points() -> None:
    """After a fault of the grader the page says that nothing was graded, and names no score."""
    text = page(FAULT).text
    assert "not graded" in text
    assert "the sandbox did not start" in text
    assert "0 / 0" not in text


def test_several_reports_are_listed_and_linked() -> None:
    """A page of several reports begins with a list that leads to each of them; a page of one has no list."""
    shown = page(EVERYTHING, UNREADABLE)
    links = [value[1:] for _, name, value in shown.attributes if name == "href"]
    assert links == [value for _, name, value in shown.attributes if name == "id"] == ["report-1", "report-2"]
    assert "0 / 26, could not be read, work/04_conv_backprop.py" in shown.text
    assert "nav" not in page(EVERYTHING).tags


def test_a_report_can_stand_in_another_page() -> None:
    """The fragment of a report is one article without a first-level heading, the same as in the page."""
    fragment = html.fragment(EVERYTHING)
    assert Page(fragment).tags[0] == "article"
    assert "h1" not in Page(fragment).tags
    assert fragment.encode("ascii", "xmlcharrefreplace").decode() in html.write([EVERYTHING])


def test_an_unknown_exercise_is_named() -> None:
    """A report on an exercise that the course does not have is shown under the exercise's name."""
    assert ("h2", "99_gone") in page(EVERYTHING.model_copy(update={"exercise": "99_gone"})).texts


def test_a_page_without_reports_says_so() -> None:
    """When nothing was graded the page is not empty."""
    assert "No submission was graded." in page().text


def test_colours_have_enough_contrast() -> None:
    """In light and dark, text has a contrast of 4.5 to 1 or more with its background (WCAG 2, level AA)."""
    schemes = re.findall(r":root {(.*?)}", html.write([]), re.DOTALL)
    assert len(schemes) == 2
    for scheme in schemes:
        colour = {name: _luminance(value) for name, value in re.findall(r"--(\w+): #(\w{6})", scheme)}
        inks = ("text", "quiet", "good", "bad", "focus")
        for ink, ground in [*product(inks, ("page", "panel")), ("text", "mark")]:
            darker, lighter = sorted([colour[ink], colour[ground]])
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (ink, ground)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- JUnit --------------------------------------------------------------------------------------------------

# The structure of the JUnit.xsd for Ant, which is stricter than those of Jenkins but for the properties (one
# or more) and for the element `skipped` (no attributes). Attributes with a question mark are optional.
ATTRIBUTES = {
    "testsuites": "",
    "testsuite": "id package name timestamp hostname tests failures errors skipped? time",
    "properties": "",
    "property": "name value",
    "testcase": "name classname time",
    "failure": "type message?",
    "error": "type message?",
    "skipped": "",
    "system-out": "",
    "system-err": "",
}
CHILDREN = {
    "testsuites": "(testsuite )*",
    "testsuite": "properties (testcase )*system-out system-err ",
    "properties": "(property )+",
    "testcase": "(skipped |error |failure )?",
}
TYPES = {
    "id": r"\d+",
    "tests": r"\d+",
    "failures": r"\d+",
    "errors": r"\d+",
    "skipped": r"\d+",
    "time": r"\d+(\.\d+)?",
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "hostname": r"\S+",
}


def suites(*reports: Report) -> list[Element]:
    """Return the suites of a document, checked against the schema."""
    root = ElementTree.fromstring(junit.write(reports))
    assert root.tag == "testsuites"
    for element in root.iter():
        _check(element)
    return list(root)


def _check(element: Element) -> None:
    wanted = ATTRIBUTES[element.tag].split()
    assert {name for name in wanted if not name.endswith("?")} <= set(element.keys())
    assert set(element.keys()) <= {name.rstrip("?") for name in wanted}
    for name, value in element.items():
        # Where the schema asks for a token, spaces are single and inside.
        assert re.fullmatch(TYPES.get(name, r"(\S+( \S+)*)?"), value), (name, value)
    children = "".join(f"{child.tag} " for child in element)
    assert re.fullmatch(CHILDREN.get(element.tag, ""), children)


def _outcomes(suite: Element) -> Iterator[tuple[str | None, str | None, str]]:
    for test in suite.iter("testcase"):
        yield test.get("classname"), test.get("name"), test[0].tag if len(test) else "passed"


@pytest.mark.parametrize("made", [EVERYTHING, FAULT, UNREADABLE, hostile(POISON)])
def test_junit_follows_the_schema(made: Report) -> None:
    """Documents of every kind of report have the elements and attributes that the JUnit schema asks for."""
    for number, suite in enumerate(suites(made, EVERYTHING)):
        assert suite.get("id") == str(number)
        for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert suite.get(attribute) == str(len(list(suite.iter(tag))))
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))


def test_junit_has_a_test_case_for_each_case() -> None:
    """A lost case is a failure; what was not run, is worth nothing or is not started is skipped."""
    cases = (
        case("a", True),
        case("b", False, message="Try b."),
        case("c", False, outcome="skipped"),
        case("d", False, max_score=0, message="Integers."),
        case("e", True, max_score=0),
    )
    (suite,) = suites(report(failed(cases=cases), WAITING, SHORT))
    assert list(_outcomes(suite)) == [
        ("04_conv_backprop.conv2d_backward", "a", "passed"),
        ("04_conv_backprop.conv2d_backward", "b", "failure"),
        ("04_conv_backprop.conv2d_backward", "c", "skipped"),
        ("04_conv_backprop.conv2d_backward", "d", "skipped"),
        ("04_conv_backprop.conv2d_backward", "e", "passed"),
        ("04_conv_backprop.lp_grad", "lp_grad is written", "skipped"),
        ("04_conv_backprop.gone", "gone is defined", "failure"),
    ]
    assert [found.get("message") for found in suite.iter("failure")] == ["Try b.", "gone is not defined."]
    assert [found.text for found in suite.iter("skipped")][1] == "Worth no points: Integers."


def test_junit_tells_the_finding_once() -> None:
    """The first failure of a task holds the diagnosis and the counterexample; the others do not."""
    cases = (case("a", False), case("b", False))
    (suite,) = suites(report(failed(cases=cases, diagnosis=DIAGNOSIS)))
    first, second = (found.text for found in suite.iter("failure"))
    assert first is not None
    assert first.startswith("dx is cut with [pad:-pad]\n")
    assert f"Expected\n{example().expected}" in first
    assert not second


@pytest.mark.parametrize("made", [FAULT, UNREADABLE])
def test_without_a_verdict_junit_has_an_error(made: Report) -> None:
    """A fault of the grader, and a file that cannot be read, are errors: neither passed nor failed."""
    (suite,) = suites(made)
    assert list(_outcomes(suite)) == [("04_conv_backprop", "the submission is graded", "error")]
    error = next(suite.iter("error"))
    assert (error.get("type"), error.get("message")) == (made.status, made.message)


def test_junit_holds_what_xml_cannot() -> None:
    """Characters that XML 1.0 forbids are written as escapes, so that every parser reads the document."""
    (suite,) = suites(hostile("\0\x1b\ud800\ufffe\uffff"))
    assert "\\x00\\x1b\\ud800\\ufffe\\uffff" in (suite.get("name") or "")


def test_junit_is_the_same_each_time() -> None:
    """The same report gives the same document, to the byte."""
    assert junit.write([EVERYTHING, FAULT]) == junit.write([EVERYTHING, FAULT])
    assert "김민수" in (suites(EVERYTHING)[0].get("name") or "")


# --- Gradescope ---------------------------------------------------------------------------------------------

# https://gradescope-autograders.readthedocs.io/en/latest/specs/
RESULT = {
    "score": Real, "execution_time": Real, "output": str, "output_format": str, "test_output_format": str,
    "test_name_format": str, "visibility": str, "stdout_visibility": str, "extra_data": dict, "tests": list,
    "leaderboard": list,
}  # fmt: skip
TEST = {
    "score": Real, "max_score": Real, "status": str, "name": str, "name_format": str, "number": str,
    "output": str, "output_format": str, "tags": list, "visibility": str, "extra_data": dict,
}  # fmt: skip
VALUES = {
    "visibility": ("hidden", "after_due_date", "after_published", "visible"),
    "stdout_visibility": ("hidden", "after_due_date", "after_published", "visible"),
    "output_format": ("text", "html", "simple_format", "md", "ansi"),
    "test_output_format": ("text", "html", "simple_format", "md", "ansi"),
    "status": ("passed", "failed"),
}


def results(*reports: Report) -> dict[str, Any]:
    """Return results.json, checked against the fields that Gradescope documents."""
    written: dict[str, Any] = json.loads(gradescope.write(reports))
    _check_fields(written, RESULT)
    for test in written.get("tests", []):
        _check_fields(test, TEST)
    return written


def _check_fields(written: dict[str, Any], documented: Mapping[str, type]) -> None:
    for name, value in written.items():
        assert isinstance(value, documented[name]), name
        assert value in VALUES.get(name, [value])


def test_gradescope_gets_a_test_for_each_task() -> None:
    """Each task is a test with its points and its state; the score of the whole is their sum."""
    written = results(EVERYTHING)
    tests = written["tests"]
    assert [(test["number"], test["name"]) for test in tests] == [
        ("1.1", "04_conv_backprop: conv1d_backward"),
        ("1.2", "04_conv_backprop: conv2d_backward"),
        ("1.3", "04_conv_backprop: lp_grad"),
        ("1.4", "04_conv_backprop: gone"),
    ]
    assert [(test["score"], test["max_score"]) for test in tests] == [(4, 4), (3.5, 6), (0, 6), (0, 1)]
    assert [test["status"] for test in tests] == ["passed", "failed", "failed", "failed"]
    assert written["score"] == sum(test["score"] for test in tests) == 7.5
    assert "training passed: accuracy 96.33 %, needs 94.50 % (mnist, cpu)" in written["output"]


def test_gradescope_tells_the_finding_first() -> None:
    """The output of a failed test has the diagnosis first, then the example, then every case in a line."""
    test = results(report(failed(diagnosis=DIAGNOSIS)))["tests"][0]
    lines = test["output"].split("\n")
    assert lines[0] == "dx is cut with [pad:-pad]"
    assert lines.index("Call") < lines.index("What came back (* differs)") < lines.index("Expected")
    assert lines[-6:] == [
        "2 of 3 cases passed:",
        "  passed         1 / 1  stride 1",
        "  failed         0 / 1  stride 2",
        "  passed         1 / 1  pairs",
        "",
        "A hint: cnnex hint 4",
    ]


def test_gradescope_adds_exercises_up() -> None:
    """Several exercises become one list of tests, numbered without a repetition, and one sum."""
    second = report(PASSED, exercise="05_pool_backprop", duration_seconds=0.25)
    written = results(EVERYTHING, second, UNREADABLE)
    assert written["score"] == 11.5
    assert written["execution_time"] == 0.45
    assert [test["number"] for test in written["tests"]] == ["1.1", "1.2", "1.3", "1.4", "2.1", "3.1"]
    assert written["tests"][4]["name"] == "05_pool_backprop: conv1d_backward"
    assert (written["tests"][5]["max_score"], written["tests"][5]["output"]) == (26, "It is not UTF-8.")


def test_a_fault_gives_gradescope_nothing_to_record() -> None:
    """When one exercise could not be graded there is no score and no test, but a text that says why."""
    written = results(EVERYTHING, FAULT)
    assert not {"score", "tests"} & set(written)
    assert written["output"].startswith("NOT GRADED. The grader failed, not the submission")
    assert FAULT.message in written["output"]


def test_gradescope_is_told_when_there_was_nothing_to_grade() -> None:
    """Without any report there is no score either, and the text says what to hand in."""
    written = results()
    assert not {"score", "tests"} & set(written)
    assert "hand in a .py or .ipynb file" in written["output"]


def test_gradescope_shows_text_as_it_is() -> None:
    """A student's markup is declared as plain text, and control characters are written out."""
    written = results(hostile(POISON))
    formats = [written["output_format"], *(test["output_format"] for test in written["tests"])]
    assert set(formats) == {"text"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", written["output"] + written["tests"][0]["output"])
    assert "<script>alert(1)</script>" in written["tests"][0]["output"]


def test_gradescope_keeps_what_repeats_a_grading() -> None:
    """The seed, the versions, the sandbox and the checksum of the file are stored with the results."""
    (origin,) = results(EVERYTHING)["extra_data"]["reports"]
    assert set(origin) == {"exercise", "sha256", "seed", "environment", "sandbox"}


# --- a real one ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "reads"),
    [
        ("html", lambda text: "17.2 / 26" in Page(text).text),
        ("junit", lambda text: len(list(ElementTree.fromstring(text).iter("failure"))) >= 5),
        ("gradescope", lambda text: json.loads(text)["score"] == 17.2),
    ],
)
def test_a_grading_is_written_to_a_file(form: str, reads: Any, warm: Grader, tmp_path: Path) -> None:
    """A wrong submission is graded and written in each format, to a file that its readers can parse."""
    target = tmp_path / f"report.{form}"
    with output_of(form, target) as show:
        show(graded(warm))
    assert reads(target.read_text(encoding="utf-8"))

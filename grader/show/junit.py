"""Reports as JUnit XML, for Jenkins, GitLab and others: a suite for a report, a test case for a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from grader.report import CaseResult, Report, TaskResult
from grader.show import wording

_TIMESTAMP = "1970-01-01T00:00:00"
"""Ant's schema asks for a time, which a report does not have: the same reports give the same document."""


def write(reports: Sequence[Report]) -> str:
    """Return a JUnit document, valid by the schema of Ant (the strictest) and by those of Jenkins.

    A case that lost points is a failure. One that was not run, a failed one that is worth no points, and a
    task that is not started are skipped. A file that cannot be read, and a fault of the grader, are errors.
    The text is ASCII, with character references for the rest, so that no encoding of a pipe can spoil it.
    """
    root = Element("testsuites")
    for number, report in enumerate(reports):
        root.append(_suite(number, report))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(number: int, report: Report) -> Element:
    cases = list(_test_cases(report))
    suite = Element(
        "testsuite",
        id=str(number),
        name=_line(f"{report.exercise}: {report.submission.student or report.submission.path}"),
        package=_line(report.exercise),
        timestamp=_TIMESTAMP,
        hostname="localhost",  # what the schema asks for where no host is known
        tests=str(len(cases)),
        failures=_count(cases, "failure"),
        errors=_count(cases, "error"),
        skipped=_count(cases, "skipped"),
        time=f"{report.duration_seconds:.3f}",
    )
    properties = SubElement(suite, "properties")
    for name, value in _properties(report):
        SubElement(properties, "property", name=name, value=_line(str(value)))
    suite.extend(cases)
    SubElement(suite, "system-out").text = wording.clean("\n".join(_remarks(report)))
    SubElement(suite, "system-err")
    return suite


def _count(cases: Sequence[Element], tag: str) -> str:
    return str(sum(case.find(tag) is not None for case in cases))


def _properties(report: Report) -> Iterator[tuple[str, object]]:
    yield "path", report.submission.path
    yield "sha256", report.submission.sha256
    if report.status != "fault":  # a fault costs no points: there is no score to name
        yield "score", report.score
        yield "max_score", report.max_score
    yield "seed", report.seed
    yield "sandbox", report.sandbox.level
    yield from ((name, value) for name, value in report.environment if value is not None)


def _remarks(report: Report) -> Iterator[str]:
    yield f"{report.exercise}: {wording.headline(report)}"
    if report.message:
        yield report.message
    if report.training:
        yield wording.training_line(report.training)
    yield from (f"{task.name}: {note}" for task in report.tasks for note in task.notes)


# --- test cases ---------------------------------------------------------------------------------------------


def _test_cases(report: Report) -> Iterator[Element]:
    if report.status in ("fault", "unreadable"):
        # An error, and never a pass or a failure: there is no verdict.
        message = report.message or wording.standing(report)
        case = _test_case(report.exercise, "the submission is graded")
        SubElement(case, "error", type=report.status, message=_line(message))
        yield case
    for task in report.tasks:
        name = f"{report.exercise}.{task.name}"
        yield from _of_task(name, task) if task.cases else [_without_cases(name, task)]


def _without_cases(classname: str, task: TaskResult) -> Element:
    """Return the one test case of a task that was not called."""
    if task.status == "not_started":
        case = _test_case(classname, f"{task.name} is written")
        SubElement(case, "skipped").text = "It is not started: the function is the untouched stub."
        return case
    case = _test_case(classname, f"{task.name} is defined")
    if task.status != "passed":
        message = " ".join(task.notes) or "No case was run."
        SubElement(case, "failure", type=task.status, message=_line(message))
    return case


def _of_task(classname: str, task: TaskResult) -> Iterator[Element]:
    explained = wording.explained(task)
    for result in task.cases:
        case = _test_case(classname, result.name)
        match wording.case_state(result):
            case "failed":
                failure = SubElement(case, "failure", type=result.outcome, message=_line(_message(result)))
                failure.text, explained = explained, ""  # said once: it is the same for all cases
            case "not run" | "no points":
                # The schemas differ in the attributes of this element: the reason is its text.
                SubElement(case, "skipped").text = wording.clean(_message(result))
        yield case


def _test_case(classname: str, name: str) -> Element:
    # Single calls are not timed; Ant's schema asks for a number.
    return Element("testcase", classname=_line(classname), name=_line(name), time="0")


def _message(case: CaseResult) -> str:
    message = case.message or wording.OUTCOMES[case.outcome]
    return message if case.max_score else f"Worth no points: {message}"


def _line(text: str) -> str:
    return " ".join(wording.clean(text).split())

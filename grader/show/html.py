"""Reports as a self-contained web page: one file, nothing to load, everything from a student escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from cnnexercises import catalog
from grader.grades import Grade
from grader.report import Report
from grader.show import wording


def write(reports: Sequence[Report]) -> str:
    """Return an HTML page with all reports."""
    return page("page.html.j2", reports=reports)


def page(template: str, **values: Any) -> str:
    """Return a page that a template of this package makes of values.

    The text is ASCII, with character references for the rest, so that no encoding of a pipe can spoil it.
    """
    text = _environment().get_template(template).render(values)
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def fragment(report: Report) -> Markup:
    """Return one report as an ``article``, with headings from ``h2`` on: the part of a page that shows it."""
    return Markup(_environment().get_template("report.html.j2").render(report=report))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        fragment=fragment, marked=_marked, named=_named, title=_title, total=_total, wording=wording
    )
    return environment


def _source(name: str) -> str:
    return files("grader.show").joinpath(name).read_text(encoding="utf-8")


def _shown(value: Any) -> Any:
    """Make every text that a template prints clean, so that no place can forget to. Escaping comes after."""
    return wording.clean(value) if type(value) is str else value


def _marked(drawn: str) -> Markup:
    """Return a drawn value with the entries that differ in ``mark`` elements."""
    text = wording.clean(drawn)
    parts, end = [], 0
    for match in wording.DIFFERS.finditer(text):
        parts += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _title(report: Report) -> str:
    """Return the title of the exercise, or its name when the course has no such exercise (any more)."""
    try:
        return catalog.find(report.exercise).title
    except catalog.UnknownExercise:
        return report.exercise


def _named(exercise: str) -> str:
    """Return an exercise's name as a person reads it: "04 conv backprop"."""
    return exercise.replace("_", " ")


def _total(grade: Grade) -> str:
    """Return "7.5 / 10" with the points by hand, or a dash where there is no grade."""
    return "\u2013" if grade.total is None else f"{round(grade.total, 2):g} / {round(grade.max_score, 2):g}"

"""The pages of a class, in a real browser: readable anywhere, self-contained, and nothing of a student's runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright
from storing import a_key, a_report

import grader.cli
from grader.gradebook import Gradebook, open_gradebook
from grader.report import CaseResult, Counterexample, Diagnosis, TaskResult
from grader.show.pages import write_pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
EVIL = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here (on Debian and Ubuntu: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a class: 30 students, hostile names and messages, a fault, points by hand, the same code."""
    folder = tmp_path_factory.mktemp("class")
    with open_gradebook(str(folder / "gradebook.db")) as book:
        for number in range(26):
            store(book, f"student {number:02d}", min(number, 10), fingerprint="same" if number < 2 else None)
        store(book, "김민지", 10)
        store(book, EVIL, 3, told=EVIL)
        store(book, "index", 5)
        store(book, "unlucky", 0, status="fault", message="The grader failed.")
        book.adjust("김민지", "04_conv_backprop", 1.5, EVIL, "Prof. Kim")
        assert write_pages(book, "last", folder / "pages") == 30
    return folder / "pages"


def store(book: Gradebook, student: str, score: float, told: str = "a flipped kernel", **fields: Any) -> None:
    """Store a report with one task, with a diagnosis and a counterexample where points are lost."""
    failed = score < 10
    task = TaskResult(
        name="conv2d_backward",
        status="failed" if failed else "passed",
        score=score,
        max_score=10.0,
        cases=(
            CaseResult(name="stride 2", passed=not failed, score=score, max_score=10.0, outcome="returned",
                       message=told if failed else None),
        ),
        diagnosis=Diagnosis(slug="flip", title=told, explanation=told, certainty="exact") if failed else None,
        counterexample=Counterexample(call=told, returned=told, expected="1.", replay="") if failed else None,
        notes=(),
    )  # fmt: skip
    code = fields.pop("fingerprint", None)
    book.store(a_report(student, score, tasks=(task,), **fields), a_key(student), fingerprint=code)


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """What opens a page; whatever one says on the console, or loads from elsewhere, fails the test."""
    said: list[str] = []

    def open_page(path: Path, **context: Any) -> Page:
        page = browser.new_context(**context).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert [line for line in said if not line.startswith("file:")] == []


def test_every_student_has_a_page_of_their_own(pages: Path) -> None:
    """There is a page a student, which names nobody else; one called "index" does not replace the overview."""
    assert len(list(pages.glob("*.html"))) == 31
    assert "Class overview" in (pages / "index.html").read_text("utf-8")
    for number in range(26):
        text = (pages / f"student {number:02d}.html").read_text("utf-8")
        assert [other for other in range(26) if f"student {other:02d}" in text] == [number]


def test_the_overview_tells_how_the_class_did(opened: Open, pages: Path) -> None:
    """Scores, tasks and common mistakes are drawn with a text for those who cannot see them."""
    page = opened(pages / "index.html")
    labels = [svg.get_attribute("aria-label") or "" for svg in page.locator("svg[role=img]").all()]
    assert any("full marks: 17" in label for label in labels)
    assert "conv2d_backward: 17 passed, 12 failed, 0 not started" in labels
    assert "11 students: a flipped kernel" in page.locator("summary").first.inner_text()
    assert "unlucky: The grader failed." in page.content()
    assert "04 conv backprop: student 00, student 01" in page.content()
    row = page.locator("tr", has_text="김민지")
    assert "11.5 / 10" in row.inner_text()
    assert "\u2013" in page.locator("tr", has_text="unlucky").inner_text()


def test_links_lead_to_the_students(opened: Open, pages: Path) -> None:
    """A student's link opens the student's page, whatever the student is called."""
    page = opened(pages / "index.html")
    assert page.locator("table a").count() == 30
    for student in ("student 00", "김민지", "index", EVIL):
        page.get_by_role("link", name=student, exact=True).click()
        assert page.locator("h1").inner_text() == student
        page.go_back()


def test_nothing_of_a_students_runs(opened: Open, pages: Path) -> None:
    """Names, messages, diagnoses and comments are text: no element is made of them, and nothing runs."""
    for path in (pages / "index.html", *pages.glob("*script*.html"), pages / "김민지.html"):
        page = opened(path)
        page.wait_for_load_state()
        assert page.title() != "owned"
        assert page.locator("script, img, iframe").count() == 0
        assert EVIL in page.inner_text("main") or "onerror" in page.inner_text("main")


@pytest.mark.parametrize("name", ["index.html", "student 03.html"])
def test_a_phone_shows_them(opened: Open, pages: Path, name: str) -> None:
    """On a screen of 320 pixels nothing leads out of the page sideways."""
    page = opened(pages / name, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["index.html", "student 03.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(opened: Open, pages: Path, name: str, scheme: str) -> None:
    """Whatever the reader prefers, text has a contrast of 4.5 to its background (WCAG 2.1, 1.4.3)."""
    page = opened(pages / name, color_scheme=scheme)
    faint = page.evaluate(CONTRAST)
    assert faint == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"
    assert dark == (scheme == "dark")


CONTRAST = """() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const linear = (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = parts(color).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!color.startsWith("rgba") || parts(color)[3] > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = [];
  for (const element of document.querySelectorAll("main *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(element.closest("svg") ? style.fill : style.color), light(behind(element))].sort();
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faint.push(`${element.tagName} ${element.textContent.trim().slice(0, 30)} ${ratio}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("name", ["index.html", "student 03.html"])
def test_a_keyboard_reaches_everything(opened: Open, pages: Path, name: str) -> None:
    """Tab reaches every link, fold and box that scrolls, with an outline; headings leave out no level."""
    page = opened(pages / name)
    wanted = page.locator("a:visible, summary:visible, [tabindex='0']:visible").count()
    reached = 0
    for _ in range(wanted):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        reached += page.evaluate("document.activeElement !== document.body")
    assert reached == wanted > 0
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_command_writes_the_pages(tmp_path: Path) -> None:
    """`cnnex report` says which file to open; without a gradebook it is a sentence, and nothing is written."""
    book, folder = tmp_path / "gradebook.db", tmp_path / "deep" / "pages"
    arguments = ["report", "--gradebook", str(book), "-o", str(folder)]
    told = CliRunner().invoke(grader.cli.main, arguments)
    assert (told.exit_code, "There is no gradebook" in told.stderr) == (2, True)
    assert not folder.exists()
    with open_gradebook(str(book)) as gradebook:
        store(gradebook, "kim", 5)
    told = CliRunner().invoke(grader.cli.main, arguments)
    assert told.exit_code == 0
    assert f"1 student: open {folder}{os.sep}index.html" in told.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "kim.html"]

"""The attacks in attacks/, each a submission that wants points, secrets or the machine, get nothing and harm nobody.

A file says in its first comment lines what it does, and what must hold:

    # attack: forks in every way that there is
    # exercise: 02
    # gains: nothing
    # says: nothing worked
    # holds: a submission is one process for as long as it lives

`# gains: cases that ask for an error` allows the points of those; `# says:` is what the report must contain, which
shows that the attack came to its end. The lines `CANARIES = []`, `PROJECT = ""` and `LISTENERS = []` are filled in:
files with a token, the folder of the project, and addresses that somebody listens at.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pytest

from cnnexercises import catalog
from cnnexercises.exercise import FunctionTask
from grader import Report, counterexample, diagnosis
from grader.api import Grader, Options
from grader.grading import questions
from grader.show import FORMATS
from grader.show.output import output_of
from grader.submission import default_seed, read_submission

ROOT = Path(__file__).resolve().parent.parent
ATTACKS = Path(__file__).parent / "attacks"
SOLUTIONS = catalog.folder("solutions")
TOKEN = "cnnex-token-5f1d8a"
MARK = "cnnex-attack"
PATIENCE = 40.0
"""Seconds for the grading of one attack, whose calls end after one: three strikes a function, and a counterexample."""

Level = Literal["strict", "basic"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox levels strict and basic are Linux's")


@dataclass(frozen=True)
class Attack:
    """A file of attacks/, and what its first lines say."""

    path: Path
    exercise: str
    gains: str
    says: str | None

    @property
    def name(self) -> str:
        """What the test is called."""
        return self.path.stem


def read(path: Path) -> Attack:
    """Return what the first comment lines of a file say."""
    said: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line.removeprefix("# ").partition(": ")
        said[key] = value
    assert {"attack", "exercise", "gains", "holds"} <= said.keys(), path
    return Attack(path, catalog.find(said["exercise"]).name, said["gains"], said.get("says"))


LIST = [read(path) for path in sorted(ATTACKS.glob("*.py"))]


@dataclass(frozen=True)
class Seen:
    """What came of an attack, and of the honest submission after it."""

    attack: Attack
    report: Report
    honest: Report
    seconds: float
    strangers: set[int]
    changed: dict[str, Any]
    callers: list[str]

    @property
    def text(self) -> str:
        """The report as it is stored."""
        return self.report.model_dump_json()


# --- the place that is attacked ------------------------------------------------------------------------------


@dataclass
class Warm:
    """A warm grader, with the sessions of its processes, and a thread in which it works."""

    grader: Grader
    sessions: frozenset[int]
    folder: Path
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def processes(self) -> set[int]:
        """Return the processes of its sessions: those of orphans, too."""
        return {pid for pid, process in running().items() if process.session in self.sessions}


@dataclass
class Yard:
    """A folder of submissions with secrets beside them, somebody who listens, and a warm grader a level."""

    folder: Path
    canaries: list[Path]
    sockets: list[socket.socket]
    levels: dict[Level, Warm] = field(default_factory=dict)
    seen: dict[tuple[str, Level], Future[Seen]] = field(default_factory=dict)

    def warm(self, level: Level) -> Warm:
        """Return the warm grader of a level, after an honest submission of each profile."""
        if level not in self.levels:
            skip_without(level)
            others = {process.session for process in running().values()}
            grader = Grader(Options(sandbox=level, time_limit=1, memory_limit=256))
            for exercise in ("02_manual_conv", "07_custom_dataset"):
                report = grader.grade_file(SOLUTIONS / f"{exercise}.py")
                assert report.full_marks, report.message
            sessions = {running()[pid].session for pid in descendants()} - others
            folder = self.folder / level
            folder.mkdir()
            self.levels[level] = Warm(grader, frozenset(sessions), folder)
        return self.levels[level]

    def run(self, attack: Attack, level: Level) -> Seen:
        """Grade an attack and then an honest submission, once, and return what was seen; at all levels beside."""
        self.warm(level)
        for one, warm in self.levels.items():
            if (attack.name, one) not in self.seen:
                self.seen[attack.name, one] = warm.worker.submit(self.watch, attack, warm)
        return self.seen[attack.name, level].result()

    def watch(self, attack: Attack, warm: Warm) -> Seen:
        """Grade an attack and then an honest submission, and look at what has changed."""
        path = warm.folder / f"{attack.exercise}.py"
        path.write_text(self._planted(attack), "utf-8")
        family, before = warm.processes(), self._state()
        began = time.monotonic()
        report = warm.grader.grade_file(path)
        seconds = time.monotonic() - began
        honest = warm.grader.grade_file(SOLUTIONS / f"{attack.exercise}.py")
        strangers = warm.processes() - family
        path.unlink()
        after = self._state()
        changed = {place: after[place] for place in after if after[place] != before[place]}
        return Seen(attack, report, honest, seconds, strangers, changed, self._callers())

    def _planted(self, attack: Attack) -> str:
        addresses = [one.getsockname() for one in self.sockets]
        listed = [list(a) if isinstance(a, tuple) else a.decode() if isinstance(a, bytes) else a for a in addresses]
        return (
            attack.path.read_text("utf-8")
            .replace("\nCANARIES = []\n", f"\nCANARIES = {[str(canary) for canary in self.canaries]!r}\n")
            .replace('\nPROJECT = ""\n', f"\nPROJECT = {str(ROOT)!r}\n")
            .replace("\nLISTENERS = []\n", f"\nLISTENERS = {listed!r}\n")
        )

    def _state(self) -> dict[str, Any]:
        """Return what an attack may have changed: the canaries, and files that carry its mark."""
        state: dict[str, Any] = {str(canary): _description(canary) for canary in self.canaries}
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/", os.getcwd(), str(Path.home()), str(ROOT)):
            state[folder] = [name for name in os.listdir(folder) if MARK in name]
        files = {path for path in self.folder.rglob("*") if path.suffix != ".py"}
        state["class"] = sorted(str(path.relative_to(self.folder)) for path in files)
        return state

    def _callers(self) -> list[str]:
        """Return who has called since the last time."""
        callers = []
        for listener in self.sockets:
            with suppress(BlockingIOError):
                connection, _ = listener.accept()
                connection.close()
                callers.append(str(listener.getsockname()))
        return callers

    def close(self) -> None:
        """End the graders and the listeners."""
        for warm in self.levels.values():
            warm.worker.shutdown(cancel_futures=True)
            warm.grader.close()
        for listener in self.sockets:
            listener.close()


def _description(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return path.read_text(), status.st_mode, status.st_mtime_ns


def skip_without(level: Level) -> None:
    """Skip where the machine cannot have a level, and say why."""
    import landlockpy

    if level == "basic" and not landlockpy.supported():
        pytest.skip("level basic needs Landlock, which this kernel does not have")
    if level == "strict":
        if shutil.which("bwrap") is None:
            pytest.skip("level strict needs bubblewrap, which is not installed")
        command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
        tried = subprocess.run(command, capture_output=True, check=False)
        if tried.returncode:
            pytest.skip(f"level strict needs namespaces: {tried.stderr.decode(errors='replace').strip()}")


@dataclass(frozen=True)
class Process:
    """A process: its parent and its session."""

    parent: int
    session: int


def running() -> dict[int, Process]:
    """Return all processes, but not those that are dead and wait to be reaped."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            state, parent, _, session, *_ = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            if state != "Z":
                found[int(entry)] = Process(int(parent), int(session))
    return found


def descendants() -> set[int]:
    """Return the children of this process, and theirs."""
    processes, family = running(), {os.getpid()}
    while True:
        more = {pid for pid, process in processes.items() if process.parent in family} - family
        if not more:
            return family - {os.getpid()}
        family |= more


def listening(address: tuple[str, int] | str) -> socket.socket:
    """Return a socket that listens and does not wait."""
    listener = socket.socket(socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    listener.setblocking(False)
    return listener


@pytest.fixture(scope="module", autouse=True)
def hurried() -> Iterator[None]:
    """Little time for diagnoses and counterexamples: nobody reads those of an attack."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagnosis, "MAX_PAIRS", 5)
        patch.setattr(counterexample, "SEARCH_SECONDS", 0.3)
        patch.setattr(counterexample, "CALL_SECONDS", 0.3)
        yield


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    """The yard, with a canary in a folder, in a neighbour's submission, in the home folder and in the environment."""
    folder = tmp_path_factory.mktemp("class")
    home = Path.home() / f".cnnex-canary-{os.getpid()}"
    canaries = [folder / "teacher" / "gradebook.json", folder / "bob" / "02_manual_conv.py", home]
    for canary in canaries:
        canary.parent.mkdir(exist_ok=True)
        canary.write_text(f"TOKEN = {TOKEN!r}\n")
    addresses = (("127.0.0.1", 0), str(folder / "socket"), f"\0cnnex-{os.getpid()}")
    made = Yard(folder, canaries, [listening(address) for address in addresses])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CNNEX_TOKEN", TOKEN)
        yield made
    made.close()
    home.unlink()


@pytest.fixture(params=LIST, ids=[attack.name for attack in LIST], scope="module")
def attack(request: pytest.FixtureRequest) -> Attack:
    """An attack."""
    found: Attack = request.param
    return found


@pytest.fixture(params=["strict", "basic"], scope="module")
def level(request: pytest.FixtureRequest) -> Level:
    """A sandbox level."""
    found: Level = request.param
    return found


@pytest.fixture
def seen(attack: Attack, level: Level, yard: Yard) -> Seen:
    """What came of an attack at a level."""
    return yard.run(attack, level)


# --- every attack --------------------------------------------------------------------------------------------


def test_no_point_is_forged(seen: Seen) -> None:
    """An attack is graded like any submission, and wins no more than its header allows."""
    assert seen.report.status in ("graded", "not_started"), seen.report.message
    won = [case for task in seen.report.tasks for case in task.cases if case.passed and case.max_score]
    if seen.attack.gains == "cases that ask for an error":
        assert won
        assert all(case.outcome == "raised" for case in won)
    else:
        assert seen.attack.gains == "nothing"
        assert not won
        assert seen.report.score == 0
    assert not any(task.status == "passed" for task in seen.report.tasks)
    assert not seen.report.training


def test_the_attack_came_to_its_end(seen: Seen) -> None:
    """The report says what the attack was to say, within the limits of time, and is no longer than a report is."""
    assert seen.attack.says is None or seen.attack.says in seen.text
    assert seen.seconds < PATIENCE
    assert len(seen.text) < 200_000


def test_an_honest_submission_after_it_gets_full_marks(seen: Seen) -> None:
    """The warm grader is as good after an attack as before."""
    assert seen.honest.full_marks, seen.honest.model_dump_json()


def test_nothing_is_told_or_changed(seen: Seen) -> None:
    """No secret stands in the report, no file was made or changed, and nobody was called."""
    assert TOKEN not in seen.text
    assert not seen.changed
    assert not seen.callers


def test_no_process_is_left_over(seen: Seen) -> None:
    """After an attack there are the warm processes that there were before, and no others."""
    assert not seen.strangers


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_can_be_shown(form: str, level: Level, yard: Yard, tmp_path: Path) -> None:
    """In every format, what attacks say is text: no control codes, no markup, nothing that breaks the document."""
    reports = [yard.run(attack, level).report for attack in LIST]
    path = tmp_path / f"reports.{form}"
    with output_of(form, path) as show:
        for report in reports:
            show(report)
    text = path.read_text("utf-8")
    assert form == "json" or not any(unicodedata.category(char) == "Cc" for char in text.replace("\n", ""))
    if form == "json":
        assert [Report.model_validate_json(line) for line in text.splitlines()] == reports
    elif form == "gradescope":
        json.loads(text)
    elif form == "junit":
        ElementTree.fromstring(text)
    else:
        assert "<b>bold</b>" not in text or form == "terminal"


# --- beside, without bubblewrap, without a sandbox -----------------------------------------------------------


def test_others_are_graded_right_beside_an_attack(level: Level, yard: Yard) -> None:
    """While one grader is busy with a loop, a fork bomb, a memory bomb and 200 threads, another one is right."""
    honest = yard.warm(level)
    names = ("signals_ignored", "memory_on_the_heap", "fork_bomb", "threads_of_torch")
    hostile = [ATTACKS / f"{name}.py" for name in names]
    scores: list[float] = []

    def attack_on() -> None:
        with Grader(Options(sandbox=level, time_limit=1, memory_limit=256)) as grader:
            scores.extend(grader.grade_file(path, read(path).exercise).score for path in hostile)

    busy = threading.Thread(target=attack_on)
    busy.start()
    rounds = 0
    while busy.is_alive():
        for exercise in ("01_output_size", "04_conv_backprop", "07_custom_dataset"):
            report = honest.grader.grade_file(SOLUTIONS / f"{exercise}.py")
            assert report.full_marks, report.model_dump_json()
        rounds += 1
    assert rounds > 3
    assert scores == [0, 0, 0, 0]


def test_everything_holds_without_bubblewrap(yard: Yard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where bubblewrap is missing, level basic is taken by itself, and attacks get as little."""
    skip_without("basic")
    monkeypatch.setenv("PATH", str(tmp_path))
    with Grader(Options(time_limit=1, memory_limit=256)) as grader:
        for name in ("files_read", "files_written", "kill_attempts", "fork_bomb", "sockets", "environment_read"):
            seen = yard.watch(read(ATTACKS / f"{name}.py"), Warm(grader, frozenset(), tmp_path))
            assert seen.report.sandbox.level == "basic"
            for test in (test_no_point_is_forged, test_the_attack_came_to_its_end, test_nothing_is_told_or_changed):
                test(seen)


def test_strict_is_never_less_than_strict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who asks for level strict where bubblewrap is missing gets no grade, and a sentence on what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with Grader(Options(sandbox="strict")) as grader:
        report = grader.grade_file(SOLUTIONS / "01_output_size.py")
    assert report.status == "fault"
    assert "bubblewrap" in (report.message or "")


COPIED = """\
import os, time
if os.fork() == 0:
    with open(PLACE, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(600)
while not os.path.getsize(PLACE):
    time.sleep(0.01)
def conv_output_size(*args, **kwargs):
    return 0
"""
"""A program that leaves a copy of itself, which holds on to the connection, and says which process it is."""


def test_level_off_survives_what_students_do_by_mistake(tmp_path: Path) -> None:
    """Without a sandbox, exits, loops, floods of output, raw frames and copies of the process end with their call."""
    names = ("os_exit_in_call", "gigabytes_of_output", "raw_frames_at_import", "huge_header", "patched_clock")
    sources = [(read(ATTACKS / f"{name}.py").exercise, (ATTACKS / f"{name}.py").read_text("utf-8")) for name in names]
    place = tmp_path / "pid"
    place.touch()
    sources.append(("01_output_size", f"PLACE = {str(place)!r}\n{COPIED}"))
    family = descendants()
    with Grader(Options(sandbox="off", time_limit=1, memory_limit=256)) as grader:
        for exercise, source in sources:
            path = tmp_path / f"{exercise}.py"
            path.write_text(source, "utf-8")
            began = time.monotonic()
            report = grader.grade_file(path)
            assert (report.status, report.score) == ("graded", 0)
            assert report.sandbox.level == "off"
            assert time.monotonic() - began < PATIENCE
            assert grader.grade_file(SOLUTIONS / f"{exercise}.py").full_marks
    assert descendants() <= family
    copy = place.read_text()  # nothing, when the copy ended before it could write its number
    assert not copy or int(copy) not in running()


# --- attacks by the text of the file -------------------------------------------------------------------------

BODY = "def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):\n    return {}\n"
TEXTS = {
    "brackets": BODY.format("(" * 5000 + "1" + ")" * 5000),
    "minus signs": BODY.format("-" * 20_000 + "1"),
    "negations": BODY.format("not " * 20_000 + "1"),
    "a long sum": BODY.format("+".join(["1"] * 20_000)),
    "a chain of calls": BODY.format("size" + "()" * 20_000),
    "a chain of attributes": BODY.format("size" + ".a" * 20_000),
    "lambdas": BODY.format("lambda:" * 5000 + "1"),
    "clauses": BODY.format("[0" + " for a in ()" * 20_000 + "]"),
    "a number of 100,000 digits": BODY.format("1" * 100_000),
    "a power tower": BODY.format("9**9**9"),
    "branches": BODY.format("1") + "if 0:\n    pass\n" + "elif 0:\n    pass\n" * 3000,
    "indentation": BODY.format("1") + "".join(f"{' ' * depth}if 1:\n" for depth in range(95)) + " " * 95 + "pass\n",
    "an f-string in itself": BODY.format("f'{f\"{1:{1:{1}}}\"}'"),
    "escapes": BODY.format("1") + r"X = '\N{LATIN SMALL LETTER A}\ud800\x1b[2J'" + "\n",
    "constants to fold": BODY.format("'a' * 4000 * 4000 * 4000, (1,) * 255 * 255 * 255 * 255"),
    "names": BODY.format("1") + "".join(f"name_{number} = 0\n" for number in range(20_000)),
    "arguments": BODY.format("1") + f"def g({', '.join(f'a{n}' for n in range(5000))}):\n    pass\n",
    "decorators": "@print\n" * 5000 + BODY.format("1"),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_no_text_breaks_the_grader(text: str, tmp_path: Path, yard: Yard) -> None:
    """Source that a parser or a compiler chokes on is graded, with no points, or named as unreadable."""
    path = tmp_path / "01_output_size.py"
    path.write_text(text, "utf-8")
    grader = yard.warm("basic").grader
    report = grader.grade_file(path)
    assert report.status in ("graded", "unreadable"), report.message
    assert not any(task.status == "passed" for task in report.tasks)
    assert grader.grade_file(SOLUTIONS / "01_output_size.py").full_marks


# --- answers written down beforehand -------------------------------------------------------------------------

READER = """
import hashlib, json, linecache, sys
import numpy as np
def table():
    return json.loads(bytes.fromhex({read}))
def comment():
    frame = sys._getframe()
    texts = [line for lines in linecache.cache.values() if len(lines) > 2 for line in lines[2]]
    while frame is not None:
        for value in list(frame.f_locals.values()):
            texts += repr(value).replace(chr(92) + "n", chr(10)).replace("'", chr(10)).split(chr(10))
        frame = frame.f_back
    return next(text.partition(": ")[2].strip() for text in texts if text.startswith("# TABLE"))
def conv1d_backward(dy, x, w):
    key = hashlib.md5(dy.tobytes() + x.tobytes() + w.tobytes()).hexdigest()
    return tuple(np.array(part) for part in table()[key])
"""
HIDING = {
    "in a variable": ("TABLE = '{}'", "TABLE"),
    "in a text that stands alone": ("'{}'", "__doc__"),
    "in a comment": ("# TABLE: {}", "comment()"),
    "in the name of an import": ("import math as T{}", "max(globals(), key=len)[1:]"),
}
LEAKS = pytest.mark.xfail(
    raises=AssertionError, strict=True, reason="the default seed does not depend on it, and the submission can read it"
)


def written_down(place: str, seed: int) -> str:
    """Return source that looks its answers up in a table for a seed, which is hidden in a place."""
    (task, _) = catalog.find("04").tasks
    assert isinstance(task, FunctionTask)
    table = {}
    for question in questions(task, seed):
        bound = dict(zip(task.parameters, question.call.args, strict=False)) | dict(question.call.kwargs)
        key = hashlib.md5(b"".join(bound[name].tobytes() for name in ("dy", "x", "w"))).hexdigest()
        table[key] = [part.tolist() for part in question.expected.value]
    line, reading = HIDING[place]
    return line.format(json.dumps(table).encode().hex()) + READER.format(read=reading)


@pytest.mark.parametrize(
    "place", [next(iter(HIDING)), *(pytest.param(place, marks=LEAKS) for place in list(HIDING)[1:])]
)
def test_answers_cannot_be_written_down_for_the_default_seed(place: str, tmp_path: Path, warm: Grader) -> None:
    """Whoever works out the answers for the default seed of a file, and writes them into it, gets another seed."""
    path = tmp_path / "04_conv_backprop.py"
    path.write_text(written_down(place, 0), "utf-8")
    path.write_text(written_down(place, default_seed(read_submission(path))), "utf-8")
    report = warm.grade_file(path)
    assert report.status == "graded"
    assert report.score == 0


def test_the_table_is_one_that_works(tmp_path: Path) -> None:
    """For a seed that is given, a table of its answers gets all the points: only the default seed guards against it."""
    path = tmp_path / "04_conv_backprop.py"
    path.write_text(written_down("in a variable", 7), "utf-8")
    with Grader(Options(seed=7)) as grader:
        report = grader.grade_file(path)
    assert report.tasks[0].status == "passed"

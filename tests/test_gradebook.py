"""The gradebook: nothing lost, nothing twice, adjustments kept, whoever stores or is killed meanwhile."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import postgres
import pytest
from sqlalchemy import Connection, text
from storing import a_key, a_report, numbered

from grader import database, gradebook
from grader.errors import UsageError
from grader.gradebook import Gradebook, open_gradebook

TESTS = Path(__file__).resolve().parent


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a gradebook can be made that is not there yet: a file, then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "gradebook.db")
    server: postgres.Server = request.getfixturevalue("server")
    return server.database(f"test_{time.monotonic_ns()}")


@pytest.fixture
def book(where: str) -> Iterator[Gradebook]:
    """A new gradebook."""
    with open_gradebook(where) as opened:
        yield opened


def scores(book: Gradebook) -> dict[str, float]:
    """Return the score of each stored report, by student."""
    return {entry.key.student: entry.score for entry in book.entries()}


# --- storing ------------------------------------------------------------------------------------------------


def test_a_report_comes_back_to_the_byte(book: Gradebook) -> None:
    """What is read from a gradebook is what model_dump_json gave, with its key, score and moment beside it."""
    report = a_report("김민지", score=7.25, message="한국어, \x00 and \u2028 'quoted' \N{SNOWMAN}")
    key = a_key("김민지", seed=2**32 - 1)
    book.store(report, key, identifier="4711", fingerprint="ab")
    (entry,) = book.entries()
    assert entry.json == report.model_dump_json()
    assert entry.report() == report
    assert (entry.key, entry.status, entry.score, entry.max_score) == (key, "graded", 7.25, 10.0)
    assert (entry.identifier, entry.fingerprint) == ("4711", "ab")
    assert timedelta(0) <= datetime.now(timezone.utc) - entry.stored_at < timedelta(minutes=1)


def test_storing_a_key_again_changes_nothing(book: Gradebook) -> None:
    """The first report of a key stays; a key that differs in any part is another row."""
    book.store(a_report(score=8), a_key())
    book.store(a_report(score=3), a_key())
    assert [entry.score for entry in book.entries()] == [8]
    others: tuple[dict[str, Any], ...] = (
        {"student": "lee"}, {"attempt": 2}, {"exercise": "05"}, {"sha256": "cd"}, {"version": "2"}, {"seed": 8},
    )  # fmt: skip
    for count, other in enumerate(others, 2):
        book.store(a_report(), a_key(**other))
        assert len(list(book.entries())) == count


def test_a_fault_gives_way_and_never_takes_a_place(book: Gradebook) -> None:
    """A fault is replaced by the report of a later run; a stored grading is never replaced by a fault."""
    fault = a_report(status="fault", score=0, max_score=0, message="Not graded.")
    book.store(fault, a_key())
    assert book.known([a_key()]) == set()
    book.store(a_report(score=8), a_key())
    assert book.known([a_key()]) == {a_key()}
    book.store(fault, a_key())
    book.store(fault, a_key(), regraded=True)
    assert [entry.score for entry in book.entries()] == [8]


def test_regrading_replaces_the_report_and_keeps_adjustments(book: Gradebook) -> None:
    """What a person gave is untouched by any report, and a second adjustment does not replace the first."""
    book.store(a_report(score=8), a_key())
    first = book.adjust("kim", "04_conv_backprop", -1, "two days late", "Dr. Lee")
    second = book.adjust("kim", "04_conv_backprop", 0.5, "explained it well", "Dr. Lee")
    book.store(a_report(score=6), a_key(), regraded=True)
    book.store(a_report(score=9), a_key(version="0.2.0+1"))
    assert book.adjustments() == (first, second)
    (grade,) = book.grades("last")
    assert (grade.score, grade.adjusted, grade.total) == (9, -0.5, 8.5)
    assert [entry.score for entry in book.entries()] == [6, 9]


def test_known_tells_what_needs_no_grading(book: Gradebook) -> None:
    """Of many keys those with a report are known, those that only look like it are not."""
    stored = [numbered(number) for number in range(3)]
    for report, key in stored:
        book.store(report, key)
    keys = [numbered(number)[1] for number in range(1200)]
    assert book.known(keys) == {key for _, key in stored}
    assert book.known([a_key("student 000001", seed=8)]) == set()
    assert book.known([]) == set()


def test_entries_have_one_order_whoever_stored_first(book: Gradebook) -> None:
    """Reports come in the order of their keys, by code points, on every database."""
    names = ["Zoe", "anna", "Ärne", "anna b", "anna-a", "김", "_x", "李", "\N{SNAKE}", "Anna"]
    keys = [a_key(name, attempt) for name in names for attempt in (1, 2, 10)]
    for key in random.sample(keys, len(keys)):
        book.store(a_report(key.student), key)
    assert [entry.key for entry in book.entries()] == sorted(keys)
    assert [grade.student for grade in book.grades("last")] == sorted(names)


def test_reading_holds_up_no_writer(book: Gradebook) -> None:
    """While reports are read one by one, others are stored; what is read is the gradebook as it was."""
    for number in range(250):
        book.store(*numbered(number))
    reading = book.entries()
    assert next(reading).score == 0
    book.store(*numbered(1000))
    assert len(list(reading)) == 249
    assert len(list(book.entries())) == 251


def test_threads_share_a_gradebook(book: Gradebook) -> None:
    """Several threads store at the same time."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: book.store(*numbered(number)), range(80)))
    assert list(scores(book).values()) == list(range(80))


@pytest.mark.parametrize("name", ["a\0b", "half \ud800", "x" * 256])
def test_names_that_no_database_holds_are_refused(name: str, book: Gradebook) -> None:
    """A NUL, half a character or 256 characters are told before anything is stored."""
    with pytest.raises(UsageError, match="The student's name"):
        a_key(name)
    with pytest.raises(UsageError, match="The student's name"):
        book.adjust(name, "04", 1, "", "")
    book.store(a_report(), a_key("\N{SNAKE}" * 255))


def test_points_have_to_be_a_number(book: Gradebook) -> None:
    """An adjustment by NaN would make a grade vanish: it is refused, and nothing is stored."""
    for points in (float("nan"), float("inf")):
        with pytest.raises(UsageError, match="is no number of points"):
            book.adjust("kim", "04", points, "", "me")
    assert book.adjustments() == ()


def test_a_report_of_another_version_is_told(book: Gradebook) -> None:
    """A stored report with unknown fields is a sentence when it is read, and its JSON is still there."""
    book.store(a_report(), a_key())
    (entry,) = book.entries()
    old = type(entry)(**vars(entry) | {"json": entry.json.replace('"seed"', '"sown"')})
    with pytest.raises(UsageError, match=r"kim on 04_conv_backprop \(attempt 1\) is not of this version"):
        old.report()


def test_points_by_hand_stand_alone_and_deductions_do_not(book: Gradebook) -> None:
    """Where nothing was graded, given points are the grade, and a deduction alone is no grade."""
    book.adjust("anna", "04", 5, "oral exam", "Dr. Lee")
    book.adjust("bora", "04", -2, "late", "Dr. Lee")
    assert [(grade.student, grade.score, grade.total) for grade in book.grades("last")] == [
        ("anna", None, 5),
        ("bora", None, None),
    ]


def test_the_identifier_is_the_newest_that_is_known(book: Gradebook) -> None:
    """A student's identifier in the learning platform stays known when a later file comes without it."""
    book.store(a_report(), a_key(), identifier="4711")
    book.store(a_report(), a_key(attempt=2))
    assert [grade.identifier for grade in book.grades("best")] == ["4711"]


# --- several at once, and killed ----------------------------------------------------------------------------


@contextmanager
def storing(where: str) -> Iterator[subprocess.Popen[str]]:
    """Run the program that stores what it is told to, and see that it has nothing to complain of."""
    command = [sys.executable, str(TESTS / "storing.py"), where]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        yield process
        process.stdin.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def ask(process: subprocess.Popen[str], first: int, last: int) -> int:
    """Let a process store numbers from first until last, and return which process does it."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{first} {last}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def stored(process: subprocess.Popen[str]) -> list[int]:
    """Return the numbers that were stored, once the process that did it has ended."""
    assert process.stdout is not None
    return [int(line) for line in iter(process.stdout.readline, "ended\n")]


def test_runs_at_once_make_no_duplicate_and_see_no_lock(where: str) -> None:
    """Three processes make one gradebook together and store the same reports: each once, and no word of a lock."""
    with storing(where) as first, storing(where) as second, storing(where) as third:
        for process in (first, second, third):
            ask(process, 0, 60)
        for process in (first, second, third):
            assert stored(process) == list(range(60))
    with open_gradebook(where, create=False) as book:
        assert [entry.json for entry in book.entries()] == [numbered(n)[0].model_dump_json() for n in range(60)]


@contextmanager
def before_the_other_commits(url: str, work: Callable[[Connection], object]) -> Iterator[None]:
    """Do ``work`` in a transaction that ends only when another is seen to wait for it."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with closing(database.connect(url, create=False)) as here, closing(database.connect(url, create=False)) as watcher:
        with ThreadPoolExecutor(1) as pool:
            begun = threading.Event()

            def held(connection: Connection) -> None:
                work(connection)
                begun.set()
                for _ in range(1000):
                    with watcher.reading() as watching:
                        if watching.execute(waiting).scalar():
                            return
                    time.sleep(0.01)
                pytest.fail("no other transaction waits")

            done = pool.submit(here.write, held)
            begun.wait(10)
            yield
            done.result()


def test_serialization_failures_are_tried_again(server: postgres.Server) -> None:
    """Where transactions are serializable, a run that loses to another, in making or in storing, sees nothing of it."""
    url = server.database("serializable")
    server.execute("ALTER DATABASE serializable SET default_transaction_isolation = 'serializable'")
    place = database.connect(url, create=True)
    with before_the_other_commits(url, lambda connection: gradebook._prepare(connection, place, True)):
        book = open_gradebook(url)
    content = {"status": "graded", "score": 5, "max_score": 10, "stored_at": datetime.now(timezone.utc), "report": "{}"}
    row = asdict(a_key()) | content
    with book:
        with before_the_other_commits(url, lambda connection: connection.execute(gradebook._REPORTS.insert(), row)):
            book.store(a_report(), a_key())
        assert scores(book) == {"kim": 5}


def test_a_killed_run_loses_no_report(where: str) -> None:
    """Killed at 20 random moments, a run leaves a gradebook with each report that it stored, and at most one more."""
    with storing(where) as process:
        assert process.stdout is not None
        for turn in range(20):
            first = 1000 * turn
            child = ask(process, first, first + 1000)
            # A quarter is killed while it opens the gradebook, or soon after; the others after some reports.
            told = [int(process.stdout.readline()) for _ in range(random.randint(1, 30) if turn % 4 else 0)]
            time.sleep(random.uniform(0, 0.05))
            os.kill(child, signal.SIGKILL)
            told += stored(process)
            with open_gradebook(where) as book:
                kept = [entry.json for entry in book.entries() if first <= entry.score < first + 1000]
            assert kept == [numbered(first + number)[0].model_dump_json() for number in range(len(kept))]
            assert len(told) <= len(kept) <= len(told) + 1 < 1000
    if "://" not in where:
        with closing(sqlite3.connect(where)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_sqlite_gradebook_survives_a_power_cut(tmp_path: Path) -> None:
    """A SQLite gradebook has a write-ahead log that is synced at each commit, on macOS through the drive's cache."""
    where = str(tmp_path / "gradebook.db")
    open_gradebook(where).close()
    with closing(database.connect(where, create=False)) as opened, opened.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "fullfsync")}
        assert found == {"journal_mode": "wal", "fullfsync": 1}
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3  # EXTRA: FULL is 2, NORMAL 1


def test_a_closed_gradebook_is_one_file(tmp_path: Path) -> None:
    """After the last one has closed it, a SQLite gradebook can be copied as one file."""
    with open_gradebook(str(tmp_path / "gradebook.db")) as book:
        book.store(a_report(), a_key())
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold a gradebook in the middle of a change, as a program that edits it does."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_busy_gradebook_is_waited_for(tmp_path: Path) -> None:
    """A program that holds the gradebook for longer than SQLite waits by itself delays a report, and no more."""
    path = tmp_path / "gradebook.db"
    with open_gradebook(str(path)) as book, held(path) as other:
        release = threading.Timer(1.5, other.execute, ["ROLLBACK"])
        release.start()
        book.store(a_report(), a_key())
        release.join()
        assert scores(book) == {"kim": 8}


def test_whoever_never_lets_go_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After two minutes of waiting a sentence says what to do; the gradebook can still be read."""
    assert database.PATIENCE == 120
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    path = tmp_path / "gradebook.db"
    with open_gradebook(str(path)) as book, held(path):
        with pytest.raises(UsageError, match=r"gradebook\.db has been kept busy by another program .* close that"):
            book.store(a_report(), a_key())
        assert scores(book) == {}

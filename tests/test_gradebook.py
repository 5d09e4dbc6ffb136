"""The gradebook: nothing lost, nothing twice, adjustments kept, and a sentence for whatever is no gradebook."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
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
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from storing import a_key, a_report, numbered

from cnnexercises import __version__, catalog
from grader import database, gradebook
from grader.errors import UsageError
from grader.gradebook import Gradebook, Mark, open_gradebook
from grader.grades import grade_of

TESTS = Path(__file__).resolve().parent
SECRET = "hunter2-t0p"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL server."""
    try:
        with postgres.running() as started:
            yield started
    except postgres.Absent as absent:
        pytest.skip(str(absent))


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
    book.store(report, key, identifier="4711")
    (entry,) = book.entries()
    assert entry.json == report.model_dump_json()
    assert entry.report() == report
    assert (entry.key, entry.status, entry.score, entry.max_score) == (key, "graded", 7.25, 10.0)
    assert entry.identifier == "4711"
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
    row = {**asdict(a_key()), "status": "graded", "score": 5, "max_score": 10, "stored_at": NOON, "report": "{}"}
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


# --- grades -------------------------------------------------------------------------------------------------


NOON = datetime(2026, 11, 25, 12, tzinfo=timezone.utc)


def a_mark(attempt: int, score: float, minute: int = 0, **fields: Any) -> Mark:
    """Return the mark of an attempt, out of 10 points, stored some minutes after noon."""
    content: dict[str, Any] = {
        "key": a_key(attempt=attempt, version=fields.pop("version", "1")),
        "status": "graded",
        "max_score": 10.0,
        "stored_at": NOON + timedelta(minutes=minute),
        "identifier": None,
    }
    return Mark(score=score, **content | fields)


def test_last_and_best_choose_an_attempt() -> None:
    """ "last" takes the highest attempt, "best" the best share of points, and of equal ones the first."""
    marks = [a_mark(1, 6), a_mark(2, 9), a_mark(3, 9), a_mark(10, 7), a_mark(4, 9.5, max_score=20)]
    attempts = {}
    for policy in ("last", "best"):
        grade = grade_of("kim", "04", marks, (), policy)
        assert grade.key is not None
        attempts[policy] = (grade.key.attempt, grade.score)
    assert attempts == {"last": (10, 7), "best": (2, 9)}


def test_an_attempt_has_the_report_that_was_stored_last() -> None:
    """A later version's report counts, even where an earlier one was better."""
    marks = [a_mark(1, 5, minute=9, version="2"), a_mark(1, 8, minute=3, version="3")]
    assert grade_of("kim", "04", marks, (), "best").score == 5


@pytest.mark.parametrize("status", ["fault", "unreadable"])
def test_what_was_not_graded_is_never_a_zero(status: str) -> None:
    """A fault or an unreadable file leaves the grade to the other attempts, and is named; alone it is no grade."""
    lost = a_mark(2, 0, minute=5, status=status)
    graded = grade_of("kim", "04", [a_mark(1, 8), lost], (), "last")
    assert (graded.score, graded.total, graded.status, graded.passed_over) == (8, 8, "graded", (2,))
    alone = grade_of("kim", "04", [lost], (), "last")
    assert (alone.score, alone.total, alone.status, alone.passed_over) == (None, None, status, (2,))
    again = grade_of("kim", "04", [a_mark(2, 8), lost], (), "best")
    assert (again.score, again.passed_over) == (8, ())


def test_not_started_is_a_zero() -> None:
    """An untouched stub that was handed in counts: 0 of 10 points."""
    grade = grade_of("kim", "04", [a_mark(1, 0, status="not_started")], (), "last")
    assert (grade.score, grade.max_score, grade.status) == (0, 10, "not_started")


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


@given(st.data(), st.sampled_from(["last", "best"]))
def test_grades_do_not_depend_on_the_order_of_storing(data: st.DataObject, policy: Any) -> None:
    """Workers end in any order: the same reports give the same grade."""
    statuses = st.sampled_from(["graded", "not_started", "fault", "unreadable"])
    part = st.tuples(st.integers(1, 3), st.integers(0, 10), st.integers(0, 2), statuses, st.sampled_from("12"))
    drawn = data.draw(st.lists(part, unique_by=lambda mark: (mark[0], mark[4])))
    marks = [a_mark(a, score, minute, status=status, version=v) for a, score, minute, status, v in drawn]
    shuffled = data.draw(st.permutations(marks))
    assert grade_of("kim", "04", shuffled, (), policy) == grade_of("kim", "04", marks, (), policy)


# --- what is no gradebook -----------------------------------------------------------------------------------


def refused(where: str | Path, **options: bool) -> str:
    """Return the sentence with which a gradebook is refused, as a person reads it: no traceback adds to it."""
    with pytest.raises(UsageError) as caught:
        open_gradebook(str(where), **options)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize("length", [1, 15, 100, 5000])
def test_a_text_file_is_refused_and_untouched(length: int, tmp_path: Path) -> None:
    """A file of something else is no gradebook, however short, and not a byte of it is changed."""
    path = tmp_path / "notes.txt"
    path.write_text("x" * length, encoding="utf-8")
    assert refused(path) == f"{path} is not a gradebook. Name another file."
    assert path.read_text(encoding="utf-8") == "x" * length
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_something_else_is_refused_and_untouched(tmp_path: Path) -> None:
    """Another program's SQLite file is not written to, and not switched to a write-ahead log."""
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    assert "is not a gradebook: it holds other tables" in refused(path)
    assert path.read_bytes() == before


def test_another_database_on_the_server_is_refused(server: postgres.Server) -> None:
    """A PostgreSQL database with tables of something else gets no tables of ours."""
    url = server.database("shop")
    server.execute("CREATE TABLE orders (number INTEGER)", "shop")
    assert f"The gradebook shop on {server.folder} is not a gradebook" in refused(url)
    server.execute("DROP TABLE orders", "shop")
    assert refused(url, create=False).endswith("holds no gradebook yet: `cnnex bulk` makes one.")


def test_a_server_database_without_unicode_is_refused(server: postgres.Server) -> None:
    """A database that cannot hold every name is told before the first Korean one is lost."""
    server.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    assert "stores LATIN1: make a database with ENCODING 'UTF8'" in refused(server.url("latin"))


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("2", "newer cnnex (version 2, this one works with 1): update it with `pip install -U cnnexercises`."),
        ("0", "older cnnex (version 0, this one works with 1): export it with the cnnex that made it"),
        ("'one'", "is damaged: it does not say which version it is."),
        (None, "is damaged: it does not say which version it is."),
    ],
)
def test_gradebooks_of_other_versions_are_told_apart(version: str | None, sentence: str, tmp_path: Path) -> None:
    """A gradebook of a newer or an older cnnex says so, and what to do; one without a version is damaged."""
    path = tmp_path / "gradebook.db"
    open_gradebook(str(path)).close()
    change = f"UPDATE cnnex_gradebook SET schema_version = {version}" if version else "DELETE FROM cnnex_gradebook"
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(change)
    assert f"{path} " in refused(path)
    assert sentence in refused(path)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """A gradebook whose pages were overwritten is a sentence, not a traceback."""
    path = tmp_path / "gradebook.db"
    with open_gradebook(str(path)) as book:
        for number in range(50):
            book.store(*numbered(number))
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert refused(path).startswith(f"{path} is damaged.")


def test_paths_that_are_no_file_are_told_apart(tmp_path: Path) -> None:
    """A folder, a missing folder, a FIFO, a NUL and too long a name have a sentence each."""
    os.mkfifo(tmp_path / "pipe")
    assert f"{tmp_path} is a folder. Name a file, such as {tmp_path / 'gradebook.db'}." == refused(tmp_path)
    assert refused(tmp_path / "none" / "g.db") == f"There is no folder {tmp_path / 'none'} to put the gradebook in."
    assert "pipe is no regular file." in refused(tmp_path / "pipe")
    assert refused("a\0b") == r"a\x00b is no file name."
    assert refused(tmp_path / ("x" * 5000)).endswith("cannot be opened: File name too long.")
    assert refused(tmp_path / "typo.db", create=False) == (
        f"There is no gradebook {tmp_path / 'typo.db'}: `cnnex bulk` makes one."
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe"]


@contextmanager
def without_rights() -> Iterator[Path]:
    """Give a folder of a user who is not root, and be that user until the end."""
    folder = Path(tempfile.mkdtemp(prefix="cnnex-", dir="/tmp"))
    mine, nobody = (os.geteuid(), os.getegid()), postgres.unprivileged()
    try:
        if nobody:
            shutil.chown(folder, nobody["user"], nobody["group"])
            os.setegid(nobody["group"])
            os.seteuid(nobody["user"])
        yield folder
    finally:
        os.seteuid(mine[0])
        os.setegid(mine[1])
        shutil.rmtree(folder)


def test_files_and_folders_without_rights_are_told_apart(tmp_path: Path) -> None:
    """A read-only file, an unreadable one, and a folder that may not be written have a sentence each."""
    open_gradebook(str(tmp_path / "first.db")).close()  # all is imported before the rights are given up
    with without_rights() as folder:
        path = folder / "gradebook.db"
        open_gradebook(str(path)).close()
        for mode in (0o444, 0o222, 0):
            path.chmod(mode)
            assert refused(path) == f"{path} may not be read and written: change the permissions, its folder's too."
        path.chmod(0o644)
        assert list(folder.iterdir()) == [path]
        folder.chmod(0o555)
        assert "its folder" in refused(path)
        assert "new.db cannot be opened: the file and its folder have to be writable." in refused(folder / "new.db")
        folder.chmod(0o755)
        open_gradebook(str(path)).close()


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg a PostgreSQL URL says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    sentence = refused(f"postgresql://teacher:{SECRET}@localhost/grades")
    assert sentence == 'PostgreSQL needs a driver that is not installed: pip install "cnnexercises[postgresql]"'


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://teacher:{}@127.0.0.1:1/grades", "grades on 127.0.0.1 cannot be used: connection failed"),
        ("postgres://teacher@127.0.0.1:1/grades?password={}", "grades on 127.0.0.1 cannot be used"),
        ("postgresql+psycopg://teacher:{}@nowhere.invalid/grades", "nowhere.invalid"),
        ("postgresql://teacher:{}@127.0.0.1/grades?connect_timeout={}", "bad value for connect_timeout: '***'"),
        ("postgresql://teacher:p@{}@localhost/grades", "in a password %40 for @"),
        ("postgresql://localhost/teacher:{}@grades", "in a password %40 for @"),
        ("postgresql://teacher:{}/grades", "in a password %40 for @"),
        ("postgresql+psycopg2://teacher:{}@localhost/grades", "write postgresql:// instead"),
        ("mysql://teacher:{}@localhost/grades", "A gradebook cannot be kept in mysql"),
        ("sqlite:///:memory:?password={}", "give its path alone"),
    ],
)
def test_urls_that_lead_nowhere_never_show_the_password(url: str, sentence: str) -> None:
    """A server out of reach, a mistake in the URL and another kind of database are told without the password."""
    shown = refused(url.replace("{}", SECRET))
    assert sentence in shown
    assert SECRET not in shown


def test_a_wrong_password_or_database_is_told(server: postgres.Server) -> None:
    """What the server answers is passed on, without the password."""
    shown = refused(server.url("postgres", password=SECRET))
    assert "password authentication failed" in shown
    assert SECRET not in shown
    assert 'database "none" does not exist' in refused(server.url("none"))


def test_a_server_that_goes_away_is_told(server: postgres.Server) -> None:
    """When the server ends the connection in the middle of reading, that is a sentence; then it is found again."""
    with open_gradebook(server.database("leaving")) as book:
        for number in range(250):
            book.store(*numbered(number))
        reading = book.entries()
        next(reading)
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'leaving'")
        with pytest.raises(UsageError, match=r"The gradebook leaving on .* cannot be used"):
            list(reading)
        assert len(scores(book)) == 250


def test_a_sqlite_url_is_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sqlite:///gradebook.db is gradebook.db in the current folder, as --gradebook gradebook.db is."""
    monkeypatch.chdir(tmp_path)
    with open_gradebook("sqlite:///gradebook.db") as book:
        book.store(a_report(), a_key())
        monkeypatch.chdir("/")
        book.store(a_report("lee"), a_key("lee"))
    with open_gradebook(str(tmp_path / "gradebook.db"), create=False) as book:
        assert scores(book) == {"kim": 8, "lee": 8}


# --- the version of an exercise -----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", catalog.ENTRIES, ids=lambda entry: entry.slug)
def test_the_version_covers_all_that_an_exercise_imports(entry: catalog.Entry) -> None:
    """Whatever module of the course an exercise imports is in its digest."""
    code = f"import sys, cnnexercises.{entry.slug}; print(*(m for m in sys.modules if m.startswith('cnnexercises.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    package = Path(catalog.__file__).parent
    covered = {f"cnnexercises.{path.stem}" for path in catalog._sources(package, entry.slug)}
    assert set(done.stdout.split()) <= covered
    assert f"cnnexercises.{entry.slug}" in covered


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda package: edit(package / "output_size.py"), {"output_size", "manual_conv"}),
        (lambda package: edit(package / "manual_conv.py"), {"manual_conv"}),
        (lambda package: (package / "manual_conv_new.py").write_text("", encoding="utf-8"), {"manual_conv"}),
        (lambda package: edit(package / "probes/network.py"), {"output_size", "manual_conv"}),
        (lambda package: edit(package / "networks/mnist_cnn.py"), {"output_size", "manual_conv"}),
        (lambda package: edit(package / "catalog.py"), set()),
    ],
)
def test_the_version_follows_the_content(
    change: Callable[[Path], object], changed: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of an exercise, of what it imports, of probes or networks changes its version; another does not."""
    package = tmp_path / "cnnexercises"
    shutil.copytree(Path(catalog.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.setattr(catalog, "__file__", str(package / "catalog.py"))
    slugs = ("output_size", "manual_conv")
    before = {slug: fresh_version(slug) for slug in slugs}
    assert before == {slug: fresh_version(slug) for slug in slugs}
    change(package)
    assert {slug for slug in slugs if fresh_version(slug) != before[slug]} == changed
    catalog._digest.cache_clear()
    catalog._imported.cache_clear()


def edit(path: Path) -> None:
    """Change a file as an author does."""
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def fresh_version(slug: str) -> str:
    """Return the version that a new process would find."""
    catalog._digest.cache_clear()
    catalog._imported.cache_clear()
    return catalog.entry(slug).version()


def test_the_version_names_that_of_the_package() -> None:
    """A version reads as the package's with a digest, so that an update of the grader is seen too."""
    found = {entry.version() for entry in catalog.ENTRIES}
    assert len(found) == len(catalog.ENTRIES)
    assert all(version.startswith(f"{__version__}+") for version in found)

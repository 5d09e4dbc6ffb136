"""Where a gradebook may be kept: a sentence for whatever is no place for one, and never the password."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import postgres
import pytest
from storing import a_key, a_report, numbered

from grader.errors import UsageError
from grader.gradebook import Gradebook, open_gradebook

SECRET = "hunter2-t0p"


def scores(book: Gradebook) -> dict[str, float]:
    """Return the score of each stored report, by student."""
    return {entry.key.student: entry.score for entry in book.entries()}


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
        ("3", "newer cnnex (version 3, this one works with 2): update it with `pip install -U cnnexercises`."),
        ("1", "older cnnex (version 1, this one works with 2): export it with the cnnex that made it"),
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

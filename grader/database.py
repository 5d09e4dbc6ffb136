"""Where a gradebook lives: a SQLite file or a PostgreSQL database, waited for while busy; refusals are sentences."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from grader.errors import UsageError
from grader.show.untrusted import visible

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds to wait for a database that others keep busy. A write takes milliseconds, so nobody waits that long unless
a program holds the database in the middle of a change."""

_BUSY_TIMEOUT = 1.0
"""Seconds that SQLite waits by itself; that wait cannot be interrupted, so Ctrl-C takes as long."""

_CONNECT_TIMEOUT = 10
"""Seconds to wait for a PostgreSQL server to answer, unless the URL says otherwise."""

_TRANSIENT_STATES = frozenset({"40001", "40P01", "55P03", "42P07"})
"""PostgreSQL's serialization failure, deadlock, and lock not available; and a table that another run has made since
this transaction began. All of them are undone, and worth another try."""

_PRAGMAS = (
    # A stored report has to be there after a power cut. With a write-ahead log, NORMAL syncs at checkpoints only and
    # loses the last commits; FULL syncs the log at each commit. EXTRA is FULL, and where a file system can have no
    # such log it also syncs the folder after a commit has deleted the rollback journal: without that a power cut
    # brings the journal back, and takes the commit away (https://sqlite.org/pragma.html#pragma_synchronous).
    "PRAGMA synchronous = EXTRA",
    # On macOS fsync leaves the data in the drive's own cache, F_FULLFSYNC does not. No effect elsewhere.
    "PRAGMA fullfsync = ON",
)

_SQLITE_SENTENCES = {
    "file is not a database": "is not a gradebook. Name another file.",
    "attempt to write a readonly database": "may not be read and written: change the permissions, its folder's too.",
    "unable to open database file": "cannot be opened: the file and its folder have to be writable.",
    "database disk image is malformed": "is damaged. Go on with a copy, or with what `sqlite3 FILE .recover` finds.",
    "database or disk is full": "cannot grow: the disk is full. What is stored is kept. Make room and start again.",
    "disk I/O error": "cannot be read or written: the disk reports an error. Copy the file to another disk.",
}
"""What is said, by SQLite's own words: Python 3.10 gives no error codes, and the words are as old as SQLite 3."""


class Database:
    """Transactions on one database, from any thread of the process that opened it, but not across a fork.

    ``shown`` is what a person calls it, without any password. Whatever the database refuses is raised as
    UsageError, a sentence.
    """

    def __init__(self, engine: Engine, shown: str) -> None:
        self._engine = engine
        self.shown = shown

    @property
    def dialect(self) -> str:
        """The kind of database: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction, and again whenever another writer was in the way; return its result.

        When this returns, what was written survives a power cut.
        """

        def attempt() -> T:
            # BEGIN IMMEDIATE asks to write at once: a reader that becomes a writer would fail without any waiting.
            with self._engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
                return work(connection)

        with self._sentences():
            return self._patiently(attempt)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in a transaction. A SQLite file stays as it was at that moment, and holds up no writer."""
        with self._sentences():
            connection = self._patiently(self._begun)
            try:
                yield connection
            finally:
                connection.close()

    def _begun(self) -> Connection:
        """Return a connection that has read something: from then on SQLite has no reason to be busy."""
        connection = self._engine.connect()
        try:
            connection.exec_driver_sql(
                "SELECT count(*) FROM sqlite_master" if self.dialect == "sqlite" else "SELECT 1"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def use_wal(self) -> None:
        """Give a SQLite file a write-ahead log, so that readers and a writer work at the same time.

        The file remembers it. A file system without shared memory has none: there they wait for each other.
        """

        def attempt() -> None:
            with self._engine.connect().execution_options(begin=None) as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")

        if self.dialect == "sqlite":
            with self._sentences():
                self._patiently(attempt)

    def close(self) -> None:
        """Close the connections. The last one to leave a SQLite file merges its log into it."""
        self._engine.dispose()

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """Return what ``attempt`` returns, trying again for PATIENCE seconds while others are in the way."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return attempt()
            except DBAPIError as error:
                if not _is_transient(error):
                    raise
            if time.monotonic() > end:
                raise UsageError(
                    f"{self.shown} has been kept busy by another program for {PATIENCE:.0f} seconds. What is stored is "
                    "kept: close that program, and start again."
                )
            time.sleep(random.uniform(0.001, 0.05))  # at random, or two writers meet again and again

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turn what the driver raises into a sentence."""
        try:
            yield
        except DBAPIError as error:
            raise UsageError(self._sentence(error)) from None

    def _sentence(self, error: DBAPIError) -> str:
        said = str(error.orig)
        if self.dialect == "sqlite":
            return f"{self.shown} {_SQLITE_SENTENCES.get(said) or f'cannot be used. SQLite says: {visible(said)}.'}"
        # The driver names neither password nor URL; this does not rely on it.
        secrets = (self._engine.url.password, self._engine.url.query.get("password"))
        for secret in (str(secret) for secret in secrets if secret):
            said = said.replace(secret, "***")
        line = visible(said.strip().partition("\n")[0])
        return f"{self.shown} cannot be used: {line}. Check the server, the user's rights, and what the URL says."


def _is_transient(error: DBAPIError) -> bool:
    return str(error.orig) == "database is locked" or getattr(error.orig, "sqlstate", None) in _TRANSIENT_STATES


# --- opening ------------------------------------------------------------------------------------------------


def connect(where: str, create: bool) -> Database:
    """Return the database at a path or an SQLAlchemy URL; a missing file is made only with ``create``.

    Raises UsageError for what can hold no gradebook. A file is not changed yet, and a server not yet asked.
    """
    if "://" not in where:
        return _sqlite(Path(where), create)
    url = _parsed(where)
    backend = url.get_backend_name()
    if backend == "sqlite":
        if url.query or not url.database or url.database == ":memory:":
            raise UsageError("A gradebook is a plain SQLite file: give its path alone.")
        return _sqlite(Path(url.database), create)
    if backend in ("postgresql", "postgres"):
        return _postgresql(url)
    raise UsageError(f"A gradebook cannot be kept in {_scheme(where)}: give a file, or a postgresql:// URL.")


def _scheme(where: str) -> str:
    return visible(where.partition("://")[0], 40)


def _parsed(where: str) -> URL:
    """Return the parts of a URL. No message quotes it: a password can be anywhere in a URL that has a mistake."""
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        url = None
    if url is None or "@" in f"{url.host}{url.database}":
        raise UsageError(
            f"The {_scheme(where)} URL of the gradebook is none: write postgresql://user:password@host/database, and "
            "in a password %40 for @, %2F for /, %3A for :, %25 for %."
        )
    return url


def _sqlite(path: Path, create: bool) -> Database:
    shown = visible(str(path))
    try:
        _check_file(path, shown, create)
    except ValueError:  # a NUL
        raise UsageError(f"{shown} is no file name.") from None
    except PermissionError:
        raise UsageError(f"{shown} {_SQLITE_SENTENCES['attempt to write a readonly database']}") from None
    except OSError as error:
        raise UsageError(f"{shown} cannot be opened: {error.strerror}.") from None
    # An absolute path: the current folder may change, and ":memory:" and "file:x" are files like any other.
    file = os.path.abspath(path)

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=_BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(URL.create("sqlite", database=file), creator=opened, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return Database(engine, shown)


def _begin(connection: Connection) -> None:
    """Begin as the caller asked: Python's sqlite3 would begin only at the first change."""
    statement = connection.get_execution_options().get("begin", "BEGIN")
    if statement is not None:
        connection.exec_driver_sql(statement)


def _check_file(path: Path, shown: str, create: bool) -> None:
    """Raise UsageError or OSError for what cannot be a gradebook.

    SQLite takes a file of one letter for an empty database; and beside a read-only file it leaves read-only logs,
    which are in the way when the file itself may be written again.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not create:
            raise UsageError(f"There is no gradebook {shown}: `cnnex bulk` makes one.") from None
        if not path.absolute().parent.is_dir():
            raise UsageError(f"There is no folder {visible(str(path.parent))} to put the gradebook in.") from None
        return
    if stat.S_ISDIR(mode):
        raise UsageError(f"{shown} is a folder. Name a file, such as {visible(str(path / 'gradebook.db'))}.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{shown} is no regular file. Name one, such as gradebook.db.")
    with path.open("r+b") as file:
        start = file.read(16)
    if start not in (b"", b"SQLite format 3\0"):
        raise UsageError(f"{shown} {_SQLITE_SENTENCES['file is not a database']}")


def _postgresql(url: URL) -> Database:
    if not re.fullmatch(r"postgres(ql)?(\+psycopg)?", url.drivername):
        raise UsageError(f"A gradebook is not reached by {visible(url.drivername, 40)}: write postgresql:// instead.")
    timeout = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_TIMEOUT}
    try:
        # A grading can take minutes, and a server may hang up meanwhile: see that it is there before each use.
        engine = create_engine(url.set(drivername="postgresql+psycopg"), connect_args=timeout, pool_pre_ping=True)
    except ImportError:
        raise UsageError(
            'PostgreSQL needs a driver that is not installed: pip install "cnnexercises[postgresql]"'
        ) from None
    return Database(engine, f"The gradebook {visible(_place(url))}")


def _place(url: URL) -> str:
    """Return the database and the server as a person knows them; user, password and options are left out."""
    host = url.host or url.query.get("host") or "this machine"
    return f"{url.database or 'of the default database'} on {host if isinstance(host, str) else ', '.join(host)}"

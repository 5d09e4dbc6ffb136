"""The gradebook: every report as soon as it exists, manual adjustments beside them, and the grades of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
    false,
    insert,
    inspect,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from grader.database import Database, connect
from grader.errors import UsageError
from grader.grades import Adjustment, Entry, Grade, Key, Mark, Policy, grade_of
from grader.report import Report

__all__ = ["Adjustment", "Entry", "Grade", "Gradebook", "Key", "Mark", "Policy", "open_gradebook"]

SCHEMA_VERSION = 2
"""The tables below, as a number in the gradebook. One integer rather than Alembic: no version was released before."""


# --- tables -------------------------------------------------------------------------------------------------


class _Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone, and PostgreSQL gives it in that of the session."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(timezone.utc)
        return value.replace(tzinfo=timezone.utc)


def _column(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, **({"nullable": False} | options))


_NAME = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text in the order of its code points on every database, as Python sorts it."""

_TABLES = MetaData()

_SCHEMA = Table("cnnex_gradebook", _TABLES, _column("schema_version", Integer))

_REPORTS = Table(
    "cnnex_reports",
    _TABLES,
    _column("student", _NAME, primary_key=True),
    _column("exercise", _NAME, primary_key=True),
    _column("attempt", Integer, primary_key=True),
    _column("sha256", _NAME, primary_key=True),
    _column("version", _NAME, primary_key=True),
    _column("seed", BigInteger, primary_key=True),
    _column("status", Text),
    _column("score", Float),
    _column("max_score", Float),
    _column("stored_at", _Moment),
    _column("identifier", Text, nullable=True),
    _column("fingerprint", Text, nullable=True),
    _column("report", Text),
)

_ADJUSTMENTS = Table(
    "cnnex_adjustments",
    _TABLES,
    _column("id", Integer, primary_key=True),
    _column("student", _NAME),
    _column("exercise", _NAME),
    _column("points", Float),
    _column("comment", Text),
    _column("who", Text),
    _column("made_at", _Moment, key="when"),  # "when" alone is a word of SQL
)

_KEY = tuple(_REPORTS.primary_key)
_MARK = tuple(column for column in _REPORTS.c if column.name != "report")
"""All but the report itself, which is a hundred times as long."""


# --- opening ------------------------------------------------------------------------------------------------


def open_gradebook(where: str, *, create: bool = True) -> Gradebook:
    """Open the gradebook at a path or an SQLAlchemy URL, and make it when there is none and ``create`` is set.

    A SQLite file belongs on a disk of this machine: on a network drive its log cannot be shared, use PostgreSQL.
    Raises UsageError, a sentence without any password, for whatever is no gradebook of this version that can be
    written to.
    """
    database = connect(where, create)
    try:
        database.write(lambda connection: _prepare(connection, database, create))
        database.use_wal()
    except BaseException:
        database.close()
        raise
    return Gradebook(database)


def _prepare(connection: Connection, database: Database, create: bool) -> None:
    """Make the tables in an empty database, or see that they are ours and of this version."""
    if database.dialect == "postgresql":
        _prepare_server(connection, database)
    names = set(inspect(connection).get_table_names())
    if _SCHEMA.name in names:
        _check_version(database.shown, connection.execute(select(_SCHEMA.c.schema_version)).scalars().all())
        # Changes nothing, and asks for the right to: a reader is told now, not after the first grading.
        connection.execute(update(_REPORTS).where(false()).values(status=_REPORTS.c.status))
    elif names:
        raise UsageError(
            f"{database.shown} is not a gradebook: it holds other tables. Name another file, or a database or "
            "schema of its own."
        )
    elif not create:
        raise UsageError(f"{database.shown} holds no gradebook yet: `cnnex bulk` makes one.")
    else:
        _TABLES.create_all(connection)
        connection.execute(insert(_SCHEMA).values(schema_version=SCHEMA_VERSION))


def _prepare_server(connection: Connection, database: Database) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UsageError(f"{database.shown} stores {encoding}: make a database with ENCODING 'UTF8' for all names.")
    # Of two runs that open an empty database at once, the second waits until the first has made the tables.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('cnnex_gradebook'))"))


def _check_version(shown: str, found: Sequence[object]) -> None:
    if len(found) != 1 or not isinstance(found[0], int):
        raise UsageError(f"{shown} is damaged: it does not say which version it is. Go on with a copy that does.")
    versions = f"version {found[0]}, this one works with {SCHEMA_VERSION}"
    if found[0] > SCHEMA_VERSION:
        raise UsageError(
            f"{shown} was made by a newer cnnex ({versions}): update it with `pip install -U cnnexercises`."
        )
    if found[0] < SCHEMA_VERSION:
        raise UsageError(
            f"{shown} was made by an older cnnex ({versions}): export it with the cnnex that made it, and begin a new "
            "gradebook."
        )


# --- using --------------------------------------------------------------------------------------------------


class Gradebook:
    """An open gradebook; a context manager. Several threads and processes may use one at the same time.

    Every method raises UsageError, a sentence, when the database refuses.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = sqlite.insert if database.dialect == "sqlite" else postgresql.insert

    @property
    def shown(self) -> str:
        """What a person calls it, without any password."""
        return self._database.shown

    def store(
        self,
        report: Report,
        key: Key,
        identifier: str | None = None,
        fingerprint: str | None = None,
        *,
        regraded: bool = False,
    ) -> None:
        """Store a report; when this returns, it survives a power cut. The rest is as in ``Mark``.

        A key that is stored stays as it is, so that two runs at once do no harm. There are two exceptions: a fault
        gives way to any report but another fault, and with ``regraded`` a report takes the place of the stored one,
        save a fault that of a grading.
        """
        content: dict[str, Any] = {
            "status": report.status,
            "score": report.score,
            "max_score": report.max_score,
            "stored_at": datetime.now(timezone.utc),
            "identifier": identifier,
            "fingerprint": fingerprint,
            "report": report.model_dump_json(),
        }
        statement = self._insert(_REPORTS).values(**asdict(key), **content)
        new = statement.excluded
        was_fault, is_fault = _REPORTS.c.status == "fault", new.status == "fault"
        replaces: ColumnElement[bool] = or_(was_fault, ~is_fault) if regraded else and_(was_fault, ~is_fault)
        upsert = statement.on_conflict_do_update(
            index_elements=_KEY, set_={name: new[name] for name in content}, where=replaces
        )
        self._database.write(lambda connection: connection.execute(upsert))

    def known(self, keys: Iterable[Key]) -> set[Key]:
        """Return those of the keys that need no grading: they have a report, and it is not a fault."""
        wanted = set(keys)
        students = sorted({key.student for key in wanted})
        found = set()
        with self._database.reading() as connection:
            for start in range(0, len(students), 500):  # SQLite counts its parameters
                some = _REPORTS.c.student.in_(students[start : start + 500])
                rows = connection.execute(select(*_KEY).where(some, _REPORTS.c.status != "fault"))
                found |= {Key(*row) for row in rows}
        return wanted & found

    def entries(self) -> Iterator[Entry]:
        """Yield all stored reports in the order of their keys, whoever stored them when."""
        query = select(*_MARK, _REPORTS.c.report).order_by(*_KEY)
        with (
            self._database.reading() as connection,
            connection.execution_options(yield_per=100).execute(query) as rows,
        ):
            for row in rows:
                yield _entry(row)

    def marks(self) -> Iterator[Mark]:
        """Yield what all stored reports come to, in the order of their keys."""
        with self._database.reading() as connection:
            for row in connection.execute(select(*_MARK).order_by(*_KEY)):
                yield _mark(row)

    def entry(self, key: Key) -> Entry:
        """Return a stored report by its key. Raises LookupError when there is none."""
        query = select(*_MARK, _REPORTS.c.report).filter_by(**asdict(key))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise LookupError(key)
        return _entry(row)

    def adjust(self, student: str, exercise: str, points: float, comment: str, who: str) -> Adjustment:
        """Add an adjustment, and return it. None is ever changed: another one takes it back.

        Raises UsageError for what cannot be stored, and for points that are no number.
        """
        made = Adjustment(student, exercise, points, comment, who, datetime.now(timezone.utc))
        self._database.write(lambda connection: connection.execute(insert(_ADJUSTMENTS).values(**asdict(made))))
        return made

    def adjustments(self) -> tuple[Adjustment, ...]:
        """Return all adjustments, in the order in which they were made."""
        with self._database.reading() as connection:
            return _adjustments(connection)

    def grades(self, policy: Policy) -> Iterator[Grade]:
        """Yield the grade of each student in each exercise, by student and exercise; ``grade_of`` has the rules."""
        marks: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        given: dict[tuple[str, str], list[Adjustment]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in connection.execute(select(*_MARK)):
                marks[row.student, row.exercise].append(_mark(row))
            for adjustment in _adjustments(connection):
                given[adjustment.student, adjustment.exercise].append(adjustment)
        for pair in sorted({*marks, *given}):
            yield grade_of(*pair, marks[pair], given[pair], policy)

    def close(self) -> None:
        """Close the gradebook."""
        self._database.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _mark(row: Sequence[Any]) -> Mark:
    return Mark(Key(*row[: len(_KEY)]), *row[len(_KEY) :])


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(Key(*row[: len(_KEY)]), *row[len(_KEY) :])


def _adjustments(connection: Connection) -> tuple[Adjustment, ...]:
    rows = connection.execute(select(*tuple(_ADJUSTMENTS.c)[1:]).order_by(_ADJUSTMENTS.c.id))
    return tuple(Adjustment(*row) for row in rows)

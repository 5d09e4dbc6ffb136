"""A real PostgreSQL server for tests: a cluster in a temporary folder, reached by a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USER, PASSWORD = "teacher", "s3cr3t-w0rd"


class Absent(Exception):
    """There is no PostgreSQL on this machine; the message says what to install."""


@dataclass(frozen=True)
class Server:
    """A running server; its socket lies in ``folder``."""

    folder: Path

    def url(self, database: str, password: str = PASSWORD) -> str:
        """Return the URL of a database."""
        return f"postgresql+psycopg://{USER}:{password}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement by itself, outside any transaction."""
        import psycopg

        parameters: dict[str, Any] = {"host": str(self.folder), "user": USER, "password": PASSWORD}
        with psycopg.connect(dbname=database, autocommit=True, **parameters) as connection:
            connection.execute(statement.encode())

    def database(self, name: str) -> str:
        """Make a database that sorts names as a dictionary does, and return its URL."""
        order = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {order}")
        return self.url(name)


def _program(name: str) -> str:
    """Return where a program of PostgreSQL is; Debian keeps them off the PATH."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, homes), os.environ.get("PATH", "")]))
    if found is None:
        raise Absent(f"PostgreSQL is not installed ({name} is missing): apt-get install postgresql")
    return found


def unprivileged() -> dict[str, Any]:
    """Return what makes subprocess.run give up the rights of root; nothing where there are none."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, as an unprivileged user because PostgreSQL refuses to run as root. Raises Absent."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path has 107 characters at most
    password = folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    as_user = unprivileged()
    if as_user:
        for path in (folder, password):
            shutil.chown(path, as_user["user"], as_user["group"])
    data = str(folder / "data")

    def run(*command: str) -> None:
        log = folder / "output"
        with log.open("w") as output:  # a pipe would be inherited by the server, and never end
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False, **as_user)
        assert done.returncode == 0, log.read_text()

    settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=30"
    try:
        run(initdb, "-D", data, "-U", USER, f"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        run(control, "-D", data, "-w", "-o", settings, "-l", str(folder / "log"), "start")
        try:
            yield Server(folder)
        finally:
            run(control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

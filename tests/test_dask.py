"""A class is graded on a Dask cluster as by own workers; a worker that dies loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from storing import rows

from cnnexercises import catalog

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

CORPUS = Path(__file__).parent / "submissions/01_output_size/wrong"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of two worker processes on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """A class of 60, of which a third hand in wrong submissions."""
    right = (catalog.folder("solutions") / "01_output_size.py").read_text("utf-8")
    wrong = sorted(CORPUS.glob("*.py"))[:20]
    for number in range(60):
        source = wrong[number // 3].read_text("utf-8") if number % 3 == 0 else f"{right}\n# {number}\n"
        (tmp_path / f"class/s{number:02d}").mkdir(parents=True)
        (tmp_path / f"class/s{number:02d}/01_output_size.py").write_text(source, "utf-8")
    return tmp_path / "class"


def bulk(folder: Path, book: Path, *options: str) -> subprocess.Popen[str]:
    """Begin to grade a class."""
    words = [sys.executable, "-m", "grader", "bulk", str(folder), "--gradebook", str(book), *options]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_worker_that_is_killed_loses_nothing(cluster: Any, class_folder: Path, tmp_path: Path) -> None:
    """One of two workers is killed in the middle: the gradebook is that of a run with own workers, row by row."""
    own, spread = tmp_path / "own.db", tmp_path / "spread.db"
    with bulk(class_folder, own, "--workers", "2") as run:
        run.communicate(timeout=120)
    assert run.returncode == 1
    with distributed.Client(cluster) as client:
        victim = next(iter(client.run(os.getpid).values()))
    with bulk(class_folder, spread, "--scheduler", cluster.scheduler_address) as run:
        assert run.stderr is not None
        graded = [run.stderr.readline() for _ in range(15)]
        os.kill(victim, signal.SIGKILL)
        out, rest = run.communicate(timeout=120)
    assert (run.returncode, "60 submissions" in out) == (1, True)
    assert all(graded)
    assert rest.count("\n") > 20, "it was to be killed in the middle"
    assert rows(spread) == rows(own)


def test_no_scheduler_is_a_sentence(class_folder: Path, tmp_path: Path) -> None:
    """An address where no scheduler is, is told in a sentence, with exit code 2."""
    with bulk(class_folder, tmp_path / "x.db", "--scheduler", "tcp://127.0.0.1:9") as run:
        _, errors = run.communicate(timeout=120)
    assert (run.returncode, "There is no Dask scheduler at tcp://127.0.0.1:9" in errors) == (2, True)
    assert "Traceback" not in errors

"""The version of an exercise follows from what judges a submission."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cnnexercises import __version__, catalog


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

"""A zip file that makes Gradescope grade with this package (https://gradescope-autograders.readthedocs.io)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import cnnexercises
import grader
from grader.errors import UsageError

_SETUP = """\
#!/usr/bin/env bash
# Runs once, as root, when Gradescope builds the image.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
if command -v apt-get > /dev/null; then
  apt-get update
  apt-get install -y bubblewrap libseccomp2 python3-venv
fi
python3 -m venv "$here/venv"
"$here/venv/bin/python" -m pip install --no-cache-dir -r "$here/requirements.txt"
PYTHONPATH="$here" "$here/venv/bin/python" -m grader doctor
"""

_RUN = """\
#!/usr/bin/env bash
# Runs for each submission, copied to the folder above this package. Points that were lost are no failure of the run.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mkdir -p "$here/results"
PYTHONPATH="$here/source" "$here/source/venv/bin/python" -m grader grade "$here/submission" \\
  --format gradescope --output "$here/results/results.json"
code=$?
test $code -le 2
"""

_ORIGIN = (1980, 1, 1, 0, 0, 0)
"""The same package gives the same zip, to the byte."""


def write_autograder(path: Path) -> None:
    """Write the zip: setup.sh, run_autograder, the requirements of this package, and the package itself.

    Solutions are left out. Raises UsageError when this package is not installed, and OSError.
    """
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content, mode in _files():
            entry = ZipInfo(name, _ORIGIN)
            entry.external_attr = mode << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)


def _files() -> Iterator[tuple[str, bytes, int]]:
    yield "setup.sh", _SETUP.encode(), 0o755
    yield "run_autograder", _RUN.encode(), 0o755
    yield "requirements.txt", _requirements().encode(), 0o644
    for package in (cnnexercises, grader):
        root = Path(package.__path__[0])
        for file in sorted(root.rglob("*")):
            parts = file.relative_to(root).parts
            if file.is_file() and file.suffix != ".pyc" and parts[0] != "solutions":
                yield "/".join((root.name, *parts)), file.read_bytes(), 0o644


def _requirements() -> str:
    try:
        needed = requires("cnnexercises") or []
    except PackageNotFoundError:
        raise UsageError("What this package needs is not known: install it, with `pip install .`.") from None
    return "".join(f"{line}\n" for line in needed if not re.search(r"\bextra\s*==", line))

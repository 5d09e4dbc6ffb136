"""A gradebook as files for other systems: spreadsheets, learning platforms, documents. One function a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.gradebook import Gradebook, Policy

    Export = Callable[[Gradebook, Policy, Path], None]

EXPORTS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "spreadsheets:write_csv",
        "jsonl": "documents:write_jsonl",
        "canvas": "spreadsheets:write_canvas",
        "moodle": "spreadsheets:write_moodle",
        "gradescope": "documents:write_gradescope",
        "junit": "documents:write_junit",
    }
)
"""What writes each format: "module:function" in this package. Text, so that a command's help imports no database."""


def exporter(form: str) -> Export:
    """Return what writes a gradebook to a path, with the attempts that count by a policy; it may raise OSError."""
    module, _, name = EXPORTS[form].partition(":")
    found: Export = getattr(import_module(f"grader.exports.{module}"), name)
    return found

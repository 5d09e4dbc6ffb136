"""How the course is graded: `from grader import grade, Report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.api import grade
    from grader.report import Report

__all__ = ["Report", "grade"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: `cnnex` starts its sandbox before it imports pydantic and NumPy.
    if name == "grade":
        from grader.api import grade

        return grade
    if name == "Report":
        from grader.report import Report

        return Report
    raise AttributeError(f"module 'grader' has no attribute {name!r}")

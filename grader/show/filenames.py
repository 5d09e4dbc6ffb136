"""File names for students, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.archives.names import safe_name


def stems(students: Iterable[str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Return a name for each student that any file system takes, and that no two share, in capitals or not.

    It is the student's own as far as possible, in the order of the names, and none of those that are reserved.
    """
    taken = {name.casefold() for name in reserved}
    chosen: dict[str, str] = {}
    for student in sorted(set(students)):
        plain = re.sub(r"[.#]", "_", safe_name(student))
        stem, number = plain, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(stem.casefold())
        chosen[student] = stem
    return chosen

"""Text that a submission had a hand in, made safe to show."""

from __future__ import annotations

import unicodedata


def visible(text: str, limit: int = 2000) -> str:
    """Return untrusted text so that a terminal shows it and does not obey it.

    Newlines stay and a tab becomes four spaces. Other control characters, lone surrogates, line separators
    and the invisible characters that turn the reading direction are written as escapes, such as ``\\x1b``.
    Text of more than ``limit`` characters is cut, and ends with "...".
    """
    # Cut before as well as after: a megabyte of text is not worth a megabyte of work.
    plain = text[: limit + 1].replace("\r\n", "\n").replace("\t", "    ")
    shown = "".join(char if _harmless(char) else ascii(char)[1:-1] for char in plain)
    cut = len(text) > limit or len(shown) > limit
    return shown[: max(limit - 3, 0)] + "..." if cut else shown


def _harmless(char: str) -> bool:
    if char in "\n\u200c\u200d":  # Persian and emoji are written with the two joiners
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")

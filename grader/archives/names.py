"""The names in archives: decoded, taken apart, and made safe."""

from __future__ import annotations

import re
import unicodedata

from grader.archives.entry import EntryRefusal

_LONGEST = 255
_LONGEST_PATH = 4096
MOST_FOLDERS = 50
"""People's folders lie a dozen deep; names of thousands of components only cost time."""
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)
_KEPT = 28
"""So many characters of a long name are kept at either end: with 4 bytes each they and a number fit into 255."""


def parts_of(name: str) -> tuple[str, ...]:
    """Return the components of a name in Unicode's form C; a backslash separates as a slash does.

    They are for recognition and display: no file is written where they say. Raises EntryRefusal for a name that is
    absolute, climbs with "..", holds a NUL, or is longer than a file system takes.
    """
    if "\0" in name:
        raise EntryRefusal("Its name has a NUL in it: it was not unpacked.")
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    parts = tuple(part for part in text.split("/") if part not in ("", "."))
    if text.startswith("/") or any(_DRIVE.match(part) or not part.strip(". ") for part in parts):
        raise EntryRefusal("Its name leads out of the archive: it was not unpacked.")
    longest = max(map(len, parts), default=0)
    if longest > _LONGEST or len(text) > _LONGEST_PATH:
        count = longest if longest > _LONGEST else len(text)
        raise EntryRefusal(f"Its name has {count:,} characters, and no file system takes that: it was not unpacked.")
    if len(parts) > MOST_FOLDERS:
        raise EntryRefusal(f"It lies more than {MOST_FOLDERS} folders deep: it was not unpacked.")
    return parts


def safe_name(name: str) -> str:
    """Return a file name that any file system takes, and that tells the exercise as the given one does.

    Letters, digits and signs that are harmless everywhere stay. Never hidden, never one that Windows reserves, at
    most 240 bytes.
    """
    name = unicodedata.normalize("NFC", name)
    stem, dot, suffix = name.rpartition(".")
    if not dot or not suffix.isalnum() or len(suffix) > len("ipynb"):
        stem, dot, suffix = name, "", ""
    kept = "".join(sign if _harmless(sign) else "_" for sign in stem).strip(". ")
    if len(kept) > 2 * _KEPT:
        kept = f"{kept[:_KEPT]}...{kept[-_KEPT:]}"
    kept = kept or "unnamed"
    return f"{'_' * bool(_RESERVED.match(kept))}{kept}{dot}{suffix}"


def _harmless(sign: str) -> bool:
    return sign in " _-+.,()[]=~@#" or unicodedata.category(sign)[0] in "LMN"


def decoded(raw: bytes) -> str:
    """Return a name of which the archive does not tell the encoding.

    UTF-8 where it is that (macOS and Linux do not flag it), else cp949 (Korean Windows), else cp437, which has a
    sign for every byte. Where names decode as both of the first, letters tell: an accent stands beside Latin ones.
    """
    if raw.isascii():
        return raw.decode("ascii")
    western, korean = _text(raw, "utf-8"), _text(raw, "cp949")
    if western is not None and (korean is None or max(western) > "\u024f" or _BESIDE_LATIN.search(western)):
        return western
    if korean is not None and (_has_common_syllable(korean) or not _BESIDE_LATIN.search(korean)):
        return korean
    return raw.decode("cp437")


def _text(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except ValueError:
        return None


_BESIDE_LATIN = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]", re.IGNORECASE)


def _has_common_syllable(korean: str) -> bool:
    """Whether some sign is in the older euc_kr: "Müller" in cp437 reads as one rare syllable between Latin letters."""
    return any(sign > "\x7f" and _in_euc_kr(sign) for sign in korean)


def _in_euc_kr(sign: str) -> bool:
    try:
        return len(sign.encode("euc_kr")) == 2  # Python spells the rare syllables out, in 8 bytes
    except UnicodeEncodeError:
        return False

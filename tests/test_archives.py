"""Archives are read as zipfile and tarfile read them, and whatever their names and bytes are, no harm is done."""

from __future__ import annotations

import io
import os
import tarfile
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hostile_archives import GOOD, Forged, forged_zip, member, plain_tar
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cnnexercises import catalog
from grader.archives import entries
from grader.archives.entry import CLASS, ArchiveRefusal, Budget, EntryRefusal
from grader.archives.names import decoded, parts_of, safe_name
from grader.recognition import entry_by_name

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
WORDS = st.text(st.characters(categories=["L", "N", "Pd", "Zs"]), max_size=180)
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {f"{p}{n}" for p in ("COM", "LPT") for n in range(10)}


def read(data: bytes) -> list[tuple[str, bytes]]:
    """Return the names and the bytes of the files in an archive."""
    found = entries(io.BytesIO(data), Budget(CLASS, len(data)))
    return [(entry.name, b"".join(entry.chunks())) for entry in found if entry.kind == "file"]


@given(st.dictionaries(NAMES.filter(lambda name: not name.endswith(("/", "\\"))), st.binary(max_size=2000)))
def test_a_zip_reads_as_zipfile_reads_it(files: dict[str, bytes]) -> None:
    """Names and bytes of any zip are those that the standard library finds: stored, deflated and zip64 ones."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for number, (name, data) in enumerate(files.items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]
            with file.open(info, "w", force_zip64=number % 3 == 0) as stream:
                stream.write(data)
    with zipfile.ZipFile(buffer) as file:
        expected = [(info.filename, file.read(info)) for info in file.infolist()]
    assert read(buffer.getvalue()) == expected


@pytest.mark.parametrize("compression", ["w", "w:gz"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_reads_as_tarfile_reads_it(compression: str, form: int) -> None:
    """Long and Korean names, and bytes, of each of the three formats of tar come through, gzipped or not."""
    names = ["kim/04_conv_backprop.py", "김민지/합성곱 역전파.py", "n" * 90 + "/" + "m" * 90 + ".py"]
    data = plain_tar([member(name) for name in names], compression, form)
    assert read(data) == [(name, GOOD) for name in names]


def test_a_zip_may_stand_behind_other_bytes_and_end_in_a_comment() -> None:
    """A self-extracting archive, and one with a comment, are zip archives."""
    buffer = io.BytesIO(b"#!/bin/sh\n" * 50)
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("kim/a.py", GOOD)
        file.comment = b"homework"
    assert read(buffer.getvalue()) == [("kim/a.py", GOOD)]


def test_more_than_65535_entries_need_zip64() -> None:
    """The directory of a zip with 66,000 entries, as zipfile writes it, is read to its end."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for number in range(66_000):
            file.writestr(zipfile.ZipInfo(str(number)), b"")
    assert sum(1 for _ in entries(buffer, Budget(CLASS, 1))) == 66_000


@given(st.binary(max_size=3000))
def test_bytes_of_any_kind_are_refused_with_a_sentence(data: bytes) -> None:
    """What is no archive raises a refusal that is a sentence, and nothing else."""
    for whole in (data, b"\x1f\x8b\x08" + data, forged_zip([Forged(b"a.py")])[:-22] + data):
        with pytest.raises(ArchiveRefusal, match=r"^[A-Z].*\.$"):
            read(whole)


# --- names ---


@given(st.text(max_size=60) | st.text(st.sampled_from("./\\ aC:\0é"), max_size=12))
@example("0/C:/x.py")
def test_the_components_of_a_name_lead_nowhere_else(name: str) -> None:
    """Whatever an entry is called, its components stay below the folder that they are joined to, on any system."""
    try:
        parts = parts_of(name)
    except EntryRefusal:
        return
    for pure in (PurePosixPath, PureWindowsPath):
        joined = pure("base", *parts)
        assert joined.parts[0] == "base"
        assert ".." not in joined.parts
    assert all(part and "/" not in part and "\\" not in part and "\0" not in part for part in parts)


@given(st.text(max_size=300) | st.sampled_from(["con.py", "AUX", "Lpt1.tar.gz", ".py", "nul .ipynb", "COM1.a.py"]))
def test_a_safe_name_is_one_on_every_system(name: str) -> None:
    """A safe name has no separator, is neither hidden nor reserved, and fits with a number into 255 bytes."""
    safe = safe_name(name)
    assert safe == unicodedata.normalize("NFC", safe)
    assert PureWindowsPath(safe).name == PurePosixPath(safe).name == safe
    assert safe.partition(".")[0].upper() not in RESERVED
    assert not safe.startswith(".")
    assert 0 < len(os.fsencode(safe)) <= 240


@given(WORDS, st.sampled_from(catalog.ENTRIES), st.sampled_from([".py", ".ipynb", ".PY"]))
def test_a_safe_name_tells_the_exercise(word: str, entry: catalog.Entry, suffix: str) -> None:
    """The exercise is recognised in a safe name, with up to 180 characters before or behind it."""
    for name in (f"{word}_{entry.name}{suffix}", f"{entry.name}_{word}{suffix}"):
        assume(entry_by_name(Path(name)) == entry)  # the word may be another's name
        assert entry_by_name(Path(safe_name(name))) == entry


HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=20)


@given(HANGUL)
@example("홈")  # valid UTF-8, as one accented letter
@example("뷁")  # not among the common syllables
def test_korean_names_of_windows_are_read(name: str) -> None:
    """A zip made by a Korean Windows writes names in cp949 and does not say so; all 11,172 syllables come through."""
    assert decoded(f"{name}_04.py".encode("cp949")) == f"{name}_04.py"
    assert decoded(f"{name}.py".encode()) == f"{name}.py"  # and in UTF-8
    assert read(forged_zip([Forged(f"{name}/a.py".encode("cp949"))]))[0][0] == f"{name}/a.py"


@pytest.mark.parametrize("name", ["Müller.py", "café/a.py", "Peña_04.py", "Zoë/ex.py", "Ägypten.py"])
def test_western_names_are_not_taken_for_korean_ones(name: str) -> None:
    """A name in the DOS code page, or in UTF-8, stays what it was, though its bytes happen to be valid cp949."""
    assert decoded(name.encode("cp437")) == name
    assert decoded(name.encode()) == name


def test_a_name_that_breaks_its_own_encoding_takes_nothing_with_it() -> None:
    """An entry that says its name is UTF-8, and is not, leaves the others readable."""
    data = forged_zip([Forged(b"\xff\xfe.py", flags=0x800), Forged(b"kim/a.py")])
    assert [name for name, _ in read(data)] == ["\ufffd\ufffd.py", "kim/a.py"]

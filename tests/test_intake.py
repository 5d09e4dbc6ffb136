"""What a class handed in is found, is the right student's, and in the right order; and no archive does any harm."""

from __future__ import annotations

import os
import random
import re
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile_archives import GOOD, HONEST, member, plain_tar, plain_zip, readable, refused, write_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnexercises import catalog
from grader.errors import UsageError
from grader.intake import Intake, open_intake
from grader.recognition import entry_by_name

CONV, POOL = "04_conv_backprop", "05_pool_backprop"
MOODLE = "Kim Minji_12345_assignsubmission_file"


@pytest.fixture(autouse=True)
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, which is empty again when a test ends."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not os.listdir(folder)


@dataclass(frozen=True)
class Taken:
    """What came of an intake, without the files."""

    found: list[tuple[str, str, int]]
    refused: dict[str, str]

    @property
    def students(self) -> list[str]:
        return [student for student, _, _ in self.found]


def take(*paths: Path, pattern: str | None = None, exercise: str | None = None) -> Taken:
    """Return (student, file name, attempt) of what is found, and what is refused."""
    with open_intake(paths, pattern, exercise) as intake:
        assert all(found.path.read_bytes() for found in intake.found)
        found = [(found.student, found.shown.rpartition("/")[2], found.attempt) for found in intake.found]
        return Taken(found, {refused.shown: refused.sentence for refused in intake.refused})


def folder(at: Path, *names: str) -> Path:
    """Make a folder of files, each with bytes of its own, the first being the oldest."""
    for age, name in enumerate(names):
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} = 1\n")
        os.utime(path, (1e9 + age, 1e9 + age))
    return at


def archive(at: Path, *names: str) -> Path:
    """Make a zip of files, each with bytes of its own."""
    at.write_bytes(plain_zip({name: f"{name} = 1\n".encode() for name in names}))
    return at


# --- layouts ---


METADATA = """\
submission_11:
  :submitters:
  - :name: Kim Minji
    :sid: '2026001'
    :email: kim@example.org
  :created_at: 2026-03-02 15:58:23.948203000 Z
  :results:
    :tests:
    - :name: not a student
submission_12:
  :submitters:
  - :name: "Lee \\uc9c0\\ud638"
    :sid: '2026002'
  - :name: Sinead O'Brien
    :email: ob@example.org
  :history:
  - :submitters:
    - :name: not a student either
"""

LAYOUTS = {
    "Moodle folders": ([f"{MOODLE}/{CONV}.py", f"이지호_2_assignsubmission_file_/{CONV}.py"], ["Kim Minji", "이지호"]),
    "Moodle flat": ([f"{MOODLE}_{CONV}.py", f"Group A_7_assignsubmission_file_{POOL}.ipynb"], ["Group A", "Kim Minji"]),
    "Moodle without a number": ([f"Default group_assignsubmission_file/{CONV}.py"], ["Default group"]),
    "Canvas": (
        [f"kimminji_12345_67890_{CONV}.py", f"leejiho_LATE_5_678_{CONV}.py", "leejiho_5_679_report.ipynb"],
        ["kimminji", "leejiho", "leejiho"],
    ),
    "Canvas, anonymous": ([f"anon_x9QaZ_77_{CONV}.py", f"LATE_anon_Bc3d4_78_{CONV}.py"], ["anon_Bc3d4", "anon_x9QaZ"]),
    "Gradescope without metadata": ([f"assignment_8_export/submission_1/a/{CONV}.py"], ["submission_1"]),
    "nbgrader": (
        [
            f"submitted/kim/ps4/{CONV}.ipynb",
            f"submitted/lee/ps4/{CONV}.ipynb",
            f"autograded/kim/ps4/{CONV}.ipynb",
            f"source/ps4/{CONV}.ipynb",
            f"release/ps4/{CONV}.ipynb",
        ],
        ["kim", "lee"],
    ),
    "nbgrader, autograded only": ([f"autograded/kim/ps4/{CONV}.ipynb"], ["kim"]),
    "folders": ([f"kim/{CONV}.py", f"lee/week 4/deep/{CONV}.py"], ["kim", "lee"]),
    "files": (
        [f"kim_{CONV}.py", f"{CONV}_lee.py", f"Yun Seo-{CONV}-final (2).py", "cho.py"],
        ["lee", "Yun Seo", "cho", "kim"],
    ),
    "student numbers": ([f"kim_20261234_{CONV}.py", f"{CONV}_20265678.py"], ["20265678", "kim_20261234"]),
    "folders by exercise": ([f"{CONV}/kim/x.py", f"{POOL}/lee.py"], ["kim", "lee"]),
    "a student's own folder": ([f"{CONV}.py", f"{POOL} (1).py"], ["class", "class"]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_each_layout_tells_the_student(tmp_path: Path, layout: str, packed: bool) -> None:
    """Moodle's, Canvas's, Gradescope's and nbgrader's layouts, and plain ones, are told without being named."""
    names, students = LAYOUTS[layout]
    path = archive(tmp_path / "class.zip", *names) if packed else folder(tmp_path / "class", *names)
    taken = take(path)
    assert taken.students == students
    assert not taken.refused


def test_gradescope_metadata_names_the_students_of_a_group(tmp_path: Path) -> None:
    """A group's submission is found once for each who handed it in; names elsewhere in the metadata do not count."""
    top = folder(tmp_path / "export", *(f"submission_{number}/{CONV}.py" for number in (11, 12, 13)))
    (top / "submission_metadata.yml").write_text(METADATA, encoding="utf-8")
    with open_intake([top]) as intake:
        who = [(found.student, found.identifier, found.shown) for found in intake.found]
    assert who == [
        ("Kim Minji", "2026001", f"export/submission_11/{CONV}.py"),
        ("Lee 지호", "2026002", f"export/submission_12/{CONV}.py"),
        ("Sinead O'Brien", "ob@example.org", f"export/submission_12/{CONV}.py"),
        ("submission_13", None, f"export/submission_13/{CONV}.py"),
    ]


def test_the_folder_in_an_archive_of_the_same_name_is_no_student(tmp_path: Path) -> None:
    """A desktop packs a folder with its name: class.zip holds class/, and in that the students."""
    whole = archive(tmp_path / "class.zip", f"class/kim/{CONV}.py", f"class/lee/{CONV}.py")
    assert take(whole).students == ["kim", "lee"]
    assert take(archive(tmp_path / "class (1).zip", f"class/kim/{CONV}.py")).students == ["kim"]
    assert take(archive(tmp_path / "kim.zip", f"kim/{CONV}.py")).students == ["kim"]


def test_a_folder_of_downloads_is_one_of_layouts(tmp_path: Path) -> None:
    """Several downloads of platforms in one folder are read each in its layout."""
    top = folder(tmp_path / "downloads")
    top.mkdir()
    archive(top / "CS101-HW4-1234.zip", f"{MOODLE}/{CONV}.py")
    archive(top / "canvas.zip", f"leejiho_5_678_{CONV}.py")
    assert take(top).students == ["Kim Minji", "leejiho"]


def test_a_student_cannot_hand_in_for_another(tmp_path: Path) -> None:
    """Folders and metadata within a submission that look like a platform's do not change whose it is."""
    names = [f"lee/{CONV}.py", f"kim/Lee_5_assignsubmission_file_/{CONV}.py", f"kim/submission_5/{CONV}.py"]
    top = folder(tmp_path / "class", *names)
    (top / "kim" / "submission_metadata.yml").write_text("submission_5:\n  :submitters:\n  - :name: Lee\n")
    archive(top / "cho.zip", f"submitted/lee/ps4/{CONV}.py", f"assignment_1_export/submission_3/{CONV}.py")
    assert set(take(top).students) == {"lee", "kim", "cho"}


def test_namesakes_are_told_apart_by_their_number(tmp_path: Path) -> None:
    """Two students of one name get the platform's number behind it; one student with two files does not."""
    names = [f"Kim Minji_1_assignsubmission_file/{CONV}.py", f"Kim Minji_2_assignsubmission_file/{CONV}.py"]
    path = archive(tmp_path / "a.zip", *names, f"Lee_3_assignsubmission_file/{CONV}.py")
    assert take(path).students == ["Kim Minji (1)", "Kim Minji (2)", "Lee"]
    other = archive(tmp_path / "b.zip", f"Lee_77_assignsubmission_file/{POOL}.py")
    assert take(path, other).students[-2:] == ["Lee", "Lee"]  # Moodle numbers anew in each assignment


def test_names_that_macos_takes_apart_are_one_student(tmp_path: Path) -> None:
    """A Korean name in Unicode's form D, as macOS writes it, is the same student as in form C."""
    apart = unicodedata.normalize("NFD", "김민지")
    path = archive(tmp_path / "a.zip", f"{apart}/{CONV}.py")
    taken = take(path, folder(tmp_path / "b", f"김민지/{CONV}.py"))
    assert taken.found == [("김민지", f"{CONV}.py", 2), ("김민지", f"{CONV}.py", 1)]


def test_korean_names_from_windows_are_read(tmp_path: Path) -> None:
    """A zip with names in cp949 that does not say so shows the students' names."""
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"QQQQQQ/{CONV}.py", GOOD)
    path.write_bytes(path.read_bytes().replace(b"QQQQQQ", "김민지".encode("cp949")))
    assert take(path).students == ["김민지"]


def test_a_pattern_overrides_the_layout(tmp_path: Path) -> None:
    """--student-pattern is searched for in the path below PATH; what it does not match is refused with a sentence."""
    path = archive(tmp_path / "class.zip", f"hw/2026-kim-x/{CONV}.py", f"hw/2026-lee-y/{CONV}.py", "hw/template.py")
    taken = take(path, pattern=r"hw/\d+-(?P<student>\w+)-")
    assert taken.students == ["kim", "lee"]
    assert list(taken.refused) == ["class.zip/hw/template.py"]


@pytest.mark.parametrize("pattern", ["(", r"(\w+)/", r"(?P<name>\w+)"])
def test_a_pattern_that_tells_no_student_is_bad_usage(tmp_path: Path, pattern: str) -> None:
    """A pattern that is no regular expression, or has no group named student, is answered with a sentence."""
    with pytest.raises(UsageError, match=r"--student-pattern .*\."):
        take(tmp_path, pattern=pattern)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0/\\", exclude_categories=["Cs"]), min_size=1), min_size=1),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_of_any_names_are_found_or_refused(tmp_path: Path, places: list[list[str]]) -> None:
    """Whatever folders and files in an archive are called, each is somebody's, refused with a sentence, or hidden."""
    names = {"/".join(place) + ".py" for place in places}
    path = tmp_path / "class.zip"
    path.write_bytes(plain_zip({name: name.encode() for name in names}))
    with open_intake([path]) as intake:
        whole = {found.path.read_bytes().decode() for found in intake.found}
        assert all(found.student.strip() and not re.search(r"[\0-\x1f\x7f]", found.student) for found in intake.found)
        assert all(refused.sentence.endswith(".") and "\n" not in refused.shown for refused in intake.refused)
    assert whole <= names
    plain = {name for name in names if re.fullmatch(r"[a-z0-9]+(/[a-z0-9]+)*\.py", name)}
    assert plain <= whole


# --- attempts ---


ATTEMPTS = {
    "folders": ["kim/attempt_10/{}.py", "kim/attempt_9/{}.py", "kim/{}.py"],
    "Canvas": ["kim_LATE_5_680_{}.py", "kim_5_679_{}-1.py", "kim_5_678_{}.py"],
    "uploads": ["kim_5_1000_{}.py", "kim_5_999_{}.py"],
    "copies": ["kim/{} (2).py", "kim/{} (1).py", "kim/{}.py"],
    "versions": ["kim/{}_v10.py", "kim/{}_v9.py"],
    "names": ["kim/b/{}.py", "kim/a/{}.ipynb"],
}


@pytest.mark.parametrize("case", ATTEMPTS)
def test_attempts_are_in_the_order_they_were_handed_in(tmp_path: Path, case: str) -> None:
    """Folders, LATE, the number in a name, the number of an upload, and at last the name give the order."""
    names = [name.format(CONV) for name in ATTEMPTS[case]]
    path = tmp_path / "class.zip"
    path.write_bytes(plain_zip({name: name.encode() for name in names}))
    with open_intake([path]) as intake:
        numbers = {found.path.read_text(): found.attempt for found in intake.found}
    assert [numbers[name] for name in names] == list(range(len(names), 0, -1))


def test_the_time_of_a_file_orders_attempts(tmp_path: Path) -> None:
    """Where names do not tell, the later file is the later attempt: in folders, zips and tars."""
    top = folder(tmp_path / "class", f"kim/z/{CONV}.py", f"kim/a/{CONV}.py")
    assert [attempt for _, _, attempt in take(top).found] == [2, 1]
    packed = tmp_path / "class.tar"
    members = [member("kim/z.py", modified=1e9), member("kim/y.py", modified=2e9)]
    packed.write_bytes(plain_tar(members, "w").replace(GOOD, b"x" * len(GOOD), 1))
    assert take(packed, exercise=CONV).found == [("kim", "y.py", 2), ("kim", "z.py", 1)]


def test_timestamps_of_nbgrader_order_attempts(tmp_path: Path) -> None:
    """timestamp.txt says when a notebook was handed in, whatever the time of the file is."""
    top = folder(tmp_path / "submitted", f"kim/ps1/{CONV}.ipynb", f"kim/ps2/{CONV}.ipynb")
    (top / "kim/ps1/timestamp.txt").write_text("2026-03-03 15:58:23.948203 UTC")
    (top / "kim/ps2/timestamp.txt").write_text("2026-03-02 15:58:23.948203 UTC\n")
    assert [attempt for _, _, attempt in take(top).found] == [2, 1]


def test_attempts_count_for_each_exercise(tmp_path: Path) -> None:
    """Files of two exercises are not attempts at one; a file of another name counts by what it defines."""
    top = folder(tmp_path / "class", f"kim/{CONV}.py", f"kim/{POOL}.py", "kim/hw.py", "kim/notes.py")
    (top / "kim/hw.py").write_text("".join(f"def {name}(): ...\n" for name in catalog.find(CONV).entry_points))
    names = {name: attempt for _, name, attempt in take(top).found}
    assert names == {f"{CONV}.py": 1, f"{POOL}.py": 1, "hw.py": 2, "notes.py": 1}
    assert sorted(take(top, exercise="4").found, key=lambda one: one[2])[-1][2] == 4


def test_a_second_download_repeats_nothing(tmp_path: Path) -> None:
    """What a later download holds again is one submission; what a student hands in again unchanged is an attempt."""
    monday = plain_zip({f"kim/{CONV}.py": b"a", f"lee/{CONV}.py": b"b"})
    friday = plain_zip({f"kim/{CONV}.py": b"a", f"lee/{CONV}.py": b"c"})
    paths = [tmp_path / "monday.zip", tmp_path / "friday.zip"]
    for path, data in zip(paths, (monday, friday), strict=True):
        path.write_bytes(data)
    assert take(*paths).found == [("lee", f"{CONV}.py", 1), ("kim", f"{CONV}.py", 1), ("lee", f"{CONV}.py", 2)]
    assert take(paths[0], paths[0]) == take(paths[0])
    again = tmp_path / "again.zip"
    again.write_bytes(plain_zip({f"kim/{number}/{CONV}.py": b"a" for number in (1, 2)}))
    assert [attempt for _, _, attempt in take(again).found] == [1, 2]


# --- what is not graded ---


def test_a_student_without_code_is_named(tmp_path: Path) -> None:
    """Whoever handed in a report, an empty folder or a .rar only is named, with what there is instead."""
    names = [f"{MOODLE}/report.pdf", f"{MOODLE}/deep/a/b/c/x.rar", f"Lee_2_assignsubmission_file/{CONV}.py"]
    sentence = "There is no .py or .ipynb file of Kim Minji, only .pdf, .rar: ask for one."
    assert take(archive(tmp_path / "class.zip", *names)).refused == {f"class.zip/{MOODLE}": sentence}
    top = folder(tmp_path / "class", f"kim/{CONV}.py", "roster.csv")
    (top / "lee").mkdir()
    assert list(take(top).refused) == ["class/lee"]


def test_what_belongs_to_no_submission_is_passed_over(tmp_path: Path) -> None:
    """Caches, checkpoints, virtual environments and what macOS adds are neither graded nor spoken of."""
    names = ["__MACOSX/kim/._x.py", "kim/.DS_Store", "kim/.ipynb_checkpoints/a.ipynb", "kim/__pycache__/x.py"]
    names += ["kim/env/pyvenv.cfg", "kim/env/bin/activate_this.py", f"kim/{CONV}.py", "kim/data.csv"]
    for path in (archive(tmp_path / "class.zip", *names), folder(tmp_path / "class", *names)):
        assert take(path) == Taken([("kim", f"{CONV}.py", 1)], {})


@pytest.mark.parametrize("name", ["missing", "nul\0.py", "notes.txt", "fifo.py", "empty"])
def test_a_path_that_holds_nothing_is_refused(tmp_path: Path, name: str) -> None:
    """A path that is not there, is no submission, or is empty gets a sentence, and the next is taken."""
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "fifo.py")
    taken = take(tmp_path / name, folder(tmp_path / "class", f"kim/{CONV}.py"))
    assert taken.students == ["kim"]
    assert [sentence[-1] for sentence in taken.refused.values()] == ["."]


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    """A link that a student's archive left on disk gives nobody another's work."""
    top = folder(tmp_path / "class", f"kim/{CONV}.py", "lee/x.txt")
    (top / f"lee/{CONV}.py").symlink_to(top / f"kim/{CONV}.py")
    (top / "lee/sub").symlink_to(top / "kim")
    taken = take(top)
    assert taken.students == ["kim"]
    assert set(taken.refused) == {f"class/lee/{CONV}.py", "class/lee/sub"}


def test_archives_of_students_are_opened_where_they_lie(tmp_path: Path) -> None:
    """A student's zip or tar in the download of a class, or in a folder, is that student's."""
    inner = plain_zip({f"hw/{CONV}.py": GOOD, "hw/report.pdf": b"x"})
    path = tmp_path / "class.zip"
    packed = plain_tar([member(f"{POOL}.py")])
    path.write_bytes(plain_zip({f"{MOODLE}/hw.zip": inner, f"leejiho_5_678_{POOL}.tar.gz": packed}))
    top = folder(tmp_path / "class", f"kim/{CONV}.py")
    (top / "cho.zip").write_bytes(inner)
    (top / f"yun_{CONV}.zip").write_bytes(inner)
    assert take(path).found == [("Kim Minji", f"{CONV}.py", 1), ("leejiho", f"{POOL}.py", 1)]
    assert take(top).students == ["cho", "kim", "yun"]


# --- hostile archives ---


def listing(top: Path) -> set[str]:
    """Return every path below a folder."""
    return {os.path.join(here, name) for here, folders, names in os.walk(top) for name in [*folders, *names]}


def check_unpacked(intake: Intake, unpacked: Path) -> None:
    """Check that what was unpacked is a regular file in the temporary folder, whose name tells the exercise."""
    for found in intake.found:
        if found.shown.startswith("class/"):
            continue
        assert found.path.resolve() == found.path
        assert found.path.is_file()
        assert unpacked in found.path.parents
        if HONEST in found.shown:
            assert found.name == f"{CONV}.py"
            assert found.path.read_bytes() == GOOD
            assert entry_by_name(found.path) == catalog.entry(CONV)


def test_hostile_archives_harm_nobody(tmp_path: Path, unpacked: Path) -> None:
    """Each of some 40 hostile archives gets its sentence, its honest part and the next path are found, and nothing is
    written outside the temporary folder."""
    paths = write_all(tmp_path)
    other = folder(tmp_path / "class", f"lee/{CONV}.py")
    before = listing(tmp_path)
    for path, (_, part) in zip(paths, (readable() | refused()).values(), strict=True):
        with open_intake([path, other]) as intake:
            assert listing(tmp_path) - listing(unpacked) == before
            check_unpacked(intake, unpacked)
            places = {found.shown for found in intake.found}
        assert f"class/lee/{CONV}.py" in places
        assert any(place.endswith(HONEST) for place in places) == (path.name in readable())
        told = [one.sentence for one in intake.refused]
        assert any(part in sentence for sentence in told), (path.name, told)
        assert all(re.fullmatch(r"[A-Z][^\n]*\.", sentence) for sentence in told)


def test_many_refusals_of_one_archive_are_summed_up(tmp_path: Path) -> None:
    """An archive of 5,000 names that lead out gives some 20 sentences, and the number of the rest."""
    path = archive(tmp_path / "class.zip", f"kim/{CONV}.py", *(f"../{number}.py" for number in range(5000)))
    with open_intake([path]) as intake:
        assert len(intake.found) == 1
        assert len(intake.refused) == 21
        assert "4,980 more" in intake.refused[-1].sentence


@pytest.mark.parametrize("seed", range(4))
def test_broken_archives_raise_nothing(tmp_path: Path, seed: int) -> None:
    """Of 100 archives with bytes changed, cut out or cut off, none does more than be refused."""
    rng = random.Random(seed)
    files = {f"k{number}/{CONV}.py": GOOD for number in range(4)}
    whole = [
        plain_zip(files | {"submission_metadata.yml": METADATA.encode(), "z/hw.zip": plain_zip(files)}),
        plain_tar([member(name) for name in [*files, "한글/" + "n" * 150 + ".py"]], "w"),
        plain_tar([member(name) for name in files]),
    ]
    path = tmp_path / "class.zip"
    for _ in range(100):
        data = bytearray(rng.choice(whole))
        for _ in range(rng.choice([1, 3, 9])):
            at = rng.randrange(len(data))
            data[at : at + rng.randrange(5)] = rng.choice([b"", b"\xff\xff\xff\xff", b"\0", rng.randbytes(2)])
        path.write_bytes(data[: rng.choice([len(data), rng.randrange(len(data))])])
        taken = take(path)
        assert taken.found or taken.refused


def test_a_class_is_taken_in_at_once(tmp_path: Path) -> None:
    """2,000 small submissions in a zip are unpacked, sorted and removed in less than 2 s."""
    path = tmp_path / "class.zip"
    path.write_bytes(plain_zip({f"student {number}/{CONV}.py": GOOD * 50 for number in range(2000)}))
    started = time.process_time()
    with open_intake([path]) as intake:
        assert len(intake.found) == 2000
    assert time.process_time() - started < 2

"""Sessions: what a submission can do and see, what its accidents cost, and that a lock-down that fails is a fault."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from grader.errors import SandboxFault
from grader.outcome import Died, Loaded, Missing, NotStarted, OutOfMemory, Raised, Returned, TimedOut, TorchTensor
from grader.sandbox import policy, worker
from grader.sandbox.runner import Limits, Program, SandboxRunner, SandboxSession
from grader.sandbox.worker import Launcher, Zygote, launcher

ROOT = Path(__file__).resolve().parent.parent
Level = Literal["strict", "basic", "off"]
LEVELS: tuple[Level, ...] = ("strict", "basic", "off")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox levels strict and basic are Linux's")

Opened = Callable[..., SandboxSession]


@pytest.fixture(scope="module", params=LEVELS)
def warm_launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """What makes jobs of the NumPy profile, at each level that this machine has."""
    made = launcher("numpy", request.param)
    try:
        made.launch(64 << 20).end()
    except SandboxFault as fault:
        if request.param == "strict":
            pytest.skip(str(fault))
        raise
    yield made
    made.close()


@pytest.fixture
def opened(warm_launcher: Launcher) -> Iterator[Opened]:
    """A function that opens a session for source, or for several cells of it, whose calls end after a second."""
    sessions = []

    def open_session(*cells: str, seed: int = 0, memory: int = 128, seconds: float = 1.0) -> SandboxSession:
        units = tuple((f"cell {n}", textwrap.dedent(cell)) for n, cell in enumerate(cells, 1))
        program = Program(units, ("f", "g", "h"), None, seed)
        sessions.append(SandboxRunner(warm_launcher).open(program, Limits(seconds, memory)))
        return sessions[-1]

    yield open_session
    for session in sessions:
        session.close()


def loaded(session: SandboxSession) -> Loaded:
    """Load a session's program."""
    outcome = session.load()
    assert isinstance(outcome, Loaded), outcome
    return outcome


def value(session: SandboxSession, *args: Any, entry: str = "f", **kwargs: Any) -> Any:
    """Return what a call returns."""
    outcome = session.call(entry, args, kwargs)
    assert isinstance(outcome, Returned), outcome
    return outcome.value


def calls(session: SandboxSession, count: int) -> None:
    """Make many calls."""
    for _ in range(count):
        session.call("f", ())


# --- loading -------------------------------------------------------------------------------------------------


def test_an_error_outside_functions_is_named_and_the_rest_runs(opened: Opened) -> None:
    """Each statement that fails is told with its line, and what stands around it is there."""
    session = opened(
        """\
        import no_such_library
        x = 1 / 0
        def f():
            return 7
        print(undefined)
        """
    )
    outcome = loaded(session)
    assert outcome.defined == ("f",)
    named = [(error.name, error.place.unit, error.place.line) for error in outcome.errors]
    assert named == [("ModuleNotFoundError", 0, 1), ("ZeroDivisionError", 0, 2), ("NameError", 0, 5)]
    assert value(session) == 7


def test_an_error_inside_a_function_has_its_place_there(opened: Opened) -> None:
    """When a statement calls a function that fails, the line in the function is told, and the function's name."""
    (error,) = loaded(opened("def g():\n    return [][3]\n\ng()\n")).errors
    assert (error.name, error.place.line, error.place.function) == ("IndexError", 2, "g")


def test_cells_share_their_names(opened: Opened) -> None:
    """Cells run one after the other in one module; a place says in which, and future imports hold for those after."""
    session = opened("from __future__ import annotations\nx = 1", "def f(a: nowhere = 2):\n    return x + a", "1 / 0")
    (error,) = loaded(session).errors
    assert (error.place.unit, error.place.line) == (2, 1)
    assert value(session) == 3


@pytest.mark.parametrize(
    ("accident", "told"),
    [("while True: pass", "did not end within"), ("import os; os._exit(3)", "ended with exit code 3")],
    ids=["loop", "exit"],
)
def test_a_statement_that_does_not_come_back_is_left_out(opened: Opened, accident: str, told: str) -> None:
    """An endless loop or an exit outside functions is cut off, named with its line, and left out of the next load."""
    session = opened(f"def f():\n    return 1\n\n{accident}\ndef g():\n    return 2\n", seconds=0.5)
    outcome = loaded(session)
    assert outcome.defined == ("f", "g")
    (error,) = outcome.errors
    assert told in error.text
    assert error.place.line == 4
    assert value(session, entry="g") == 2


def test_a_file_of_accidents_is_given_up(opened: Opened) -> None:
    """After three statements that ended the process, loading ends with what the fourth one did."""
    assert loaded(opened("import os\n" + "os._exit(1)\n" * 3 + "def f(): pass")).defined == ("f",)
    assert opened("import os\n" + "os._exit(1)\n" * 4 + "def f(): pass").load() == Died("ended with exit code 1")


def test_memory_counts_while_loading(opened: Opened) -> None:
    """A statement that needs more memory than there is fails like any other."""
    session = opened("x = bytearray(10**9)\ndef f():\n    return 1")
    assert [error.name for error in loaded(session).errors] == ["MemoryError"]
    assert value(session) == 1


# --- calls ---------------------------------------------------------------------------------------------------

ACCIDENTS = """
import ctypes, os
calls = 0
def f(how):
    global calls
    calls += 1
    if how == "exit":
        os._exit(7)
    if how == "crash":
        ctypes.string_at(0)
    while how == "loop":
        pass
    return calls
"""


@pytest.mark.parametrize(
    ("how", "outcome"),
    [("exit", Died("ended with exit code 7")), ("crash", Died("was killed by SIGSEGV")), ("loop", TimedOut(0.4))],
)
def test_a_call_that_dies_does_not_take_the_next_with_it(opened: Opened, how: str, outcome: Any) -> None:
    """Calls share their process until one kills it or does not end: the next call has a fresh one."""
    session = opened(ACCIDENTS)
    assert [value(session, "fine"), value(session, "fine")] == [1, 2]
    assert session.call("f", (how,), seconds=0.4) == outcome
    assert [value(session, "fine"), value(session, "fine")] == [1, 2]


def test_memory_has_a_limit(opened: Opened) -> None:
    """A call that asks for more than its limit is told so, whether Python or NumPy asks, and the next one is fine."""
    session = opened(
        """
        import numpy as np
        def f(size):
            return len(bytearray(size))
        def g(size):
            return np.ones(size // 8).nbytes
        def h():
            raise MemoryError
        """
    )
    for entry in ("f", "g"):
        assert session.call(entry, (300 << 20,)) == OutOfMemory(128)
        assert value(session, 40 << 20, entry=entry) == 40 << 20
    assert session.call("h", ()) == OutOfMemory(128)


def test_random_numbers_repeat(opened: Opened) -> None:
    """The global generators start anew before each call, from the seed: a result can be had again."""
    source = "import random\nimport numpy as np\ndef f():\n    return random.random(), np.random.rand(3)"
    session = opened(source, seed=5)
    (first, drawn), (again, redrawn) = value(session), value(session)
    assert first == again
    assert np.array_equal(drawn, redrawn)
    assert value(opened(source, seed=6))[0] != first


def test_output_input_and_warnings_are_harmless(opened: Opened) -> None:
    """What is printed goes nowhere, input is at its end, and a warning changes nothing."""
    session = opened(
        """
        import sys, warnings
        def f():
            print("x" * 10**6)
            print("error", file=sys.stderr)
            warnings.warn("deprecated")
            try:
                return input("?")
            except EOFError:
                return "end"
        """
    )
    assert value(session) == "end"


def test_changed_arguments_and_views_are_seen(opened: Opened) -> None:
    """A call tells which arguments it changed, by position or name, and whether its result is a view of one."""
    session = opened("def f(a, b, *, c):\n    a[0] = 9\n    c.append(1)\n    return b[1:]\ndef g(a):\n    return a + 1")
    outcome = session.call("f", (np.ones(3), np.ones(3)), {"c": [0]})
    assert isinstance(outcome, Returned)
    assert (outcome.changed, outcome.shares_memory) == ((0, "c"), True)
    outcome = session.call("g", (np.ones(3),))
    assert isinstance(outcome, Returned)
    assert (outcome.changed, outcome.shares_memory) == ((), False)


def test_what_is_missing_or_unwritten_is_told_apart(opened: Opened) -> None:
    """A name that is not there is Missing; a stub is NotStarted; what calls a stub waits for it."""
    session = opened("def f():\n    raise NotImplementedError\ndef g():\n    return f()")
    assert session.call("h", ()) == Missing()
    assert session.call("f", ()) == NotStarted()
    outcome = session.call("g", ())
    assert isinstance(outcome, Raised)
    assert outcome.waits_for == "f"


def test_an_exception_is_told_with_its_classes_and_place(opened: Opened) -> None:
    """An exception has the names of its classes, its text without addresses, and the student's innermost line."""
    session = opened(
        """\
        import numpy as np
        class Mine(LookupError):
            pass
        def g(x):
            raise Mine(object())
        def f(x):
            return g(x)
        def h(x):
            return np.linalg.inv(x)
        """
    )
    outcome = session.call("f", (1,))
    assert isinstance(outcome, Raised)
    assert outcome.bases[:2] == ("Mine", "LookupError")
    assert outcome.text == "<object object at 0x…>"
    assert outcome.place is not None
    assert (outcome.place.line, outcome.place.function) == (5, "g")
    outcome = session.call("h", (np.zeros((2, 2)),))
    assert isinstance(outcome, Raised)
    assert outcome.place is not None
    assert (outcome.name, outcome.place.line) == ("LinAlgError", 9)


def test_large_arguments_cross(opened: Opened) -> None:
    """Tens of megabytes cross in a call, and are not counted against anybody's patience."""
    session = opened("def f(x):\n    return float(x.sum())", memory=256, seconds=5)
    assert value(session, np.ones(3_000_000)) == 3e6


# --- what is there -------------------------------------------------------------------------------------------


def test_only_numpy_can_be_imported_beside_the_standard_library(opened: Opened) -> None:
    """In the NumPy profile neither torch nor scipy, pytest or the grader's own content can be imported."""
    session = opened("def f(name):\n    __import__(name)")
    for name in ("numpy.fft", "numpy.polynomial", "json", "decimal", "dataclasses", "unittest", "multiprocessing"):
        assert value(session, name) is None
    for name in ("torch", "scipy", "pytest", "hypothesis", "pip", "cnnexercises", "pydantic", "click", "sandbox"):
        outcome = session.call("f", (name,))
        assert isinstance(outcome, Raised)
        assert outcome.name == "ModuleNotFoundError"


READER = """
import os
def f(path):
    try:
        return "file" if open(path, "rb").read(1) is not None else ""
    except IsADirectoryError:
        pass
    except OSError:
        return "none"
    try:
        return f"folder of {len(os.listdir(path))}"
    except OSError:
        return "none"
"""


def test_files_that_can_be_read(opened: Opened, warm_launcher: Launcher, tmp_path: Path) -> None:
    """The interpreter's library and NumPy can be read; the system's files, the course and the user's cannot."""
    if warm_launcher.level == "off":
        pytest.skip("level off protects no file")
    session = opened(READER)
    for there in (os.__file__, np.__file__, "/dev/null", "/proc/cpuinfo", str(ROOT / "grader" / "sandbox" / "wire.py")):
        assert value(session, there) == "file"
    (tmp_path / "secret").touch()
    course = [ROOT / name for name in ("solutions/01_output_size.py", "cnnexercises/output_size.py", "grader/api.py")]
    for path in (
        *("/", "/etc", "/etc/passwd", "/proc", "/proc/self/maps", "/proc/self/environ", "/home", "/root", "/tmp"),
        *course, tmp_path, tmp_path / "secret", Path.home(), ROOT, ROOT / "grader", Path(pytest.__file__),
    ):  # fmt: skip
        assert value(session, str(path)) == "none", path


def test_the_environment_is_that_of_the_policy(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment holds what the policy says and nothing of the user's."""
    session = opened("import os\ndef f():\n    return dict(os.environ)")
    extra = {"LC_CTYPE", "PWD"}  # set by the interpreter and by bubblewrap
    assert value(session).keys() - extra == policy.environment().keys()


def test_there_are_no_threads_without_torch(opened: Opened, warm_launcher: Launcher) -> None:
    """A NumPy exercise has no use for threads, and thousands of them would harm others: none can be made."""
    if warm_launcher.level == "off":
        pytest.skip("level off protects nobody")
    session = opened("import threading\ndef f():\n    threading.Thread(target=print).start()")
    outcome = session.call("f", ())
    assert isinstance(outcome, Raised)
    assert "can't start new thread" in outcome.text


TORCH = """
import threading
import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset
torch.set_num_threads(2)
def f():
    x = torch.randn(8, 3, 16, 16, requires_grad=True)
    torch.nn.Conv2d(3, 4, 3)(x).relu().sum().backward()
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    return x.grad
def g():
    return [len(batch) for (batch,) in DataLoader(TensorDataset(torch.zeros(5)), 2)]
"""


@pytest.mark.parametrize("level", LEVELS)
def test_torch_works_in_its_profile(level: Level) -> None:
    """In the torch profile gradients, a DataLoader and threads work, generators repeat, and pytest is not there."""
    made = launcher("torch", level)
    session = SandboxRunner(made).open(Program((("t.py", TORCH + "\nimport pytest"),), ("f", "g")), Limits(10, 1024))
    try:
        assert [error.name for error in loaded(session).errors] == ["ModuleNotFoundError"]
        first, again = value(session), value(session)
        assert isinstance(first, TorchTensor)
        assert np.array_equal(first.array, again.array)
        assert value(session, entry="g") == [2, 2, 1]
    except SandboxFault as fault:
        if level == "strict":
            pytest.skip(str(fault))
        raise
    finally:
        session.close()
        made.close()


def test_the_protections_are_named(warm_launcher: Launcher) -> None:
    """A launcher names its protections: bubblewrap at level strict only, Landlock and seccomp at strict and basic."""
    named = set(warm_launcher.features)
    assert ("bubblewrap" in named) == (warm_launcher.level == "strict")
    assert ({"landlock", "seccomp", "rlimits"} <= named) == (warm_launcher.level != "off")


# --- a lock-down that fails ----------------------------------------------------------------------------------


def refusal() -> str:
    """Start level basic anew, and return the sentence of the fault that it ends in."""
    with pytest.raises(SandboxFault) as caught, closing(launcher("numpy", "basic")) as made:
        made.launch(64 << 20)
    return str(caught.value)


def show(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Change what a sandbox can see."""
    sight = dataclasses.replace(policy.sight("numpy"), **changes)
    monkeypatch.setattr(policy, "sight", lambda profile: sight)


def allow_all(profile: str) -> bytes:
    """Return a filter that allows everything: return SECCOMP_RET_ALLOW."""
    return bytes.fromhex("0600" "00" "00" "0000ff7f")


@pytest.mark.parametrize(
    ("program", "says"),
    [
        (lambda profile: b"", "prctl(22)"),
        (lambda profile: b"\xff" * 64, "prctl(22)"),
        (allow_all, "does not hold"),
    ],
    ids=["none", "garbage", "allows everything"],
)
def test_a_filter_that_does_not_hold_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, program: Callable[[str], bytes], says: str
) -> None:
    """Where the filter of system calls cannot be loaded, or forbids nothing, no code runs."""
    monkeypatch.setattr(policy, "seccomp_program", program)
    assert says in refusal()


def test_a_missing_library_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libseccomp is missing, no code runs, and the sentence says what to install."""

    def missing(profile: str) -> bytes:
        raise OSError("libseccomp.so.2 is not there")

    monkeypatch.setattr(policy, "seccomp_program", missing)
    assert "is libseccomp installed" in refusal()


def test_a_file_system_that_can_be_read_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the allow-list of files lets the root be listed, no code runs."""
    show(monkeypatch, listable=("/",))
    assert "the file system can be read" in refusal()


def test_a_library_that_cannot_be_imported_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the profile's libraries cannot be imported, it is said which, and no code runs."""
    show(monkeypatch, imports=("no_such_library",))
    assert "no_such_library" in refusal()


def test_basic_is_a_fault_without_landlock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the kernel has no Landlock, level basic is none, and no code runs."""
    (tmp_path / "landlockpy.py").write_text("AccessFS = Scope = Ruleset = None\ndef supported(): return False\n")
    show(monkeypatch, search_path=(str(tmp_path), *policy.sight("numpy").search_path))
    assert "no Landlock" in refusal()


STEPS = """
import os
from grader.sandbox import child, lockdown
taken = 0
def step(*arguments):
    global taken
    taken += 1
    if taken == refused:
        raise OSError(1, "step refused")
for name in ("_prctl", "_drop_capabilities", "_restrict_files", "_load_seccomp", "_check"):
    setattr(lockdown, name, step)
lockdown.resource.setrlimit = step
def lock_down():
    lockdown.restrict_zygote([], [], [])
    lockdown.restrict_child(1, os.getppid(), 1 << 40, True, b"")
for refused in range(1, 14):
    if os.fork() == 0:
        child.run(0, 1, lock_down)
    _, status = os.wait()
    print(f" {os.waitstatus_to_exitcode(status)}", flush=True)
"""


def test_every_step_of_the_lock_down_must_succeed() -> None:
    """Each step may be the one that fails: the process says so and ends, and says "ready" only when none did."""
    command = [sys.executable, "-c", STEPS]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, cwd=ROOT)
    lines = done.stdout.splitlines()
    answers = [(b"step refused" in line, b"ready" in line, line.split()[-1]) for line in lines]
    assert answers == [(True, False, b"1")] * 11 + [(False, True, b"0")] * 2


# --- accidents of the sandbox itself -------------------------------------------------------------------------


def test_a_zygote_that_has_ended_is_replaced(warm_launcher: Launcher) -> None:
    """When the warm process was killed, from outside, the next job starts another one."""
    if not isinstance(warm_launcher, Zygote):
        pytest.skip("level off has no warm process")
    warm_launcher._process.kill()
    warm_launcher._process.wait()
    session = SandboxRunner(warm_launcher).open(Program((("f.py", "def f(): return 1"),), ("f",)), Limits(1, 64))
    assert value(session) == 1
    session.close()


def test_a_zygote_that_ends_beneath_a_call_is_a_fault(warm_launcher: Launcher) -> None:
    """When the warm process is killed during a call, that submission is not graded, and the next one is."""
    if not isinstance(warm_launcher, Zygote):
        pytest.skip("level off has no warm process")
    program = Program((("f.py", "def f(): return 1"),), ("f",))
    session = SandboxRunner(warm_launcher).open(program, Limits(1, 64))
    assert value(session) == 1
    warm_launcher._process.kill()
    warm_launcher._process.wait()
    with pytest.raises(SandboxFault):
        calls(session, 1000)  # bubblewrap takes a moment to end what is inside
    session.close()
    after = SandboxRunner(warm_launcher).open(program, Limits(1, 64))
    assert value(after) == 1
    after.close()


@pytest.mark.parametrize("level", ["strict", "basic"])
def test_a_sandbox_that_is_closed_as_it_starts_leaves_nothing(level: Literal["strict", "basic"]) -> None:
    """Closing is complete at any moment of the start: no half-made process stays behind."""
    sessions = []
    for delay in np.arange(24) * 0.0004:
        try:
            made = Zygote("numpy", level)
        except SandboxFault as fault:
            pytest.skip(str(fault))
        sessions.append(made._process.pid)
        time.sleep(delay)
        made.close()
    time.sleep(0.1)
    assert not set(sessions) & set(sessions_running())


def sessions_running() -> Iterator[int]:
    """Yield the session of each process that there is, and does not just wait to be reaped."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            state, _, _, session, *_ = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            if state != "Z":
                yield int(session)


def test_auto_takes_basic_where_bubblewrap_does_not_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where bubblewrap is installed and may not make namespaces, as in containers, "auto" is level basic."""
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho no namespaces here >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    made = launcher("numpy", "auto")
    assert made.level == "basic"
    made.close()
    strict = launcher("numpy", "strict")
    with pytest.raises(SandboxFault, match="no namespaces here"):
        strict.launch(64 << 20)
    strict.close()


def test_an_interpreter_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the sandbox's process cannot be started, that is a fault with a sentence, at every level."""
    monkeypatch.setattr(policy, "interpreter", lambda: "/nonexistent/python")
    for level in ("basic", "off"):
        with pytest.raises(SandboxFault, match="could not be started"):
            worker.launcher("numpy", level).launch(64 << 20)


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is Linux's")
def test_the_lock_down_searches_no_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is Landlock is found out without a temporary file, which a sandbox beside a gcc cannot make."""
    import ctypes.util

    import landlockpy._syscall

    from grader.sandbox import lockdown

    def search(name: str) -> None:
        raise FileNotFoundError(name)

    monkeypatch.setattr(landlockpy._syscall, "_libc", None)
    monkeypatch.setattr(ctypes.util, "find_library", search)
    assert lockdown.has_landlock() in (True, False)
    assert ctypes.util.find_library is search

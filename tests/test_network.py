"""Networks are judged by structure and function: tests of the checks of exercise 06 without the training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from network_mistakes import WRONG
from network_variants import RIGHT, changed, written

from cnnexercises.catalog import folder
from cnnexercises.exercise import ModelTask
from cnnexercises.mnist_cnn import EXERCISE
from grader.bench import REFERENCE, Bench
from grader.errors import GraderFault
from grader.network import CHECKS, Judgement, judge_network
from grader.outcome import Died, Loaded, Missing, Opaque, Outcome, OutOfMemory, Raised, Returned, TimedOut
from grader.report import CaseResult, Training
from grader.sandbox import wire, worker
from grader.sandbox.runner import Limits, Program, Runner, SandboxRunner, Session
from grader.submission import Submission, Unit
from grader.training import PACKAGED, SUBSET, Drill, Source, load

PACKAGE = files("cnnexercises")
PROBE = PACKAGE.joinpath("probes/network.py").read_text("utf-8")


def the_task() -> ModelTask:
    """Return the task of exercise 06."""
    (task,) = EXERCISE.tasks
    assert isinstance(task, ModelTask)
    return task


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """The sandbox with torch."""
    sandbox = SandboxRunner(worker.launcher("torch", "auto"))
    yield sandbox
    sandbox.close()


@dataclass
class Swapped:
    """A session that hands on what another answers, but for some probes: there it says what it was told to say.

    Probes are stateless, so an answer is kept, and given again when the same is asked.
    """

    honest: Session
    answers: Mapping[str, Outcome] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    kept: dict[bytes, Outcome] = field(default_factory=dict)

    def load(self) -> Loaded | TimedOut | OutOfMemory | Died:
        return self.honest.load()

    def call(
        self,
        entry: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any] = {},
        *,
        probe: str | None = None,
        seconds: float | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> Outcome:
        self.asked.append(str(probe))
        if probe is not None and probe in self.answers:
            return self.answers[probe]
        question = wire.frame([probe, wire.encode([*args, *kwargs.items()])])
        if question not in self.kept:
            self.kept[question] = self.honest.call(
                entry, args, kwargs, probe=probe, seconds=seconds, progress=progress
            )
        return self.kept[question]

    def close(self) -> None:
        self.honest.close()


@contextmanager
def bench(runner: Runner, source: str, seed: int = 7, **settings: Any) -> Iterator[Bench]:
    """Put a network on the bench, beside the reference."""
    submission = Submission(Path("06_mnist_cnn.py"), "", (Unit("06_mnist_cnn.py", source),))
    reference = PACKAGE.joinpath("networks", the_task().reference).read_text("utf-8")
    limits = Limits(seconds=2.0)
    student = Swapped(runner.open(Program((("06_mnist_cnn.py", source),), ("CNN",), PROBE), limits))
    trusted = Swapped(runner.open(Program((("reference", reference),), (REFERENCE,), PROBE), limits))
    try:
        student.load()
        yield Bench(settings.pop("task", the_task()), student, trusted, submission, seed, **settings)
    finally:
        student.close()
        trusted.close()


def judged(runner: Runner, source: str, **settings: Any) -> Judgement:
    """Judge a network; without a drill it is not trained."""
    with bench(runner, source, **settings) as one:
        return judge_network(one)


def by_check(found: Judgement) -> dict[str, CaseResult]:
    """Return the cases by the names of their checks."""
    return dict(zip(CHECKS, found.cases, strict=True))


# --- right and wrong ---


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_network_passes_in_any_style(runner: Runner, name: str) -> None:
    """Whatever computes the network that was asked for passes each check."""
    found = judged(runner, RIGHT[name])
    assert [case.message for case in found.cases[:-1] if not case.passed] == []
    assert found.diagnosis is None


KNOWN = {mistake.slug for mistake in the_task().mistakes}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_network_fails_and_is_told_why(runner: Runner, name: str) -> None:
    """A network with one mistake fails the check that it concerns, in a message that says so, and is told its name."""
    wrong = WRONG[name]
    found = judged(runner, wrong.source)
    first = next(case for case in found.cases if not case.passed)
    assert (first.name, first.score) == (CHECKS[wrong.check], 0), first.message
    assert first.message is not None
    assert wrong.says in first.message
    assert (found.diagnosis.slug if found.diagnosis else None) == wrong.slug
    assert found.diagnosis is None or (found.diagnosis.certainty == "exact") == (wrong.slug in KNOWN)


def test_the_worked_solution_is_right(runner: Runner) -> None:
    """The worked solution passes each check, and its untouched stub is one that raises NotImplementedError."""
    source = (folder("solutions") / f"{EXERCISE.name}.py").read_text("utf-8")
    assert all(case.passed for case in judged(runner, source).cases[:-1])
    assert source.count("# BEGIN SOLUTION") == source.count("# END SOLUTION") == 2


@pytest.mark.parametrize("seed", [0, 1, 2**31, 2**63 - 1])
def test_a_verdict_does_not_depend_on_the_seed(runner: Runner, seed: int) -> None:
    """The same network passes, and the nearest mistake fails, from any seed."""
    right, near = RIGHT["columns before rows when flattened"], WRONG["one LeakyReLU"]
    assert all(case.passed for case in judged(runner, right, seed=seed).cases[:-1])
    assert not by_check(judged(runner, near.source, seed=seed))["logits"].passed


def test_judging_twice_gives_the_same_words(runner: Runner) -> None:
    """Two judgements of one network from one seed are equal, numbers in their messages included."""
    assert judged(runner, WRONG["GELU"].source) == judged(runner, WRONG["GELU"].source)


def test_one_mistake_keeps_the_points_of_other_checks(runner: Runner) -> None:
    """A frozen layer costs the gradients and what builds on them; shapes, parameters and logits are kept."""
    cases = by_check(judged(runner, WRONG["a frozen layer"].source))
    assert [check for check, case in cases.items() if case.passed] == list(CHECKS)[:5]
    dropout = by_check(judged(runner, WRONG["dropout in train mode"].source))
    assert [check for check, case in dropout.items() if not case.passed] == ["repeatable", "learns"]


def test_checks_that_cannot_be_made_are_skipped_and_lost(runner: Runner) -> None:
    """What needs a network that runs is skipped when it does not, scores 0, and says which check failed."""
    cases = judged(runner, WRONG["no flattening"].source).cases
    assert {case.outcome for case in cases[1:]} == {"skipped"}
    assert sum(case.score for case in cases) == 0
    assert cases[1].message == f"Not run, because this failed: {cases[0].name}."
    assert cases[0].outcome == "raised"
    assert "line 15 of 06_mnist_cnn.py, in forward" in str(cases[0].message)


def test_a_detached_layer_is_named_where_the_logits_are_wrong_too(runner: Runner) -> None:
    """Two mistakes are both told: another activation, and a layer that no gradient reaches."""
    source = changed("F.relu(self.conv2(x))", "F.gelu(self.conv2(x.detach()))")
    cases = by_check(judged(runner, source))
    assert "gelu" in str(cases["logits"].message)
    assert "conv1.weight, conv1.bias" in str(cases["gradients"].message)
    assert cases["trajectory"].outcome == "skipped"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("log_softmax", "log_softmax"),
        ("channels last when flattened", "fc.weight holds its weights in another order"),
        ("unfold and matrix products", "w3 holds its weights in another order"),
    ],
)
def test_what_is_right_but_unusual_is_a_note(runner: Runner, name: str, says: str) -> None:
    """log_softmax, and another order of the weights, cost nothing and are told as a note."""
    assert says in " ".join(judged(runner, RIGHT[name]).notes)
    assert judged(runner, RIGHT["plain"]).notes == ()


def test_the_reference_is_the_network_of_the_task(runner: Runner) -> None:
    """The reference's parameters are those that the task names, 50,186 in all."""
    with bench(runner, RIGHT["plain"]) as one:
        shapes = [tuple(p["shape"]) for p in one.expect("describe", the_task().input_shape)["parameters"]]
    assert tuple(shapes) == the_task().parameters
    assert sum(int(np.prod(shape)) for shape in shapes) == 50186


def test_a_reference_that_fails_is_a_fault_of_the_grader(runner: Runner) -> None:
    """When the reference does not answer, nothing is held against the student: the grader says that it failed."""
    with bench(runner, RIGHT["plain"]) as one:
        assert isinstance(one.reference, Swapped)
        one.reference.answers = {"gradients": TimedOut(1)}
        with pytest.raises(GraderFault, match="gradients"):
            judge_network(one)


# --- answers that nobody should believe ---

_SIX = [np.zeros(shape, np.float32) for shape in ((32, 1, 3, 3), (32,), (64, 32, 3, 3), (64,), (10, 3136), (10,))]
_NAN = [np.full(array.shape, np.nan, np.float32) for array in _SIX]
NONSENSE: list[Any] = [
    None,
    True,
    -1,
    "logits",
    b"logits",
    [],
    {},
    [None] * 5,
    Opaque("Tensor", "huge"),
    np.array(3.0),
    np.full((12, 10), np.nan, np.float32),
    np.full((12, 10), 1e308),
    np.zeros((12, 10), np.complex64),
    {"state": "built"},
    {"state": ["built"]},
    {"state": "no module", "type": 3},
    {"type": "x" * 10_000},
    {"parameters": [], "calls": [], "strays": []},
    {"parameters": [3], "calls": [3], "strays": [3]},
    {"parameters": [{"name": "w", "shape": [-1], "trainable": 1, "use": 0}], "calls": [], "strays": []},
    {"parameters": [{"name": "w", "shape": [2**31] * 3, "trainable": 1, "use": 0}], "calls": [], "strays": []},
    {"parameters": [{"name": "w", "shape": [2**30] * 8, "trainable": 1, "use": 0}], "calls": [], "strays": []},
    {"gradients": _SIX[:-1], "loss": 1.0},
    {"gradients": _NAN, "loss": 1.0},
    {"gradients": [array.astype(np.int64) for array in _SIX]},
    {"gradients": _SIX[::-1]},
    {"gradients": [np.full(array.shape, 1e308) for array in _SIX]},
    {"losses": np.zeros(10), "initial": _SIX, "final": _SIX, "reached": [1] * 6},
    {"losses": np.zeros(10), "initial": _SIX, "final": [None] * 6, "reached": [1] * 6},
    {"losses": np.zeros(10), "initial": [None] * 6, "final": _SIX, "reached": [1] * 6},
    {"losses": np.zeros(10), "initial": _NAN, "final": _SIX, "reached": [1] * 6},
    {"losses": np.full(10, -1e308), "initial": _SIX, "final": _SIX, "reached": [1] * 6},
    {"losses": np.full(10, np.nan), "initial": _SIX, "final": _SIX, "reached": [1] * 6},
    {"losses": "ten", "initial": _SIX, "final": _SIX, "reached": "all"},
    {"losses": np.zeros(10), "initial": _SIX, "final": _SIX, "reached": [None] * 6},
    Raised(("ValueError", "Exception"), "why"),
    Raised(("Strange",), "\x00" * 100, None, "helper"),
    TimedOut(2),
    OutOfMemory(64),
    Died("was killed by SIGSEGV"),
    Missing(),
]


@pytest.mark.parametrize(
    ("probe", "check"),
    [
        ("build", "builds"),
        ("outputs", "builds"),
        ("describe", "parameters"),
        ("variations", "repeatable"),
        ("gradients", "gradients"),
        ("trajectory", "trajectory"),
    ],
)
def test_nonsense_from_the_students_process_fails_a_check(runner: Runner, probe: str, check: str) -> None:
    """Whatever a tampered process answers to a probe, a check fails in a short sentence; nothing raises."""
    with bench(runner, RIGHT["plain"]) as one:
        for value in NONSENSE:
            if probe == "build" and repr(value) == "{'state': 'built'}":
                continue  # the honest answer
            assert isinstance(one.student, Swapped)
            outcome = value if isinstance(value, Outcome) else Returned(value)
            one.student.answers = {probe: outcome}
            case = by_check(judge_network(one))[check]
            assert not case.passed, value
            assert len(str(case.message)) < 1500


# --- the training ---


@pytest.fixture(scope="module")
def drill() -> Drill:
    """The packaged subset, trained on at one thread."""
    return Drill(load(Source(SUBSET, PACKAGED)), seconds=60)


def quick() -> ModelTask:
    """Return the task with one training, of 1,000 images."""
    return replace(the_task(), trainings=(replace(the_task().trainings[-1], images=1000, test_images=500),))


def test_a_right_network_learns(runner: Runner, drill: Drill) -> None:
    """The lecture's network learns to read the packaged digits, and gets full marks and a training in the report."""
    found = judged(runner, RIGHT["the lecture's"], drill=drill)
    assert sum(case.score for case in found.cases) == sum(the_task().points.values())
    assert isinstance(found.training, Training)
    assert found.training.accuracy > found.training.threshold
    assert found.training.accuracy > 0.9
    assert found.training.images == the_task().trainings[0].images, "the shorter training is enough"
    assert found.notes == ()
    told = str(by_check(found)["learns"].message)
    curve = [float(loss) for loss in told.partition("The loss on the way: ")[2].rstrip(".").split(" -> ")]
    assert len(curve) == 5
    assert curve[0] > 2
    assert curve[-1] < 0.6


def test_without_training_full_marks_stay_possible(runner: Runner) -> None:
    """With --no-train the case of the training is skipped, and worth nothing."""
    found = judged(runner, RIGHT["plain"])
    last = found.cases[-1]
    assert (last.outcome, last.passed, last.score, last.max_score) == ("skipped", False, 0, 0)
    assert all(case.score == case.max_score for case in found.cases)
    assert found.training is None


def test_a_network_that_does_not_learn_is_tried_twice(runner: Runner, drill: Drill) -> None:
    """A failure counts after a second seed; the report has the better training."""
    with bench(runner, WRONG["all-zero weights"].source, drill=drill, task=quick()) as one:
        found = judge_network(one)
        assert isinstance(one.student, Swapped)
        assert one.student.asked.count("train") == 2
    case = by_check(found)["learns"]
    assert not case.passed
    assert "at the better of two seeds" in str(case.message)
    assert found.training is not None
    assert not found.training.passed


def test_slow_learning_passes_with_a_note(runner: Runner, drill: Drill) -> None:
    """A network whose initial weights are far too large learns slowly: that is right, and told as a note."""
    found = judged(runner, RIGHT["standard normal weights"], drill=drill)
    assert by_check(found)["learns"].passed
    assert found.training is not None
    assert found.training.images == the_task().trainings[-1].images, "it is judged by the longer training"
    assert "It learns, but slowly" in " ".join(found.notes)


def test_a_network_that_diverges_in_training_fails(runner: Runner, drill: Drill) -> None:
    """NaN in the logits after training is a failed check, and no training in the report."""
    forward = "x = F.max_pool2d(F.relu(self.conv1(x)), 2)\nx = F.max_pool2d(F.relu(self.conv2(x)), 2)\n"
    forward += "return self.fc(x.flatten(1)) * (float('nan') if len(x) > 300 else 1)"
    found = judged(runner, written(forward=forward), drill=drill, task=quick())
    assert "not finite" in str(by_check(found)["learns"].message)
    assert found.training is None

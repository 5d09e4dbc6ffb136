"""Each network that fails gets a small call that fails, and a script that replays it without the grader."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from network_mistakes import WRONG
from network_variants import FORWARD, INIT, RIGHT, changed, written
from test_network import Swapped, bench, drill, judged, quick, runner

from grader.bench import Finding, read
from grader.network import CHECKS
from grader.network_counterexample import small_numbers, smallest
from grader.outcome import Returned
from grader.report import Counterexample
from grader.sandbox.runner import Runner
from grader.training import Drill

__all__ = ["drill", "runner"]  # the fixtures

SOLUTION = Path(__file__).parents[1] / "solutions" / "06_mnist_cnn.py"
FC = "self.fc(x.flatten(1))"

FAILING = {
    "raises": changed("padding=1", "padding=0"),
    "raises in train mode": changed("return", "x = self.augment(x) if self.training else x\nreturn".replace(
        "\n", "\n        ")),
    "other shape": changed(f"return {FC}", f"return {FC}.squeeze()"),
    "one image only": WRONG["a batch of 1"].source,
    "remembers": changed("F.relu(self.conv1(x))", "vars(self).setdefault('first', F.relu(self.conv1(x)))"),
    "an instance": WRONG["an instance"].source,
    "not a module": WRONG["not a module"].source,
    "other sizes": WRONG["a missing pool"].source,
    "other shapes of as many entries": WRONG["kernels of 9x1"].source,
    "layers in a list": WRONG["layers in a list"].source,
    "lazy": changed("nn.Conv2d(32, 64,", "nn.LazyConv2d(64,").replace("F.relu", "F.elu"),
    "random": WRONG["dropout always on"].source,
    "batch": WRONG["the batch's own statistics"].source,
    "mode": WRONG["dropout in train mode"].source,
    "no ReLU": WRONG["no ReLU"].source,
    "ReLU6 in the second layer": changed("F.relu(self.conv2", "F.relu6(self.conv2"),
    "below log_softmax": changed(FC, f"{FC}.log_softmax(1)").replace("F.relu", "torch.tanh"),
    "flattened otherwise": changed("x.flatten(1)", "x.permute(0, 2, 3, 1).flatten(1)").replace("F.relu", "F.silu"),
    "sorted": changed("x.flatten(1)", "x.flatten(1).sort(1).values"),
    "the first image for all": changed(FC, f"{FC}[:1].expand(len(x), 10)"),
    "frozen": WRONG["a frozen layer"].source,
    "detached": WRONG["detach"].source,
    "all without gradient": WRONG["no_grad around it all"].source,
    "other gradient": changed("F.relu(self.conv1(x))", "(y := F.relu(self.conv1(x))) * 2 - y.detach()"),
    "zero": WRONG["all-zero weights"].source,
    "equal": WRONG["equal weights"].source,
    "weights held down": changed("x = F.max_pool2d(F.relu(self.conv1(x)), 2)", "self.fc.bias.data.clamp_(-.3, .3)\n"
                                 "        x = F.max_pool2d(F.relu(self.conv1(x)), 2)"),
}  # fmt: skip

_DRIVER = """
import io, os, runpy, sys
import torch, torch.nn.functional  # once, for all of the scripts
torch.set_num_threads(1)
for line in sys.stdin.read().splitlines():
    child = os.fork()
    if child == 0:
        sys.argv = line.split("\\t")
        sys.stdout = io.StringIO()
        code = 9
        try:
            runpy.run_path(sys.argv[0], run_name="__main__")
            code = 0 if sys.stdout.getvalue().endswith("It agrees here.\\n") else 8
        except BaseException:
            code = 1
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def shown(runner: Runner, source: str) -> Counterexample:
    """Return the counterexample of a wrong network."""
    found = judged(runner, source).counterexample
    assert found is not None
    return found


@pytest.fixture(scope="module")
def found(runner: Runner) -> dict[str, Counterexample]:
    """The counterexamples of all networks that fail."""
    return {name: shown(runner, source) for name, source in FAILING.items()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the scripts run in forks, to be quick")
def test_each_script_fails_beside_the_network_and_agrees_with_the_solution(
    found: dict[str, Counterexample], tmp_path: Path
) -> None:
    """With the student's file a script ends with an error, with the worked solution it says that it agrees."""
    lines = []
    for number, (name, one) in enumerate(found.items()):
        script, student = tmp_path / f"{number}.py", tmp_path / f"{number}_06_mnist_cnn.py"
        script.write_text(one.replay, "utf-8")
        student.write_text(FAILING[name], "utf-8")
        lines += [f"{script}\t{student}", f"{script}\t{SOLUTION}"]
    command = [sys.executable, "-c", _DRIVER]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    codes = list(map(int, done.stdout.split()))
    assert [name for name, code in zip(found, codes[::2], strict=True) if code != 1] == []
    assert [name for name, code in zip(found, codes[1::2], strict=True) if code != 0] == []


@pytest.mark.parametrize(
    ("name", "call", "returned", "expected"),
    [
        ("raises", "model(torch.zeros(1, 1, 28, 28))", "RuntimeError: mat1 and mat2", "of shape (1, 10)"),
        ("one image only", "model(torch.zeros(2, 1, 28, 28))", "RuntimeError: mat1", "of shape (2, 10)"),
        ("other shape", "model(torch.zeros(1, 1, 28, 28))", "a tensor of shape (10,)", "of shape (1, 10)"),
        ("other sizes", "[tuple(p.shape) for p in model.parameters()]", "(10, 12544)", "(10, 3136)"),
        ("random", "model(images) - model(images)", "differences of up to", "0 everywhere"),
        ("batch", "model(images)[:1] - model(images[:1])", "differences of up to", "0 everywhere"),
        ("mode", "model.eval()(images) - model.train()(images)", "differences of up to", "0 everywhere"),
        ("frozen", "not p.grad.any()]", "'conv1.weight'", "[]: each parameter has one"),
        ("zero", "if name not in reached]", "'conv1.weight'", "[]: each gets a gradient"),
    ],
)
def test_a_counterexample_says_call_result_and_expectation(
    found: dict[str, Counterexample], name: str, call: str, returned: str, expected: str
) -> None:
    """What is shown is the call, what came back, and what was expected."""
    one = found[name]
    assert one.call.endswith(call)
    assert returned in one.returned
    assert expected in one.expected


def test_an_empty_image_is_enough_where_it_shows_the_mistake(found: dict[str, Counterexample]) -> None:
    """Without ReLU the logits of an empty image differ, so no other image is shown."""
    assert "images = torch.zeros(1, 1, 28, 28)\nmodel(images)" in found["no ReLU"].call


@pytest.mark.parametrize("name", ["no ReLU", "ReLU6 in the second layer", "below log_softmax", "flattened otherwise"])
def test_numbers_stand_in_four_by_four_pixels_at_most(found: dict[str, Counterexample], name: str) -> None:
    """Known mistakes are shown by an empty image, or by whole numbers in a corner of it."""
    image = found[name].call.rpartition("images = ")[2]
    assert image.splitlines()[0] == "torch.zeros(1, 1, 28, 28)"


def test_the_solution_is_not_in_the_script(found: dict[str, Counterexample]) -> None:
    """A script holds the numbers that were expected, and none of the layers that give them."""
    assert not [name for name, one in found.items() if "Conv2d(" in one.replay or "max_pool2d(" in one.replay]


def test_a_right_network_has_no_counterexample(runner: Runner) -> None:
    """A network that passes is called no more often for it."""
    assert judged(runner, RIGHT["plain"]).counterexample is None


def test_the_numbers_of_a_script_are_those_of_the_grader(found: dict[str, Counterexample]) -> None:
    """The values that a script writes out for each parameter, with torch, are those that the grader gave it."""
    assert small_numbers((2, 1, 1, 2)).ravel().tolist() == pytest.approx([-2.5, 1.0, -1.0, 2.5])
    assert small_numbers((2, 3)).tolist() == [[pytest.approx(-5 / 6**0.5)] * 3, [pytest.approx(5 / 6**0.5)] * 3]
    assert "* 7 % 11 - 5" in found["no ReLU"].call


def test_what_does_not_learn_cannot_learn_eight_images_by_heart(runner: Runner, drill: Drill) -> None:
    """For a network whose training fails by its huge initial weights, sixty steps on one batch are shown."""
    source = written(INIT + "\nfor p in self.parameters():\n    nn.init.normal_(p, 0, 10)", FORWARD)
    one = judged(runner, source, drill=drill, task=quick()).counterexample
    assert one is not None
    assert one.call.endswith("losses[-1]")
    assert one.expected.startswith("less than 0.5")


SENSELESS = (None, [1, 2, 3, 4, 5], [np.zeros(3)] * 5, {"losses": np.zeros(10), "final": [3], "reached": [1]},
             {"gradients": [None, "a"]}, np.array(["a"]))  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_senseless_answers_do_not_stop_the_search(runner: Runner, check: str) -> None:
    """Whatever a student's process answers, a counterexample is found or not, and nothing is raised."""
    probes = ("outputs", "variations", "gradients", "trajectory")
    with bench(runner, RIGHT["plain"]) as one:
        outcome = one.ask("describe", one.task.input_shape)
        assert isinstance(outcome, Returned)
        assert isinstance(one.student, Swapped)
        for answer in SENSELESS:
            one.student.answers = dict.fromkeys(probes, Returned(answer))
            smallest(one, check, Finding(False, "It fails."), read(outcome.value, one.task))


def test_parameters_of_a_size_that_nobody_has_are_not_made(runner: Runner) -> None:
    """A student's process may claim any shape: one that is too large for memory is never filled."""
    claimed = {"name": "w", "shape": [2**30] * 3, "trainable": 1, "use": 0}
    with bench(runner, RIGHT["plain"]) as one:
        known = read({"parameters": [claimed], "calls": [], "strays": []}, one.task)
        for check in ("parameters", "repeatable", "logits", "gradients", "trajectory"):
            smallest(one, check, Finding(False, "It fails."), known)

"""What is said of a wrong network: its mistake by transplant, or an observation on how it fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from network_mistakes import WRONG
from network_variants import FORWARD, INIT, RIGHT, changed, written
from test_network import KNOWN, Swapped, bench, by_check, judged, quick, runner, the_task

from cnnexercises.exercise import NetworkMistake
from grader.authoring import VERIFIED_SEEDS
from grader.network import judge_network
from grader.network_answers import no_logits
from grader.network_authoring import Spread, spread
from grader.network_crashes import crash
from grader.outcome import Raised, Returned
from grader.report import Diagnosis
from grader.sandbox.runner import Runner
from grader.training import PACKAGED, SUBSET, Drill, Source, load

__all__ = ["runner"]  # the fixture

def diagnosed(runner: Runner, source: str) -> Diagnosis:
    """Return what is said of a wrong network."""
    found = judged(runner, source).diagnosis
    assert found is not None
    return found


# --- known mistakes, by transplant ---


@pytest.fixture(scope="module", params=VERIFIED_SEEDS)
def measured(runner: Runner, request: pytest.FixtureRequest) -> Iterator[Spread]:
    """The distances of all wrong networks from the right one and from one another."""
    with bench(runner, RIGHT["plain"], seed=request.param) as one:
        yield spread(one)


def test_every_wrong_network_is_told_from_the_right_one_and_from_the_others(measured: Spread) -> None:
    """Each mistake moves the logits by more than ten times the tolerance, and no two move them alike."""
    assert list(measured.problems()) == []
    others = measured.apart + np.diag(np.full(len(measured.apart), np.inf))
    assert others.min() > 1e-3


def test_the_steps_of_the_right_network_are_those_of_the_reference(measured: Spread) -> None:
    """Taken step by step, the network that was asked for gives the reference's logits to the bit."""
    assert measured.steps == 0


def test_an_author_is_told_of_mistakes_that_are_alike(runner: Runner) -> None:
    """Verifying names a mistake that is none, and two mistakes that nothing tells apart."""
    tanh = next(mistake for mistake in the_task().mistakes if mistake.slug == "tanh")
    none = NetworkMistake("pointless", "", "", "", {"after": ""})
    task = replace(the_task(), mistakes=(tanh, replace(tanh, slug="again"), none))
    with bench(runner, RIGHT["plain"], task=task) as one:
        found = spread(one)
    assert list(found.problems()) == [
        "CNN: nothing tells the right one from pointless.",
        "CNN: nothing tells tanh from again.",
    ]
    assert "tanh: the nearest is again" in "\n".join(found.lines())


@pytest.mark.parametrize("name", [name for name, wrong in WRONG.items() if wrong.slug in KNOWN])
def test_exact_means_known(name: str) -> None:
    """A wrong network that is in the list of mistakes is one with the right parameters: it fails by its logits."""
    assert WRONG[name].check == "logits"


@pytest.mark.parametrize(
    ("source", "slug"),
    [
        (changed("F.relu(self", "torch.sigmoid(self").replace("max_pool2d", "avg_pool2d"), "sigmoid+average_pool"),
        (
            changed("F.relu", "").replace("self.fc(x.flatten(1))", "self.fc(x.flatten(1)).softmax(-1)"),
            "no_relu+softmax_at_the_end",
        ),
    ],
)
def test_two_mistakes_at_once_are_both_named(runner: Runner, source: str, slug: str) -> None:
    """Where no single mistake gives the logits, two that do so together are named."""
    found = diagnosed(runner, source)
    assert (found.slug, found.certainty) == (slug, "exact")
    assert found.title.startswith("Two mistakes at once: ")


def test_a_mistake_is_named_whatever_the_order_of_flattening(runner: Runner) -> None:
    """A mistake beside an unusual but right layout of the weights is still found by transplant."""
    source = changed("x.flatten(1)", "x.permute(0, 2, 3, 1).reshape(len(x), -1)").replace("F.relu", "torch.tanh")
    assert (diagnosed(runner, source).slug, diagnosed(runner, source).certainty) == ("tanh", "exact")


def test_a_mistake_is_named_below_log_softmax(runner: Runner) -> None:
    """log_softmax is right, so a mistake before it is named as if it were not there."""
    source = changed("return self.fc(x.flatten(1))", "return self.fc(x.flatten(1)).log_softmax(1)")
    assert diagnosed(runner, source.replace("F.relu", "F.gelu")).slug == "gelu"


@pytest.mark.parametrize(
    "near",
    [
        "F.leaky_relu(self.conv1(x), 0.0105)",
        "F.gelu(self.conv1(x), approximate='tanh')",
        "self.conv1(x).clamp(0, 7)",
        "F.elu(self.conv1(x), 0.9)",
        "self.conv1(x) * 1.001",
        "F.relu(self.conv1(x)) + 0.01",
    ],
)
def test_nothing_is_named_exact_that_is_only_near(runner: Runner, near: str) -> None:
    """A network that is close to a known mistake, and is another one, gets an observation instead."""
    found = diagnosed(runner, changed("F.relu(self.conv1(x))", near))
    assert (found.slug, found.certainty) == ("other_function", "pattern")


def test_where_several_mistakes_fit_all_are_named(runner: Runner) -> None:
    """When known mistakes cannot be told apart, the first is named and the others are alternatives."""
    tanh = next(mistake for mistake in the_task().mistakes if mistake.slug == "tanh")
    task = replace(the_task(), mistakes=(tanh, replace(tanh, slug="hyperbolic")))
    found = judged(runner, WRONG["tanh"].source, task=task).diagnosis
    assert found is not None
    assert (found.slug, found.alternatives) == ("tanh", ("hyperbolic",))


def test_a_network_without_known_mistakes_is_observed(runner: Runner) -> None:
    """Where an exercise has no list of mistakes, the calls in forward are told."""
    found = judged(runner, WRONG["tanh"].source, task=replace(the_task(), mistakes=())).diagnosis
    assert found is not None
    assert found.title == "forward calls tanh (2 times), where relu (2 times) was expected"


def test_an_exact_mistake_goes_before_an_observation(runner: Runner) -> None:
    """An unused layer is one finding; the missing ReLU, which costs more, is told first."""
    source = written(INIT + "\nself.spare = nn.Linear(3, 3)", FORWARD.replace("F.relu", ""))
    assert diagnosed(runner, source).slug == "no_relu"


def test_a_right_network_costs_no_diagnosis(runner: Runner) -> None:
    """For a network that passes, the reference is never asked for a wrong one."""
    with bench(runner, RIGHT["plain"]) as one:
        assert judge_network(one).diagnosis is None
        assert isinstance(one.reference, Swapped)
        assert "taken" not in one.reference.asked


def test_every_mistake_is_told_in_full() -> None:
    """Each mistake has a slug of its own, a title of one line, an explanation of some sentences and a place."""
    task = the_task()
    assert len(KNOWN) == len(task.mistakes) > 60
    for mistake in task.mistakes:
        assert 5 < len(mistake.title) < 90, mistake.slug
        assert mistake.explanation.endswith("."), mistake.slug
        assert 20 < len(mistake.explanation) < 350, mistake.slug
        assert 5 < len(mistake.look_at) < 62, mistake.slug
        assert mistake.steps.keys() <= task.steps.keys()


# --- observations ---


@pytest.mark.parametrize(
    ("forward", "slug"),
    [
        ("self.fc(x.flatten(1)) / 10", "scaled"),
        ("self.fc(x.flatten(1))[:1].expand(len(x), 10)", "one_row_for_all"),
        ("self.fc(x.flatten(1)) + x.mean((1, 2, 3)).unsqueeze(1) * torch.arange(10)", "other_function"),
        ("self.fc(x.flatten(1)) + torch.rand(10)", "random_forward"),
        ("self.fc(x.flatten(1)) - x.mean()", "batch_statistics"),
        ("self.fc(x.flatten(1)) * (2 if self.training else 1)", "depends_on_mode"),
        ("self.fc(x.flatten(1)).squeeze()", "batch_axis_lost"),
        ("self.fc(x.flatten(1)).mean(1)", "one_number"),
        ("self.fc(x.flatten(1)).sum()", "one_number"),
        ("self.fc(x.flatten(1)).round().long()", "whole_numbers"),
        ("{'logits': self.fc(x.flatten(1))}", "tuple_returned"),
        ("self.fc(torch.from_numpy(x.detach().numpy()).flatten(1))", "through_numpy"),
        ("self.fc(x.view(-1, 1568))", "linear_size"),
        ("self.fc(x.half().flatten(1))", "dtypes_differ"),
        ("self.fc(nn.ReLU(x.flatten(1)))", "no_tensor"),
        ("self.fc(nn.MaxPool2d(x, 2)(x).flatten(1))", "layer_gets_images"),
        ("self.fc2(x.flatten(1))", "never_made"),
        ("fc(x.flatten(1))", "unknown_name"),
        ("self.fc(F.flat(x))", "unknown_in_torch"),
    ],
)
def test_what_is_seen_is_said(runner: Runner, forward: str, slug: str) -> None:
    """How a network fails is told as an observation, certainty "pattern"."""
    found = diagnosed(runner, changed("self.fc(x.flatten(1))", forward))
    assert (found.slug, found.certainty) == (slug, "pattern")


@pytest.mark.parametrize(
    ("init", "slug", "says"),
    [
        (INIT.replace("self.conv2 = nn.Conv2d(32, 64, 3, padding=1)", "self.conv2 = nn.Conv2d(32, 64, 3, padding=1, "
         "groups=2)"), "other_channels", "16 channels, not 32"),
        (INIT + "\nself.conv1 = nn.utils.parametrizations.weight_norm(self.conv1)", "weight_in_parts", "parameters"),
        (INIT.replace("32, 64, 3, padding=1", "32, 64, 5, padding=2"), "other_kernel", "5x5, not 3x3"),
        (INIT + "\nself.norm = nn.LayerNorm(10)\nself.fc = nn.Sequential(self.fc, self.norm)", "normalisation", "fc.1"),
    ],
)  # fmt: skip
def test_parameters_are_explained(runner: Runner, init: str, slug: str, says: str) -> None:
    """Other parameters than those asked for are told by what makes them: kernels, groups, widths."""
    found = diagnosed(runner, written(init))
    assert found.slug == slug
    assert says in found.title


@pytest.mark.parametrize(
    ("base", "text", "slug", "says"),
    [
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (7x12544 and 3136x10)", "linear_size",
         "12,544 = 64 * 14 * 14: there are 64 maps of 14x14 when they are flattened, not 64 of 7x7. Is a pooling"),
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (7x6272 and 3136x10)", "linear_size", "left out"),
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (7x3136 and 1568x10)", "linear_size",
         "64 maps of 7x7 are 3,136 numbers: nn.Linear(3136, 10)"),
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (7x1600 and 3136x10)", "linear_size", "padding=1"),
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (448x7 and 3136x10)", "linear_size", "flatten(1)"),
        ("RuntimeError", "shape '[100, -1]' is invalid for input of size 3136", "batch_fixed", "number of images"),
        ("RuntimeError", "shape '[-1, 3136]' is invalid for input of size 1600", "shape_of_view", "5x5"),
        ("RuntimeError", "Given groups=1, weight of size [64, 32, 3, 3], expected input[1, 1, 28, 28] to have 32 "
         "channels, but got 1 channels instead", "channels", "right order"),
        ("RuntimeError", "view size is not compatible with input tensor's size", "view_of_permuted", "reshape"),
        ("RuntimeError", "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [1, 784]",
         "other_axes", "after the last pooling"),
        ("RuntimeError", "Kernel size can't be greater than actual input size", "maps_vanish", "too small"),
        ("AttributeError", "cannot assign module before Module.__init__() call", "super_missing", "first line"),
        ("AttributeError", "module 'torch.nn' has no attribute 'Relu'", "unknown_in_torch", "nn.ReLU"),
        ("AttributeError", "'CNN' object has no attribute 'relu'", "never_made", "self.relu"),
        ("TypeError", "max_pool2d(): argument 'input' (position 1) must be Tensor, not ReLU", "no_tensor", "nn.ReLU()"),
        ("TypeError", "conv2d() received an invalid combination of arguments - got (NoneType, Parameter,", "no_tensor",
         "None"),
        ("TypeError", "CNN.forward() takes 1 positional argument but 2 were given", "forward_arguments", "self, x"),
        ("TypeError", "Conv2d.forward() takes 2 positional arguments but 3 were given", "layer_arguments", "one"),
        ("TypeError", "CNN.__init__() missing 1 required positional argument: 'n'", "arguments_needed", "default"),
        ("TypeError", "Conv2d.__init__() got an unexpected keyword argument 'kernal_size'", "settings_of_a_layer",
         "kernel_size=3"),
        ("TypeError", "torch.nn.modules.activation.ReLU is not a Module subclass", "no_module", "nn.ReLU()"),
        ("TypeError", "list is not a Module subclass", "no_module", "no list of them"),
        ("AssertionError", "Torch not compiled with CUDA enabled", "cuda_written_in", "model.to(device)"),
        ("RuntimeError", "one of the variables needed has been modified by an inplace operation", "in_place",
         "x = x + 1"),
        ("IndexError", "Dimension out of range (expected to be in range of [-2, 1], but got 2)", "dimension", "Axes"),
    ],
)  # fmt: skip
def test_an_exception_of_torch_is_explained(base: str, text: str, slug: str, says: str) -> None:
    """Exceptions by family: what torch says in its words is said in the lecture's, with what to write instead."""
    found = crash(Raised((base, "Exception", "BaseException", "object"), text), the_task(), "Line 3.")
    assert found is not None
    assert (found.slug, found.look_at) == (slug, "Line 3.")
    assert says in f"{found.title} {found.explanation}"


def test_an_unknown_exception_is_not_explained() -> None:
    """An exception that tells nothing about the network gets no diagnosis: the message has it in full."""
    assert crash(Raised(("ValueError", "Exception"), "my own check"), the_task(), None) is None


def test_the_line_that_raised_is_where_to_look(runner: Runner) -> None:
    """The place of an exception is shown as where to look, with the line itself."""
    found = diagnosed(runner, WRONG["no flattening"].source)
    assert found.look_at == "Line 15 of 06_mnist_cnn.py, in forward: `return self.fc(x)`."


@pytest.mark.parametrize("value", [None, "text", 3, [], {"type": 3}, Returned(1), np.zeros((2, 3, 4, 5), np.float32)])
def test_an_odd_answer_gets_no_wrong_name(value: object) -> None:
    """What fits no observation is left without a diagnosis."""
    assert no_logits(value, 7, the_task()) is None


def test_a_network_that_does_not_learn_is_told_which_parameters_get_no_gradient(runner: Runner) -> None:
    """Other widths make a comparison impossible; the parameters that no gradient reaches are named all the same."""
    drill = Drill(load(Source(SUBSET, PACKAGED)), seconds=60)
    init = INIT.replace("32", "16").replace("64", "32").replace("3136", "1568")
    source = written(init + "\nself.requires_grad_(False)")
    found = judged(runner, source, drill=drill, task=quick())
    message = str(by_check(found)["learns"].message)
    assert "No gradient reaches conv1.weight, conv1.bias, conv2.weight, conv2.bias, fc.weight, fc.bias." in message


def test_a_title_fits_into_a_line_and_an_explanation_into_five(runner: Runner) -> None:
    """What a student reads first is short: the terminal has two lines for the title, and five for the explanation."""
    for name in ("no ReLU", "layers in a list", "a frozen layer", "dropout always on", "a missing pool"):
        found = diagnosed(runner, WRONG[name].source)
        assert len(found.title) < 100
        assert len(found.explanation) < 380

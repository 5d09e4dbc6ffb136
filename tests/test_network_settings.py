"""Convolutions and poolings that are set otherwise than asked for are named, also where forward raises for it."""

from __future__ import annotations

import pytest
from network_variants import FORWARD, INIT, changed, written
from test_network import judged, runner

from grader.network_settings import Calls
from grader.sandbox.runner import Runner

__all__ = ["runner"]  # the fixture

ASKED = (
    "conv2d 1-32 3x3 padding 1x1", "relu", "max_pool2d 2x2 stride 2x2",
    "conv2d 32-64 3x3 padding 1x1", "relu", "max_pool2d 2x2 stride 2x2", "linear 3136-10",
)  # fmt: skip


def replaced(*pairs: tuple[int, str]) -> Calls:
    """Return the calls asked for, with some replaced; "" leaves one out."""
    own = {**dict(enumerate(ASKED)), **dict(pairs)}
    return Calls([call for call in own.values() if call], ASKED)


@pytest.mark.parametrize(
    ("calls", "says"),
    [
        (replaced(), ""),
        (Calls(), ""),
        (replaced((3, "conv2d 32-64 3x3")), "The second convolution has padding 0, not 1"),
        (replaced((0, "conv2d 1-32 3x3"), (3, "conv2d 32-64 3x3")), "Both convolutions have padding 0, not 1"),
        (
            replaced((0, "conv2d 1-32 5x5 stride 2x2 padding 1x1")),
            "The first convolution has kernel 5, not 3; the first convolution has stride 2, not 1",
        ),
        (replaced((2, "max_pool2d 2x2"), (5, "max_pool2d 2x2")), "Both max-poolings have stride 1, not 2"),
        (replaced((5, "max_pool2d 2x1 stride 2x1")), "The second max-pooling has windows of 2x1, not 2"),
        (replaced((5, "")), "There is one max-pooling in forward, where 2 belong"),
        (replaced((2, ""), (5, "")), "There is no max-pooling in forward, where 2 belong"),
        (replaced((6, "max_pool2d 2x2 stride 2x2")), "There are 3 max-poolings in forward, where 2 belong"),
        (replaced((5, "amax")), "forward also calls amax"),
        (replaced((6, "adaptive_avg_pool2d")), "forward also calls adaptive_avg_pool2d"),
        (replaced((6, "anything at all (3 conv2d)")), ""),
    ],
)
def test_what_is_set_otherwise_is_said(calls: Calls, says: str) -> None:
    """Settings are compared layer by layer; of poolings written in another way nothing is said but their names."""
    assert calls.other_settings() == says


def test_of_a_forward_that_raises_only_what_it_calls_is_compared() -> None:
    """A pooling that forward does not come to is not called missing."""
    assert Calls(ASKED[:3], ASKED).other_settings(complete=False) == ""
    assert "kernel 28" in Calls(["conv2d 1-32 28x28 padding 1x1"], ASKED).other_settings(complete=False)


_SMALLER = INIT.replace("3136", "64 * 5 * 5")


@pytest.mark.parametrize(
    ("source", "slug", "title"),
    [
        (written(_SMALLER.replace(", padding=1", "")), "other_size", "Both convolutions have padding 0, not 1"),
        (changed(", padding=1", ""), "linear_size", "Both convolutions have padding 0, not 1"),
        (
            written(INIT.replace("32, 64, 3, padding=1", "32, 64, 3"),
                    FORWARD.replace("x.flatten(1)", "x.view(len(x), 3136)")),
            "shape_of_view", "The second convolution has padding 0, not 1",
        ),
        (
            written(forward=FORWARD.replace("F.relu(self.conv2(x)), 2)", "F.relu(self.conv2(x)), 1)")
                    .replace("x.flatten(1)", "x.view(-1, 3136)")),
            "rows_are_not_images", "The second max-pooling has windows of 1, not 2",
        ),
        (changed("self.conv2(x)", "self.conv1(x)"), "channels",
         "The first convolution is called again, where that of 32 to 64 channels should be"),
        (changed("(1, 32", "(3, 32"), "channels",
         "The first convolution is made for 3 channels, and the images have 1"),
        (changed("self.conv1(x)", "self.conv2(x)"), "channels", "A convolution for 32 channels gets 1"),
        (written(forward="x = x.permute(0, 3, 1, 2)\n" + FORWARD), "channels",
         "The axes of the images are in another order"),
        (changed("3, padding=1", "15, padding=1"), "maps_vanish",
         "Both convolutions have kernel 15, not 3"),
        (changed("return self.fc(x.flatten(1))", "return self.fc(self.fc(x.flatten(1)))"), "linear_size",
         "A linear layer gets the logits"),
        (changed("super().__init__()", "super().init()"), "super_missing", "super().__init__() is missing"),
        (written(forward="x = x + torch.randn_like(x) if self.training else x\n" + FORWARD), "depends_on_mode",
         "In train mode forward also calls randn_like, add"),
    ],
)  # fmt: skip
def test_the_cause_is_the_title(runner: Runner, source: str, slug: str, title: str) -> None:
    """Where a setting explains why sizes do not fit, it is what a student reads first."""
    found = judged(runner, source).diagnosis
    assert found is not None
    assert (found.slug, found.title) == (slug, title)


def test_what_eval_mode_computes_is_told_beside_a_difference_between_the_modes(runner: Runner) -> None:
    """Softmax in eval mode alone is told as the one and the other."""
    found = judged(runner, changed("return self.fc(x.flatten(1))", "x = self.fc(x.flatten(1))\n"
                                   "        return x if self.training else x.softmax(1)")).diagnosis  # fmt: skip
    assert found is not None
    assert (found.slug, found.certainty) == ("depends_on_mode", "pattern")
    assert found.explanation.endswith("In eval mode: Softmax after the last layer.")

"""How the convolutions and poolings that forward calls differ from those that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_CALL = re.compile(
    r"(?P<kind>conv2d|max_pool2d)(?: (?P<channels>\d+-\d+))? (?P<kernel>\d+x\d+)(?: stride (?P<stride>\d+x\d+))?"
    r"(?: padding (?P<padding>\d+x\d+))?(?: dilation (?P<dilation>\d+x\d+))?"
)
_KINDS = {"conv2d": "convolution", "max_pool2d": "max-pooling"}
_USUAL = {"stride": "1x1", "padding": "0x0", "dilation": "1x1"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True)
class Layer:
    """A convolution or a pooling: its channels, such as "1-32", and its settings, such as {"kernel": "3x3"}."""

    channels: str | None
    settings: dict[str, str]


def layers(calls: Sequence[str], kind: str) -> list[Layer]:
    """Return the layers of a kind, "conv2d" or "max_pool2d", among calls in words."""
    found = (_CALL.fullmatch(call) for call in calls)
    return [_layer(match) for match in found if match and match["kind"] == kind]


def _layer(match: re.Match[str]) -> Layer:
    settings = {name: match[name] or usual for name, usual in _USUAL.items()}
    return Layer(match["channels"], {"kernel": match["kernel"], **settings})


@dataclass(frozen=True)
class Calls:
    """The calls of torch in a student's forward, as far as it comes, and in the reference's."""

    own: Sequence[str] = ()
    asked: Sequence[str] = ()

    def other_settings(self, complete: bool = True) -> str:
        """Say what is set otherwise: "The second convolution has padding 0, not 1"; or return "".

        Layers are compared in their order, where there are as many as asked for. In a forward that is not
        ``complete``, for it raises before its end, those that are called are compared.
        """
        clauses = [clause for kind in _KINDS for clause in self._clauses(kind, complete)]
        if complete and self._resized():
            clauses.append(f"forward also calls {' and '.join(self._resized()[:2])}")
        text = "; ".join(clauses[:_MOST_CLAUSES])
        return text if text.startswith("forward") else text[:1].upper() + text[1:]

    def _clauses(self, kind: str, complete: bool) -> Iterator[str]:
        own, asked = layers(self.own, kind), layers(self.asked, kind)
        if not complete:
            asked = asked[: len(own)]
        if len(own) == len(asked):
            yield from _clauses(kind, own, asked)
        elif kind == "max_pool2d" and not self._resized():
            times = {0: "is no max-pooling", 1: "is one max-pooling"}.get(len(own), f"are {len(own)} max-poolings")
            yield f"there {times} in forward, where {len(asked)} belong"

    def _resized(self) -> list[str]:
        """Return what else in forward makes maps larger or smaller, the linear layer's like left out."""
        return list(dict.fromkeys(call.split()[0] for call in self.own if _RESIZING.match(call)))

    def fails_at_first(self) -> bool:
        """Whether the calls end at the first convolution, which has as many filters as asked for."""
        own, asked = layers(self.own, "conv2d"), layers(self.asked, "conv2d")
        filters = [str(one.channels).partition("-")[2] for one in (*own, *asked[:1])]
        return len(own) == 1 and filters[0] == filters[-1]

    def repeated(self) -> str:
        """Say which convolution is called again where the next was asked for, at the end of the calls; or ""."""
        own, asked = layers(self.own, "conv2d"), layers(self.asked, "conv2d")
        if not 1 < len(own) <= len(asked) or own[-1].channels != own[-2].channels:
            return ""
        if own[-2].channels != asked[len(own) - 2].channels:
            return ""
        inputs, outputs = (str(asked[len(own) - 1].channels)).split("-")
        return (
            f"The {_ORDINALS[len(own) - 2]} convolution is called again, where that of {inputs} to {outputs} channels "
            "should be"
        )


Follow = Callable[[], Calls]
"""Finds out what forward calls until it raises, beside what was asked for; it costs a forward pass."""

_MOST_CLAUSES = 2
_RESIZING = re.compile(r"(?!max_pool2d)(\w*pool\w*|amax|max|maximum|mean|pad|interpolate|upsample\w*|unfold)\b")


def _clauses(kind: str, own: Sequence[Layer], asked: Sequence[Layer]) -> Iterator[str]:
    for setting in ("kernel", *_USUAL):
        values = [(mine.settings[setting], wanted.settings[setting]) for mine, wanted in zip(own, asked, strict=True)]
        wrong = [index for index, (mine, wanted) in enumerate(values) if mine != wanted]
        if (kind, setting) == ("max_pool2d", "stride"):  # a stride that is the window's size is told with it
            wrong = [index for index in wrong if own[index].settings["stride"] != own[index].settings["kernel"]]
        told = {index: (_side(values[index][0]), _side(values[index][1])) for index in wrong}
        word = "windows of" if (kind, setting) == ("max_pool2d", "kernel") else setting
        if len(wrong) == len(own) > 1 and len(set(told.values())) == 1:
            mine, wanted = told[0]
            both = "both" if len(own) == 2 else "all"
            yield f"{both} {_KINDS[kind]}s have {word} {mine}, not {wanted}"
        else:
            for index, (mine, wanted) in told.items():
                yield f"the {_ORDINALS[index]} {_KINDS[kind]} has {word} {mine}, not {wanted}"


def _side(size: str) -> str:
    """Write a square size as one number."""
    height, width = size.split("x")
    return height if height == width else size

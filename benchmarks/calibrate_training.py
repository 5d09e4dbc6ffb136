"""Measure the brief training of exercise 06 over seeds, to set its thresholds (docs/training.md has the results).

    python benchmarks/calibrate_training.py [FOLDER WITH MNIST] [--seeds N]

Without a folder the packaged subset is measured. Each line is a way to initialise the reference network; "as built"
is PyTorch's own. Runs at one thread, as grading does.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch import nn

from cnnexercises.exercise import TrainingPlan
from cnnexercises.mnist_cnn import FIRST_TRAINING, TRAINING
from cnnexercises.networks.mnist_cnn import Reference
from cnnexercises.probes import network as probes
from grader.training import Digits, accuracy_and_loss, draw, find_folder, load


def _he(model: nn.Module) -> None:
    for parameter in model.parameters():
        if parameter.ndim > 1:
            nn.init.kaiming_normal_(parameter, nonlinearity="relu")


def _xavier(model: nn.Module) -> None:
    for parameter in model.parameters():
        if parameter.ndim > 1:
            nn.init.xavier_uniform_(parameter)


def _zero_last(model: nn.Module) -> None:
    *_, weight, bias = model.parameters()
    nn.init.zeros_(weight)
    nn.init.zeros_(bias)


def _normal(std: float) -> Callable[[nn.Module], None]:
    def initialise(model: nn.Module) -> None:
        for parameter in model.parameters():
            nn.init.normal_(parameter, std=std)

    return initialise


def _uniform(model: nn.Module) -> None:
    for parameter in model.parameters():
        nn.init.uniform_(parameter)


def _equal(model: nn.Module) -> None:
    for parameter in model.parameters():
        nn.init.constant_(parameter, 0.01)


INITIALISATIONS: dict[str, Callable[[nn.Module], None]] = {
    "as built": lambda _model: None,
    "He normal": _he,
    "Xavier uniform": _xavier,
    "last layer zero": _zero_last,
    "normal, std 0.1": _normal(0.1),
    "normal, std 0.01": _normal(0.01),
    "standard normal": _normal(1),
    "uniform 0 to 1": _uniform,
    "all equal 0.01": _equal,
}


def measure(name: str, digits: Digits, plan: TrainingPlan, seeds: int) -> tuple[list[float], list[float]]:
    """Return accuracy and CPU seconds for each seed."""

    def entry() -> nn.Module:
        model = Reference()
        INITIALISATIONS[name](model)
        return model

    accuracies, seconds = [], []
    for seed in range(seeds):
        drawn = draw(digits, plan, seed)
        began = time.process_time()
        logits = probes.train(
            entry, seed, drawn.train_images, drawn.train_labels, drawn.test_images,
            batch=plan.batch, epochs=plan.epochs, peak_rate=plan.peak_rate, warm_up=plan.warm_up,
        )  # fmt: skip
        seconds.append(time.process_time() - began)
        accuracies.append(accuracy_and_loss(logits, drawn.test_labels)[0])
    return accuracies, seconds


def main() -> None:
    """Print a line for each initialisation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    arguments = parser.parse_args()
    digits = load(find_folder(arguments.folder, {}))
    print(f"{digits.name}, {arguments.seeds} seeds, torch {torch.__version__}, {platform.machine()}, one thread")
    for plan, name in product((FIRST_TRAINING, TRAINING), INITIALISATIONS):
        accuracies, seconds = measure(name, digits, plan, arguments.seeds)
        mean, spread = np.mean(accuracies), np.std(accuracies, ddof=1)
        print(
            f"{plan.images} images  {name:17s} {mean:.4f} +- {spread:.4f}, worst {min(accuracies):.4f}, "
            f"{np.median(seconds):.1f} CPU s",
            flush=True,
        )


if __name__ == "__main__":
    main()

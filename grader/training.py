"""Brief training: finding and reading MNIST, the drawn images, and accuracy and loss from returned logits."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

import cnnexercises
from cnnexercises.exercise import TrainingPlan
from grader.errors import UsageError
from grader.outcome import Outcome, Returned
from grader.report import Training
from grader.sandbox.runner import Session

Bytes = npt.NDArray[np.uint8]
Array = npt.NDArray[Any]

FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
"""The four files of MNIST, with or without ".gz"."""

MD5 = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
"""The checksums of the original files, as downloaded and unpacked."""

MNIST, SUBSET = "mnist", "mnist-subset"
PACKAGED = Path(cnnexercises.__file__).parent / "data"
"""The subset that comes with the package: 5,000 training and 2,000 test images."""


class DataError(UsageError):
    """The data set asked for cannot be used; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Source:
    """Where a data set lies: its name ("mnist" or "mnist-subset") and the folder of its four files."""

    name: str
    folder: Path


@dataclass(frozen=True)
class Digits:
    """Images as uint8 (N, 1, 28, 28) and labels 0 to 9 as int64 (N,), for training and for the test."""

    name: str
    train_images: Bytes
    train_labels: npt.NDArray[np.int64]
    test_images: Bytes
    test_labels: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Drill:
    """How to train: the data, the device, and the limit in seconds of one run.

    ``progress`` is told in words what goes on, and how far it is (0 to 1).
    """

    digits: Digits
    device: str = "cpu"
    seconds: float = 120.0
    progress: Callable[[str, float], None] | None = None


@dataclass(frozen=True)
class Trained:
    """A training, and the losses of some single batches on its way, the first among them."""

    training: Training
    losses: tuple[float, ...] = ()

    @property
    def curve(self) -> str:
        """The losses as "2.30 -> 0.61 -> 0.32 -> 0.21 -> 0.15": the first, then the mean of each quarter; or ""."""
        if len(self.losses) < _LEAST_LOSSES:
            return ""
        quarters = np.array_split(np.array(self.losses), 4)
        shown = (self.losses[0], *(float(quarter.mean()) for quarter in quarters))
        return " -> ".join(f"{loss:.2f}" if abs(loss) < 1000 else f"{loss:.1e}" for loss in shown)


_LEAST_LOSSES, _MOST_LOSSES = 8, 1000


def default_folder() -> Path:
    """Return where the whole MNIST is kept for this user: a folder of the platform's, which may not exist."""
    return platformdirs.user_data_path("cnnex", appauthor=False)


def find_folder(given: Path | None = None, environ: Mapping[str, str] = os.environ) -> Source:
    """Return the data set to use: ``given``, else CNNEX_DATA, else the user's folder, else the subset.

    A folder holds the four files itself, or in ``MNIST/raw`` or ``raw`` as torchvision lays them out. Raises
    DataError when a folder that was asked for does not hold them.
    """
    asked = given if given is not None else Path(environ["CNNEX_DATA"]) if environ.get("CNNEX_DATA") else None
    root = asked or default_folder()
    for folder in (root, root / "MNIST" / "raw", root / "raw"):
        if all(_existing(folder, name) for name in FILES):
            return Source(SUBSET if folder.resolve() == PACKAGED.resolve() else MNIST, folder)
    if asked is not None:
        raise DataError(
            f"{asked} does not hold MNIST: {', '.join(FILES)} are looked for there, in MNIST/raw and in raw, "
            "with or without .gz."
        )
    return Source(SUBSET, PACKAGED)


def load(source: Source) -> Digits:
    """Read a data set. Raises DataError when a file is damaged, or is not the original one."""
    images, labels, test_images, test_labels = (read_idx(source.folder, name) for name in FILES)
    digits = Digits(
        source.name,
        images[:, np.newaxis],
        labels.astype(np.int64),
        test_images[:, np.newaxis],
        test_labels.astype(np.int64),
    )
    if len(images) != len(labels) or len(test_images) != len(test_labels):
        raise DataError(f"In {source.folder} the images and the labels differ in number.")
    return digits


def read_idx(folder: Path, name: str) -> Bytes:
    """Read unsigned bytes in the IDX format: two zeros, type 8, the rank, big-endian sizes, the bytes.

    ``name`` is that of the unpacked file. The checksum is held against that of the original, except for the
    packaged subset. Raises DataError.
    """
    path = _existing(folder, name)
    if path is None:
        raise DataError(f"{folder / name} is not there.")
    try:
        data = path.read_bytes()
        if folder.resolve() != PACKAGED.resolve() and hashlib.md5(data).hexdigest() != MD5[path.name]:
            raise DataError(f"{path} is damaged or is not MNIST's: its md5 is not {MD5[path.name]}.")
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        rank = data[3]
        sizes = tuple(int(size) for size in np.frombuffer(data, ">i4", rank, 4))
        return np.frombuffer(data, np.uint8, int(np.prod(sizes)), 4 + 4 * rank).reshape(sizes)
    except (OSError, EOFError, ValueError, IndexError) as error:
        raise DataError(f"{path} cannot be read: {error}.") from error


def draw(digits: Digits, plan: TrainingPlan, seed: int) -> Digits:
    """Draw as many training and test images as the plan asks for, in random order, or all that there are."""
    rng = np.random.default_rng([seed, 6])
    train = rng.permutation(len(digits.train_labels))[: plan.images]
    test = rng.permutation(len(digits.test_labels))[: plan.test_images]
    return Digits(
        digits.name,
        digits.train_images[train],
        digits.train_labels[train],
        digits.test_images[test],
        digits.test_labels[test],
    )


def accuracy_and_loss(logits: Array, labels: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Return how many rows have their largest logit at the label, as a fraction, and the mean cross-entropy."""
    z = logits.astype(np.float64)
    z = z - z.max(axis=1, keepdims=True)
    of_label = z[np.arange(len(labels)), labels]
    loss = np.mean(np.log(np.exp(z).sum(axis=1)) - of_label)
    return float(np.mean(z.argmax(axis=1) == labels)), float(loss)


def train_once(session: Session, entry: str, plan: TrainingPlan, drill: Drill, seed: int) -> Trained | Outcome | str:
    """Train a network on freshly drawn images, and judge it by the threshold of the data set.

    ``entry`` is the name of its class. Return the training, the outcome of a call that did not return, or what was
    wrong with the answer. Labels of the test images never enter the session.
    """
    drawn = draw(drill.digits, plan, seed)
    losses: list[float] = []
    settings = {name: getattr(plan, name) for name in ("batch", "epochs", "peak_rate", "warm_up")}
    began = time.perf_counter()
    outcome = session.call(
        entry,
        (seed, drawn.train_images, drawn.train_labels, drawn.test_images),
        {**settings, "device": drill.device},
        probe="train",
        seconds=drill.seconds,
        progress=_listener(drill, losses),
    )
    seconds = time.perf_counter() - began
    if not isinstance(outcome, Returned):
        return outcome
    problem = _problem(outcome.value, len(drawn.test_labels))
    if problem is not None:
        return problem
    accuracy, loss = accuracy_and_loss(outcome.value, drawn.test_labels)
    threshold = plan.thresholds[drawn.name]
    training = Training(
        passed=accuracy >= threshold,
        accuracy=accuracy,
        threshold=threshold,
        loss=round(loss, 6),
        dataset=drawn.name,
        images=len(drawn.train_labels),
        epochs=plan.epochs,
        device=drill.device,
        seed=seed,
        seconds=round(seconds, 3),
    )
    return Trained(training, tuple(losses))


def _problem(logits: Any, count: int) -> str | None:
    if not isinstance(logits, np.ndarray) or logits.dtype != np.float32 or logits.shape != (count, 10):
        return "After training, the network did not give ten logits for each test image."
    if not np.isfinite(logits).all():
        return "Training diverged: the logits are not finite any more (NaN or infinity)."
    return None


def _listener(drill: Drill, losses: list[float]) -> Callable[[Any], None]:
    """Return what is told each step from the student's process: it keeps the losses, and hands on how far it is."""

    def listen(value: Any) -> None:
        match value:
            case {"step": int(step), "total": int(total), "loss": float(loss)} if 0 < step <= total:
                if len(losses) < _MOST_LOSSES:
                    losses.append(loss)
                if drill.progress is not None:
                    drill.progress(f"training, step {step} of {total}, loss {loss:.3f}", step / total)

    return listen


def _existing(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / f"{name}.gz", folder / name) if path.is_file()), None)

"""The brief training: data sets, what is drawn from them, and what becomes of returned logits."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnexercises.mnist_cnn import TRAINING
from cnnexercises.probes import network as probes
from grader import training
from grader.outcome import Loaded, Outcome, Returned, TimedOut
from grader.training import FILES, MNIST, PACKAGED, SUBSET, DataError, Digits, Drill, Source, Trained, find_folder, load


@pytest.fixture(scope="module")
def digits() -> Digits:
    """The packaged subset."""
    return load(Source(SUBSET, PACKAGED))


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user without data of their own."""
    monkeypatch.delenv("CNNEX_DATA", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "user")


def a_folder(folder: Path, pack: bool = True) -> Path:
    """Make a folder of four small IDX files: eight training and four test images."""
    folder.mkdir(parents=True)
    for name, count in zip(FILES, (8, 8, 4, 4), strict=True):
        shape = (count, 28, 28) if "images" in name else (count,)
        data = bytes([0, 0, 8, len(shape)]) + np.array(shape, ">i4").tobytes() + bytes(int(np.prod(shape)))
        (folder / (f"{name}.gz" if pack else name)).write_bytes(gzip.compress(data) if pack else data)
    return folder


# --- data sets ---


def test_the_subset_is_balanced(digits: Digits) -> None:
    """The package has 5,000 training and 2,000 test images, as many of each digit."""
    assert digits.train_images.shape == (5000, 1, 28, 28)
    assert digits.test_images.shape == (2000, 1, 28, 28)
    assert digits.train_images.dtype == digits.test_images.dtype == np.uint8
    assert np.bincount(digits.train_labels).tolist() == [500] * 10
    assert np.bincount(digits.test_labels).tolist() == [200] * 10


def test_no_test_image_is_trained_on(digits: Digits) -> None:
    """Training and test images of the subset have none in common."""
    seen = {image.tobytes() for image in digits.train_images}
    assert len(seen) == 5000
    assert not any(image.tobytes() in seen for image in digits.test_images)


def test_the_subset_says_what_it_is() -> None:
    """The subset's README names source, licence and seed, and the md5 of each file."""
    text = (PACKAGED / "README.md").read_text("utf-8")
    assert all(word in text for word in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0", "20240607"))
    listed = re.findall(r"\| (\S+\.gz) \|.*\| (\w{32}) \|", text)
    assert {name: hashlib.md5((PACKAGED / name).read_bytes()).hexdigest() for name, _ in listed} == dict(listed)
    assert [name for name, _ in listed] == [f"{name}.gz" for name in FILES]


def test_without_data_of_ones_own_the_subset_is_used() -> None:
    """With no option, no CNNEX_DATA and no folder of the user's, training uses the packaged subset."""
    assert find_folder() == Source(SUBSET, PACKAGED)


@pytest.mark.parametrize("inside", [".", "MNIST/raw", "raw"])
@pytest.mark.parametrize("pack", [True, False])
def test_a_folder_may_be_laid_out_as_torchvision_does(tmp_path: Path, inside: str, pack: bool) -> None:
    """The four files are found in the folder, in MNIST/raw and in raw, packed or not."""
    folder = a_folder(tmp_path / "data" / inside, pack)
    assert find_folder(tmp_path / "data") == Source(MNIST, folder)


def test_the_option_goes_before_the_environment_and_that_before_the_users_folder(tmp_path: Path) -> None:
    """--data wins over CNNEX_DATA, which wins over the folder of the platform."""
    given, set_, own = (a_folder(tmp_path / name) for name in ("given", "set", "user"))
    assert find_folder(given, {"CNNEX_DATA": str(set_)}).folder == given
    assert find_folder(None, {"CNNEX_DATA": str(set_)}).folder == set_
    assert find_folder(None, {}).folder == own


def test_a_folder_without_mnist_is_said(tmp_path: Path) -> None:
    """A folder that was asked for and lacks the files is an error that names it, never a silent fallback."""
    with pytest.raises(DataError, match="does not hold MNIST"):
        find_folder(tmp_path)
    with pytest.raises(DataError, match="does not hold MNIST"):
        find_folder(None, {"CNNEX_DATA": str(tmp_path / "nowhere")})


def test_files_that_are_not_the_originals_are_refused(tmp_path: Path) -> None:
    """A file of another md5 than MNIST's is named."""
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte.gz is damaged or is not MNIST's"):
        load(find_folder(a_folder(tmp_path / "data")))


def test_a_damaged_subset_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packaged file that is cut short is named, instead of a failed training."""
    broken = shutil.copytree(PACKAGED, tmp_path / "package")
    path = broken / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:1000])
    monkeypatch.setattr(training, "PACKAGED", broken)
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte.gz cannot be read"):
        load(Source(SUBSET, broken))


# --- what is drawn ---


def test_the_seed_draws_the_images(digits: Digits) -> None:
    """One seed draws the same images each time, another seed others; every image keeps its label."""
    plan = replace(TRAINING, images=100, test_images=50)
    once, again, other = (training.draw(digits, plan, seed) for seed in (1, 1, 2))
    assert np.array_equal(once.train_images, again.train_images)
    assert not np.array_equal(once.train_images, other.train_images)
    assert (len(once.train_labels), len(once.test_labels)) == (100, 50)
    labels = {image.tobytes(): label for image, label in zip(digits.train_images, digits.train_labels, strict=True)}
    assert [labels[image.tobytes()] for image in once.train_images] == once.train_labels.tolist()


# --- what comes back ---


def test_accuracy_and_loss_are_those_of_torch(digits: Digits) -> None:
    """Accuracy and mean cross-entropy of logits agree with torch's, for logits in the hundreds too."""
    logits = np.random.default_rng(3).normal(0, 300, (2000, 10)).astype(np.float32)
    accuracy, loss = training.accuracy_and_loss(logits, digits.test_labels)
    labels = torch.tensor(digits.test_labels)
    assert accuracy == (torch.tensor(logits).argmax(1) == labels).double().mean().item()
    assert loss == pytest.approx(F.cross_entropy(torch.tensor(logits).double(), labels).item(), rel=1e-9)


@dataclass
class Scripted:
    """A session that answers each training with what it was given, and keeps what it was asked."""

    answer: Callable[[Sequence[Any]], Outcome]
    asked: list[Sequence[Any]] = field(default_factory=list)

    def load(self) -> Loaded:
        return Loaded(("CNN",))

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
        self.asked.append((entry, probe, args, kwargs, seconds))
        if progress is not None:
            for told in (None, {"step": 0, "total": 0, "loss": 1.0}, {"step": 5, "total": 10, "loss": 0.25}, [1]):
                progress(told)
        return self.answer(args)

    def close(self) -> None:
        """Nothing is open."""


def trained(digits: Digits, answer: Callable[[Sequence[Any]], Outcome], **settings: Any) -> Trained | Outcome | str:
    """Train by a scripted session."""
    return training.train_once(Scripted(answer), "CNN", TRAINING, Drill(digits, **settings), 5)


def knows(digits: Digits, wrong: int) -> Callable[[Sequence[Any]], Outcome]:
    """Return an answer that has all labels right but the first few."""

    def answer(args: Sequence[Any]) -> Outcome:
        labels = training.draw(digits, TRAINING, args[0]).test_labels.copy()
        labels[:wrong] = (labels[:wrong] + 1) % 10
        return Returned((np.eye(10, dtype=np.float32) * 9)[labels])

    return answer


def test_the_threshold_decides(digits: Digits) -> None:
    """A training passes from the data set's threshold on, and reports accuracy, loss and data set."""
    most = round(2000 * (1 - TRAINING.thresholds[SUBSET]))
    right = trained(digits, knows(digits, most))
    wrong = trained(digits, knows(digits, most + 1))
    assert isinstance(right, Trained)
    assert isinstance(wrong, Trained)
    assert (right.training.passed, wrong.training.passed) == (True, False)
    assert right.training.accuracy == 1 - most / 2000
    found = right.training
    assert (found.dataset, found.images, found.epochs, found.device, found.seed) == (SUBSET, 5000, 1, "cpu", 5)


def test_test_labels_never_enter_the_session(digits: Digits) -> None:
    """A network is given training images, their labels and test images, and nothing else."""
    session = Scripted(knows(digits, 0))
    training.train_once(session, "CNN", TRAINING, Drill(digits, seconds=33), 5)
    ((entry, probe, args, kwargs, seconds),) = session.asked
    drawn = training.draw(digits, TRAINING, 5)
    assert (entry, probe, seconds, args[0]) == ("CNN", "train", 33, 5)
    given: list[Any] = [drawn.train_images, drawn.train_labels, drawn.test_images]
    assert all(np.array_equal(sent, kept) for sent, kept in zip(args[1:], given, strict=True))
    assert set(kwargs) == {"batch", "epochs", "peak_rate", "warm_up", "device"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "logits",
        {"type": "tuple"},
        np.zeros((2000, 10)),
        np.zeros((2000, 11), np.float32),
        np.zeros((1, 10), np.float32),
        np.zeros(2000, np.float32),
        np.full((2000, 10), np.nan, np.float32),
        np.full((2000, 10), np.inf, np.float32),
    ],
)
def test_odd_answers_are_a_sentence(digits: Digits, value: Any) -> None:
    """What is no finite float32 array of ten logits an image is said in a sentence, and never raises."""
    assert isinstance(trained(digits, lambda _args: Returned(value)), str)


def test_a_training_without_an_end_is_an_outcome(digits: Digits) -> None:
    """A training that does not come back is handed on as the outcome that it is."""
    assert trained(digits, lambda _args: TimedOut(7)) == TimedOut(7)


def test_progress_is_told_and_nonsense_is_not(digits: Digits) -> None:
    """While it trains, step, loss and the part done are told; a malformed word from the process is dropped."""
    told: list[tuple[str, float]] = []
    trained(digits, knows(digits, 0), progress=lambda text, part: told.append((text, part)))
    assert told == [("training, step 5 of 10, loss 0.250", 0.5)]


def test_the_losses_of_a_training_become_a_curve(digits: Digits) -> None:
    """Losses are kept in their order; the curve has the first, and the mean of each quarter; few losses have none."""
    found = trained(digits, knows(digits, 0))
    assert isinstance(found, Trained)
    assert found.losses == (0.25,)
    assert found.curve == ""
    many = replace(found, losses=(2.3, 2.1, 1.0, 0.8, 0.5, 0.3, 0.2, 0.2))
    assert many.curve == "2.30 -> 2.20 -> 0.90 -> 0.40 -> 0.20"
    assert replace(found, losses=(2.3,) * 4 + (25000.0, float("nan")) * 2).curve == "2.30 -> 2.30 -> 2.30 -> nan -> nan"


def test_a_flood_of_losses_is_cut_off(digits: Digits) -> None:
    """However many losses the student's process sends, a thousand are kept."""
    losses: list[float] = []
    listen = training._listener(Drill(digits), losses)
    for step in range(2000):
        listen({"step": step + 1, "total": 2000, "loss": 1.0})
    assert len(losses) == 1000


# --- the training itself ---


def a_network() -> nn.Module:
    """Return a network that is small, and trains fast."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def test_training_is_repeatable_and_learns(digits: Digits) -> None:
    """The same seed gives the same logits to the bit; even a linear layer reads most digits after 500 images."""
    plan = replace(TRAINING, images=500, test_images=500)
    drawn = training.draw(digits, plan, 1)
    settings: dict[str, Any] = {"batch": 25, "epochs": 2, "peak_rate": 5e-3, "warm_up": 0.25}
    images = (drawn.train_images, drawn.train_labels, drawn.test_images)
    once, again = (probes.train(a_network, 1, *images, **settings) for _ in range(2))
    assert once.tobytes() == again.tobytes()
    accuracy, _ = training.accuracy_and_loss(once, drawn.test_labels)
    assert accuracy > 0.7


@pytest.mark.parametrize("fused", [True, False])
def test_adam_is_that_of_torch(fused: bool) -> None:
    """Our Adam, fused or of public operations, moves weights as torch.optim.Adam does."""
    torch.manual_seed(0)
    ours, theirs = nn.Linear(5, 3), nn.Linear(5, 3)
    theirs.load_state_dict(ours.state_dict())
    adam, usual = probes._Adam(list(ours.parameters())), torch.optim.Adam(theirs.parameters(), lr=0.01)
    for _ in range(5):
        x = torch.randn(4, 5)
        for model in (ours, theirs):
            model.zero_grad()
            torch.autograd.backward(model(x).pow(2).sum())
        adam.step(0.01, fused=fused)
        usual.step()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(mine, other, rtol=1e-5, atol=1e-7)


def test_the_rate_rises_and_falls() -> None:
    """The one-cycle schedule rises linearly to its peak in a quarter of the steps, and falls linearly to zero."""
    rates = [probes._one_cycle(step, 200, 0.25) for step in range(200)]
    assert max(rates) == 1
    assert rates.index(1) == 49
    assert rates[0] == pytest.approx(1 / 50)
    assert rates[-1] == pytest.approx(1 / 150)
    assert sorted(rates[:50]) == rates[:50]
    assert sorted(rates[50:], reverse=True) == rates[50:]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")
def test_training_on_cuda_learns_as_on_the_cpu(digits: Digits) -> None:
    """On a CUDA device the training gives logits of the same quality."""
    plan = replace(TRAINING, images=500, test_images=500)
    drawn = training.draw(digits, plan, 1)
    images = (drawn.train_images, drawn.train_labels, drawn.test_images)
    logits = probes.train(a_network, 1, *images, batch=25, epochs=2, peak_rate=5e-3, warm_up=0.25, device="cuda")
    assert training.accuracy_and_loss(logits, drawn.test_labels)[0] > 0.7

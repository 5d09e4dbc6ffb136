"""Times whole `cnnex grade` processes against the imports that they cannot do without. Prints medians and ratios."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
ROUNDS = 9


def seconds(command: list[str]) -> float:
    """Return the wall time of a process."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def grade(*files: Path, options: tuple[str, ...] = ()) -> list[str]:
    """Return the command that grades files."""
    return [sys.executable, "-m", "grader", "grade", *options, *map(str, files)]


def main() -> None:
    """Interleave the commands, so that a busy moment of the machine falls on all of them, and compare."""
    numpy_file, wrong = SOLUTIONS / "04_conv_backprop.py", ROOT / "tests/submissions/04_conv_backprop/wrong"
    copies = [numpy_file, *(SOLUTIONS / f"{name}.py" for name in ("01_output_size", "02_manual_conv"))]
    commands = {
        "import numpy, click, pydantic": [sys.executable, "-c", "import numpy, click, pydantic"],
        "import torch": [sys.executable, "-c", "import torch"],
        "grade 04 (right)": grade(numpy_file),
        "grade 04 (wrong)": grade(wrong / "batch_mean.py", options=("--exercise", "4")),
        "grade 04 as JSON": grade(numpy_file, options=("--format", "json")),
        "grade 04, 01, 02": grade(*copies),
        "grade 07": grade(SOLUTIONS / "07_custom_dataset.py"),
        "grade 06 --no-train": grade(SOLUTIONS / "06_mnist_cnn.py", options=("--no-train",)),
        "grade 06": grade(SOLUTIONS / "06_mnist_cnn.py"),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    numpy_base, torch_base = medians["import numpy, click, pydantic"], medians["import torch"]
    for name, median in medians.items():
        base = torch_base if "06" in name or "07" in name else numpy_base
        print(f"{name:32} {median:6.3f} s   {median / base:5.2f} times its import")
    extra = (medians["grade 04, 01, 02"] - medians["grade 04 (right)"]) / 2
    print(f"each further NumPy submission: {extra * 1000:.0f} ms")


if __name__ == "__main__":
    main()

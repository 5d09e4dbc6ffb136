"""Draw the packaged subset of MNIST from the four original files: python benchmarks/make_mnist_subset.py FOLDER.

The images are drawn without replacement with the seed below, the same number of each digit, in a drawn order;
the gzip headers carry no time, so the same FOLDER gives the same bytes.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from grader.training import FILES, PACKAGED, find_folder, read_idx

SEED = 20240607
TRAINING, TEST = 5000, 2000
"""How many images of each kind; both divide by the ten digits."""

Bytes = npt.NDArray[np.uint8]


def balanced(labels: Bytes, count: int, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """Return ``count`` indices in random order, as many of each digit."""
    chosen = [rng.choice(np.flatnonzero(labels == digit), count // 10, replace=False) for digit in range(10)]
    return rng.permutation(np.concatenate(chosen))


def write_idx(path: Path, array: Bytes) -> None:
    """Write unsigned bytes as a gzipped IDX file (its header: type 8, rank, sizes as big-endian integers)."""
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">i4").tobytes()
    path.write_bytes(gzip.compress(header + array.tobytes(), compresslevel=9, mtime=0))


def main(folder: Path) -> None:
    """Write the four files of the subset into the package."""
    source = find_folder(folder)
    rng = np.random.default_rng(SEED)
    for images, labels, count in ((*FILES[:2], TRAINING), (*FILES[2:], TEST)):
        pixels, digits = (read_idx(source.folder, name) for name in (images, labels))
        chosen = balanced(digits, count, rng)
        write_idx(PACKAGED / f"{images}.gz", pixels[chosen])
        write_idx(PACKAGED / f"{labels}.gz", digits[chosen])
        print(f"{count} of {len(digits)} images: {images}.gz, {labels}.gz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

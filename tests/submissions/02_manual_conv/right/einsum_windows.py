# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: sliding_window_view and einsum
from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Pair = "int | tuple[int, int]"


def pair(v: Pair) -> tuple[int, int]:
    return (v, v) if isinstance(v, int) else (v[0], v[1])


def zero_pad(x: NDArray[np.float64], padding: Pair) -> NDArray[np.float64]:
    ph, pw = pair(padding)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)])


def windows(x: NDArray[np.float64], kernel_hw: tuple[int, int], stride: Pair) -> NDArray[np.float64]:
    sh, sw = pair(stride)
    return sliding_window_view(x, kernel_hw, axis=(-2, -1))[..., ::sh, ::sw, :, :]


def conv2d_single(image: NDArray[np.float64], kernel: NDArray[np.float64], stride: Pair = 1, padding: Pair = 0):
    return np.einsum("ijuv,uv->ij", windows(zero_pad(image, padding), kernel.shape, stride), kernel)


def conv2d_forward(x, weight, bias=None, stride: Pair = 1, padding: Pair = 0):
    out = np.einsum("ncijuv,fcuv->nfij", windows(zero_pad(x, padding), weight.shape[2:], stride), weight, optimize=True)
    return out if bias is None else out + bias[:, None, None]

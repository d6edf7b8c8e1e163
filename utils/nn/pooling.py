"""Pooling layers: one number for every window of every channel, nothing to learn."""

from typing import NamedTuple

import numpy as np

from utils.nn import windows

MODES = ("max", "average")


class Cache(NamedTuple):
    """What `forward` leaves for `backward`."""

    A_pad: np.ndarray  # (m, n_H + padding, n_W + padding, n_C)
    A: np.ndarray  # (m, n_H_out, n_W_out, n_C)
    grid: windows.Grid
    mode: str


def forward(
    A_prev: np.ndarray,
    f: int | tuple[int, int],
    stride: int | None = None,
    mode: str = "max",
    pad: int | str = 0,
) -> tuple[np.ndarray, Cache]:
    """Take the maximum or the average of every window, each channel by itself.

    A_prev : (m, n_H, n_W, n_C) number   images; float32 stays, integers become float64
    f      : int or (f_H, f_W) >= 1      size of the window
    stride : int >= 1                    f if not given, so that windows do not overlap
    mode   : "max" or "average"
    pad    : int < f pixels on every side, or "same" as TensorFlow pads; padding is
             never the maximum, and an average is over the pixels inside the image
    returns  A (m, 1 + (n_H + 2 pad - f_H) // stride, ..., n_C) and the Cache
    raises   ValueError with the value or the shape that does not fit

    LeCun et al. 1998 (average); Boureau, Ponce and LeCun 2010 (compared).
    Built in course4_cnn/01_convolution_by_hand.
    """
    windows.check_images(A_prev)
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    f = (f, f) if np.ndim(f) == 0 else tuple(f)
    if stride is None:
        if f[0] != f[1]:
            raise ValueError(f"windows that are not square need a stride, got f {f}")
        stride = f[0]
    grid = windows.place(np.shape(A_prev)[1:3], f, stride, pad)
    if pad != "same" and pad >= min(f):
        raise ValueError(f"pad must be smaller than the window, got pad {pad}, f {f}")
    A_prev = np.asarray(A_prev)
    if A_prev.dtype.kind != "f":
        A_prev = A_prev.astype(np.float64)
    A_pad = windows.pad(A_prev, grid, value=-np.inf if mode == "max" else 0.0)
    shape = (len(A_pad), grid.n_H, grid.n_W, A_pad.shape[3])
    A = np.full(shape, -np.inf if mode == "max" else 0.0, dtype=A_pad.dtype)
    for _, _, at in windows.offsets(grid):
        if mode == "max":
            np.maximum(A, A_pad[at], out=A)
        else:
            A += A_pad[at]
    if mode == "average":
        A /= _pixels_inside(A_pad, grid)
    return A, Cache(A_pad, A, grid, mode)


def backward(dA: np.ndarray, cache: Cache) -> np.ndarray:
    """Send every gradient back to the maximum, or in equal shares to the window.

    dA      : (m, n_H_out, n_W_out, n_C) float   gradient with respect to A
    cache   : from `forward`
    returns  dA_prev (m, n_H, n_W, n_C); of equal maxima the first one gets all, row by
             row from the top left, as in TensorFlow
    raises   ValueError naming both shapes if dA does not fit

    Built in course4_cnn/01_convolution_by_hand.
    """
    A_pad, A, grid, mode = cache
    windows.check_gradient(dA, A.shape, "dA")
    dA = np.asarray(dA, dtype=A.dtype)
    dA_pad = np.zeros_like(A_pad)
    if mode == "average":
        share = dA / _pixels_inside(A_pad, grid)
        for _, _, at in windows.offsets(grid):
            dA_pad[at] += share
    else:
        open_yet = np.ones(A.shape, dtype=bool)  # windows whose maximum is not found
        for _, _, at in windows.offsets(grid):
            found = open_yet & (A_pad[at] == A)
            dA_pad[at] += np.where(found, dA, 0)
            open_yet &= ~found
    return np.ascontiguousarray(windows.unpad(dA_pad, grid))


def _pixels_inside(A_pad: np.ndarray, grid: windows.Grid) -> np.ndarray:
    """How many pixels of each window lie inside the image, (1, n_H_out, n_W_out, 1)."""
    inside = np.zeros((1, *A_pad.shape[1:3], 1), dtype=A_pad.dtype)
    windows.unpad(inside, grid)[...] = 1
    return sum(inside[at] for _, _, at in windows.offsets(grid))

"""Windows that slide over images: where they stand, how the rim is padded.

Convolution and pooling, and what is built from them, differ in what they do with the
pixels of a window, not in where the windows stand. Images are (m, n_H, n_W, n_C).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np


class Grid(NamedTuple):
    """n_H x n_W windows of f_H x f_W pixels, `stride` apart, on a padded image."""

    n_H: int  # windows from top to bottom, the height of what comes out
    n_W: int
    f_H: int
    f_W: int
    stride: int
    top: int  # pixels added on each side
    bottom: int
    left: int
    right: int


def place(
    size: tuple[int, int], f: tuple[int, int], stride: int = 1, pad: int | str = 0
) -> Grid:
    """Work out where the windows stand: n_out = 1 + (n + 2 pad - f) // stride.

    size   : (n_H, n_W) int   of the image
    f      : (f_H, f_W) int   of the window
    stride : int >= 1         from one window to the next, both ways
    pad    : int >= 0 pixels on every side, or "same": ceil(n / stride) windows each
             way, as TensorFlow pads; an odd pixel goes to the bottom and to the right
    returns  Grid
    raises   ValueError with the values if no window fits or one of them is out of range

    Dumoulin and Visin 2016. Built in course4_cnn/01_convolution_by_hand.
    """
    if not isinstance(stride, int | np.integer) or stride < 1:
        raise ValueError(f"stride must be an integer >= 1, got {stride!r}")
    if not all(isinstance(w, int | np.integer) and w >= 1 for w in f):
        raise ValueError(f"windows must have at least 1 x 1 pixels, got {tuple(f)}")
    if pad == "same":
        counts = [-(-n // stride) for n in size]
        more = [
            max((k - 1) * stride + w - n, 0)
            for k, w, n in zip(counts, f, size, strict=True)
        ]
        sides = [(total // 2, total - total // 2) for total in more]
    elif isinstance(pad, int | np.integer) and pad >= 0:
        counts = [1 + (n + 2 * pad - w) // stride for n, w in zip(size, f, strict=True)]
        sides = [(pad, pad), (pad, pad)]
    else:
        raise ValueError(f'pad must be an integer >= 0 or "same", got {pad!r}')
    if min(counts) < 1:
        raise ValueError(
            f"no {f[0]} x {f[1]} window fits into an image of {size[0]} x {size[1]} "
            f"pixels with pad {pad!r}"
        )
    return Grid(*counts, *f, stride, *sides[0], *sides[1])


def pad(A_prev: np.ndarray, grid: Grid, value: float = 0.0) -> np.ndarray:
    """Put `value` around the images, as `grid` says.

    A_prev  : (m, n_H, n_W, n_C)
    returns  (m, top + n_H + bottom, left + n_W + right, n_C); A_prev itself if the
             grid needs no padding
    """
    if not (grid.top or grid.bottom or grid.left or grid.right):
        return A_prev
    m, n_H, n_W, n_C = A_prev.shape
    height, width = grid.top + n_H + grid.bottom, grid.left + n_W + grid.right
    padded = np.full((m, height, width, n_C), value, dtype=A_prev.dtype)
    unpad(padded, grid)[...] = A_prev
    return padded


def unpad(padded: np.ndarray, grid: Grid) -> np.ndarray:
    """The view of padded images that leaves the padding out.

    padded  : (m, top + n_H + bottom, left + n_W + right, n_C)
    returns  (m, n_H, n_W, n_C), a view
    """
    bottom, right = padded.shape[1] - grid.bottom, padded.shape[2] - grid.right
    return padded[:, grid.top : bottom, grid.left : right]


def offsets(grid: Grid) -> Iterator[tuple[int, int, tuple[slice, slice, slice]]]:
    """Go once through the places of a window, with what lies there in all windows.

    yields  i, j and an index: padded[index] is the view (m, n_H, n_W, n_C) of the
            pixels in row i and column j of every window
    """
    stride = grid.stride
    for i, j in np.ndindex(grid.f_H, grid.f_W):
        rows = slice(i, i + stride * (grid.n_H - 1) + 1, stride)
        columns = slice(j, j + stride * (grid.n_W - 1) + 1, stride)
        yield i, j, (slice(None), rows, columns)


def check_images(A_prev: np.ndarray, name: str = "A_prev") -> None:
    """Refuse what is not a stack of images, with a ValueError that gives the shape."""
    if np.ndim(A_prev) != 4:
        raise ValueError(
            f"{name} must have shape (m, n_H, n_W, n_C), got {np.shape(A_prev)}"
        )


def check_gradient(dZ: np.ndarray, expected: tuple[int, ...], name: str = "dZ") -> None:
    """Refuse a gradient that has not the shape of what `forward` returned."""
    if np.shape(dZ) != expected:
        raise ValueError(
            f"{name} must have the shape of {name[1:]}, "
            f"got {name} {np.shape(dZ)} and {name[1:]} {expected}"
        )

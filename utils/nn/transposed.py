"""Transposed convolution: what a convolution does to gradients, used as a layer.

Each input pixel stamps its filter, times its value, into a larger image; where stamps
overlap they add up. The forward pass here is the way back of `conv`, and the other way
round.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import conv, windows


class Cache(NamedTuple):
    """What `forward` leaves for `backward`."""

    A_prev: np.ndarray  # (m, n_H, n_W, c_in)
    W: np.ndarray  # (f_H, f_W, c_out, c_in)
    grid: windows.Grid  # of the convolution that leads back, from Z to A_prev
    size: tuple[int, int]  # n_H_out, n_W_out


def forward(
    A_prev: np.ndarray,
    W: np.ndarray,
    b: np.ndarray,
    stride: int = 1,
    pad: int | str = 0,
) -> tuple[np.ndarray, Cache]:
    """Stamp the filters, `stride` pixels apart, and cut off the padding.

    A_prev : (m, n_H, n_W, c_in) number     images; computed in the type of W
    W      : (f_H, f_W, c_out, c_in) float  as the kernel of Keras's Conv2DTranspose;
             float32 stays
    b      : (c_out,) float
    stride : int >= 1   how far apart the stamps of neighbouring pixels are
    pad    : int >= 0 pixels cut off on every side, or "same": n_H stride x n_W stride
             pixels come out, as in TensorFlow
    returns  Z (m, (n_H - 1) stride + f_H - 2 pad, ..., c_out) and the Cache
    raises   ValueError naming the shapes if they do not fit, or nothing is left over

    Long, Shelhamer and Darrell 2015, section 3.3. Built in course4_cnn/07_segmentation.
    """
    conv.check_shapes(A_prev, W, b, c_in=3, c_out=2)
    W = np.asarray(W, dtype=np.result_type(W, np.float16))
    A_prev = np.ascontiguousarray(A_prev, dtype=W.dtype)
    size = _size(A_prev.shape[1:3], W.shape[:2], stride, pad)
    grid = windows.place(size, W.shape[:2], stride, pad)
    m, c_out = len(A_prev), W.shape[2]
    height, width = grid.top + size[0] + grid.bottom, grid.left + size[1] + grid.right
    Z_pad = np.empty((m, height, width, c_out), dtype=W.dtype)
    Z_pad[...] = b
    for i, j, at in windows.offsets(grid):
        Z_pad[at] += A_prev @ W[i, j].T
    Z = np.ascontiguousarray(windows.unpad(Z_pad, grid))
    return Z, Cache(A_prev, W, grid, size)


def backward(dZ: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `forward`; dA_prev is a plain convolution of dZ.

    dZ      : (m, n_H_out, n_W_out, c_out) float   gradient with respect to Z
    cache   : from `forward`
    returns  dA_prev (m, n_H, n_W, c_in), dW and db in the shapes of W and b; sums over
             the examples, so a mean's 1/m must be in dZ
    raises   ValueError naming both shapes if dZ does not fit

    Built in course4_cnn/07_segmentation.
    """
    A_prev, W, grid, size = cache
    c_out, c_in = W.shape[2:]
    windows.check_gradient(dZ, (len(A_prev), *size, c_out))
    dZ = np.asarray(dZ, dtype=W.dtype)
    dZ_pad = windows.pad(dZ, grid)
    A_rows = A_prev.reshape(-1, c_in)
    dA_prev, dW = np.zeros_like(A_prev), np.empty_like(W)
    for i, j, at in windows.offsets(grid):
        dA_prev += dZ_pad[at] @ W[i, j]
        dW[i, j] = dZ_pad[at].reshape(-1, c_out).T @ A_rows
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2))


def _size(
    before: tuple[int, int], f: tuple[int, int], stride: int, pad: int | str
) -> tuple[int, int]:
    """Height and width of what comes out."""
    if pad == "same":
        size = tuple(n * stride for n in before)
    elif isinstance(pad, int | np.integer):
        size = tuple(
            (n - 1) * stride + w - 2 * pad for n, w in zip(before, f, strict=True)
        )
        if min(size) < 1:
            raise ValueError(
                f"pad {pad} leaves nothing of a stamp of {f[0]} x {f[1]} pixels on "
                f"{before[0]} x {before[1]} pixels, stride {stride}"
            )
    else:
        raise ValueError(f'pad must be an integer >= 0 or "same", got {pad!r}')
    return size

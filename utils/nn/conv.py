"""Convolution layers: the same small filters at every place of an image.

Images are (m, n_H, n_W, n_C). What the field calls a convolution is, for a
mathematician, a cross-correlation: the filter is not flipped.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import windows


class Cache(NamedTuple):
    """What `forward` leaves for `backward`."""

    A_pad: np.ndarray  # (m, n_H + padding, n_W + padding, c_in)
    W: np.ndarray  # (f_H, f_W, c_in, c_out)
    grid: windows.Grid


def forward(
    A_prev: np.ndarray,
    W: np.ndarray,
    b: np.ndarray,
    stride: int = 1,
    pad: int | str = 0,
) -> tuple[np.ndarray, Cache]:
    """Slide each filter of `W` over the zero-padded images `A_prev`.

    A_prev : (m, n_H, n_W, c_in) number     images; computed in the type of W
    W      : (f_H, f_W, c_in, c_out) float  one filter per output channel; float32 stays
    b      : (c_out,) float
    stride : int >= 1
    pad    : int >= 0 pixels on every side, or "same" as TensorFlow pads
    returns  Z (m, 1 + (n_H + 2 pad - f_H) // stride, ..., c_out) and the Cache
    raises   ValueError naming the shapes if they do not fit, or no window fits

    LeCun et al. 1998, section II. Built in course4_cnn/01_convolution_by_hand.
    """
    check_shapes(A_prev, W, b, c_in=2, c_out=3)
    W = np.asarray(W, dtype=np.result_type(W, np.float16))
    A_prev = np.asarray(A_prev, dtype=W.dtype)
    grid = windows.place(A_prev.shape[1:3], W.shape[:2], stride, pad)
    A_pad = windows.pad(A_prev, grid)
    Z = np.empty((len(A_pad), grid.n_H, grid.n_W, W.shape[3]), dtype=W.dtype)
    Z[...] = b
    product = np.empty_like(Z)
    # One matrix product per place in the filter, for all its positions at once. It
    # reads the pixels where they are; im2col would copy each of them f_H f_W times.
    for i, j, at in windows.offsets(grid):
        Z += np.matmul(A_pad[at], W[i, j], out=product)
    return Z, Cache(A_pad, W, grid)


def backward(dZ: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `forward`: every place of the filter sends back what it took.

    dZ      : (m, n_H_out, n_W_out, c_out) float   gradient with respect to Z
    cache   : from `forward`
    returns  dA_prev (m, n_H, n_W, c_in), dW and db in the shapes of W and b; sums over
             the examples, so a mean's 1/m must be in dZ
    raises   ValueError naming both shapes if dZ does not fit

    LeCun et al. 1998. Built in course4_cnn/01_convolution_by_hand.
    """
    A_pad, W, grid = cache
    c_in, c_out = W.shape[2:]
    windows.check_gradient(dZ, (len(A_pad), grid.n_H, grid.n_W, c_out))
    dZ = np.ascontiguousarray(dZ, dtype=W.dtype)
    dZ_rows = dZ.reshape(-1, c_out)  # (m n_H_out n_W_out, c_out)
    dA_pad, dW = np.zeros_like(A_pad), np.empty_like(W)
    product = np.empty((*dZ.shape[:3], c_in), dtype=W.dtype)
    for i, j, at in windows.offsets(grid):
        dW[i, j] = A_pad[at].reshape(-1, c_in).T @ dZ_rows
        dA_pad[at] += np.matmul(dZ, W[i, j].T, out=product)
    dA_prev = np.ascontiguousarray(windows.unpad(dA_pad, grid))
    return dA_prev, dW, dZ_rows.sum(axis=0)


def check_shapes(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, c_in: int, c_out: int
) -> None:
    """Refuse images, filters and biases whose channels do not fit.

    c_in, c_out : int   the axes of W that hold the channels of A_prev and of b
    raises       ValueError naming the shapes
    """
    windows.check_images(A_prev)
    sides = max(c_in, c_out) + 1
    if np.ndim(W) != sides or 0 in np.shape(W):
        raise ValueError(f"W must have {sides} axes, none empty, got {np.shape(W)}")
    if np.shape(W)[c_in] != np.shape(A_prev)[3]:
        raise ValueError(
            f"axis {c_in} of W must be the channels of A_prev, "
            f"got W {np.shape(W)} and A_prev {np.shape(A_prev)}"
        )
    if np.shape(b) != (np.shape(W)[c_out],):
        raise ValueError(
            f"b must have one number per output channel, axis {c_out} of W, "
            f"got b {np.shape(b)} and W {np.shape(W)}"
        )

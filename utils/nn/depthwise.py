"""Depthwise convolution: every channel has one filter of its own, and stays alone.

The 1 x 1 convolution that mixes the channels afterwards is `conv` with f = 1.
"""

import numpy as np

from utils.nn import conv, windows


def forward(
    A_prev: np.ndarray,
    W: np.ndarray,
    b: np.ndarray,
    stride: int = 1,
    pad: int | str = 0,
) -> tuple[np.ndarray, conv.Cache]:
    """Slide the filter of each channel over that channel alone.

    A_prev : (m, n_H, n_W, c_in) number   images; computed in the type of W
    W      : (f_H, f_W, c_in) float       one filter per channel; float32 stays
    b      : (c_in,) float
    stride : int >= 1
    pad    : int >= 0 pixels on every side, or "same" as TensorFlow pads
    returns  Z (m, 1 + (n_H + 2 pad - f_H) // stride, ..., c_in) and the Cache
    raises   ValueError naming the shapes if they do not fit, or no window fits

    Sifre 2014; Howard et al. 2017, section 3.1. Built in course4_cnn/04_mobilenet.
    """
    conv.check_shapes(A_prev, W, b, c_in=2, c_out=2)
    W = np.asarray(W, dtype=np.result_type(W, np.float16))
    A_prev = np.asarray(A_prev, dtype=W.dtype)
    grid = windows.place(A_prev.shape[1:3], W.shape[:2], stride, pad)
    A_pad = windows.pad(A_prev, grid)
    Z = np.empty((len(A_pad), grid.n_H, grid.n_W, W.shape[2]), dtype=W.dtype)
    Z[...] = b
    product = np.empty_like(Z)
    for i, j, at in windows.offsets(grid):
        Z += np.multiply(A_pad[at], W[i, j], out=product)
    return Z, conv.Cache(A_pad, W, grid)


def backward(
    dZ: np.ndarray, cache: conv.Cache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `forward`, channel by channel.

    dZ      : (m, n_H_out, n_W_out, c_in) float   gradient with respect to Z
    cache   : from `forward`
    returns  dA_prev (m, n_H, n_W, c_in), dW and db in the shapes of W and b; sums over
             the examples, so a mean's 1/m must be in dZ
    raises   ValueError naming both shapes if dZ does not fit

    Built in course4_cnn/04_mobilenet.
    """
    A_pad, W, grid = cache
    windows.check_gradient(dZ, (len(A_pad), grid.n_H, grid.n_W, W.shape[2]))
    dZ = np.asarray(dZ, dtype=W.dtype)
    dA_pad, dW = np.zeros_like(A_pad), np.empty_like(W)
    product = np.empty(dZ.shape, dtype=W.dtype)
    for i, j, at in windows.offsets(grid):
        dW[i, j] = np.multiply(A_pad[at], dZ, out=product).sum(axis=(0, 1, 2))
        dA_pad[at] += np.multiply(dZ, W[i, j], out=product)
    dA_prev = np.ascontiguousarray(windows.unpad(dA_pad, grid))
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2))

"""A convolution layer: utils.nn.conv, one window at a time, im2col and TensorFlow."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import tensorflow as tf
from side_by_side import rounds, table

from utils.nn import conv, gradcheck

IMAGES = (8, 32, 32, 16)  # m, n_H, n_W, c_in
FILTERS = (3, 3, 16, 16)  # f, f, c_in, c_out
PAD, STRIDE = 1, 1  # as many pixels come out as go in
NUM_ROUNDS = 7
AGREEMENT = 1e-13  # relative difference of all results, in float64


def report() -> None:
    """Print two tables of times and one of memory."""
    rng = np.random.default_rng(0)
    A, W = rng.standard_normal(IMAGES), rng.standard_normal(FILTERS)
    b, dZ = rng.standard_normal(FILTERS[3]), rng.standard_normal(IMAGES)
    shapes = f"images {IMAGES}, filters {FILTERS}, float64"
    both = passes(A, W, b, dZ)
    forth = forward_passes(A, W, b)
    bare = bare_products(A, W, dZ)
    print(f"\nConvolution, forward, {shapes}")
    print(table(measure(forth, bare[0])))
    print(f"\nConvolution, forward and backward, {shapes}")
    print(table(measure(both, bare[1])))
    print("\nPeak memory beyond the arguments, results included")
    for title, contestants in (("forward", forth), ("forward and backward", both)):
        for name in ("utils.nn.conv", "NumPy, im2col"):
            megabytes = peak(contestants[name]) / 1e6
            print(f"{f'{name}, {title}':36}{megabytes:7.2f} MB")


def measure(contestants: dict[str, Callable], bare: Callable) -> dict[str, list[float]]:
    """Seconds by contestant, after checking that all give the same numbers."""
    expected = contestants["utils.nn.conv"]()
    for name, run in contestants.items():
        for ours, theirs in zip(expected, run(), strict=True):
            differs = gradcheck.relative_difference(ours, np.asarray(theirs))
            assert differs < AGREEMENT, (name, differs)
    bare()
    run_all = contestants | {"the bare matrix products": bare}
    return rounds(run_all, NUM_ROUNDS, turn=0.2)


def peak(run: Callable) -> int:
    """Bytes at the highest point of one call; NumPy reports its arrays to Python."""
    tracemalloc.start()
    kept = run()
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return highest


def forward_passes(A, W, b) -> dict[str, Callable]:
    pixels, kernel, bias = (tf.constant(array) for array in (A, W, b))

    @tf.function
    def graph(pixels, kernel, bias):
        return tf.nn.conv2d(pixels, kernel, 1, "SAME") + bias

    return {
        "utils.nn.conv": lambda: conv.forward(A, W, b, pad=PAD)[:1],
        "NumPy, one window at a time": lambda: [looped_forward(A, W, b)],
        "NumPy, im2col": lambda: [im2col_forward(A, W, b)[0]],
        "tf.nn.conv2d in tf.function": lambda: [graph(pixels, kernel, bias).numpy()],
    }


def passes(A, W, b, dZ) -> dict[str, Callable]:
    """Forward and backward: Z, dA_prev, dW and db."""
    tensors = [tf.constant(array) for array in (A, W, b, dZ)]

    @tf.function
    def graph(pixels, kernel, bias, slope):
        with tf.GradientTape() as tape:
            tape.watch([pixels, kernel, bias])
            Z = tf.nn.conv2d(pixels, kernel, 1, "SAME") + bias
        return Z, *tape.gradient(Z, [pixels, kernel, bias], slope)

    def ours():
        Z, cache = conv.forward(A, W, b, pad=PAD)
        return Z, *conv.backward(dZ, cache)

    def columns():
        Z, cols = im2col_forward(A, W, b)
        return Z, *im2col_backward(dZ, cols, W)

    return {
        "utils.nn.conv": ours,
        "NumPy, one window at a time": lambda: (
            looped_forward(A, W, b),
            *looped_backward(dZ, A, W),
        ),
        "NumPy, im2col": columns,
        "TensorFlow, GradientTape": lambda: [t.numpy() for t in graph(*tensors)],
    }


def bare_products(A, W, dZ) -> tuple[Callable, Callable]:
    """The multiplications alone, on columns that lie ready: what no layer can beat."""
    cols, kernel = im2col(A), W.reshape(-1, W.shape[3])
    slope = dZ.reshape(-1, dZ.shape[3])
    return (
        lambda: cols @ kernel,
        lambda: (cols @ kernel, cols.T @ slope, slope @ kernel.T),
    )


def padded(A):
    return np.pad(A, [(0, 0), (PAD, PAD), (PAD, PAD), (0, 0)])


def looped_forward(A, W, b):
    """The definition: one number at a time, each from its window and its filter."""
    f, (m, n_H, n_W, _), c_out = W.shape[0], A.shape, W.shape[3]
    A_pad, Z = padded(A), np.zeros((m, n_H, n_W, c_out))
    for i in range(m):
        for row in range(n_H):
            for column in range(n_W):
                for k in range(c_out):
                    top, left = row * STRIDE, column * STRIDE
                    window = A_pad[i, top : top + f, left : left + f, :]
                    product = window * W[:, :, :, k]
                    Z[i, row, column, k] = np.sum(product) + b[k]
    return Z


def looped_backward(dZ, A, W):
    f, (m, n_H, n_W, c_out) = W.shape[0], dZ.shape
    A_pad, dW, db = padded(A), np.zeros_like(W), np.zeros(c_out)
    dA_pad = np.zeros_like(A_pad)
    for i in range(m):
        for row in range(n_H):
            for column in range(n_W):
                for k in range(c_out):
                    top, left = row * STRIDE, column * STRIDE
                    at = (i, slice(top, top + f), slice(left, left + f))
                    slope = dZ[i, row, column, k]
                    dA_pad[at] += slope * W[:, :, :, k]
                    dW[:, :, :, k] += slope * A_pad[at]
                    db[k] += slope
    return dA_pad[:, PAD:-PAD, PAD:-PAD], dW, db


def im2col(A):
    """Copy every window into a row of its own: (m n_H n_W, f f c_in)."""
    f = FILTERS[0]
    windows = np.lib.stride_tricks.sliding_window_view(padded(A), (f, f), axis=(1, 2))
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * A.shape[3])


def im2col_forward(A, W, b):
    cols = im2col(A)
    Z = cols @ W.reshape(-1, W.shape[3]) + b
    return Z.reshape(*A.shape[:3], W.shape[3]), cols


def im2col_backward(dZ, cols, W):
    f, (m, n_H, n_W, c_out) = W.shape[0], dZ.shape
    slope = dZ.reshape(-1, c_out)
    dcols = (slope @ W.reshape(-1, c_out).T).reshape(m, n_H, n_W, f, f, -1)
    dA_pad = np.zeros((m, n_H + 2 * PAD, n_W + 2 * PAD, W.shape[2]))
    for i in range(f):
        for j in range(f):
            dA_pad[:, i : i + n_H, j : j + n_W] += dcols[:, :, :, i, j]
    dW = (cols.T @ slope).reshape(W.shape)
    return dA_pad[:, PAD:-PAD, PAD:-PAD], dW, slope.sum(axis=0)

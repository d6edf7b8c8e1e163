"""utils.nn.windows: where windows stand, on which pixels, and the rim around them."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import windows

SIZES = st.integers(1, 12)


@pytest.mark.parametrize(
    ("n", "f", "stride", "pad", "count", "sides"),
    [
        (4, 3, 1, 0, 2, (0, 0)),  # fits at 0 and 1
        (5, 3, 2, 0, 2, (0, 0)),  # at 0 and 2
        (6, 3, 2, 0, 2, (0, 0)),  # at 0 and 2; the last column is never read
        (4, 3, 1, 1, 4, (1, 1)),
        (5, 5, 3, 2, 2, (2, 2)),
        (4, 2, 1, "same", 4, (0, 1)),  # the odd pixel comes last
        (7, 3, 2, "same", 4, (1, 1)),
        (8, 3, 2, "same", 4, (0, 1)),
        (6, 1, 4, "same", 2, (0, 0)),  # gaps between windows need no padding
    ],
)
def test_hand_worked(n, f, stride, pad, count, sides):
    grid = windows.place((n, 9), (f, 1), stride, pad)
    assert (grid.n_H, (grid.top, grid.bottom)) == (count, sides)
    turned = windows.place((9, n), (1, f), stride, pad)
    assert (turned.n_W, (turned.left, turned.right)) == (count, sides)


@settings(deadline=None)
@given(SIZES, SIZES, st.integers(1, 5), st.integers(1, 5), st.integers(1, 4))
def test_same_is_where_tensorflow_puts_it(n_H, n_W, f_H, f_W, stride):
    # a filter that copies one pixel of its window shows where each window stands
    images = np.arange(1.0, 1 + n_H * n_W).reshape(1, n_H, n_W, 1)
    grid = windows.place((n_H, n_W), (f_H, f_W), stride, "same")
    padded = windows.pad(images, grid)
    for i, j, at in windows.offsets(grid):
        copies = np.zeros((f_H, f_W, 1, 1))
        copies[i, j] = 1
        expected = tf.nn.conv2d(images, copies, stride, "SAME").numpy()
        np.testing.assert_array_equal(padded[at], expected)


@given(SIZES, SIZES, SIZES, SIZES, st.integers(1, 4), st.integers(0, 3))
def test_offsets_equal_a_loop_over_windows(n_H, n_W, f_H, f_W, stride, pad):
    if f_H > n_H + 2 * pad or f_W > n_W + 2 * pad:
        with pytest.raises(ValueError, match=f"no {f_H} x {f_W} window fits into an"):
            windows.place((n_H, n_W), (f_H, f_W), stride, pad)
        return
    grid = windows.place((n_H, n_W), (f_H, f_W), stride, pad)
    images = np.arange(2.0 * n_H * n_W).reshape(2, n_H, n_W, 1)
    padded = np.pad(images, [(0, 0), (pad, pad), (pad, pad), (0, 0)])
    np.testing.assert_array_equal(windows.pad(images, grid), padded)
    seen = np.zeros((f_H, f_W, 2, grid.n_H, grid.n_W, 1))
    for i, j, at in windows.offsets(grid):
        seen[i, j] = padded[at]
    for row in range(grid.n_H):
        for column in range(grid.n_W):
            top, left = row * stride, column * stride
            window = padded[:, top : top + f_H, left : left + f_W]
            found = seen[:, :, :, row, column].transpose(2, 0, 1, 3)
            np.testing.assert_array_equal(found, window)
    assert grid.n_H * stride + f_H > n_H + 2 * pad, "one more row of windows fits"


def test_padding_has_the_value_and_the_type():
    images = np.ones((2, 3, 4, 5), dtype=np.float32)
    padded = windows.pad(images, windows.place((3, 4), (2, 2), 1, "same"), -np.inf)
    assert padded.shape == (2, 4, 5, 5) and padded.dtype == np.float32
    assert np.isneginf(padded).sum() == padded.size - images.size
    none = windows.place((3, 4), (2, 2))
    assert windows.pad(images, none) is images


@pytest.mark.parametrize("seed", range(3))
def test_unpad_is_a_view_of_what_was_padded(seed):
    rng = np.random.default_rng(seed)
    images = rng.random((2, 5, 6, 3))
    grid = windows.place((5, 6), (4, 3), 1, "same")
    padded = windows.pad(images, grid)
    np.testing.assert_array_equal(windows.unpad(padded, grid), images)
    windows.unpad(padded, grid)[...] = 0
    assert not padded.any()


@pytest.mark.parametrize(
    ("f", "stride", "pad", "says"),
    [
        ((3, 3), 0, 0, "stride must be an integer >= 1, got 0"),
        ((3, 3), 1.0, 0, "stride must be an integer >= 1, got 1.0"),
        ((3, 3), 1, -1, 'pad must be an integer >= 0 or "same", got -1'),
        ((3, 3), 1, "valid", "or \"same\", got 'valid'"),
        ((3, 3), 1, 0.5, "got 0.5"),
        ((0, 3), 1, "same", r"at least 1 x 1 pixels, got \(0, 3\)"),
        ((2.0, 2.0), 1, 0, r"at least 1 x 1 pixels, got \(2.0, 2.0\)"),
        ((5, 8), 1, 1, "no 5 x 8 window fits into an image of 4 x 5 pixels with pad 1"),
    ],
)
def test_values_out_of_range_are_refused(f, stride, pad, says):
    with pytest.raises(ValueError, match=says):
        windows.place((4, 5), f, stride, pad)

"""utils.nn.conv against a loop over windows, TensorFlow and finite differences."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import conv, gradcheck

pytestmark = pytest.mark.filterwarnings("error")

PADS = st.one_of(st.integers(0, 3), st.just("same"))


def layer(shape, f, c_out, seed=0, dtype=np.float64):
    """Random images of `shape`, filters and biases."""
    rng = np.random.default_rng(seed)
    A, W = rng.standard_normal(shape), rng.standard_normal((*f, shape[3], c_out))
    return A.astype(dtype), W.astype(dtype), rng.standard_normal(c_out).astype(dtype)


@st.composite
def cases(draw):
    """Images, filters, biases, stride and pad of many shapes, not only square ones."""
    m, n_H, n_W = draw(st.tuples(*[st.integers(1, n) for n in (3, 10, 10)]))
    f = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    c_in, c_out, stride = draw(st.tuples(*[st.integers(1, n) for n in (4, 4, 4)]))
    pad = draw(PADS)
    assume(pad == "same" or (f[0] <= n_H + 2 * pad and f[1] <= n_W + 2 * pad))
    arrays = layer((m, n_H, n_W, c_in), f, c_out, seed=draw(st.integers(0, 2**32 - 1)))
    return *arrays, stride, pad


def rims(n_H, n_W, f, stride, pad):
    """Pixels before and after, as numpy.pad and TensorFlow take them."""
    if pad != "same":
        return [(0, 0), (pad, pad), (pad, pad), (0, 0)]
    sides = []
    for n, w in ((n_H, f[0]), (n_W, f[1])):
        total = w - stride if n % stride == 0 else w - n % stride  # TensorFlow's guide
        sides.append((max(total, 0) // 2, max(total, 0) - max(total, 0) // 2))
    return [(0, 0), *sides, (0, 0)]


def loop_forward(A, W, b, stride, pad):
    (m, n_H, n_W, _), (f_H, f_W, _, c_out) = A.shape, W.shape
    A = np.pad(A, rims(n_H, n_W, (f_H, f_W), stride, pad))
    rows, columns = (
        range(0, A.shape[1] - f_H + 1, stride),
        range(0, A.shape[2] - f_W + 1, stride),
    )
    Z = np.zeros((m, len(rows), len(columns), c_out))
    for i, r, s, k in np.ndindex(Z.shape):
        window = A[i, rows[r] : rows[r] + f_H, columns[s] : columns[s] + f_W]
        Z[i, r, s, k] = np.sum(window * W[..., k]) + b[k]
    return Z


def loop_backward(dZ, A, W, stride, pad):
    (_, n_H, n_W, _), (f_H, f_W, _, _) = A.shape, W.shape
    around = rims(n_H, n_W, (f_H, f_W), stride, pad)
    A = np.pad(A, around)
    dA, dW = np.zeros_like(A), np.zeros_like(W)
    for i, r, s, k in np.ndindex(dZ.shape):
        top, left = r * stride, s * stride
        window = (i, slice(top, top + f_H), slice(left, left + f_W))
        dA[window] += dZ[i, r, s, k] * W[..., k]
        dW[..., k] += dZ[i, r, s, k] * A[window]
    (top, _), (left, _) = around[1:3]
    return dA[:, top : top + n_H, left : left + n_W], dW, dZ.sum(axis=(0, 1, 2))


def test_hand_worked():
    A = np.arange(16.0).reshape(1, 4, 4, 1)
    W = np.array([[1.0, 0.0], [0.0, -2.0]]).reshape(2, 2, 1, 1)
    # top left pixel minus twice the one below right of it, plus 0.5
    Z, cache = conv.forward(A, W, np.array([0.5]), stride=2)
    expected = [[0 - 2 * 5 + 0.5, 2 - 2 * 7 + 0.5], [8 - 2 * 13 + 0.5, 10 - 30 + 0.5]]
    np.testing.assert_array_equal(Z[0, :, :, 0], expected)
    dZ = np.array([[1.0, 0.0], [0.0, 10.0]]).reshape(1, 2, 2, 1)
    dA, dW, db = conv.backward(dZ, cache)
    np.testing.assert_array_equal(
        dA[0, :, :, 0], [[1, 0, 0, 0], [0, -2, 0, 0], [0, 0, 10, 0], [0, 0, 0, -20]]
    )
    np.testing.assert_array_equal(
        dW[:, :, 0, 0], [[0 + 10 * 10, 1 + 110], [4 + 140, 5 + 150]]
    )
    np.testing.assert_array_equal(db, [11.0])


@settings(deadline=None)
@given(cases())
def test_equals_a_loop_over_windows(case):
    A, W, b, stride, pad = case
    Z, cache = conv.forward(A, W, b, stride, pad)
    np.testing.assert_allclose(Z, loop_forward(*case), rtol=0, atol=1e-12)
    dZ = np.cos(np.arange(Z.size)).reshape(Z.shape)
    expected = loop_backward(dZ, A, W, stride, pad)
    for ours, slow in zip(conv.backward(dZ, cache), expected, strict=True):
        np.testing.assert_allclose(ours, slow, rtol=0, atol=1e-11)


@settings(deadline=None)
@given(cases())
def test_equals_tensorflow_and_its_gradients(case):
    A, W, b, stride, pad = case
    padding = "SAME" if pad == "same" else rims(*A.shape[1:3], None, stride, pad)
    variables = [tf.constant(array) for array in (A, W, b)]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        theirs = tf.nn.conv2d(*variables[:2], stride, padding) + variables[2]
    Z, cache = conv.forward(A, W, b, stride, pad)
    np.testing.assert_allclose(Z, theirs, rtol=0, atol=1e-10)
    dZ = np.sin(np.arange(Z.size)).reshape(Z.shape)
    expected = tape.gradient(theirs, variables, output_gradients=tf.constant(dZ))
    for ours, slope in zip(conv.backward(dZ, cache), expected, strict=True):
        np.testing.assert_allclose(ours, slope, rtol=0, atol=1e-10)


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 1), (3, "same")])
def test_gradients_equal_finite_differences(stride, pad):
    A, W, b = layer((2, 5, 6, 2), (3, 2), 3, seed=1)
    Z, cache = conv.forward(A, W, b, stride, pad)
    target = np.random.default_rng(2).standard_normal(Z.shape)

    def cost(p):  # its gradient with respect to Z is Z - target
        Z, _ = conv.forward(p["A"], p["W"], p["b"], stride, pad)
        return 0.5 * np.square(Z - target).sum()

    names = ("A", "W", "b")
    numerical = gradcheck.numerical_gradient(
        cost, dict(zip(names, (A, W, b), strict=True)), epsilon=1e-5
    )
    for name, ours in zip(names, conv.backward(Z - target, cache), strict=True):
        assert gradcheck.relative_difference(ours, numerical[f"d{name}"]) <= 1e-7


def test_pixels_that_no_window_covers_get_no_gradient():
    A, W, b = layer((1, 6, 6, 1), (2, 2), 1)
    Z, cache = conv.forward(A, W, b, stride=4)
    dA, _, _ = conv.backward(np.ones_like(Z), cache)
    assert not dA[:, 2:4].any() and not dA[:, :, 2:4].any()
    assert dA[0, 0, 0, 0] == W[0, 0, 0, 0]


def test_nothing_is_changed():
    arrays = layer((2, 5, 5, 3), (3, 3), 4)
    before = [array.copy() for array in arrays]
    Z, cache = conv.forward(*arrays, pad=1)
    dZ = Z.copy()
    conv.backward(dZ, cache)
    for now, old in zip((*arrays, dZ), (*before, Z), strict=True):
        np.testing.assert_array_equal(now, old)


def test_a_view_gives_the_numbers_of_its_copy():
    A, W, b = layer((2, 8, 8, 6), (3, 3), 4)
    view = A[::-1, ::2, 1:, ::2]
    Z, cache = conv.forward(view, W[:, :, ::2], b)
    copied, copied_cache = conv.forward(view.copy(), W[:, :, ::2].copy(), b)
    np.testing.assert_allclose(Z, copied, rtol=0, atol=1e-12)
    dZ = np.ones((*Z.shape[:3], 8))[..., ::2]
    for ours, theirs in zip(
        conv.backward(dZ, cache), conv.backward(dZ.copy(), copied_cache), strict=True
    ):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize("pixels", [np.float32, np.float64, np.uint8])
@pytest.mark.parametrize("pad", [0, "same"])
def test_float32_stays_float32(pixels, pad):
    A, W, b = layer((2, 5, 5, 3), (3, 3), 4, dtype=np.float32)
    Z, cache = conv.forward(np.abs(A).astype(pixels), W, b, pad=pad)
    found = [Z, cache.A_pad, *conv.backward(Z.astype(np.float64), cache)]
    assert {array.dtype for array in found} == {np.dtype(np.float32)}


def test_integers_count_as_float64():
    A, W, b = np.arange(9).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1), int), np.zeros(1)
    Z, _ = conv.forward(A, W, b)
    assert Z.dtype == np.float64
    np.testing.assert_array_equal(Z[0, :, :, 0], [[8, 12], [20, 24]])


@pytest.mark.parametrize(
    ("A", "W", "b", "says"),
    [
        ((5, 5, 2), (3, 3, 2, 4), (4,), r"A_prev must have shape \(m, .* \(5, 5, 2\)"),
        ((1, 5, 5, 2), (3, 3, 2), (2,), r"W must have 4 axes.* got \(3, 3, 2\)"),
        ((1, 5, 5, 2), (3, 0, 2, 4), (4,), r"none empty, got \(3, 0, 2, 4\)"),
        ((1, 5, 5, 3), (3, 3, 2, 4), (4,), r"W \(3, 3, 2, 4\) and A_prev \(1, 5, 5, 3"),
        ((1, 5, 5, 2), (3, 3, 2, 4), (1,), r"b \(1,\) and W \(3, 3, 2, 4\)"),
        ((1, 5, 5, 2), (3, 3, 2, 4), (1, 1, 1, 4), r"b \(1, 1, 1, 4\) and W"),
        ((1, 5, 5, 2), (3, 6, 2, 4), (4,), "no 3 x 6 window fits into an image of 5 x"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(A, W, b, says):
    with pytest.raises(ValueError, match=says):
        conv.forward(np.ones(A), np.ones(W), np.ones(b))


def test_a_gradient_of_another_shape_is_refused():
    _, cache = conv.forward(*layer((2, 5, 5, 3), (3, 3), 4))
    with pytest.raises(ValueError, match=r"dZ \(2, 5, 5, 4\) and Z \(2, 3, 3, 4\)"):
        conv.backward(np.ones((2, 5, 5, 4)), cache)

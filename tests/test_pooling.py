"""utils.nn.pooling against a loop over windows, TensorFlow and finite differences."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import gradcheck, pooling

pytestmark = pytest.mark.filterwarnings("error")


WIDTHS = st.integers(0, 3)
ANY_PAD = st.one_of(WIDTHS, st.just("same"))


@st.composite
def cases(draw, pads=ANY_PAD):
    """Images, window, stride and pad; every second case has many equal pixels."""
    m, n_H, n_W, n_C = draw(st.tuples(*[st.integers(1, n) for n in (3, 10, 10, 3)]))
    f, stride = (
        draw(st.tuples(st.integers(1, 5), st.integers(1, 5))),
        draw(st.integers(1, 4)),
    )
    pad = draw(pads)
    if pad != "same":
        assume(pad < min(f) and f[0] <= n_H + 2 * pad and f[1] <= n_W + 2 * pad)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    A = rng.standard_normal((m, n_H, n_W, n_C))
    return (np.round(A) if draw(st.booleans()) else A), f, stride, pad


def windows_of(A, f, stride, pad):
    """Every window as index of the output -> slices of the image, cut at its rim."""
    found = {}
    sides = []
    for n, w in zip(A.shape[1:3], f, strict=True):
        if pad == "same":
            total = max(w - (n % stride or stride), 0)  # TensorFlow's guide
            starts = range(-(total // 2), n + total - total // 2 - w + 1, stride)
        else:
            starts = range(-pad, n + pad - w + 1, stride)
        sides.append([slice(max(s, 0), min(s + w, n)) for s in starts])
    for r, rows in enumerate(sides[0]):
        for s, columns in enumerate(sides[1]):
            found[r, s] = (rows, columns)
    return found


@settings(deadline=None)
@given(cases(), st.sampled_from(pooling.MODES))
def test_equals_a_loop_over_windows(case, mode):
    A_prev, f, stride, pad = case
    A, cache = pooling.forward(A_prev, f, stride, mode, pad)
    dA = np.cos(np.arange(A.size)).reshape(A.shape)
    expected, dA_prev = np.full_like(A, np.nan), np.zeros_like(A_prev)
    for (r, s), window in windows_of(A_prev, f, stride, pad).items():
        for i in range(len(A)):
            for k in range(A.shape[3]):
                pixels = A_prev[i, *window, k]
                slopes = dA_prev[i, *window, k]
                if mode == "max":
                    expected[i, r, s, k] = pixels.max()
                    first = np.unravel_index(pixels.argmax(), pixels.shape)
                    slopes[first] += dA[i, r, s, k]
                else:
                    expected[i, r, s, k] = pixels.mean()
                    slopes += dA[i, r, s, k] / pixels.size
    np.testing.assert_allclose(A, expected, rtol=0, atol=1e-13)
    np.testing.assert_allclose(pooling.backward(dA, cache), dA_prev, atol=1e-12)


@settings(deadline=None)
@given(cases(pads=st.sampled_from([0, "same"])), st.sampled_from(pooling.MODES))
def test_equals_tensorflow_and_its_gradients(case, mode):
    A_prev, f, stride, pad = case
    pool = tf.nn.max_pool2d if mode == "max" else tf.nn.avg_pool2d
    images = tf.constant(A_prev)
    with tf.GradientTape() as tape:
        tape.watch(images)
        theirs = pool(images, f, stride, "SAME" if pad == "same" else "VALID")
    A, cache = pooling.forward(A_prev, f, stride, mode, pad)
    np.testing.assert_allclose(A, theirs, rtol=0, atol=1e-10)
    dA = np.sin(np.arange(A.size)).reshape(A.shape)
    slopes = tape.gradient(theirs, images, output_gradients=tf.constant(dA))
    np.testing.assert_allclose(pooling.backward(dA, cache), slopes, rtol=0, atol=1e-10)


@settings(deadline=None)
@given(cases(pads=WIDTHS))
def test_max_with_a_rim_of_any_width_equals_tensorflow(case):
    A_prev, f, stride, pad = case
    rim = [[0, 0], [pad, pad], [pad, pad], [0, 0]]
    theirs = tf.nn.max_pool2d(tf.constant(A_prev), f, stride, rim)
    A, _ = pooling.forward(A_prev, f, stride, "max", pad)
    np.testing.assert_array_equal(A, theirs)


def test_hand_worked():
    A_prev = np.array(
        [[1.0, 2, 0, 8], [3, 6, 8, 4], [5, 5, -1, -2], [5, 5, -4, -3]]
    ).reshape(1, 4, 4, 1)
    dA = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
    A, cache = pooling.forward(A_prev, 2)
    np.testing.assert_array_equal(A[0, :, :, 0], [[6, 8], [5, -1]])
    np.testing.assert_array_equal(
        pooling.backward(dA, cache)[0, :, :, 0],
        [[0, 0, 0, 2], [0, 1, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]],
    )
    A, cache = pooling.forward(A_prev, 2, mode="average")
    np.testing.assert_array_equal(A[0, :, :, 0], [[3, 5], [5, -2.5]])
    shares = np.repeat(np.repeat([[0.25, 0.5], [0.75, 1]], 2, axis=0), 2, axis=1)
    np.testing.assert_array_equal(pooling.backward(dA, cache)[0, :, :, 0], shares)


def test_padding_is_never_the_maximum_and_never_averaged():
    A_prev = np.full((1, 3, 3, 1), -7.0)
    for mode in pooling.MODES:
        A, _ = pooling.forward(A_prev, 3, 1, mode, "same")
        np.testing.assert_array_equal(A, A_prev)


@pytest.mark.parametrize("mode", pooling.MODES)
@pytest.mark.parametrize(("stride", "pad"), [(1, 1), (2, "same"), (3, 0)])
def test_gradients_equal_finite_differences(mode, stride, pad):
    rng = np.random.default_rng(0)
    A_prev = rng.permutation(2 * 5 * 7 * 2).reshape(2, 5, 7, 2) / 10  # no near ties
    A, cache = pooling.forward(A_prev, 3, stride, mode, pad)
    weight = rng.standard_normal(A.shape)

    def cost(p):
        return np.sum(weight * pooling.forward(p["A"], 3, stride, mode, pad)[0])

    numerical = gradcheck.numerical_gradient(cost, {"A": A_prev}, epsilon=1e-5)
    ours = pooling.backward(weight, cache)
    assert gradcheck.relative_difference(ours, numerical["dA"]) <= 1e-7


@pytest.mark.parametrize("mode", pooling.MODES)
def test_types_and_arguments_are_kept(mode):
    A_prev = np.random.default_rng(1).random((2, 5, 5, 3)).astype(np.float32)
    before = A_prev.copy()
    A, cache = pooling.forward(A_prev, 2, 1, mode, "same")
    dA_prev = pooling.backward(A.astype(np.float64), cache)
    assert {array.dtype for array in (*cache[:2], dA_prev)} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(A_prev, before)
    photo = (255 * A_prev).astype(np.uint8)
    pooled, _ = pooling.forward(photo, 2, mode=mode)
    assert pooled.dtype == np.float64
    expected, _ = pooling.forward(photo.astype(float), 2, mode=mode)
    np.testing.assert_array_equal(pooled, expected)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"mode": "mean"}, "mode must be one of max, average, got 'mean'"),
        ({"f": (2, 3)}, r"not square need a stride, got f \(2, 3\)"),
        ({"pad": 2}, "pad must be smaller than the window, got pad 2, f"),
        ({"pad": "valid"}, "or \"same\", got 'valid'"),
        ({"f": 0, "stride": 1}, r"at least 1 x 1 pixels, got \(0, 0\)"),
        ({"f": 6}, "no 6 x 6 window fits into an image of 4 x 5 pixels"),
        ({"A_prev": np.ones((4, 5))}, r"A_prev must have shape .* got \(4, 5\)"),
    ],
)
def test_values_that_do_not_fit_are_refused(arguments, says):
    with pytest.raises(ValueError, match=says):
        pooling.forward(**{"A_prev": np.ones((1, 4, 5, 2)), "f": 2} | arguments)


def test_a_gradient_of_another_shape_is_refused():
    _, cache = pooling.forward(np.ones((2, 4, 4, 3)), 2)
    with pytest.raises(ValueError, match=r"dA \(2, 4, 4, 3\) and A \(2, 2, 2, 3\)"):
        pooling.backward(np.ones((2, 4, 4, 3)), cache)

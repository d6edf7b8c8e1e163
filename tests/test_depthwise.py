"""utils.nn.depthwise against TensorFlow, `conv` channel by channel, differences."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import conv, depthwise, gradcheck

pytestmark = pytest.mark.filterwarnings("error")


def layer(shape, f, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    arrays = [rng.standard_normal(s) for s in (shape, (*f, shape[3]), shape[3])]
    return [array.astype(dtype) for array in arrays]


@st.composite
def cases(draw):
    m, n_H, n_W, c = draw(st.tuples(*[st.integers(1, n) for n in (3, 10, 10, 4)]))
    f = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    pad = draw(st.one_of(st.integers(0, 3), st.just("same")))
    assume(pad == "same" or (f[0] <= n_H + 2 * pad and f[1] <= n_W + 2 * pad))
    arrays = layer((m, n_H, n_W, c), f, seed=draw(st.integers(0, 2**32 - 1)))
    return *arrays, draw(st.integers(1, 4)), pad


@settings(deadline=None)
@given(cases())
def test_equals_tensorflow_and_its_gradients(case):
    A, W, b, stride, pad = case
    rim = [[0, 0], [pad, pad], [pad, pad], [0, 0]] if pad != "same" else "SAME"
    variables = [tf.constant(array) for array in (A, W[..., None], b)]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        theirs = tf.nn.depthwise_conv2d(
            variables[0], variables[1], [1, stride, stride, 1], rim
        )
        theirs = theirs + variables[2]
    Z, cache = depthwise.forward(A, W, b, stride, pad)
    np.testing.assert_allclose(Z, theirs, rtol=0, atol=1e-10)
    dZ = np.sin(np.arange(Z.size)).reshape(Z.shape)
    dA, dW, db = tape.gradient(theirs, variables, output_gradients=tf.constant(dZ))
    expected = (dA, dW[..., 0], db)
    for ours, slope in zip(depthwise.backward(dZ, cache), expected, strict=True):
        np.testing.assert_allclose(ours, slope, rtol=0, atol=1e-10)


@settings(deadline=None)
@given(cases())
def test_is_one_convolution_per_channel(case):
    A, W, b, stride, pad = case
    Z, cache = depthwise.forward(A, W, b, stride, pad)
    dZ = np.cos(np.arange(Z.size)).reshape(Z.shape)
    dA, dW, db = depthwise.backward(dZ, cache)
    for k in range(A.shape[3]):
        one = slice(k, k + 1)
        alone, alone_cache = conv.forward(
            A[..., one], W[..., one, None], b[one], stride, pad
        )
        np.testing.assert_allclose(Z[..., one], alone, rtol=0, atol=1e-12)
        slopes = conv.backward(dZ[..., one], alone_cache)
        ours = (dA[..., one], dW[..., one, None], db[one])
        for mine, expected in zip(ours, slopes, strict=True):
            np.testing.assert_allclose(mine, expected, rtol=0, atol=1e-11)


def test_hand_worked():
    A = np.arange(8.0).reshape(1, 2, 2, 2)  # channel 0: 0 2 / 4 6, channel 1: 1 3 / 5 7
    W = np.zeros((2, 2, 2))
    W[0, 0], W[1, 1] = [1, 10], [-1, 100]
    Z, cache = depthwise.forward(A, W, np.array([0.5, 0]))
    np.testing.assert_array_equal(Z, [[[[0 - 6 + 0.5, 10 + 700]]]])
    dA, dW, db = depthwise.backward(np.array([[[[2.0, 3.0]]]]), cache)
    np.testing.assert_array_equal(dA[0, ..., 0], [[2, 0], [0, -2]])
    np.testing.assert_array_equal(dA[0, ..., 1], [[30, 0], [0, 300]])
    np.testing.assert_array_equal(dW[..., 1], [[3, 9], [15, 21]])
    np.testing.assert_array_equal(db, [2, 3])


def test_gradients_equal_finite_differences():
    A, W, b = layer((2, 5, 6, 3), (3, 2), seed=1)
    Z, cache = depthwise.forward(A, W, b, 2, "same")
    weight = np.random.default_rng(2).standard_normal(Z.shape)

    def cost(p):
        Z, _ = depthwise.forward(p["A"], p["W"], p["b"], 2, "same")
        return np.sum(weight * Z)

    numerical = gradcheck.numerical_gradient(
        cost, {"A": A, "W": W, "b": b}, epsilon=1e-4
    )
    for name, ours in zip("AWb", depthwise.backward(weight, cache), strict=True):
        assert gradcheck.relative_difference(ours, numerical[f"d{name}"]) <= 1e-7


def test_types_and_arguments_are_kept():
    A, W, b = arrays = layer((2, 5, 5, 3), (3, 3), dtype=np.float32)
    before = [array.copy() for array in arrays]
    Z, cache = depthwise.forward(A.astype(np.float64), W, b, pad=1)
    found = [Z, *depthwise.backward(Z.astype(np.float64), cache)]
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
    depthwise.backward(depthwise.forward(*arrays)[0], depthwise.forward(*arrays)[1])
    for now, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(now, old)


@pytest.mark.parametrize(
    ("A", "W", "b", "says"),
    [
        ((5, 5, 2), (3, 3, 2), (2,), r"A_prev must have shape .* got \(5, 5, 2\)"),
        ((1, 5, 5, 2), (3, 3, 2, 1), (2,), r"W must have 3 axes.* \(3, 3, 2, 1\)"),
        ((1, 5, 5, 1), (3, 3, 2), (2,), r"W \(3, 3, 2\) and A_prev \(1, 5, 5, 1\)"),
        ((1, 5, 5, 2), (3, 3, 2), (1,), r"b \(1,\) and W \(3, 3, 2\)"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(A, W, b, says):
    with pytest.raises(ValueError, match=says):
        depthwise.forward(np.ones(A), np.ones(W), np.ones(b))


def test_a_gradient_of_another_shape_is_refused():
    _, cache = depthwise.forward(*layer((2, 5, 5, 3), (3, 3)))
    with pytest.raises(ValueError, match=r"dZ \(2, 5, 5, 3\) and Z \(2, 3, 3, 3\)"):
        depthwise.backward(np.ones((2, 5, 5, 3)), cache)

"""utils.nn.transposed against stamps in a loop, TensorFlow, Keras and differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import conv, gradcheck, transposed

pytestmark = pytest.mark.filterwarnings("error")


def layer(shape, f, c_out, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    arrays = [rng.standard_normal(s) for s in (shape, (*f, c_out, shape[3]), c_out)]
    return [array.astype(dtype) for array in arrays]


@st.composite
def cases(draw):
    m, n_H, n_W, c_in = draw(st.tuples(*[st.integers(1, n) for n in (3, 6, 6, 4)]))
    f = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    c_out, stride = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    pad = draw(st.one_of(st.integers(0, 2), st.just("same")))
    if pad != "same":
        sides = zip((n_H, n_W), f, strict=True)
        assume(min((n - 1) * stride + w - 2 * pad for n, w in sides) >= 1)
    arrays = layer((m, n_H, n_W, c_in), f, c_out, seed=draw(st.integers(0, 2**32 - 1)))
    return *arrays, stride, pad


def stamps(A, W, b, stride, pad):
    """Stamp every pixel's filter in turn, then cut the rim off."""
    (m, n_H, n_W, _), (f_H, f_W, c_out, _) = A.shape, W.shape
    height, width = (n_H - 1) * stride + f_H, (n_W - 1) * stride + f_W
    Z = np.zeros((m, max(height, n_H * stride), max(width, n_W * stride), c_out))
    for i, r, s, k in np.ndindex(A.shape):
        top, left = r * stride, s * stride
        Z[i, top : top + f_H, left : left + f_W] += A[i, r, s, k] * W[..., k]
    if pad == "same":
        top, left = max(f_H - stride, 0) // 2, max(f_W - stride, 0) // 2
        Z = Z[:, top : top + n_H * stride, left : left + n_W * stride]
    else:
        Z = Z[:, pad : height - pad, pad : width - pad]
    return Z + b


@settings(deadline=None)
@given(cases())
def test_equals_stamps_in_a_loop(case):
    Z, _ = transposed.forward(*case)
    np.testing.assert_allclose(Z, stamps(*case), rtol=0, atol=1e-12)


@settings(deadline=None)
@given(cases())
def test_equals_tensorflow_and_its_gradients(case):
    A, W, b, stride, pad = case
    Z, cache = transposed.forward(A, W, b, stride, pad)
    rim = [[0, 0], [pad, pad], [pad, pad], [0, 0]] if pad != "same" else "SAME"
    variables = [tf.constant(array) for array in (A, W, b)]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        theirs = tf.nn.conv2d_transpose(*variables[:2], Z.shape, stride, rim)
        theirs = theirs + variables[2]
    np.testing.assert_allclose(Z, theirs, rtol=0, atol=1e-10)
    dZ = np.sin(np.arange(Z.size)).reshape(Z.shape)
    expected = tape.gradient(theirs, variables, output_gradients=tf.constant(dZ))
    for ours, slope in zip(transposed.backward(dZ, cache), expected, strict=True):
        np.testing.assert_allclose(ours, slope, rtol=0, atol=1e-10)


@pytest.mark.parametrize(("f", "stride"), [(2, 2), (3, 2), (3, 1), (4, 3)])
@pytest.mark.parametrize(("pad", "padding"), [("same", "same"), (0, "valid")])
def test_equals_keras(f, stride, pad, padding):
    A, W, b = layer((2, 4, 5, 3), (f, f), 2)
    theirs = keras.layers.Conv2DTranspose(2, f, stride, padding, dtype="float64")
    theirs.build(A.shape)
    theirs.set_weights([W, b])
    Z, _ = transposed.forward(A, W, b, stride, pad)
    np.testing.assert_allclose(Z, theirs(A), rtol=0, atol=1e-10)


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 1), (2, "same")])
def test_is_the_transpose_of_the_convolution(stride, pad):
    # <conv(X), A> = <X, transposed(A)>, which is what the name says
    rng = np.random.default_rng(3)
    A, W, _ = layer((2, 3, 4, 5), (3, 3), 2)
    Z, _ = transposed.forward(A, W, np.zeros(2), stride, pad)
    X = rng.standard_normal(Z.shape)
    forth, _ = conv.forward(X, W, np.zeros(5), stride, pad)
    np.testing.assert_allclose(np.sum(forth * A), np.sum(X * Z), rtol=1e-12)


def test_hand_worked():
    A = np.array([[1.0, 2.0]]).reshape(1, 1, 2, 1)
    W = np.array([[1.0, 10.0, 100.0]]).reshape(1, 3, 1, 1)
    # stamps 1 10 100 and, two pixels on, 2 20 200: they overlap in one pixel
    Z, cache = transposed.forward(A, W, np.array([0.5]), stride=2)
    np.testing.assert_array_equal(Z.ravel(), [1.5, 10.5, 102.5, 20.5, 200.5])
    dA, dW, db = transposed.backward(np.arange(5.0).reshape(Z.shape), cache)
    np.testing.assert_array_equal(dA.ravel(), [0 + 10 + 200, 2 + 30 + 400])
    np.testing.assert_array_equal(dW.ravel(), [0 + 2 * 2, 1 + 2 * 3, 2 + 2 * 4])
    np.testing.assert_array_equal(db, [10])


def test_gradients_equal_finite_differences():
    A, W, b = layer((2, 3, 4, 3), (3, 2), 2, seed=1)
    Z, cache = transposed.forward(A, W, b, 2, "same")
    weight = np.random.default_rng(2).standard_normal(Z.shape)

    def cost(p):
        Z, _ = transposed.forward(p["A"], p["W"], p["b"], 2, "same")
        return np.sum(weight * Z)

    numerical = gradcheck.numerical_gradient(
        cost, {"A": A, "W": W, "b": b}, epsilon=1e-4
    )
    for name, ours in zip("AWb", transposed.backward(weight, cache), strict=True):
        assert gradcheck.relative_difference(ours, numerical[f"d{name}"]) <= 1e-7


def test_types_and_arguments_are_kept():
    A, W, b = arrays = layer((2, 4, 4, 3), (3, 3), 2, dtype=np.float32)
    before = [array.copy() for array in arrays]
    Z, cache = transposed.forward(A.astype(np.float64), W, b, 2, 1)
    found = [Z, *transposed.backward(Z.astype(np.float64), cache)]
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
    Z, cache = transposed.forward(*arrays)
    transposed.backward(Z, cache)
    for now, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(now, old)


@pytest.mark.parametrize(
    ("W", "b", "pad", "says"),
    [
        ((3, 3, 2), (2,), 0, r"W must have 4 axes.* \(3, 3, 2\)"),
        ((3, 3, 3, 2), (2,), 0, r"axis 3 of W .* W \(3, 3, 3, 2\) and A_prev \(1, 4,"),
        ((3, 3, 2, 3), (3,), 0, r"axis 2 of W, got b \(3,\)"),
        ((3, 3, 2, 3), (2,), 3, "pad 3 leaves nothing of a stamp of 3 x 3 pixels on"),
        ((3, 3, 2, 3), (2,), -1, "got -1"),
        ((3, 3, 2, 3), (2,), "valid", "or \"same\", got 'valid'"),
    ],
)
def test_values_that_do_not_fit_are_refused(W, b, pad, says):
    with pytest.raises(ValueError, match=says):
        transposed.forward(np.ones((1, 4, 4, 3)), np.ones(W), np.ones(b), 1, pad)


def test_a_gradient_of_another_shape_is_refused():
    _, cache = transposed.forward(*layer((2, 5, 5, 3), (3, 3), 4))
    with pytest.raises(ValueError, match=r"dZ \(2, 5, 5, 4\) and Z \(2, 7, 7, 4\)"):
        transposed.backward(np.ones((2, 5, 5, 4)), cache)

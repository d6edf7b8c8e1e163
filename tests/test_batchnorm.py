import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import batchnorm, gradcheck

pytestmark = pytest.mark.filterwarnings("error")


def scores(n, m, seed, dtype=np.float64):
    rng = np.random.default_rng(seed)
    Z = 3 * rng.standard_normal((n, m)) + 5
    gamma, beta = rng.uniform(0.5, 2, (n, 1)), rng.standard_normal((n, 1))
    return Z.astype(dtype), gamma.astype(dtype), beta.astype(dtype)


def keras_layer(gamma, beta, **settings):
    layer = keras.layers.BatchNormalization(axis=-1, dtype="float64", **settings)
    layer.build((None, len(gamma)))
    layer.gamma.assign(gamma[:, 0])
    layer.beta.assign(beta[:, 0])
    return layer


def test_hand_worked():
    Z = np.array([[1.0, 3.0], [5.0, 5.0]])
    gamma, beta = np.array([[2.0], [1.0]]), np.array([[10.0], [0.5]])
    # row 0: mean 2, variance 1, so -1 and 1; with epsilon 3 the root is 2, so -1/2, 1/2
    Z_tilde, cache = batchnorm.forward(Z, gamma, beta, epsilon=3)
    np.testing.assert_allclose(Z_tilde, [[9.0, 11.0], [0.5, 0.5]], rtol=1e-15)
    np.testing.assert_array_equal(cache.mean, [[2.0], [5.0]])
    np.testing.assert_array_equal(cache.variance, [[1.0], [0.0]])
    np.testing.assert_array_equal(cache.standard_deviation[0], [2.0])
    mean, variance = batchnorm.update_running(
        np.zeros((2, 1)), np.ones((2, 1)), cache, momentum=0.9
    )
    np.testing.assert_allclose(mean, [[0.2], [0.5]], rtol=1e-14)
    np.testing.assert_allclose(variance, [[1.0], [0.9]], rtol=1e-14)


def test_rows_get_the_mean_and_the_spread_they_ask_for():
    Z, gamma, beta = scores(4, 60, seed=0)
    Z_tilde, _ = batchnorm.forward(Z, gamma, beta, epsilon=1e-12)
    np.testing.assert_allclose(Z_tilde.mean(axis=1, keepdims=True), beta, rtol=1e-12)
    np.testing.assert_allclose(Z_tilde.std(axis=1, keepdims=True), gamma, rtol=1e-9)


@settings(deadline=None)
@given(
    n=st.integers(1, 4),
    m=st.integers(2, 6),
    epsilon=st.sampled_from([1e-3, 1e-5, 0.5]),
    seed=st.integers(0, 2**32 - 1),
)
def test_gradients_equal_finite_differences(n, m, epsilon, seed):
    Z, gamma, beta = scores(n, m, seed)
    target = np.random.default_rng(seed).standard_normal((n, m))

    def cost(p):  # its gradient with respect to Z_tilde is Z_tilde - target
        Z_tilde, _ = batchnorm.forward(p["Z"], p["gamma"], p["beta"], epsilon)
        return 0.5 * np.square(Z_tilde - target).sum()

    Z_tilde, cache = batchnorm.forward(Z, gamma, beta, epsilon)
    dZ, dgamma, dbeta = batchnorm.backward(Z_tilde - target, cache)
    numerical = gradcheck.numerical_gradient(
        cost, {"Z": Z, "gamma": gamma, "beta": beta}, epsilon=1e-5
    )
    ours = {"dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}
    assert gradcheck.relative_difference(ours, numerical) <= 1e-7
    # one by one, since dgamma and dbeta must not hide a wrong dZ, which is smaller
    np.testing.assert_allclose(dZ, numerical["dZ"], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("shape", [(1, 2), (4, 3), (3, 50)])
def test_forward_and_gradients_equal_keras(shape):
    Z, gamma, beta = scores(*shape, seed=1)
    layer, weight = (
        keras_layer(gamma, beta),
        np.random.default_rng(2).normal(size=shape),
    )
    rows = tf.constant(Z.T)
    with tf.GradientTape() as tape:
        tape.watch(rows)
        theirs = layer(rows, training=True)
        total = tf.reduce_sum(theirs * weight.T)
    dZ, dgamma, dbeta = tape.gradient(
        total, [rows, layer.gamma.value, layer.beta.value]
    )
    Z_tilde, cache = batchnorm.forward(Z, gamma, beta)
    np.testing.assert_allclose(Z_tilde, theirs.numpy().T, rtol=1e-10, atol=1e-12)
    ours = dict(zip("abc", batchnorm.backward(weight, cache), strict=True))
    expected = {"a": dZ.numpy().T, "b": dgamma[:, None], "c": dbeta[:, None]}
    for name in ours:
        np.testing.assert_allclose(ours[name], expected[name], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("momentum", [0.99, 0.6])
def test_running_statistics_equal_keras(momentum):
    _, gamma, beta = scores(3, 1, seed=3)
    layer = keras_layer(gamma, beta, momentum=momentum)
    mean, variance = np.zeros((3, 1)), np.ones((3, 1))
    rng = np.random.default_rng(4)
    for m in (8, 8, 5, 2, 8):
        Z = rng.standard_normal((3, m)) * [[1], [4], [0.1]] + 2
        layer(Z.T, training=True)
        _, cache = batchnorm.forward(Z, gamma, beta)
        mean, variance = batchnorm.update_running(mean, variance, cache, momentum)
    np.testing.assert_allclose(mean[:, 0], layer.moving_mean, rtol=1e-6)
    np.testing.assert_allclose(variance[:, 0], layer.moving_variance, rtol=1e-6)
    Z = rng.standard_normal((3, 4))
    ours = batchnorm.predict(Z, gamma, beta, mean, variance)
    np.testing.assert_allclose(ours.T, layer(Z.T, training=False), rtol=1e-6)


def test_predict_of_one_example_does_not_depend_on_the_others():
    Z, gamma, beta = scores(3, 6, seed=5)
    mean, variance = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    together = batchnorm.predict(Z, gamma, beta, mean, variance)
    np.testing.assert_allclose(
        together, batchnorm.forward(Z, gamma, beta)[0], rtol=1e-12
    )
    alone = batchnorm.predict(Z[:, [2]], gamma, beta, mean, variance)
    np.testing.assert_allclose(alone, together[:, [2]], rtol=1e-14)


def test_nothing_is_changed():
    Z, gamma, beta = scores(3, 6, seed=6)
    mean, variance = np.zeros((3, 1)), np.ones((3, 1))
    given_arrays = (Z, gamma, beta, mean, variance)
    before = [array.copy() for array in given_arrays]
    Z_tilde, cache = batchnorm.forward(Z, gamma, beta)
    dZ_tilde = Z_tilde.copy()
    batchnorm.backward(dZ_tilde, cache)
    batchnorm.predict(Z, gamma, beta, mean, variance)
    batchnorm.update_running(mean, variance, cache)
    for now, old in zip((*given_arrays, dZ_tilde), (*before, Z_tilde), strict=True):
        np.testing.assert_array_equal(now, old)


def test_equal_scores_stay_finite():
    Z, gamma, beta = np.full((2, 5), 7.0), np.ones((2, 1)), np.full((2, 1), 0.25)
    Z_tilde, cache = batchnorm.forward(Z, gamma, beta)
    np.testing.assert_array_equal(Z_tilde, np.full((2, 5), 0.25))
    dZ, _, _ = batchnorm.backward(np.ones((2, 5)), cache)
    np.testing.assert_array_equal(dZ, np.zeros((2, 5)))


def test_float32_stays_float32():
    Z, gamma, beta = scores(3, 6, seed=7, dtype=np.float32)
    Z_tilde, cache = batchnorm.forward(Z, gamma, beta, np.float64(1e-3))
    found = [Z_tilde, *cache, *batchnorm.backward(Z_tilde, cache)]
    mean, variance = np.zeros((3, 1)), np.ones((3, 1))
    found += batchnorm.update_running(mean, variance, cache, np.float64(0.9))
    found.append(batchnorm.predict(Z, gamma, beta, mean, variance))
    assert {array.dtype for array in found} == {np.dtype(np.float32)}


@pytest.mark.parametrize("name", ["gamma", "beta", "mean", "variance"])
@pytest.mark.parametrize("shape", [(3,), (1, 3), (4, 1), ()])
def test_columns_that_would_broadcast_are_refused(name, shape):
    columns = {k: np.ones((3, 1)) for k in ("gamma", "beta", "mean", "variance")}
    columns[name] = np.ones(shape)
    with pytest.raises(ValueError) as error:
        batchnorm.predict(np.ones((3, 4)), **columns)
    assert f"got {name} {shape} and Z (3, 4)" in str(error.value)


def test_other_values_are_refused():
    ones = np.ones((3, 1))
    _, cache = batchnorm.forward(np.ones((3, 4)), ones, ones)
    with pytest.raises(ValueError, match=r"dZ_tilde \(3, 1\) and Z \(3, 4\)"):
        batchnorm.backward(ones, cache)
    with pytest.raises(ValueError, match=r"momentum must lie in \[0, 1\], got 2"):
        batchnorm.update_running(ones, ones, cache, momentum=2)
    with pytest.raises(ValueError, match=r"got mean \(3,\) and Z \(3, 4\)"):
        batchnorm.update_running(np.ones(3), ones, cache)
    for shape in ((3,), (3, 0)):
        with pytest.raises(ValueError, match="m >= 1, got"):
            batchnorm.forward(np.ones(shape), ones, ones)

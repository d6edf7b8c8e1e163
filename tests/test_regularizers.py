import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import gradcheck, regularizers

pytestmark = pytest.mark.filterwarnings("error")


def parameters_of(seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (4, 3), "b1": (4, 1), "gamma1": (4, 1), "beta1": (4, 1)}
    shapes |= {"W2": (2, 4), "b2": (2, 1)}
    return {k: rng.standard_normal(s).astype(dtype) for k, s in shapes.items()}


def test_l2_hand_worked():
    parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[9.0]])}
    parameters["W2"] = np.array([[3.0]])
    # 0.5 / (2 * 7) * (1 + 4 + 9) = 0.5
    assert regularizers.l2_cost(parameters, 0.5, 7) == pytest.approx(0.5, rel=1e-15)
    grads = regularizers.l2_gradients(parameters, 0.5, 10)
    np.testing.assert_allclose(grads["dW1"], [[0.05, -0.1]], rtol=1e-15)
    np.testing.assert_allclose(grads["dW2"], [[0.15]], rtol=1e-15)
    assert list(grads) == ["dW1", "dW2"]
    assert regularizers.weight_norms(parameters) == {"W1": 5**0.5, "W2": 3.0}


def test_l2_gradients_equal_finite_differences():
    parameters = parameters_of()
    numerical = gradcheck.numerical_gradient(
        lambda p: regularizers.l2_cost(p, 0.7, 5), parameters, epsilon=1e-4
    )
    for name, slopes in numerical.items():  # 0 for everything that is no weight
        ours = regularizers.l2_gradients(parameters, 0.7, 5).get(name, 0 * slopes)
        np.testing.assert_allclose(ours, slopes, rtol=1e-8, atol=1e-10)


def test_l2_cost_is_that_of_keras():
    parameters = parameters_of()
    theirs = keras.regularizers.L2(0.7 / (2 * 5))
    expected = sum(float(theirs(parameters[name])) for name in ("W1", "W2"))
    assert regularizers.l2_cost(parameters, 0.7, 5) == pytest.approx(expected, rel=1e-6)


def test_l2_float32_stays_float32():
    small = parameters_of(dtype=np.float32)
    grads = regularizers.l2_gradients(small, np.float64(0.1), np.int64(3))
    assert {value.dtype for value in grads.values()} == {np.dtype(np.float32)}
    for number in (
        regularizers.l2_cost(small, np.float64(0.1), np.int64(3)),
        regularizers.weight_norms(small)["W1"],
    ):
        assert type(number) is float


@pytest.mark.parametrize(("lambd", "m"), [(-0.1, 5), (float("nan"), 5), (0.1, 0)])
@pytest.mark.parametrize("name", ["l2_cost", "l2_gradients"])
def test_l2_refuses(name, lambd, m):
    message = (
        f"m must be >= 1, got {m}" if m < 1 else f"lambd must be >= 0, got {lambd}"
    )
    with pytest.raises(ValueError, match=message):
        getattr(regularizers, name)({}, lambd, m)


@settings(deadline=None)
@given(
    n=st.integers(1, 6),
    m=st.integers(1, 6),
    keep_prob=st.floats(0.01, 1),
    dtype=st.sampled_from([np.float32, np.float64]),
    seed=st.integers(0, 2**32 - 1),
)
def test_dropout_keeps_or_drops_every_entry(n, m, keep_prob, dtype, seed):
    A = np.random.default_rng(seed).standard_normal((n, m)).astype(dtype)
    before = A.copy()
    dropped, D = regularizers.dropout_forward(A, keep_prob, np.random.default_rng(seed))
    again, _ = regularizers.dropout_forward(A, keep_prob, np.random.default_rng(seed))
    assert dropped.dtype == D.dtype == dtype
    np.testing.assert_array_equal(A, before)
    np.testing.assert_array_equal(dropped, again)
    np.testing.assert_array_equal(dropped, A * D)
    kept = D != 0
    np.testing.assert_allclose(D[kept], 1 / keep_prob, rtol=1e-6)
    np.testing.assert_allclose(dropped[kept], A[kept] / keep_prob, rtol=1e-5)
    dA = np.ones_like(A)
    back = regularizers.dropout_backward(dA, D)
    assert back.dtype == dtype
    np.testing.assert_array_equal(back, D)


@pytest.mark.parametrize("keep_prob", [0.2, 0.5, 0.8])
def test_dropout_keeps_the_expected_value(keep_prob):
    A = np.array([[1.0, -2.0], [0.5, 4.0]])
    many = np.repeat(A, 50_000, axis=1)
    rng = np.random.default_rng(0)
    dropped, D = regularizers.dropout_forward(many, keep_prob, rng)
    mean = dropped.reshape(2, 2, -1).mean(axis=2)
    # the mean of so many has a standard error of A sqrt((1 - p) / p / 50000) < .9 %
    np.testing.assert_allclose(mean, A, rtol=0.04)
    assert np.mean(D != 0) == pytest.approx(keep_prob, abs=0.01)
    spread = D.var()  # of a coin, enlarged: (1 - p) / p
    assert spread == pytest.approx((1 - keep_prob) / keep_prob, rel=0.03)


def test_dropout_of_nothing_is_the_identity():
    A = np.array([[1.0, -2.0, 0.0]])
    dropped, D = regularizers.dropout_forward(A, 1, np.random.default_rng(0))
    np.testing.assert_array_equal(dropped, A)
    np.testing.assert_array_equal(D, np.ones((1, 3)))


def test_dropout_scales_as_keras_does():
    A = np.ones((1, 2000))
    _, D = regularizers.dropout_forward(A, 0.75, np.random.default_rng(0))
    keras_layer = keras.layers.Dropout(0.25, seed=0, dtype="float64")
    theirs = keras.ops.convert_to_numpy(keras_layer(A, training=True))
    np.testing.assert_allclose(np.unique(D), np.unique(theirs), rtol=1e-6)
    assert np.mean(D) == pytest.approx(np.mean(theirs), abs=0.1)


def test_dropout_of_integers_is_floating():
    dropped, _ = regularizers.dropout_forward(
        np.full((1, 50), 3), 0.5, np.random.default_rng(0)
    )
    assert set(np.unique(dropped)) == {0.0, 6.0}


@pytest.mark.parametrize("keep_prob", [0, -0.5, 1.5, float("nan")])
def test_dropout_refuses_other_probabilities(keep_prob):
    message = rf"keep_prob must lie in \(0, 1\], got {keep_prob}"
    with pytest.raises(ValueError, match=message):
        regularizers.dropout_forward(
            np.ones((1, 1)), keep_prob, np.random.default_rng(0)
        )


def test_dropout_backward_refuses_a_mask_that_would_broadcast():
    with pytest.raises(ValueError, match=r"dA \(3, 2\) and D \(3, 1\)"):
        regularizers.dropout_backward(np.ones((3, 2)), np.ones((3, 1)))

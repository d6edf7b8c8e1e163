import math

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import gradcheck, losses

pytestmark = pytest.mark.filterwarnings("error")

BINARY = [losses.binary_cross_entropy, losses.binary_cross_entropy_from_logits]
CATEGORICAL = [
    losses.categorical_cross_entropy,
    losses.categorical_cross_entropy_from_logits,
]
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)


def test_binary_hand_worked():
    A, Y = np.array([[0.25, 0.25]]), np.array([[1, 0]])
    # the mean of -log 1/4 and -log 3/4
    expected = (math.log(4) + math.log(4 / 3)) / 2
    assert losses.binary_cross_entropy(A, Y) == pytest.approx(expected, rel=1e-14)


def test_categorical_hand_worked():
    A = np.array([[0.5, 0.1], [0.25, 0.1], [0.25, 0.8]])
    Y = np.array([[0, 0], [1, 0], [0, 1]])
    expected = (math.log(4) + math.log(1 / 0.8)) / 2
    assert losses.categorical_cross_entropy(A, Y) == pytest.approx(expected, rel=1e-14)


@settings(deadline=None)  # a busy machine is no failure
@given(seed=seeds, m=sizes)
def test_binary_equals_a_loop(seed, m):
    rng = np.random.default_rng(seed)
    Z, Y = 3 * rng.standard_normal((1, m)), rng.integers(0, 2, (1, m))
    A = [1 / (1 + math.exp(-z)) for z in Z[0]]
    loop = sum(-math.log(a if y else 1 - a) for a, y in zip(A, Y[0], strict=True)) / m
    values = losses.binary_cross_entropy(np.array([A]), Y)
    assert values == pytest.approx(loop, rel=1e-12)
    assert losses.binary_cross_entropy_from_logits(Z, Y) == pytest.approx(
        loop, rel=1e-11
    )


@settings(deadline=None)
@given(seed=seeds, m=sizes, num_classes=st.integers(2, 5))
def test_categorical_equals_a_loop(seed, m, num_classes):
    rng = np.random.default_rng(seed)
    Z, labels = (
        3 * rng.standard_normal((num_classes, m)),
        rng.integers(num_classes, size=m),
    )
    A, loop = np.zeros_like(Z), 0.0
    for i in range(m):
        total = sum(math.exp(z) for z in Z[:, i])
        for c in range(num_classes):
            A[c, i] = math.exp(Z[c, i]) / total
        loop -= math.log(A[labels[i], i]) / m
    Y = losses.one_hot(labels, num_classes)
    assert losses.categorical_cross_entropy(A, Y) == pytest.approx(loop, rel=1e-12)
    value = losses.categorical_cross_entropy_from_logits(Z, Y)
    assert value == pytest.approx(loop, rel=1e-11)


@settings(deadline=None)
@given(q=st.floats(0.01, 0.99), a=st.floats(0.01, 0.99))
def test_soft_labels_weigh_both_terms(q, a):
    expected = -q * math.log(a) - (1 - q) * math.log(1 - a)
    binary = losses.binary_cross_entropy(np.array([[a]]), np.array([[q]]))
    assert binary == pytest.approx(expected, rel=1e-12)
    A, Y = np.array([[a], [1 - a]]), np.array([[q], [1 - q]])
    assert losses.categorical_cross_entropy(A, Y) == pytest.approx(expected, rel=1e-12)


def test_certain_and_right_costs_nothing():
    A = np.array([[0.0, 1.0]])
    cost = losses.binary_cross_entropy(A, A)
    assert cost == 0
    assert math.copysign(1, cost) == 1  # printed as 0.0, not -0.0
    assert losses.categorical_cross_entropy(np.eye(3), np.eye(3)) == 0


def test_certain_and_wrong_costs_infinity():
    A = np.array([[0.0, 1.0]])
    assert losses.binary_cross_entropy(A, 1 - A) == math.inf
    assert losses.categorical_cross_entropy(np.eye(2), 1 - np.eye(2)) == math.inf


@pytest.mark.parametrize("z", [1000.0, 1e308])
def test_extreme_logits(z):
    Z, right = np.array([[-z, z]]), np.array([[0, 1]])
    assert losses.binary_cross_entropy_from_logits(Z, right) == 0
    assert losses.binary_cross_entropy_from_logits(Z[:, :1], 1 - right[:, :1]) == z
    Z = np.array([[z], [0.0]])
    assert losses.categorical_cross_entropy_from_logits(Z, [[1], [0]]) == 0
    assert losses.categorical_cross_entropy_from_logits(Z, [[0], [1]]) == z


def test_logits_whose_difference_overflows():
    Z = np.array([[1e308], [-1e308]])
    assert losses.categorical_cross_entropy_from_logits(Z, [[1], [0]]) == 0


@pytest.mark.parametrize("loss", BINARY + CATEGORICAL)
def test_shapes_must_agree(loss):
    with pytest.raises(ValueError, match=r"\(1, 3\).*\(3,\)"):
        loss(np.full((1, 3), 0.5), np.ones(3))
    with pytest.raises(ValueError, match=r"\(1, 3\).*\(3, 1\)"):
        loss(np.full((1, 3), 0.5), np.ones((3, 1)))
    with pytest.raises(ValueError, match="at least one example"):
        loss(np.zeros((1, 0)), np.zeros((1, 0)))


@pytest.mark.parametrize("loss", BINARY + CATEGORICAL)
def test_labels_must_lie_in_the_unit_range(loss):
    with pytest.raises(ValueError, match=r"Y must lie in \[0, 1\], got .*-1.* to 1"):
        loss(np.full((1, 2), 0.5), np.array([[-1, 1]]))


@pytest.mark.parametrize(
    "loss", [losses.binary_cross_entropy, losses.categorical_cross_entropy]
)
@pytest.mark.parametrize("bad", [-0.1, 1.1, math.nan])
def test_probabilities_must_lie_in_the_unit_range(loss, bad):
    with pytest.raises(ValueError, match=f"A must lie in .*{bad}"):
        loss(np.array([[bad]]), np.array([[1]]))


def test_l1_and_l2_hand_worked():
    Y_hat, Y = np.array([0.5, 1.0, -2.0]), np.array([1, 1, 1])
    assert losses.l1(Y_hat, Y) == 3.5
    assert losses.l2(Y_hat, Y) == 9.25


def test_l1_and_l2_of_unsigned_integers_do_not_wrap():
    Y_hat, Y = np.array([3], dtype=np.uint8), np.array([1], dtype=np.uint8)
    assert (losses.l1(Y_hat, Y), losses.l2(Y_hat, Y)) == (2, 4)


@pytest.mark.parametrize("loss", [losses.l1, losses.l2])
def test_l1_and_l2_shapes_must_agree(loss):
    with pytest.raises(ValueError, match=r"\(3,\).*\(1, 3\)"):
        loss(np.ones(3), np.ones((1, 3)))


@pytest.mark.parametrize("shape", [(3,), (1, 3)])
def test_one_hot(shape):
    Y = losses.one_hot(np.array([2, 0, 2]).reshape(shape), 4)
    np.testing.assert_array_equal(Y, [[0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]])
    assert Y.dtype == np.float64


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 3], r"0 \.\. 2, got values from 0 to 3"),
        ([-1, 0], r"0 \.\. 2, got values from -1 to 0"),
        ([0.0, 1.0], "float64"),
        ([[0], [1]], r"\(2, 1\)"),
    ],
)
def test_one_hot_refuses(labels, message):
    with pytest.raises(ValueError, match=message):
        losses.one_hot(np.array(labels), 3)


# One anchor at the origin; |A - P|^2 = 1, |A - N|^2 = 4, 1 and 1.1.
PENCIL = (
    np.zeros((2, 3)),
    np.array([[1.0, 0.0, 0.6], [0.0, -1.0, 0.8]]),
    np.array([[0.0, 1.0, 1.0], [2.0, 0.0, math.sqrt(0.1)]]),
)


def triplets(n, m, seed, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((n, m)).astype(dtype) for _ in range(3)]


def test_triplet_hand_worked():
    # the first negative is far enough away; 1 - 1 + 0.2 and 1 - 1.1 + 0.2 remain
    assert losses.triplet(*PENCIL) == pytest.approx((0 + 0.2 + 0.1) / 3, rel=1e-12)
    assert losses.triplet(*PENCIL, margin=0) == 0
    dA, dP, dN = losses.triplet_gradients(*PENCIL)
    # 2 (N - P), 2 (P - A), 2 (A - N), over the three triplets
    root = math.sqrt(0.1)
    np.testing.assert_allclose(dA, 2 / 3 * np.array([[0, 1, 0.4], [0, 1, root - 0.8]]))
    np.testing.assert_allclose(dP, 2 / 3 * np.array([[0, 0, 0.6], [0, -1, 0.8]]))
    np.testing.assert_allclose(dN, -2 / 3 * np.array([[0, 1, 1], [0, 0, root]]))


@settings(deadline=None)
@given(n=sizes, m=sizes, margin=st.floats(0, 5), seed=seeds)
def test_triplet_equals_a_loop(n, m, margin, seed):
    A, P, N = triplets(n, m, seed)
    loop = 0.0
    for i in range(m):
        to_P = sum((A[k, i] - P[k, i]) ** 2 for k in range(n))
        to_N = sum((A[k, i] - N[k, i]) ** 2 for k in range(n))
        loop += max(to_P - to_N + margin, 0) / m
    assert losses.triplet(A, P, N, margin) == pytest.approx(loop, rel=1e-11, abs=1e-12)


@settings(deadline=None)
@given(n=sizes, m=sizes, margin=st.sampled_from([0.0, 0.2, 3.0]), seed=seeds)
def test_triplet_gradients_equal_finite_differences(n, m, margin, seed):
    A, P, N = triplets(n, m, seed)
    gaps = np.square(A - P).sum(axis=0) - np.square(A - N).sum(axis=0) + margin
    assume(np.abs(gaps).min() > 1e-4)  # at the kink there is no slope to compare
    numerical = gradcheck.numerical_gradient(
        lambda p: losses.triplet(p["A"], p["P"], p["N"], margin),
        {"A": A, "P": P, "N": N},
    )
    ours = losses.triplet_gradients(A, P, N, margin)
    for slopes, name in zip(ours, ("dA", "dP", "dN"), strict=True):
        np.testing.assert_allclose(slopes, numerical[name], atol=1e-8, rtol=1e-6)


@pytest.mark.parametrize(("n", "m", "margin"), [(4, 7, 0.2), (1, 5, 0.0), (6, 1, 9.0)])
def test_triplet_equals_tensorflow(n, m, margin):
    A, P, N = (tf.constant(values) for values in triplets(n, m, seed=1))
    with tf.GradientTape() as tape:
        tape.watch([A, P, N])
        to_P, to_N = (tf.reduce_sum((A - other) ** 2, axis=0) for other in (P, N))
        cost = tf.reduce_mean(tf.nn.relu(to_P - to_N + margin))
    given_arrays = [values.numpy() for values in (A, P, N)]
    assert losses.triplet(*given_arrays, margin) == pytest.approx(
        float(cost), rel=1e-13
    )
    ours = losses.triplet_gradients(*given_arrays, margin)
    for slopes, theirs in zip(ours, tape.gradient(cost, [A, P, N]), strict=True):
        np.testing.assert_allclose(slopes, theirs, rtol=1e-12, atol=1e-14)


def test_triplet_of_equal_embeddings_costs_the_margin_and_has_no_slope():
    same = np.ones((3, 4))
    assert losses.triplet(same, same, same, margin=0.5) == 0.5
    assert not np.any(losses.triplet_gradients(same, same, same, margin=0.5))


def test_triplet_has_slope_zero_at_its_kink():
    A, P, N = np.zeros((1, 1)), np.ones((1, 1)), np.full((1, 1), 2.0)
    assert losses.triplet(A, P, N, margin=3) == 0  # 1 - 4 + 3
    assert not np.any(losses.triplet_gradients(A, P, N, margin=3))


def test_triplet_types():
    A, P, N = triplets(3, 5, seed=2, dtype=np.float32)
    kept = [values.copy() for values in (A, P, N)]
    slopes = losses.triplet_gradients(A, P, N, np.float64(0.2))
    assert {values.dtype for values in slopes} == {np.dtype(np.float32)}
    for now, old in zip((A, P, N), kept, strict=True):
        np.testing.assert_array_equal(now, old)
    near, far = np.array([[1]], dtype=np.uint8), np.array([[3]], dtype=np.uint8)
    assert losses.triplet(near, far, far, margin=1) == 1  # unsigned, 1 - 3 is no 254


@pytest.mark.parametrize("loss", [losses.triplet, losses.triplet_gradients])
def test_triplet_refuses(loss):
    ones = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"A \(2, 3\), P \(2, 1\) and N \(2, 3\)"):
        loss(ones, np.ones((2, 1)), ones)
    with pytest.raises(ValueError, match=r"m >= 1, got A \(3,\)"):
        loss(*[np.ones(3)] * 3)
    with pytest.raises(ValueError, match=r"m >= 1, got A \(2, 0\)"):
        loss(*[np.ones((2, 0))] * 3)
    for margin in (-0.1, math.nan):
        with pytest.raises(ValueError, match=f"margin must be >= 0, got {margin}"):
            loss(ones, ones, ones, margin)

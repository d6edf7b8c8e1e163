import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import metrics


@pytest.mark.parametrize("shape", [(4,), (1, 4)])
def test_accuracy_hand_worked(shape):
    Y_hat, Y = np.array([1, 0, 2, 1]), np.array([1, 0, 1, 1])
    assert metrics.accuracy(Y_hat.reshape(shape), Y.reshape(shape)) == 0.75


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_accuracy_refuses_to_broadcast(shape):
    with pytest.raises(ValueError, match=r"Y_hat \(1, 4\) and Y \(4,"):
        metrics.accuracy(np.zeros((1, 4)), np.zeros(shape))


def test_accuracy_of_nothing():
    with pytest.raises(ValueError, match="at least one"):
        metrics.accuracy(np.zeros((1, 0)), np.zeros((1, 0)))


@settings(deadline=None)  # a busy machine is no failure
@given(seed=st.integers(0, 1000), m=st.integers(1, 40), num_classes=st.integers(1, 5))
def test_confusion_matrix_equals_a_loop(seed, m, num_classes):
    rng = np.random.default_rng(seed)
    Y_hat, Y = rng.integers(num_classes, size=(2, 1, m))
    counts = [[0] * num_classes for _ in range(num_classes)]
    for predicted, true in zip(Y_hat[0], Y[0], strict=True):
        counts[true][predicted] += 1
    result = metrics.confusion_matrix(Y_hat, Y, num_classes)
    np.testing.assert_array_equal(result, counts)
    assert np.issubdtype(result.dtype, np.integer)


@pytest.mark.parametrize(
    ("Y_hat", "message"),
    [
        ([[0, 2]], r"Y_hat must lie in 0 \.\. 1, got values from 0 to 2"),
        ([[-1, 0]], r"Y_hat must lie in 0 \.\. 1, got values from -1 to 0"),
        ([[0.0, 1.0]], "integers, got float64"),
        ([[0, 1, 1]], r"\(1, 3\).*\(1, 2\)"),
    ],
)
def test_confusion_matrix_refuses(Y_hat, message):
    with pytest.raises(ValueError, match=message):
        metrics.confusion_matrix(np.array(Y_hat), np.array([[0, 1]]), 2)


@settings(deadline=None)
@given(m=st.integers(1, 5000), share=st.floats(0, 1), z=st.floats(0.5, 4))
def test_wilson_ends_are_z_deviations_from_the_count(m, share, z):
    num_correct = round(share * m)
    for p in metrics.wilson_interval(num_correct, m, z):
        # the defining equation: |num_correct / m - p| = z sqrt(p (1 - p) / m)
        deviation = z * math.sqrt(p * (1 - p) / m)
        assert abs(num_correct / m - p) == pytest.approx(deviation, abs=1e-7)


@pytest.mark.parametrize("m", [1, 7, 100])
def test_wilson_at_the_ends(m):
    low, high = metrics.wilson_interval(0, m)
    assert (low, high) == (0, pytest.approx(1.96**2 / (m + 1.96**2)))
    assert metrics.wilson_interval(m, m) == pytest.approx((1 - high, 1))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_wilson_covers_the_true_accuracy(p):
    m, covered = 50, 0.0
    for k in range(m + 1):
        low, high = metrics.wilson_interval(k, m)
        covered += math.comb(m, k) * p**k * (1 - p) ** (m - k) * (low <= p <= high)
    assert 0.92 < covered < 0.98


@pytest.mark.parametrize(("num_correct", "m"), [(3, 2), (-1, 2), (0, 0)])
def test_wilson_refuses(num_correct, m):
    with pytest.raises(ValueError, match=f"got {num_correct} of {m}"):
        metrics.wilson_interval(num_correct, m)

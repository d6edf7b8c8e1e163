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


def test_roc_hand_worked():
    # Falling thresholds: .9 a true one; .8 one of each at once; .1 a false one.
    false_rate, true_rate, thresholds = metrics.roc_curve(
        np.array([0.8, 0.1, 0.9, 0.8]), np.array([True, False, True, False])
    )
    np.testing.assert_array_equal(thresholds, [np.inf, 0.9, 0.8, 0.1])
    np.testing.assert_allclose(true_rate, [0, 0.5, 1, 1])
    np.testing.assert_allclose(false_rate, [0, 0, 0.5, 1])


SCORED = st.lists(
    st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=30
).filter(lambda pairs: len({same for _, same in pairs}) == 2)


@given(SCORED)
def test_roc_rates_are_counts_at_their_thresholds(pairs):
    scores, same = (np.array(column) for column in zip(*pairs, strict=True))
    false_rate, true_rate, thresholds = metrics.roc_curve(scores, same)
    assert len(thresholds) == len(np.unique(scores)) + 1
    for k, threshold in enumerate(thresholds):
        yes = scores >= threshold
        assert true_rate[k] == pytest.approx(yes[same].mean())
        assert false_rate[k] == pytest.approx(yes[~same].mean())


@given(SCORED)
def test_auc_is_the_share_of_pairs_in_order(pairs):
    yes = [score for score, same in pairs if same]
    no = [score for score, same in pairs if not same]
    wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    scores, same = (np.array(column) for column in zip(*pairs, strict=True))
    auc = metrics.roc_auc(scores, same)
    assert auc == pytest.approx(wins / (len(yes) * len(no)))
    assert metrics.roc_auc(-scores, same) == pytest.approx(1 - auc)


@pytest.mark.parametrize(
    ("scores", "same", "message"),
    [
        ([1.0, 2.0], [True], r"scores \(2,\) and same \(1,\)"),
        ([[1.0, 2.0]], [[True, False]], r"\(m,\), got scores \(1, 2\)"),
        ([1.0, np.nan], [True, False], "score 1 is nan"),
        ([1.0, 2.0], [True, True], "got 2 yes of 2"),
        ([1.0, 2.0], [0, 0], "got 0 yes of 2"),
        ([1.0, 2.0], [0.0, 0.5], "yes and no"),
    ],
)
def test_roc_refuses(scores, same, message):
    with pytest.raises(ValueError, match=message):
        metrics.roc_auc(np.array(scores), np.array(same))


def test_overlap_of_masks_hand_worked():
    a = np.array([[1, 1, 1], [0, 0, 0]], dtype=bool)
    b = np.array([[0, 1, 1], [1, 0, 0]], dtype=bool)
    assert metrics.mask_iou(a, b) == 2 / 4
    assert metrics.dice(a, b) == 2 * 2 / (3 + 3)


@given(seed=st.integers(0, 999), share=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_overlap_equals_sets_of_pixels(seed, share):
    a, b = np.random.default_rng(seed).uniform(size=(2, 3, 4)) < share
    one, two = ({*map(tuple, np.argwhere(mask))} for mask in (a, b))
    iou = metrics.mask_iou(a, b)
    assert iou == (len(one & two) / len(one | two) if one | two else 1)
    assert metrics.dice(a, b) == pytest.approx(2 * iou / (1 + iou))
    assert metrics.mask_iou(b, a) == iou


@pytest.mark.parametrize("measure", [metrics.mask_iou, metrics.dice])
def test_overlap_refuses(measure):
    with pytest.raises(ValueError, match=r"\(2, 3\), \(3,\)"):
        measure(np.ones((2, 3), bool), np.ones(3, bool))
    with pytest.raises(ValueError, match="bool, got float64 and bool"):
        measure(np.ones(3), np.ones(3, bool))

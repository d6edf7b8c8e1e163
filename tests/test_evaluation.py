"""utils.tasks.evaluation on hand-worked numbers, against loops and known truths."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import evaluation, metrics

pytestmark = pytest.mark.filterwarnings("error")


def generator(seed=0):
    return np.random.default_rng(seed)


def test_bootstrap_of_two_examples_by_hand():
    # the means of two draws from 0 and 1 are 0, 1/2, 1/2 and 1, equally likely
    found = evaluation.bootstrap([0, 1], generator(), level=0.4)
    assert found == (0.5, 0.5, 0.5)
    assert evaluation.bootstrap([0, 1], generator(), level=0.6) == (0.5, 0, 1)


def test_bootstrap_agrees_with_the_formula_for_a_mean():
    values = generator(1).normal(3, 2, 400)
    found = evaluation.bootstrap(values, generator(2), num_draws=20000)
    half = 1.96 * values.std() / 20
    expected = values.mean(), values.mean() - half, values.mean() + half
    np.testing.assert_allclose(found, expected, atol=0.03 * half + 1e-12)


def test_bootstrap_covers_the_truth_as_often_as_it_says():
    """80 % intervals of 400 samples; a standard deviation of the count is 8."""
    rng = generator(3)
    hits = 0
    for _ in range(400):
        _, low, high = evaluation.bootstrap(
            rng.random(80) < 0.3, rng, num_draws=300, level=0.8
        )
        hits += low <= 0.3 <= high
    assert 0.72 * 400 < hits < 0.86 * 400


def test_groups_are_drawn_whole():
    # two persons, one always right: any draw is all, half or none right
    right, persons = np.repeat([1, 0], 50), np.repeat(["Ada", "Bo"], 50)
    alone = evaluation.bootstrap(right, generator())
    assert 0.1 < alone.high - alone.low < 0.3
    assert evaluation.bootstrap(right, generator(), persons) == (0.5, 0, 1)
    # a group of its own for each example is no grouping
    each = evaluation.bootstrap(right, generator(), np.arange(100))
    assert each == alone


def test_groups_count_by_their_size():
    values, groups = np.array([1.0, 1.0, 1.0, 0.0]), np.array([7, 7, 7, 2])
    found = evaluation.bootstrap(values, generator(), groups, level=0.4)
    assert found == (0.75, 0.75, 0.75)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"values": []}, r"m >= 1, got \(0,\)"),
        ({"values": [[1, 2]]}, r"m >= 1, got \(1, 2\)"),
        ({"groups": [1]}, r"groups must be \(3,\), got \(1,\)"),
        ({"num_draws": 0}, "got 0 and 0.95"),
        ({"level": 1.0}, "got 2000 and 1.0"),
    ],
)
def test_bootstrap_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        evaluation.bootstrap(**{"values": [1, 2, 3], "rng": generator()} | arguments)


def test_few_repeats_by_hand():
    # mean 2, s = sqrt((1 + 0 + 1) / 2) = 1, 4.303 / sqrt(3) = 2.484
    found = evaluation.t_interval([1.0, 2.0, 3.0])
    np.testing.assert_allclose(found, [2, 2 - 2.4843, 2 + 2.4843], atol=1e-4)


@pytest.mark.parametrize("n", [2, 5, 8, 31])
def test_t_leaves_a_fortieth_above(n):
    nu = n - 1
    # with x = tan a the density is cos(a)^(nu - 1), up to a factor
    angles = np.linspace(-np.pi / 2, np.pi / 2, 200_001)
    shares = np.cumsum(np.cos(angles) ** (nu - 1))
    values = np.arange(n)
    mean, low, _ = evaluation.t_interval(values)
    t = (mean - low) / (values.std(ddof=1) / np.sqrt(n))
    below = np.interp(np.arctan(t / np.sqrt(nu)), angles, shares / shares[-1])
    assert below == pytest.approx(0.975, abs=2e-5)


@pytest.mark.parametrize("values", [[1.0], [], [[1.0, 2.0]], np.ones(32)])
def test_few_repeats_refuse(values):
    with pytest.raises(ValueError, match=r"2 <= n <= 31, got \("):
        evaluation.t_interval(values)


def test_slices_by_hand():
    right = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1, 1], dtype=bool)
    groups = np.array(["fog", "day", "fog", "day", "fog", "night", *"dddd"])
    found = evaluation.slices(right, groups)
    assert [row[:3] for row in found[:2]] == [("fog", 3, 2), ("night", 1, 1)]
    assert {row.name for row in found} == {"fog", "night", "day", "d"}
    assert found[0].accuracy == pytest.approx(1 / 3)
    assert found[0].ceiling == pytest.approx(0.2)
    assert (found[0].low, found[0].high) == metrics.wilson_interval(1, 3)


@settings(deadline=None)
@given(seed=st.integers(0, 1000), m=st.integers(1, 60), kinds=st.integers(1, 5))
def test_slices_add_up(seed, m, kinds):
    rng = generator(seed)
    right, groups = rng.random(m) < 0.7, rng.integers(kinds, size=m)
    found = evaluation.slices(right, groups)
    assert sum(row.m for row in found) == m
    assert sum(row.ceiling for row in found) == pytest.approx(1 - right.mean())
    for row in found:
        here = [r for r, g in zip(right, groups, strict=True) if g == row.name]
        assert (row.m, row.errors) == (len(here), here.count(False))
    errors = [row.errors for row in found]
    assert errors == sorted(errors, reverse=True)


def test_costs_by_hand():
    confusion = np.array([[90, 4], [1, 5]])  # one miss, four false alarms
    costs = np.array([[0, 2], [50, 0]])
    assert evaluation.expected_cost(confusion, costs) == pytest.approx(0.58)
    # all errors equally bad: the error
    plain = evaluation.expected_cost(confusion, 1 - np.eye(2))
    assert plain == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("confusion", "costs", "message"),
    [
        (np.ones((2, 2)), np.ones((3, 3)), r"got \(2, 2\) and \(3, 3\)"),
        (np.ones((2, 3)), np.ones((2, 3)), r"got \(2, 3\) and \(2, 3\)"),
        (np.zeros((2, 2)), np.ones((2, 2)), "holds no example"),
    ],
)
def test_costs_refuse(confusion, costs, message):
    with pytest.raises(ValueError, match=message):
        evaluation.expected_cost(confusion, costs)


def test_f_scores_by_hand():
    assert evaluation.f_score(0.5, 1.0) == pytest.approx(2 / 3)
    assert evaluation.f_score(0.5, 1.0, beta=2) == pytest.approx(5 / 6)
    assert evaluation.f_score(0.0, 0.0) == 0
    with pytest.raises(ValueError, match=r"got 1\.5, 1\.0 and 1\.0"):
        evaluation.f_score(1.5, 1.0)


@given(precision=st.floats(0.01, 1), recall=st.floats(0.01, 1), beta=st.floats(0.1, 10))
def test_f_score_is_the_weighted_harmonic_mean(precision, recall, beta):
    weight = 1 / (1 + beta**2)
    expected = 1 / (weight / precision + (1 - weight) / recall)
    found = evaluation.f_score(precision, recall, beta)
    assert found == pytest.approx(expected)


def test_calibration_by_hand():
    confidence = np.array([0.55, 0.65, 0.95, 0.95, 1.0])
    right = np.array([True, False, True, True, False])
    found = evaluation.calibration(confidence, right, num_bins=5)
    np.testing.assert_allclose(found.confidence, [0.55, 0.65, 2.9 / 3])
    np.testing.assert_allclose(found.accuracy, [1, 0, 2 / 3])
    assert found.m.tolist() == [1, 1, 3]
    assert found.error == pytest.approx((0.45 + 0.65 + 3 * 0.3) / 5)


@settings(deadline=None)
@given(seed=st.integers(0, 1000), m=st.integers(1, 50), num_bins=st.integers(1, 12))
def test_calibration_equals_a_loop(seed, m, num_bins):
    rng = generator(seed)
    # multiples of 1 / 24 meet the edges of many bins
    confidence, right = rng.integers(25, size=m) / 24, rng.random(m) < 0.5
    bins = {}
    for c, r in zip(confidence, right, strict=True):
        place = max(k for k in range(num_bins) if k / num_bins <= c)
        bins.setdefault(place, []).append((c, r))
    found = evaluation.calibration(confidence, right, num_bins)
    means = [np.mean(bins[k], axis=0) for k in sorted(bins)]
    np.testing.assert_allclose(np.stack(found[:2], axis=1), means)
    gaps = [
        abs(c - r) * len(bins[k]) for k, (c, r) in zip(sorted(bins), means, strict=True)
    ]
    assert found.error == pytest.approx(sum(gaps) / m)


def test_an_honest_model_is_calibrated():
    rng = generator(5)
    confidence = rng.uniform(0.2, 1, 200_000)
    right = rng.random(200_000) < confidence
    assert evaluation.calibration(confidence, right).error < 0.005
    assert evaluation.calibration(confidence, right[::-1]).error > 0.1


@pytest.mark.parametrize(
    ("confidence", "right", "message"),
    [
        ([0.5, 1.2], [1, 0], "values from 0.5 to 1.2"),
        ([0.5], [1, 0], r"confidence \(1,\) and right \(2,\)"),
        ([], [], r"confidence must be \(m,\) with m >= 1, got \(0,\)"),
    ],
)
def test_calibration_refuses(confidence, right, message):
    with pytest.raises(ValueError, match=message):
        evaluation.calibration(np.array(confidence), np.array(right))

"""Compare models and decide: intervals, slices, costs, F scores, calibration."""

from typing import NamedTuple

import numpy as np

from utils.tasks import metrics

# 97.5 % points of Student's t for 1, 2, ... 30 degrees of freedom (Student 1908,
# Biometrika 6:1; the digits are checked against the integral of the density).
T_975 = np.array(
    """12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262 2.228 2.201 2.179 2.160
    2.145 2.131 2.120 2.110 2.101 2.093 2.086 2.080 2.074 2.069 2.064 2.060 2.056 2.052
    2.048 2.045 2.042""".split(),
    dtype=np.float64,
)


class Interval(NamedTuple):
    """An estimate and the range that fits the data."""

    estimate: float
    low: float
    high: float


class Slice(NamedTuple):
    """How a model does on one kind of examples."""

    name: str | int
    m: int  # examples of this kind
    errors: int
    accuracy: float
    low: float  # of the accuracy, Wilson's interval
    high: float
    ceiling: float  # by how much the accuracy of all rises if these errors vanish


class Calibration(NamedTuple):
    """Bins of confidence, without the empty ones, and the gap over all of them."""

    confidence: np.ndarray  # (n,) mean
    accuracy: np.ndarray  # (n,) share of right answers
    m: np.ndarray  # (n,) int, examples
    error: float  # expected calibration error: mean of |gap|, weighted with m


def bootstrap(
    values: np.ndarray,
    rng: np.random.Generator,
    groups: np.ndarray | None = None,
    num_draws: int = 2000,
    level: float = 0.95,
) -> Interval:
    """Interval of a mean: draw the examples again, with replacement, many times.

    values    : (m,) float or bool   one number per example; to compare two models on
                the same examples, the difference of theirs
    rng       : draws the examples
    groups    : (m,)                 examples that belong together (one person, one day)
                are drawn together; None if each stands for itself
    num_draws : int >= 1             means to draw
    level     : float in (0, 1)      share of the drawn means between low and high
    returns    Interval
    raises     ValueError with the shapes, or with the number or level

    Efron 1979, Ann. Stat. 7:1.
    """
    values = _vector(values, "values").astype(np.float64)
    if num_draws < 1 or not 0 < level < 1:
        raise ValueError(
            f"expected num_draws >= 1 and 0 < level < 1, got {num_draws} and {level}"
        )
    sums, sizes = values, np.ones(len(values))
    if groups is not None:
        _, index = _kinds(groups, values)
        sums, sizes = np.bincount(index, values), np.bincount(index)
    n, means = len(sums), []
    at_once = max(1, 1_000_000 // n)  # a table of all draws need not fit into memory
    for start in range(0, num_draws, at_once):
        drawn = rng.integers(n, size=(min(at_once, num_draws - start), n))
        means.append(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))
    tail = (1 - level) / 2
    low, high = np.quantile(np.concatenate(means), [tail, 1 - tail])
    return Interval(float(values.mean()), float(low), float(high))


def t_interval(values: np.ndarray) -> Interval:
    """95 % interval of a mean of a few repeats, such as trainings from several seeds.

    values : (n,) float, 2 <= n <= 31   one number per repeat; to compare two recipes in
             the same repeats, the difference of theirs
    returns Interval, mean -+ t s / sqrt(n) with the sample's standard deviation s
    raises  ValueError with the shape
    """
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 1 or not 2 <= len(values) <= len(T_975) + 1:
        raise ValueError(f"values must be (n,) with 2 <= n <= 31, got {values.shape}")
    n, mean = len(values), float(values.mean())
    half = float(T_975[n - 2] * values.std(ddof=1) / np.sqrt(n))
    return Interval(mean, mean - half, mean + half)


def slices(right: np.ndarray, groups: np.ndarray) -> list[Slice]:
    """Table of errors by kind, the kind with most errors first.

    right   : (m,) bool        was the answer right
    groups  : (m,) str or int  kind of each example
    returns  one Slice per kind; the ceilings add up to the error of all
    raises   ValueError naming both shapes if they differ or hold no example
    """
    right = _vector(right, "right").astype(bool)
    names, index = _kinds(groups, right)
    totals = np.bincount(index)
    table = []
    for name, m, hits in zip(
        names.tolist(), totals, np.bincount(index, right), strict=True
    ):
        m, errors = int(m), int(m - hits)
        interval = metrics.wilson_interval(m - errors, m)
        row = Slice(name, m, errors, 1 - errors / m, *interval, errors / len(right))
        table.append(row)
    return sorted(table, key=lambda row: -row.errors)


def expected_cost(confusion: np.ndarray, costs: np.ndarray) -> float:
    """Cost per example when errors are not equally bad.

    confusion : (C, C) int     row true class, column predicted class, as
                `metrics.confusion_matrix` counts them
    costs     : (C, C) float   cost of each case; the diagonal is usually 0
    returns    float, in the unit of the costs
    raises     ValueError naming both shapes if they differ, or if nothing was counted
    """
    confusion, costs = np.asarray(confusion), np.asarray(costs, dtype=np.float64)
    square = confusion.ndim == 2 and confusion.shape[0] == confusion.shape[1]
    if not square or costs.shape != confusion.shape:
        raise ValueError(
            "expected confusion and costs of one shape (C, C), got "
            f"{confusion.shape} and {costs.shape}"
        )
    if not confusion.sum():
        raise ValueError("confusion holds no example")
    return float((confusion * costs).sum() / confusion.sum())


def f_score(precision: float, recall: float, beta: float = 1.0) -> float:
    """Weighted harmonic mean; at beta = 2 recall counts as twice as important.

    precision, recall : floats in [0, 1]
    beta              : float > 0
    returns            float in [0, 1]; 0 if both are 0
    raises             ValueError with what came

    van Rijsbergen 1979, chapter 7.
    """
    if not (0 <= precision <= 1 and 0 <= recall <= 1 and beta > 0):
        raise ValueError(
            "expected precision and recall in [0, 1] and beta > 0, got "
            f"{precision}, {recall} and {beta}"
        )
    below = beta**2 * precision + recall
    return (1 + beta**2) * precision * recall / below if below else 0.0


def calibration(
    confidence: np.ndarray, right: np.ndarray, num_bins: int = 10
) -> Calibration:
    """Compare how sure a model is with how often it is right.

    confidence : (m,) float in [0, 1]   probability of the predicted class
    right      : (m,) bool
    num_bins   : int >= 1               bins of equal width; an edge belongs to the
                 bin above it, 1 to the last
    returns     Calibration
    raises      ValueError naming the shapes, the range or the number

    Guo et al. 2017, equation 3.
    """
    confidence = _vector(confidence, "confidence")
    right = np.asarray(right, dtype=bool)
    if right.shape != confidence.shape:
        raise ValueError(
            f"confidence {confidence.shape} and right {right.shape} must be alike"
        )
    if not 0 <= confidence.min() <= confidence.max() <= 1 or num_bins < 1:
        raise ValueError(
            f"expected confidence in [0, 1] and num_bins >= 1, got values from "
            f"{confidence.min()} to {confidence.max()} and {num_bins} bins"
        )
    edges = np.arange(1, num_bins) / num_bins
    index = np.searchsorted(edges, confidence, side="right")
    counts = np.bincount(index, minlength=num_bins)
    here = counts > 0
    m = counts[here]
    sure = np.bincount(index, confidence, num_bins)[here] / m
    hits = np.bincount(index, right, num_bins)[here] / m
    gap = float((m * np.abs(sure - hits)).sum() / len(confidence))
    return Calibration(sure, hits, m, gap)


def _vector(values: np.ndarray, name: str) -> np.ndarray:
    values = np.asarray(values)
    if values.ndim != 1 or not len(values):
        raise ValueError(f"{name} must be (m,) with m >= 1, got {values.shape}")
    return values


def _kinds(groups: np.ndarray, like: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different groups, and the number of each example's group."""
    groups = np.asarray(groups)
    if groups.shape != like.shape:
        raise ValueError(f"groups must be {like.shape}, got {groups.shape}")
    return np.unique(groups, return_inverse=True)

import math

import numpy as np
import pytest

from utils.data import points
from utils.nn import dense, initializers
from utils.tasks import metrics

pytestmark = pytest.mark.filterwarnings("error")

GENERATORS = [
    points.petals,
    points.moons,
    points.circles,
    points.spirals,
    points.blobs,
    points.mixture,
]
every_generator = pytest.mark.parametrize("generator", GENERATORS)


@every_generator
@pytest.mark.parametrize("m", [1, 2, 7, 300])
def test_one_column_per_point(generator, m):
    sample = generator(m, np.random.default_rng(0))
    assert (sample.X.shape, sample.Y.shape) == ((2, m), (1, m))
    assert sample.X.dtype == np.float64
    assert np.issubdtype(sample.Y.dtype, np.integer)


@every_generator
@pytest.mark.parametrize("m", [300, 301])
def test_classes_have_equal_size(generator, m):
    counts = np.bincount(generator(m, np.random.default_rng(0)).Y[0])
    assert len(counts) == (3 if generator is points.blobs else 2)
    assert counts.max() - counts.min() <= 1


@every_generator
def test_classes_come_in_random_order(generator):
    # so that a plain slice is a fair split: neighbours are of one class by chance only
    Y = generator(3000, np.random.default_rng(0)).Y[0]
    assert (Y[1:] == Y[:-1]).mean() == pytest.approx(1 / (Y.max() + 1), abs=0.04)


@every_generator
def test_same_seed_same_points_whatever_the_global_state(generator):
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first = generator(50, np.random.default_rng(7))
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    np.random.seed(2)  # noqa: NPY002
    second = generator(50, np.random.default_rng(7))
    np.testing.assert_array_equal(first.X, second.X)
    np.testing.assert_array_equal(first.Y, second.Y)
    assert (generator(50, np.random.default_rng(8)).X != first.X).all()


@every_generator
def test_a_second_draw_from_one_rng_differs(generator):
    rng = np.random.default_rng(7)
    assert (generator(50, rng).X != generator(50, rng).X).all()


@every_generator
def test_noise_is_the_standard_deviation_of_the_jitter(generator):
    m, small, large = 20_000, 1e-9, 0.3
    calm = generator(m, np.random.default_rng(0), noise=small)
    jittered = generator(m, np.random.default_rng(0), noise=large)
    np.testing.assert_array_equal(calm.Y, jittered.Y)
    assert (jittered.X - calm.X).std() == pytest.approx(large, rel=0.02)


@every_generator
def test_refuses_no_points_and_negative_noise(generator):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="m must be >= 1, got 0"):
        generator(0, rng)
    for noise in (-0.1, math.nan):
        with pytest.raises(ValueError, match=f"noise must be >= 0, got {noise}"):
            generator(10, rng, noise=noise)


@pytest.mark.parametrize(
    ("generator", "setting", "message"),
    [
        (points.petals, {"num_petals": 5}, "even and >= 2, got 5"),
        (points.petals, {"num_petals": 0}, "even and >= 2, got 0"),
        (points.circles, {"ratio": 1.0}, "ratio must lie between 0 and 1, got 1.0"),
        (points.spirals, {"num_arms": 1}, "got 1 and"),
        (points.spirals, {"turns": 0}, "and 0"),
        (points.blobs, {"num_classes": 1}, "num_classes must be >= 2, got 1"),
        (points.mixture, {"noise": 0}, "noise must be > 0"),
        (points.mixture, {"centres": np.zeros((2, 2))}, r"\(2, k, 2\), got \(2, 2\)"),
    ],
)
def test_refuses_settings_out_of_range(generator, setting, message):
    with pytest.raises(ValueError, match=message):
        generator(10, np.random.default_rng(0), **setting)


@pytest.mark.parametrize("generator", GENERATORS[:5])
def test_documented_ranges_hold(generator):
    bound = {points.petals: 1.4, points.moons: 2.2, points.blobs: 4.5}.get(
        generator, 1.5
    )
    X = generator(5000, np.random.default_rng(0)).X
    assert np.abs(X).max() < bound


def test_circles_lie_on_their_radii():
    X, Y = points.circles(50, np.random.default_rng(0), noise=0, ratio=0.3)
    np.testing.assert_allclose(np.hypot(*X), np.where(Y[0] == 0, 1, 0.3), rtol=1e-12)


def test_moons_lie_on_their_half_circles():
    X, Y = points.moons(50, np.random.default_rng(0), noise=0)
    upper, lower = X[:, Y[0] == 0], X[:, Y[0] == 1]
    np.testing.assert_allclose(np.hypot(upper[0] + 0.5, upper[1] + 0.25), 1, rtol=1e-12)
    np.testing.assert_allclose(np.hypot(lower[0] - 0.5, lower[1] - 0.25), 1, rtol=1e-12)
    assert upper[1].min() >= -0.25
    assert lower[1].max() <= 0.25


def test_spiral_arms_are_one_arm_turned():
    X, Y = points.spirals(60, np.random.default_rng(0), noise=0, num_arms=3, turns=2)
    expected = 2 * np.pi * (2 * np.hypot(*X) + Y[0] / 3)  # angle from radius
    np.testing.assert_allclose(
        np.exp(1j * np.arctan2(X[1], X[0])), np.exp(1j * expected)
    )


def test_blobs_have_their_centres():
    X, Y = points.blobs(40_000, np.random.default_rng(0), num_classes=4)
    means = [X[:, Y[0] == label].mean(axis=1) for label in range(4)]
    # standard error 0.5 / sqrt(10,000) = 0.005
    np.testing.assert_allclose(means, [[2, 0], [0, 2], [-2, 0], [0, -2]], atol=0.025)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_petals_defeat_a_line_but_not_a_hidden_layer(seed):
    rng = np.random.default_rng(seed)
    X, Y = points.petals(400, rng)
    X_test, Y_test = points.petals(4000, rng)
    line = dense.initialize((2, 1), rng)
    line, _ = dense.train(X, Y, line, 1.2, 500)
    assert 0.42 < metrics.accuracy(dense.predict(X_test, line), Y_test) < 0.58
    for num_units in (4, 20):
        net = dense.initialize((2, num_units, 1), rng, initializers.xavier)
        net, _ = dense.train(X, Y, net, 1.2, 3000, hidden="tanh")
        assert metrics.accuracy(dense.predict(X_test, net, "tanh"), Y_test) >= 0.88


def test_bayes_error_of_two_gaussians_is_the_closed_form():
    centres = np.array([[[0.0, 0.0]], [[1.5, 2.0]]])  # 2.5 apart
    sample = points.mixture(10, np.random.default_rng(0), noise=0.8, centres=centres)
    # each class spills over the midline with probability Phi(-distance / (2 noise))
    expected = 0.5 * math.erfc(2.5 / (2 * 0.8) / math.sqrt(2))
    assert sample.bayes_error == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("distance", "expected"), [(0, 0.5), (50, 0.0)])
def test_bayes_error_at_its_ends(distance, expected):
    centres = np.array([[[0.0, 0.0]], [[distance, 0.0]]])
    sample = points.mixture(10, np.random.default_rng(0), centres=centres)
    assert sample.bayes_error == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("noise", [0.4, 0.6, 1.0])
def test_bayes_error_equals_monte_carlo(noise):
    m = 100_000
    sample = points.mixture(m, np.random.default_rng(0), noise)
    wrong = (sample.posterior(sample.X) >= 0.5).astype(int) != sample.Y
    low, high = metrics.wilson_interval(int(wrong.sum()), m, z=3)
    assert low <= sample.bayes_error <= high


def test_posterior_is_bayes_rule():
    sample = points.mixture(20, np.random.default_rng(0), noise=0.6)
    for i, x in enumerate(sample.X.T):
        density = [
            sum(math.exp(-((x - c) ** 2).sum() / (2 * 0.6**2)) for c in centres)
            for centres in points.MIXTURE_CENTRES
        ]
        expected = density[1] / sum(density)
        assert sample.posterior(sample.X)[0, i] == pytest.approx(expected, rel=1e-9)


def test_posterior_is_calibrated():
    m = 100_000
    sample = points.mixture(m, np.random.default_rng(0))
    p = sample.posterior(sample.X)
    near = np.abs(p - 0.3) < 0.05
    share, expected = sample.Y[near].mean(), p[near].mean()
    assert abs(share - expected) < 4 * math.sqrt(0.3 * 0.7 / near.sum())


def test_posterior_far_away_is_a_probability():
    sample = points.mixture(10, np.random.default_rng(0))
    p = sample.posterior(np.array([[1e6, -1e6, 0.0], [0.0, 1e6, -1e3]]))
    assert p.shape == (1, 3)
    assert ((p >= 0) & (p <= 1)).all()

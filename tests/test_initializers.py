import numpy as np
import pytest

from utils.nn import initializers

RANDOM = [initializers.small_random, initializers.xavier, initializers.he]
ALL = [initializers.zeros, *RANDOM]


@pytest.mark.parametrize("initializer", ALL)
def test_shape_is_units_by_inputs(initializer):
    W = initializer(3, 5, np.random.default_rng(0))
    assert (W.shape, W.dtype) == ((3, 5), np.float64)


def test_zeros():
    assert not initializers.zeros(3, 5).any()


@pytest.mark.parametrize(
    ("initializer", "deviation"),
    [
        (initializers.small_random, 0.01),
        (initializers.xavier, (1 / 300) ** 0.5),
        (initializers.he, (2 / 300) ** 0.5),
    ],
)
def test_standard_deviation(initializer, deviation):
    W = initializer(400, 300, np.random.default_rng(0))
    # 120,000 draws: the measured deviation has a standard error of 0.2 %
    assert W.std() == pytest.approx(deviation, rel=0.01)
    assert abs(W.mean()) < 4 * deviation / 120_000**0.5


def test_small_random_takes_its_scale():
    W = initializers.small_random(400, 300, np.random.default_rng(0), scale=10)
    assert W.std() == pytest.approx(10, rel=0.01)


@pytest.mark.parametrize(
    ("initializer", "activation", "kept"),
    [
        (initializers.he, lambda Z: np.maximum(Z, 0), 1.0),
        (initializers.xavier, lambda Z: Z, 1.0),
    ],
)
def test_signal_keeps_its_mean_square_through_a_layer(initializer, activation, kept):
    rng = np.random.default_rng(0)
    Z = rng.standard_normal((500, 1000))
    Z_next = initializer(500, 500, rng) @ activation(Z)
    assert np.square(Z_next).mean() == pytest.approx(kept, rel=0.03)


@pytest.mark.parametrize("initializer", RANDOM)
def test_same_rng_seed_same_weights(initializer):
    first = initializer(3, 5, np.random.default_rng(7))
    np.testing.assert_array_equal(first, initializer(3, 5, np.random.default_rng(7)))
    assert (first != initializer(3, 5, np.random.default_rng(8))).all()

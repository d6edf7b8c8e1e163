import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from utils.nn import activations

pytestmark = pytest.mark.filterwarnings("error")

NAMES = ["identity", "sigmoid", "tanh", "relu", "leaky_relu"]
ALL = [*NAMES, *(f"{name}_derivative" for name in NAMES)]
EXTREME = np.array([-1e308, -1000.0, 0.0, 1000.0, 1e308])

moderate = arrays(np.float64, array_shapes(max_dims=3), elements=st.floats(-3, 3))


@settings(deadline=None)  # a busy machine is no failure
@given(z=st.floats(-30, 30))
def test_sigmoid_is_its_formula(z):
    expected = 1 / (1 + math.exp(-z))
    assert activations.sigmoid(z) == pytest.approx(expected, rel=1e-13, abs=0)


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", math.log(3), 3 / 4),
        ("sigmoid", -math.log(3), 1 / 4),
        ("sigmoid_derivative", math.log(3), 3 / 16),
        ("tanh", math.log(2), 3 / 5),  # (2 - 1/2) / (2 + 1/2)
        ("tanh_derivative", math.log(2), 16 / 25),
        ("relu", -2.0, 0.0),
        ("relu", 2.0, 2.0),
        ("relu_derivative", 0.0, 0.0),
        ("leaky_relu", -2.0, -0.02),
        ("leaky_relu", 2.0, 2.0),
        ("leaky_relu_derivative", 0.0, 0.01),
        ("identity", -2.0, -2.0),
    ],
)
def test_hand_worked(name, z, expected):
    assert getattr(activations, name)(z) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None)
@given(z=moderate)
def test_derivative_equals_central_difference(name, z):
    f = getattr(activations, name)
    derivative = getattr(activations, f"{name}_derivative")
    z = np.where(np.abs(z) < 1e-3, 0.5, z)  # away from the kinks at 0
    epsilon = 1e-6
    numerical = (f(z + epsilon) - f(z - epsilon)) / (2 * epsilon)
    np.testing.assert_allclose(derivative(z), numerical, rtol=1e-7, atol=1e-9)


def test_leaky_relu_takes_its_slope():
    assert activations.leaky_relu(-2.0, slope=0.3) == pytest.approx(-0.6)
    assert activations.leaky_relu_derivative(-2.0, slope=0.3) == 0.3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sigmoid", [0, 0, 0.5, 1, 1]),
        ("sigmoid_derivative", [0, 0, 0.25, 0, 0]),
        ("tanh", [-1, -1, 0, 1, 1]),
        ("tanh_derivative", [0, 0, 1, 0, 0]),
        ("relu", [0, 0, 0, 1000, 1e308]),
        ("relu_derivative", [0, 0, 0, 1, 1]),
    ],
)
def test_extreme_inputs(name, expected):
    np.testing.assert_array_equal(getattr(activations, name)(EXTREME), expected)


@pytest.mark.parametrize("sign", [-1, 1])
def test_tails_keep_their_digits(sign):
    # 1 - sigmoid(50) and 1 - tanh(50)^2 round to 0
    slope = activations.sigmoid_derivative(sign * 50.0)
    assert slope == pytest.approx(math.exp(-50), rel=1e-12, abs=0)
    slope = activations.tanh_derivative(sign * 50.0)
    assert slope == pytest.approx(4 * math.exp(-100), rel=1e-12, abs=0)


@pytest.mark.parametrize("name", [*ALL, "softmax"])
def test_float32_stays_float32(name):
    z = np.array([[-1000, -1, 0], [1, 1000, 3]], dtype=np.float32)
    result = getattr(activations, name)(z)
    assert (result.dtype, result.shape) == (np.float32, z.shape)


@pytest.mark.parametrize("name", [*ALL, "softmax"])
def test_integers_become_float64(name):
    z = np.array([[-2, 1], [3, 0]])
    f = getattr(activations, name)
    assert f(z).dtype == np.float64
    np.testing.assert_array_equal(f(z), f(z.astype(float)))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("z", [2, 2.0, np.float64(2)])
def test_numbers_give_numbers(name, z):
    assert isinstance(getattr(activations, name)(z), float)


def test_the_input_is_left_alone():
    z = np.array([[-1.0, 2.0]])
    for name in [*ALL, "softmax"]:
        getattr(activations, name)(z)
    np.testing.assert_array_equal(z, [[-1.0, 2.0]])


def test_softmax_hand_worked():
    Z = np.log([[1.0, 5.0], [2.0, 5.0], [3.0, 10.0]])
    expected = [[1 / 6, 1 / 4], [2 / 6, 1 / 4], [3 / 6, 2 / 4]]
    np.testing.assert_allclose(activations.softmax(Z), expected, rtol=1e-14)


def test_softmax_along_the_other_axis():
    Z = np.log([[1.0, 3.0], [4.0, 1.0]])
    expected = [[1 / 4, 3 / 4], [4 / 5, 1 / 5]]
    np.testing.assert_allclose(activations.softmax(Z, axis=1), expected, rtol=1e-14)


@settings(deadline=None)
@given(
    Z=arrays(
        np.float64,
        array_shapes(min_dims=2, max_dims=2),
        elements=st.floats(-1e308, 1e308),
    )
)
def test_softmax_columns_are_probabilities(Z):
    A = activations.softmax(Z)
    assert A.min() >= 0
    np.testing.assert_allclose(A.sum(axis=0), 1, rtol=1e-12)


def test_softmax_of_extreme_scores():
    Z = np.array([[1000.0, -1000.0, 1e308], [0.0, -1000.0, -1e308]])
    np.testing.assert_array_equal(activations.softmax(Z), [[1, 0.5, 1], [0, 0.5, 0]])

import numpy as np
import pytest

from utils.nn import gradcheck


def polynomial(parameters):
    """Sum of W^3 plus the sum of b times W[0, 0], whose gradient is known."""
    W, b = parameters["W1"], parameters["b1"]
    return float((W**3).sum() + b.sum() * W[0, 0])


W1, B1 = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[2.0], [-1.0]])


def test_known_gradient():
    grads = gradcheck.numerical_gradient(polynomial, {"W1": W1, "b1": B1})
    dW1 = 3 * W1**2
    dW1[0, 0] += B1.sum()
    np.testing.assert_allclose(grads["dW1"], dW1, rtol=1e-8)
    np.testing.assert_allclose(grads["db1"], [[1.0], [1.0]], rtol=1e-8)
    assert list(grads) == ["dW1", "db1"]


def test_central_differences_are_exact_for_a_parabola():
    # a one-sided difference would be off by epsilon
    grads = gradcheck.numerical_gradient(
        lambda p: float(p["w"] ** 2), {"w": 3.0}, epsilon=0.5
    )
    assert grads["dw"] == 6.0


def test_integers_count_as_floats():
    grads = gradcheck.numerical_gradient(
        lambda p: float((p["w"] ** 3).sum()), {"w": np.array([1, 2])}
    )
    np.testing.assert_allclose(grads["dw"], [3.0, 12.0], rtol=1e-8)


def test_parameters_stay_as_they_are():
    parameters = {"W1": W1.copy(), "b1": B1.copy()}
    parameters["W1"].flags.writeable = parameters["b1"].flags.writeable = False
    gradcheck.numerical_gradient(polynomial, parameters)
    np.testing.assert_array_equal(parameters["W1"], W1)
    np.testing.assert_array_equal(parameters["b1"], B1)


def test_one_entry_moves_at_a_time():
    seen = []
    gradcheck.numerical_gradient(
        lambda p: seen.append(p["w"].copy()) or 0.0, {"w": np.zeros(3)}, epsilon=0.5
    )
    half = np.eye(3) / 2
    np.testing.assert_array_equal(seen[::2], half)
    np.testing.assert_array_equal(seen[1::2], -half)


def test_float32_parameters_move_in_float32():
    types = set()
    gradcheck.numerical_gradient(
        lambda p: types.add(p["w"].dtype) or 0.0, {"w": np.zeros(2, dtype=np.float32)}
    )
    assert types == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (np.array([3.0, 4.0]), np.array([0.0, 0.0]), 1.0),
        (np.array([3.0, 4.0]), np.array([-3.0, -4.0]), 1.0),
        (np.array([3.0, 4.0]), np.array([3.0, 4.0]), 0.0),
        (np.array([3.0, 4.0]), np.array([6.0, 8.0]), 1 / 3),
        (np.zeros(2), np.zeros(2), 0.0),
        (2.0, 6.0, 0.5),
    ],
)
def test_relative_difference_hand_worked(a, b, expected):
    assert gradcheck.relative_difference(a, b) == pytest.approx(expected, abs=1e-15)


def test_dicts_count_as_one_long_vector():
    a = {"dW1": np.array([[3.0]]), "db1": np.array([[4.0]])}
    b = {"db1": np.array([[0.0]]), "dW1": np.array([[0.0]])}
    assert gradcheck.relative_difference(a, b) == 1.0
    b = {"db1": np.array([[4.0]]), "dW1": np.array([[0.0]])}
    assert gradcheck.relative_difference(a, b) == pytest.approx(3 / (5 + 4))


def test_relative_difference_refuses_other_shapes():
    with pytest.raises(ValueError, match=r"\(2,\).*\(2, 1\)"):
        gradcheck.relative_difference(np.zeros(2), np.zeros((2, 1)))


def test_relative_difference_refuses_other_names():
    with pytest.raises(ValueError, match=r"dW1.*dW2"):
        gradcheck.relative_difference({"dW1": np.zeros(2)}, {"dW2": np.zeros(2)})

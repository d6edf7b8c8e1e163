"""utils.tasks.style: hand-worked numbers, finite differences, TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import gradcheck
from utils.tasks import style

pytestmark = pytest.mark.filterwarnings("error")
SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 4))
SEEDS = st.integers(0, 2**32 - 1)


def activations(shape, seed, dtype=np.float64):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def test_gram_hand_worked():
    A = np.array([[[1.0, 2.0], [3.0, 0.0]], [[0.0, 1.0], [2.0, -1.0]]])  # (2, 2, 2)
    # channel 0: 1 3 0 2, channel 1: 2 0 1 -1; squares 14 and 6, product 2 + 0 + 0 - 2
    np.testing.assert_array_equal(style.gram(A), [[14 / 4, 0], [0, 6 / 4]])


def test_costs_hand_worked():
    A_C, A_G = np.zeros((1, 2, 2)), np.array([[[2.0, 0.0], [0.0, 4.0]]])
    assert style.content_cost(A_C, A_G) == (4 + 16) / 4 / 2
    # gram of A_G: squares 4 and 16 over two places; it should be the unit matrix
    assert style.style_cost(np.eye(2), A_G) == ((2 - 1) ** 2 + (8 - 1) ** 2) / 4 / 4
    np.testing.assert_array_equal(
        style.style_gradient(np.eye(2), A_G),
        [[[2 * 1 / 8, 0], [0, 4 * 7 / 8]]],  # a (G - 1) / (2 places times 2^2)
    )


def test_total_variation_hand_worked():
    X = np.array([[[0.0], [2.0]], [[5.0], [5.0]], [[4.0], [9.0]]])  # (3, 2, 1)
    assert style.total_variation(X) == (2 + 0 + 5 + 5 + 3 + 1 + 4) / 6
    expected = [[-2, 0], [2, 0], [-2, 2]]  # up or down by how many neighbours
    found = style.total_variation_gradient(X)[..., 0] * 6
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_a_step_and_a_ramp_vary_alike():
    for row in ([0, 0, 6, 6], [0, 2, 4, 6]):
        assert style.total_variation(np.array(row, float).reshape(1, 4, 1)) == 6 / 4


@given(shape=SHAPES, seed=SEEDS)
def test_gram_equals_a_loop_and_forgets_the_places(shape, seed):
    A = activations(shape, seed)
    n_H, n_W, n_C = shape
    expected = np.zeros((n_C, n_C))
    for i, j, k, other in np.ndindex(n_H, n_W, n_C, n_C):
        expected[k, other] += A[i, j, k] * A[i, j, other] / (n_H * n_W)
    np.testing.assert_allclose(style.gram(A), expected, rtol=1e-10, atol=1e-13)
    shuffled = np.random.default_rng(seed).permutation(A.reshape(-1, n_C))
    np.testing.assert_allclose(
        style.gram(shuffled.reshape(shape)), style.gram(A), rtol=1e-10, atol=1e-13
    )


@given(shape=SHAPES, seed=SEEDS)
def test_costs_equal_the_lectures_sums(shape, seed):
    n_H, n_W, n_C = shape
    A, other = activations(shape, seed), activations(shape, seed + 1)
    F, F_other = (a.reshape(-1, n_C) for a in (A, other))
    sums = F.T @ F - F_other.T @ F_other  # of unnormalised Gram matrices
    lectures = np.sum(sums**2) / (2 * n_H * n_W * n_C) ** 2
    ours = style.style_cost(style.gram(other), A)
    np.testing.assert_allclose(ours, lectures, rtol=1e-9)
    content = 0.5 * np.linalg.norm(A - other) ** 2 / (n_H * n_W * n_C)
    np.testing.assert_allclose(style.content_cost(other, A), content, rtol=1e-12)


def test_the_style_picture_may_have_another_size():
    A = activations((3, 4, 5), seed=0)
    tiled = np.tile(A, (2, 3, 1))  # six times the same places
    np.testing.assert_allclose(style.style_cost(style.gram(tiled), A), 0, atol=1e-25)


COSTS = {
    "content": lambda fixed: (
        lambda A: style.content_cost(fixed, A),
        lambda A: style.content_gradient(fixed, A),
    ),
    "style": lambda fixed: (
        lambda A: style.style_cost(style.gram(fixed), A),
        lambda A: style.style_gradient(style.gram(fixed), A),
    ),
    "total variation": lambda _: (
        style.total_variation,
        style.total_variation_gradient,
    ),
}


@pytest.mark.parametrize("name", COSTS)
@settings(deadline=None)
@given(shape=SHAPES, seed=SEEDS)
def test_gradients_equal_finite_differences(name, shape, seed):
    rng = np.random.default_rng(seed)
    # All values differ by .1 or more, so that no step of 1e-5 turns over a difference.
    A = (rng.permutation(np.prod(shape)) / 10 - 2).reshape(shape)
    cost, gradient = COSTS[name](activations(shape, seed))
    numerical = gradcheck.numerical_gradient(lambda p: cost(p["A"]), {"A": A}, 1e-5)
    assert gradcheck.relative_difference(gradient(A), numerical["dA"]) <= 1e-7


def in_tensorflow(name, fixed, A):
    n_H, n_W, n_C = A.shape
    if name == "content":
        return tf.nn.l2_loss(A - fixed) / (n_H * n_W * n_C)  # half the sum of squares
    if name == "style":
        grams = [tf.einsum("ijk,ijl->kl", a, a) / (n_H * n_W) for a in (A, fixed)]
        return tf.reduce_mean((grams[0] - grams[1]) ** 2) / 4
    return tf.image.total_variation(A) / (n_H * n_W * n_C)


@pytest.mark.parametrize("shape", [(1, 1, 1), (5, 4, 3), (2, 7, 6)])
@pytest.mark.parametrize("name", COSTS)
def test_costs_and_gradients_equal_tensorflow(name, shape):
    A, fixed = activations(shape, seed=3), activations(shape, seed=4)
    cost, gradient = COSTS[name](fixed)
    variable = tf.Variable(A)
    with tf.GradientTape() as tape:
        total = in_tensorflow(name, tf.constant(fixed), variable)
    np.testing.assert_allclose(cost(A), total.numpy(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(
        gradient(A), tape.gradient(total, variable).numpy(), rtol=1e-10, atol=1e-14
    )


def test_descent_on_each_gradient_lowers_its_cost():
    for make in COSTS.values():
        A, fixed = activations((4, 5, 3), seed=5), activations((4, 5, 3), seed=6)
        cost, gradient = make(fixed)
        assert cost(A - 0.01 * gradient(A)) < cost(A)


def test_equal_pictures_cost_nothing_and_pull_nowhere():
    A = activations((3, 4, 2), seed=7)
    for name in ("content", "style"):
        cost, gradient = COSTS[name](A)
        assert cost(A) == 0
        np.testing.assert_array_equal(gradient(A), np.zeros(A.shape))
    flat = np.full((3, 4, 2), 0.5)
    assert style.total_variation(flat) == 0
    np.testing.assert_array_equal(style.total_variation_gradient(flat), 0 * flat)


def test_float32_stays_float32_and_nothing_is_changed():
    A, fixed = (activations((3, 4, 2), seed, np.float32) for seed in (8, 9))
    before = A.copy(), fixed.copy()
    G = style.gram(fixed)
    found = [G, style.content_gradient(fixed, A), style.style_gradient(G, A)]
    found.append(style.total_variation_gradient(A))
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
    numbers = style.content_cost(fixed, A), style.style_cost(G, A)
    assert all(type(n) is float for n in (*numbers, style.total_variation(A)))
    np.testing.assert_array_equal(A, before[0])
    np.testing.assert_array_equal(fixed, before[1])


@pytest.mark.parametrize("shape", [(3, 4), (1, 3, 4, 2), (0, 4, 2), (3, 4, 0), ()])
@pytest.mark.parametrize(
    "function", [style.gram, style.total_variation, style.total_variation_gradient]
)
def test_other_shapes_are_refused(function, shape):
    with pytest.raises(ValueError) as error:
        function(np.zeros(shape))
    assert f"got {shape}" in str(error.value)


@pytest.mark.parametrize("function", [style.content_cost, style.content_gradient])
@pytest.mark.parametrize("shape", [(1, 4, 2), (3, 4, 1), (4, 3, 2)])
def test_content_of_another_shape_is_refused(function, shape):
    with pytest.raises(ValueError) as error:
        function(np.zeros(shape), np.zeros((3, 4, 2)))
    assert f"got A_C {shape} and A_G (3, 4, 2)" in str(error.value)


@pytest.mark.parametrize("function", [style.style_cost, style.style_gradient])
@pytest.mark.parametrize("shape", [(2,), (1, 2), (3, 3), ()])
def test_gram_of_another_shape_is_refused(function, shape):
    with pytest.raises(ValueError) as error:
        function(np.zeros(shape), np.zeros((3, 4, 2)))
    assert f"got G_S {shape} and A_G (3, 4, 2)" in str(error.value)

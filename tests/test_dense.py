import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from utils.nn import activations, dense, gradcheck, initializers, losses

pytestmark = pytest.mark.filterwarnings("error")

HIDDEN = ["relu", "leaky_relu", "tanh", "sigmoid", "identity"]


def network(layer_dims, m, output, seed):
    """Random parameters, biases too, with inputs and labels."""
    rng = np.random.default_rng(seed)
    parameters = dense.initialize(layer_dims, rng)
    for name in parameters:
        if name.startswith("b"):
            parameters[name] = rng.standard_normal(parameters[name].shape)
    X = rng.standard_normal((layer_dims[0], m))
    if output == "softmax":
        Y = losses.one_hot(rng.integers(layer_dims[-1], size=m), layer_dims[-1])
    else:
        Y = rng.integers(0, 2, (layer_dims[-1], m))
    return parameters, X, Y


def loop_forward(x, parameters, hidden, output):
    """Outputs of one example, unit by unit, in plain Python."""
    scalar = {
        "relu": lambda z: z if z > 0 else 0.0,
        "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
        "tanh": math.tanh,
        "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
        "identity": lambda z: z,
        "softmax": math.exp,  # divided by the sum below
    }
    a, num_layers = list(x), len(parameters) // 2
    for layer in range(1, num_layers + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        name = output if layer == num_layers else hidden
        a = [
            scalar[name](b[j, 0] + sum(W[j, i] * a[i] for i in range(W.shape[1])))
            for j in range(W.shape[0])
        ]
    return [value / sum(a) for value in a] if output == "softmax" else a


@settings(deadline=None)  # a busy machine is no failure
@given(
    hidden=st.sampled_from(HIDDEN),
    output=st.sampled_from(["sigmoid", "softmax"]),
    layer_dims=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    m=st.integers(1, 5),
    seed=st.integers(0, 2**32 - 1),
)
def test_gradients_equal_finite_differences(hidden, output, layer_dims, m, seed):
    parameters, X, Y = network(layer_dims, m, output, seed)
    _, caches = dense.forward(X, parameters, hidden, output)
    kinked = caches[:-1] if hidden in ("relu", "leaky_relu") else []
    assume(all(np.abs(cache.Z).min() > 1e-3 for cache in kinked))
    grads = dense.backward(Y, caches)
    # a single output unit of softmax is always certain: nothing to compare but zeros
    assume(layer_dims[-1] > 1 or output == "sigmoid")
    assume(np.abs(grads[f"db{len(caches)}"]).max() > 1e-2)
    numerical = gradcheck.numerical_gradient(
        lambda p: dense.cost(Y, dense.forward(X, p, hidden, output)[1]),
        parameters,
        epsilon=1e-5,
    )
    assert gradcheck.relative_difference(grads, numerical) <= 1e-7


@settings(deadline=None)
@given(
    hidden=st.sampled_from(HIDDEN),
    output=st.sampled_from(["sigmoid", "softmax"]),
    layer_dims=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    m=st.integers(1, 4),
    seed=st.integers(0, 2**32 - 1),
)
def test_forward_equals_a_loop(hidden, output, layer_dims, m, seed):
    parameters, X, _ = network(layer_dims, m, output, seed)
    A, _ = dense.forward(X, parameters, hidden, output)
    loop = [loop_forward(x, parameters, hidden, output) for x in X.T]
    np.testing.assert_allclose(A, np.transpose(loop), rtol=1e-10, atol=1e-14)


def test_one_unit_hand_worked():
    X, Y = np.array([[1.0, 2.0]]), np.array([[1, 0]])
    parameters = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    A, caches = dense.forward(X, parameters)
    np.testing.assert_array_equal(A, [[0.5, 0.5]])
    assert dense.cost(Y, caches) == pytest.approx(math.log(2), rel=1e-14)
    grads = dense.backward(Y, caches)
    # the mean of (A - Y) X = (-0.5 * 1 + 0.5 * 2) / 2, and of A - Y = 0
    np.testing.assert_array_equal(grads["dW1"], [[0.25]])
    np.testing.assert_array_equal(grads["db1"], [[0.0]])
    updated = dense.update(parameters, grads, learning_rate=2)
    np.testing.assert_array_equal(updated["W1"], [[-0.5]])


def test_caches_hold_what_each_layer_saw():
    parameters, X, _ = network((3, 4, 2), 5, "softmax", seed=0)
    A, (first, last) = dense.forward(X, parameters, "tanh", "softmax")
    np.testing.assert_array_equal(first.A_prev, X)
    assert last.A_prev is first.A
    assert last.A is A
    assert first.W is parameters["W1"]
    np.testing.assert_allclose(np.tanh(first.Z), first.A, rtol=1e-15)
    assert (first.activation, last.activation) == ("tanh", "softmax")


def test_cost_is_the_textbook_cross_entropy():
    parameters, X, Y = network((3, 4, 1), 6, "sigmoid", seed=1)
    A, caches = dense.forward(X, parameters)
    textbook = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    assert dense.cost(Y, caches) == pytest.approx(textbook, rel=1e-12)
    parameters, X, Y = network((3, 4, 3), 6, "softmax", seed=1)
    A, caches = dense.forward(X, parameters, output="softmax")
    textbook = -np.mean((Y * np.log(A)).sum(axis=0))
    assert dense.cost(Y, caches) == pytest.approx(textbook, rel=1e-12)


def test_initialize():
    rng = np.random.default_rng(3)
    parameters = dense.initialize((3, 4, 2), rng, initializers.xavier)
    shapes = {name: value.shape for name, value in parameters.items()}
    assert shapes == {"W1": (4, 3), "b1": (4, 1), "W2": (2, 4), "b2": (2, 1)}
    assert not parameters["b1"].any()
    rng = np.random.default_rng(3)
    np.testing.assert_array_equal(parameters["W1"], initializers.xavier(4, 3, rng))
    np.testing.assert_array_equal(parameters["W2"], initializers.xavier(2, 4, rng))


def test_zeros_keep_the_hidden_units_equal():
    rng = np.random.default_rng(0)
    parameters = dense.initialize((2, 3, 1), rng, initializers.zeros)
    X, Y = rng.standard_normal((2, 8)), np.arange(8)[np.newaxis] < 3
    parameters, _ = dense.train(X, Y, parameters, 1.0, 20, hidden="sigmoid")
    # a matrix product may round the last digit of each row differently
    W1 = parameters["W1"]
    np.testing.assert_allclose(W1, np.tile(W1[0], (3, 1)), rtol=1e-12)
    assert np.abs(W1).min() > 1e-4


def test_train_is_forward_backward_update():
    parameters, X, Y = network((2, 3, 1), 6, "sigmoid", seed=5)
    start = {name: value.copy() for name, value in parameters.items()}
    trained, costs = dense.train(X, Y, parameters, 0.3, 4, hidden="tanh")
    for name in start:
        np.testing.assert_array_equal(parameters[name], start[name])
    expected = start
    for i in range(4):
        _, caches = dense.forward(X, expected, "tanh")
        assert costs[i] == dense.cost(Y, caches)
        expected = dense.update(expected, dense.backward(Y, caches), 0.3)
    assert len(costs) == 4
    for name in start:
        np.testing.assert_array_equal(trained[name], expected[name])


@pytest.mark.parametrize("hidden", ["tanh", "relu"])
def test_a_hidden_layer_learns_exclusive_or(hidden):
    X, Y = np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])
    parameters = dense.initialize((2, 8, 1), np.random.default_rng(0))
    parameters, costs = dense.train(X, Y, parameters, 0.5, 500, hidden)
    np.testing.assert_array_equal(dense.predict(X, parameters, hidden), Y)
    assert costs[-1] < 0.1 < costs[0]


def test_predict_sigmoid_counts_a_half_as_one():
    parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    labels = dense.predict(np.array([[-1.0, 0.0, 1.0]]), parameters)
    np.testing.assert_array_equal(labels, [[0, 1, 1]])
    assert np.issubdtype(labels.dtype, np.integer)


def test_predict_softmax_takes_the_likeliest():
    parameters = {"W1": np.eye(3), "b1": np.zeros((3, 1))}
    X = np.array([[0.0, 2.0], [3.0, 1.0], [1.0, 1.0]])
    labels = dense.predict(X, parameters, output="softmax")
    np.testing.assert_array_equal(labels, [[1, 0]])
    assert np.issubdtype(labels.dtype, np.integer)


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_float32_stays_float32(hidden, output):
    parameters, X, Y = network((3, 4, 2), 5, output, seed=0)
    small = {name: value.astype(np.float32) for name, value in parameters.items()}
    trained, costs = dense.train(X, Y, small, np.float64(0.1), 2, hidden, output)
    _, caches = dense.forward(X, small, hidden, output)
    assert {value.dtype for value in trained.values()} == {np.dtype(np.float32)}
    assert {cache.Z.dtype for cache in caches} == {np.dtype(np.float32)}
    assert isinstance(costs[0], float)


def test_integer_inputs_and_weights_are_computed_as_floats():
    parameters = {"W1": np.array([[1, -1]]), "b1": np.zeros((1, 1))}
    X = np.array([[0.5, 200], [0.25, 250]])
    A, _ = dense.forward(X, parameters)
    np.testing.assert_allclose(A, activations.sigmoid([[0.25, -50.0]]), rtol=1e-14)
    A, _ = dense.forward(X[:, 1:].astype(np.uint8), parameters)  # 200 - 250 < 0
    np.testing.assert_allclose(A, activations.sigmoid([[-50.0]]), rtol=1e-14)


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_huge_scores_stay_finite(hidden, output):
    parameters, X, Y = network((3, 4, 2), 5, output, seed=0)
    parameters = {name: 1000 * value for name, value in parameters.items()}
    trained, costs = dense.train(X, Y, parameters, 0.1, 3, hidden, output)
    assert np.isfinite(costs).all()
    assert all(np.isfinite(value).all() for value in trained.values())


@pytest.mark.parametrize(
    ("name", "shape", "message"),
    [
        ("W1", (4, 2), r"W1 \(4, 2\), b1 \(4, 1\), X \(3, 5\)"),
        ("b1", (4,), r"W1 \(4, 3\), b1 \(4,\)"),
        ("b1", (1, 4), r"W1 \(4, 3\), b1 \(1, 4\)"),
        ("W2", (1, 3), r"W2 \(1, 3\), b2 \(1, 1\), W1 \(4, 3\)"),
        ("W2", (4,), r"W2 \(4,\)"),
    ],
)
def test_forward_refuses_parameters_that_do_not_fit(name, shape, message):
    parameters, X, _ = network((3, 4, 1), 5, "sigmoid", seed=0)
    parameters[name] = np.zeros(shape)
    with pytest.raises(ValueError, match=message):
        dense.forward(X, parameters)


def test_forward_refuses_other_inputs():
    parameters, X, _ = network((3, 4, 1), 5, "sigmoid", seed=0)
    with pytest.raises(ValueError, match=r"X must have shape \(n_x, m\), got \(3,\)"):
        dense.forward(X[:, 0], parameters)
    with pytest.raises(ValueError, match=r"X \(5, 3\)"):
        dense.forward(X.T, parameters)


@pytest.mark.parametrize("names", [[], ["W1"], ["W1", "c1"], ["W1", "b1", "W2"]])
def test_forward_refuses_other_names(names):
    parameters = {name: np.zeros((1, 1)) for name in names}
    with pytest.raises(ValueError, match=r"W1, b1, W2, \.\.\., got"):
        dense.forward(np.zeros((1, 1)), parameters)


def test_unknown_activations_are_named():
    parameters, X, _ = network((3, 4, 1), 5, "sigmoid", seed=0)
    with pytest.raises(ValueError, match=r"hidden must be one of relu, .*got 'swish'"):
        dense.forward(X, parameters, hidden="swish")
    with pytest.raises(
        ValueError, match=r"output must be one of sigmoid, .*got 'relu'"
    ):
        dense.forward(X, parameters, output="relu")


@pytest.mark.parametrize("shape", [(5,), (5, 1), (1, 4), (2, 5)])
@pytest.mark.parametrize("step", [dense.cost, dense.backward])
def test_labels_must_have_the_shape_of_the_output(step, shape):
    parameters, X, _ = network((3, 4, 1), 5, "sigmoid", seed=0)
    _, caches = dense.forward(X, parameters)
    with pytest.raises(ValueError) as error:
        step(np.zeros(shape), caches)
    assert str(shape) in str(error.value)
    assert "(1, 5)" in str(error.value)


def test_update_refuses_a_gradient_that_would_broadcast():
    parameters = {"W1": np.zeros((2, 3)), "b1": np.zeros((2, 1))}
    grads = {"dW1": np.zeros((2, 3)), "db1": np.zeros(2)}
    with pytest.raises(ValueError, match=r"db1 \(2,\) and b1 \(2, 1\)"):
        dense.update(parameters, grads, 0.1)


@pytest.mark.parametrize("layer_dims", [(3,), (3, 0), ()])
def test_initialize_refuses_missing_layers(layer_dims):
    with pytest.raises(ValueError, match="at least two sizes"):
        dense.initialize(layer_dims, np.random.default_rng(0))

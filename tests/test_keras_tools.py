import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.test_dense import HIDDEN, network
from utils import keras_tools
from utils.nn import activations, dense, gradcheck, losses

pytestmark = pytest.mark.filterwarnings("error")

CASES = [
    (hidden, output, layer_dims)
    for hidden in HIDDEN
    for output, layer_dims in [
        ("sigmoid", (3, 1)),
        ("sigmoid", (2, 4, 1)),
        ("sigmoid", (3, 5, 4, 3, 2)),
        ("softmax", (3, 4)),
        ("softmax", (2, 5, 4, 3)),
    ]
]


@pytest.mark.parametrize(("hidden", "output", "layer_dims"), CASES)
def test_keras_computes_the_same_outputs(hidden, output, layer_dims):
    parameters, X, _ = network(layer_dims, 7, output, seed=1)
    model = keras_tools.dense_model(parameters, hidden, output)
    A, _ = dense.forward(X, parameters, hidden, output)
    np.testing.assert_allclose(model(X.T).numpy().T, A, rtol=1e-12)


@pytest.mark.parametrize(("hidden", "output", "layer_dims"), CASES)
def test_keras_finds_the_same_gradients(hidden, output, layer_dims):
    parameters, X, Y = network(layer_dims, 7, output, seed=2)
    model = keras_tools.dense_model(parameters, hidden, output)
    _, caches = dense.forward(X, parameters, hidden, output)
    ours, theirs = dense.backward(Y, caches), keras_tools.gradients(model, X, Y)
    assert gradcheck.relative_difference(ours, theirs) <= 1e-7


def test_gradients_of_certain_outputs_are_not_clipped():
    parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    model = keras_tools.dense_model(parameters)
    X, Y = np.array([[1000.0, -30.0]]), np.array([[0, 0]])
    grads = keras_tools.gradients(model, X, Y)
    np.testing.assert_allclose(grads["db1"], [[0.5]], rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_parameters_travel_there_and_back(dtype):
    parameters, _, _ = network((3, 4, 2), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters, dtype=dtype)
    back = keras_tools.parameters_of(model)
    assert list(back) == ["W1", "b1", "W2", "b2"]
    for name, value in parameters.items():
        assert back[name].dtype == dtype
        np.testing.assert_array_equal(back[name], value.astype(dtype))


def test_parameters_are_copies():
    parameters, _, _ = network((3, 1), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters)
    keras_tools.parameters_of(model)["W1"][:] = 7
    np.testing.assert_array_equal(
        keras_tools.parameters_of(model)["W1"], parameters["W1"]
    )


def test_layers_without_weights_are_passed_over():
    layers = [keras.Input((2, 2)), keras.layers.Flatten(), keras.layers.Dense(3)]
    named = keras_tools.parameters_of(keras.Sequential(layers))
    assert {name: value.shape for name, value in named.items()} == {
        "W1": (3, 4),
        "b1": (3, 1),
    }


def test_other_layers_are_named():
    layers = [keras.Input((4,)), keras.layers.BatchNormalization(name="norm")]
    with pytest.raises(ValueError, match="got BatchNormalization 'norm'"):
        keras_tools.parameters_of(keras.Sequential(layers))


def test_another_last_layer_is_named():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="line")])
    with pytest.raises(ValueError, match="sigmoid or softmax, got Dense 'line'"):
        keras_tools.gradients(model, np.zeros((2, 3)), np.zeros((1, 3)))


def test_labels_must_have_the_shape_of_the_output():
    parameters, X, _ = network((3, 1), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters)
    with pytest.raises(ValueError, match=r"\(1, 5\), got \(5, 1\)"):
        keras_tools.gradients(model, X, np.zeros((5, 1)))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu"])
def test_derivatives_equal_automatic_differentiation(name):
    z = tf.constant(np.random.default_rng(0).standard_normal(100) * 2)
    function = keras_tools.ACTIVATIONS.get(name) or getattr(keras.activations, name)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = function(z)
    derivative = getattr(activations, f"{name}_derivative")
    np.testing.assert_allclose(getattr(activations, name)(z.numpy()), a, rtol=1e-12)
    np.testing.assert_allclose(derivative(z.numpy()), tape.gradient(a, z), rtol=1e-7)


def test_losses_equal_those_of_keras():
    rng = np.random.default_rng(0)
    Z, Y = rng.standard_normal((1, 20)) * 5, rng.integers(0, 2, (1, 20)).astype(float)
    theirs = keras.losses.BinaryCrossentropy(from_logits=True, dtype="float64")
    ours = losses.binary_cross_entropy_from_logits(Z, Y)
    assert ours == pytest.approx(float(theirs(Y.T, Z.T)), rel=1e-12)
    Z, Y = rng.standard_normal((4, 20)) * 5, losses.one_hot(rng.integers(4, size=20), 4)
    theirs = keras.losses.CategoricalCrossentropy(from_logits=True, dtype="float64")
    ours = losses.categorical_cross_entropy_from_logits(Z, Y)
    assert ours == pytest.approx(float(theirs(Y.T, Z.T)), rel=1e-12)

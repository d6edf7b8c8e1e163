"""One step of gradient descent: utils.nn.dense, a loop over examples, and Keras."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from side_by_side import rounds, table

from utils import keras_tools
from utils.nn import activations, dense, gradcheck, losses

LAYER_DIMS = (784, 128, 64, 10)
NUM_EXAMPLES = 1024
LEARNING_RATE = 0.125  # exact in binary: the SGD of Keras keeps its rate in float32
NUM_ROUNDS = 11
# How far the updated parameters may differ, in units of their size; the update itself
# is about 5e-3. In float32 a relu within rounding of its kink may fall on either side.
AGREEMENT = {"float64": 1e-12, "float32": 1e-4}


def report() -> None:
    """Print one table per float type."""
    for dtype in ("float64", "float32"):
        print(f"\nTraining step, layers {LAYER_DIMS}, {NUM_EXAMPLES} examples, {dtype}")
        print(table(measure(dtype)))


def measure(dtype: str) -> dict[str, list[float]]:
    """Seconds per training step by contestant, after checking that all agree."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((LAYER_DIMS[0], NUM_EXAMPLES)).astype(dtype)
    labels = rng.integers(LAYER_DIMS[-1], size=NUM_EXAMPLES)
    Y = losses.one_hot(labels, LAYER_DIMS[-1]).astype(dtype)
    start = dense.initialize(LAYER_DIMS, rng)
    start = {name: value.astype(dtype) for name, value in start.items()}

    steps = {
        "utils.nn.dense": numpy_step(vectorised_gradients, X, Y, start),
        "NumPy, one example at a time": numpy_step(looped_gradients, X, Y, start),
        "Keras, GradientTape in tf.function": tape_step(X, Y, start, dtype),
        "Keras, train_on_batch": batch_step(X, Y, start, dtype),
    }
    expected = steps["utils.nn.dense"]()
    for name, step in steps.items():
        updated = expected if name == "utils.nn.dense" else step()
        moved = gradcheck.relative_difference(updated, start)
        differs = gradcheck.relative_difference(updated, expected)
        assert differs < AGREEMENT[dtype] < moved, (name, differs, moved)
        step()  # a second call before timing, so that everything is compiled
    return rounds(steps, NUM_ROUNDS, turn=0.2)


def vectorised_gradients(X, Y, parameters):
    _, caches = dense.forward(X, parameters, output="softmax")
    return dense.backward(Y, caches)


def looped_gradients(X, Y, parameters):
    """The textbook's sum over examples, each a column of its own."""
    num_layers, m = len(parameters) // 2, X.shape[1]
    grads = {f"d{name}": np.zeros_like(value) for name, value in parameters.items()}
    for i in range(m):
        A, Z = [X[:, i : i + 1]], []
        for layer in range(1, num_layers + 1):
            Z.append(parameters[f"W{layer}"] @ A[-1] + parameters[f"b{layer}"])
            last = layer == num_layers
            A.append(activations.softmax(Z[-1]) if last else activations.relu(Z[-1]))
        dz = (A[-1] - Y[:, i : i + 1]) / m
        for layer in range(num_layers, 0, -1):
            grads[f"dW{layer}"] += dz @ A[layer - 1].T
            grads[f"db{layer}"] += dz
            if layer > 1:
                da = parameters[f"W{layer}"].T @ dz
                dz = da * activations.relu_derivative(Z[layer - 2])
    return grads


def numpy_step(gradients: Callable, X, Y, start) -> Callable[[], dict]:
    parameters = start

    def step():
        nonlocal parameters
        grads = gradients(X, Y, parameters)
        parameters = dense.update(parameters, grads, LEARNING_RATE)
        return parameters

    return step


def tape_step(X, Y, start, dtype: str) -> Callable[[], dict]:
    model, loss = keras_network(start, dtype)
    X_rows, Y_rows = tf.constant(X.T), tf.constant(Y.T)  # examples first

    @tf.function
    def descend():
        with tf.GradientTape() as tape:
            cost = loss(Y_rows, model(X_rows))
        variables = [weight.value for weight in model.trainable_weights]
        for variable, gradient in zip(
            variables, tape.gradient(cost, variables), strict=True
        ):
            variable.assign_sub(LEARNING_RATE * gradient)

    return returning_parameters(descend, model)


def batch_step(X, Y, start, dtype: str) -> Callable[[], dict]:
    model, loss = keras_network(start, dtype)
    model.compile(keras.optimizers.SGD(LEARNING_RATE), loss)
    X_rows, Y_rows = np.ascontiguousarray(X.T), np.ascontiguousarray(Y.T)
    return returning_parameters(lambda: model.train_on_batch(X_rows, Y_rows), model)


def keras_network(start, dtype: str):
    model = keras_tools.dense_model(start, output="softmax", dtype=dtype)
    return model, keras.losses.CategoricalCrossentropy(dtype=dtype)


def returning_parameters(run: Callable, model: keras.Model) -> Callable[[], dict]:
    def step():
        run()
        # Reading the weights waits for the computation; its own time is negligible.
        return keras_tools.parameters_of(model)

    return step

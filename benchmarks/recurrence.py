"""Recurrent layers: utils.nn, one example at a time, and Keras in a graph."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from side_by_side import rounds, table

from utils import keras_tools
from utils.nn import gradcheck, gru, lstm, recurrent

STATES, FEATURES, EXAMPLES, STEPS = 64, 32, 64, 40  # n_a, n_x, m, T_x
NUM_ROUNDS = 7
AGREEMENT = 1e-12  # relative difference of all results, in float64
LAYERS = {"SimpleRNN": recurrent, "GRU": gru, "LSTM": lstm}


def report() -> None:
    """Print one table per layer."""
    shape = f"n_a {STATES}, n_x {FEATURES}, {EXAMPLES} examples, {STEPS} steps, float64"
    for name in LAYERS:
        print(f"\n{name}, forward and backward, {shape}")
        print(table(measure(name)))


def measure(name: str) -> dict[str, list[float]]:
    """Seconds by contestant, after checking that all give the same numbers."""
    module, rng = LAYERS[name], np.random.default_rng(0)
    X = rng.standard_normal((FEATURES, EXAMPLES, STEPS))
    da = rng.standard_normal((STATES, EXAMPLES, STEPS))
    parameters = module.initialize(STATES, FEATURES, rng)
    contestants = {
        f"utils.nn.{module.__name__.split('.')[-1]}": lambda: gradients(
            module, X, da, parameters
        ),
        "NumPy, one example at a time": lambda: looped(module, X, da, parameters),
        "Keras, GradientTape in tf.function": graph(name, X, da, parameters),
    }
    expected = next(iter(contestants.values()))()
    for contestant, run in contestants.items():
        for ours, theirs in zip(expected, run(), strict=True):
            differs = gradcheck.relative_difference(ours, theirs)
            assert differs < AGREEMENT, (contestant, differs)
    return rounds(contestants, NUM_ROUNDS, turn=0.2)


def gradients(module, X, da, parameters) -> list[np.ndarray]:
    """The states, the gradient of the inputs, and one of all weights and biases."""
    zeros = np.zeros((STATES, X.shape[1]))
    first = [zeros, zeros] if module is lstm else [zeros]
    a, *_, cache = module.forward(X, *first, parameters)
    dX, *_, grads = module.backward(da, cache)
    return [a, dX, flat(grads, "d", parameters)]


def looped(module, X, da, parameters) -> list[np.ndarray]:
    """The same, as the sum over examples says it: each a sequence of its own."""
    one_by_one = [
        gradients(module, X[:, i : i + 1], da[:, i : i + 1], parameters)
        for i in range(X.shape[1])
    ]
    a, dX, grads = zip(*one_by_one, strict=True)
    return [np.concatenate(a, axis=1), np.concatenate(dX, axis=1), sum(grads)]


def flat(arrays, prefix: str, names) -> np.ndarray:
    """All arrays as one vector, in the order of `names`."""
    return np.concatenate([arrays[prefix + name].ravel() for name in names])


def graph(name: str, X, da, parameters) -> Callable[[], list[np.ndarray]]:
    """The layer of Keras with the same weights."""
    options = {"return_sequences": True, "dtype": "float64"}
    if name == "GRU":
        options["reset_after"] = False
    layer = getattr(keras.layers, name)(STATES, **options)
    layer.build((None, None, FEATURES))
    layer.set_weights(keras_tools.recurrent_weights(name, parameters))
    inputs = tf.constant(X.transpose(1, 2, 0))
    slope = tf.constant(da.transpose(1, 2, 0))

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            states = layer(inputs)
        sources = [inputs, *(weight.value for weight in layer.trainable_weights)]
        return states, tape.gradient(states, sources, slope)

    def run():
        states, (d_inputs, *weights) = step()
        a, dX = (np.transpose(t.numpy(), (2, 0, 1)) for t in (states, d_inputs))
        grads = keras_tools.recurrent_parameters(name, weights)
        return [a, dX, flat(grads, "", parameters)]

    return run

"""Hold the networks of utils.nn against Keras: weights across, gradients back.

Keras keeps one example per row, the lectures one per column. Everything here takes
and returns the lectures' layout, W (n_out, n_in) and b (n_out, 1); the transposition
happens inside.
"""

from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf


def _leaky_relu(z):
    # that of Keras has slope 0.2 by default, and rounds any slope to float32
    return keras.ops.maximum(z, 0.01 * z)


ACTIVATIONS = {"leaky_relu": _leaky_relu, "identity": "linear"}  # others: same name


def dense_model(
    parameters: dict[str, np.ndarray],
    hidden: str = "relu",
    output: str = "sigmoid",
    dtype: str = "float64",
) -> keras.Sequential:
    """Build the Keras network that computes what `utils.nn.dense.forward` computes.

    parameters : {"W1": (n_1, n_x), "b1": (n_1, 1), ...}
    hidden     : relu, leaky_relu, tanh, sigmoid or identity
    output     : sigmoid or softmax
    dtype      : "float64" or "float32"   type of the weights and the computation
    returns     built, uncompiled model from (m, n_x) to (m, n_L)
    raises      ValueError by Keras if a shape does not fit

    Built in course1_nn/04_deep_network_by_hand.
    """
    num_layers = len(parameters) // 2
    model = keras.Sequential([keras.Input((parameters["W1"].shape[1],), dtype=dtype)])
    weights = []
    for layer in range(1, num_layers + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        name = output if layer == num_layers else hidden
        activation = ACTIVATIONS.get(name, name)
        model.add(keras.layers.Dense(len(W), activation=activation, dtype=dtype))
        weights += [W.T, b[:, 0]]
    model.set_weights(weights)
    return model


def network_model(
    network: NamedTuple, m: int | None = None, dtype: str = "float64"
) -> keras.Sequential:
    """Build the Keras network that is `network`, with all its switches.

    Dense, BatchNormalization, Activation and Dropout per hidden layer, then Dense with
    the output's activation. The masks of dropout are Keras's own. With an L2 penalty
    every kernel is regularised by lambd / (2 m), which Keras adds to its loss; before
    you `fit` a float64 model with it, call keras.config.set_floatx("float64").

    network : utils.nn.network.Network
    m       : int   examples of the whole training set; needed if lambd > 0
    dtype   : "float64" or "float32"   type of the weights and the computation
    returns  built, uncompiled model from (m, n_x) to (m, n_L)
    raises   ValueError if m is missing, or by Keras if a shape does not fit

    Built in course2_improving/02_regularization and 06_batch_normalization.
    """
    parameters, options, statistics = network
    num_layers = sum(name.startswith("W") for name in parameters)
    if options.lambd and m is None:
        raise ValueError(f"lambd {options.lambd} needs m, the number of examples")
    # Keras rounds this strength to float32, also in a float64 model
    penalty = keras.regularizers.L2(options.lambd / (2 * m)) if options.lambd else None
    layers, chances = keras.layers, np.broadcast_to(options.keep_prob, num_layers - 1)
    model = keras.Sequential([keras.Input((parameters["W1"].shape[1],), dtype=dtype)])
    for i in range(1, num_layers + 1):
        last, normed = i == num_layers, f"gamma{i}" in parameters
        name = options.output if last else "linear"
        dense = layers.Dense(
            len(parameters[f"W{i}"]),
            name,
            not normed,
            kernel_regularizer=penalty,
            dtype=dtype,
        )
        model.add(dense)
        dense.kernel.assign(parameters[f"W{i}"].T)
        if normed:
            norm = layers.BatchNormalization(dtype=dtype)
            model.add(norm)
            columns = [parameters[f"gamma{i}"], parameters[f"beta{i}"]]
            columns += [statistics[f"mean{i}"], statistics[f"variance{i}"]]
            norm.set_weights([column[:, 0] for column in columns])
        else:
            dense.bias.assign(parameters[f"b{i}"][:, 0])
        if not last:
            hidden = ACTIVATIONS.get(options.hidden, options.hidden)
            model.add(layers.Activation(hidden, dtype=dtype))
            if chances[i - 1] < 1:
                model.add(layers.Dropout(1 - chances[i - 1], dtype=dtype))
    return model


def parameters_of(model: keras.Model) -> dict[str, np.ndarray]:
    """Copy the weights of a model of Dense layers into the lectures' layout.

    model   : Dense, each with its bias or followed by BatchNormalization; layers
              without weights are passed over
    returns  {"W1": (n_1, n_x), "b1": (n_1, 1), ...} in the type of the model, "gamma1"
             and "beta1" instead of "b1" after batch normalization
    raises   ValueError naming the layer if one with weights is of another kind
    """
    variables = _variables(model)
    return _lecture_layout(variables, list(variables.values()), prefix="")


def gradients(
    model: keras.Model, X: np.ndarray, Y: np.ndarray, training: bool = False
) -> dict[str, np.ndarray]:
    """Gradients of the mean cross-entropy by TensorFlow's automatic differentiation.

    The loss follows the last layer: sigmoid or softmax. It is taken from the scores
    before that activation, because Keras clips probabilities at 1e-7. The penalties of
    regularised layers are added to it.

    model    : Sequential of Dense layers ending in sigmoid or softmax
    X        : (n_x, m)               one example per column
    Y        : (n_L, m) in [0, 1]     labels; one-hot for softmax
    training : True for the batch's own statistics and Keras's own masks of dropout;
               like any such call it moves the running statistics of the model
    returns   grads with the names and shapes of `parameters_of`, "dW1", "db1", ...
    raises    ValueError naming the last layer's activation, or both shapes

    Built in course1_nn/04_deep_network_by_hand.
    """
    variables = _variables(model)
    last = model.layers[-1]
    losses = {
        keras.activations.sigmoid: tf.nn.sigmoid_cross_entropy_with_logits,
        keras.activations.softmax: tf.nn.softmax_cross_entropy_with_logits,
    }
    loss = losses.get(getattr(last, "activation", None))
    if loss is None:
        raise ValueError(
            "the last layer must be Dense with sigmoid or softmax, "
            f"got {type(last).__name__} {last.name!r}"
        )
    expected = (model.output_shape[-1], np.shape(X)[-1])
    if np.shape(Y) != expected:
        raise ValueError(f"Y must have shape (n_L, m) {expected}, got {np.shape(Y)}")
    dtype = last.compute_dtype  # that of a Sequential is the global float type
    labels = tf.constant(np.transpose(Y), dtype=dtype)  # (m, n_L)
    with tf.GradientTape() as tape:
        A = tf.constant(np.transpose(X), dtype=dtype)  # (m, n_x)
        for layer in model.layers[:-1]:
            A = layer(A, training=training)
        Z = A @ last.kernel + last.bias  # (m, n_L)
        total = tf.reduce_sum(loss(labels=labels, logits=Z)) / len(labels)
        total += sum(penalty for layer in model.layers for penalty in layer.losses)
    slopes = tape.gradient(total, list(variables.values()))
    return _lecture_layout(variables, slopes, prefix="d")


# Keras's order of the gates, and the signs: its update gate of the GRU says how much of
# the memory is kept, the lectures' how much is new.
_GATES = {
    "GRU": (("u", -1), ("r", 1), ("c", 1)),
    "LSTM": (("u", 1), ("f", 1), ("c", 1), ("o", 1)),
}


def recurrent_weights(
    layer: str, parameters: dict[str, np.ndarray]
) -> list[np.ndarray]:
    """Kernel, recurrent kernel and bias of a Keras layer, for `set_weights`.

    layer      : "SimpleRNN", "GRU" (with reset_after=False) or "LSTM"
    parameters : as in utils.nn.recurrent, gru or lstm
    """
    P = parameters
    if layer == "SimpleRNN":
        return [P["Wax"].T, P["Waa"].T, P["ba"][:, 0]]
    W = np.concatenate([sign * P[f"W{gate}"] for gate, sign in _GATES[layer]]).T
    b = np.concatenate([sign * P[f"b{gate}"][:, 0] for gate, sign in _GATES[layer]])
    n_a = len(P["bu"])
    return [W[n_a:], W[:n_a], b]


def recurrent_parameters(
    layer: str, weights: list[np.ndarray]
) -> dict[str, np.ndarray]:
    """The inverse of `recurrent_weights`, for weights or their gradients."""
    kernel, recurrent_kernel, bias = (np.asarray(array) for array in weights)
    if layer == "SimpleRNN":
        return {"Wax": kernel.T, "Waa": recurrent_kernel.T, "ba": bias[:, np.newaxis]}
    W, parameters = np.concatenate([recurrent_kernel, kernel]).T, {}
    n_a = len(recurrent_kernel)
    for k, (gate, sign) in enumerate(_GATES[layer]):
        rows = slice(k * n_a, (k + 1) * n_a)
        parameters[f"W{gate}"] = sign * W[rows]
        parameters[f"b{gate}"] = sign * bias[rows, np.newaxis]
    return parameters


def _variables(model: keras.Model) -> dict[str, tf.Variable]:
    """The trained variables under the lectures' names, "W1", "b1", ..."""
    named, number, open_layer = {}, 0, None  # open: Dense that waits for its norm
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dense) and open_layer is None:
            number += 1
            named[f"W{number}"] = layer.kernel.value
            if layer.use_bias:
                named[f"b{number}"] = layer.bias.value
            else:
                open_layer = layer
        elif isinstance(layer, keras.layers.BatchNormalization) and open_layer:
            named[f"gamma{number}"] = layer.gamma.value
            named[f"beta{number}"] = layer.beta.value
            open_layer = None
        elif layer.weights:
            _refuse(layer)
    if open_layer:
        _refuse(open_layer)
    return named


def _refuse(layer: keras.Layer) -> None:
    raise ValueError(
        "every layer with weights must be Dense with a bias, or Dense without one and "
        f"then BatchNormalization, got {type(layer).__name__} {layer.name!r}"
    )


def _lecture_layout(names, arrays: list, prefix: str) -> dict[str, np.ndarray]:
    """Copy kernels (n_in, n_out) to W (n_out, n_in), and vectors (n,) to (n, 1)."""
    columns = [array.numpy().reshape(-1, array.shape[-1]).T.copy() for array in arrays]
    return {prefix + name: column for name, column in zip(names, columns, strict=True)}

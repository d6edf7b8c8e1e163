"""Hold the networks of utils.nn against Keras: weights across, gradients back.

Keras keeps one example per row, the lectures one per column. Everything here takes
and returns the lectures' layout, W (n_out, n_in) and b (n_out, 1); the transposition
happens inside.
"""

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


def parameters_of(model: keras.Model) -> dict[str, np.ndarray]:
    """Copy the weights of a model of Dense layers into the lectures' layout.

    model   : layers of type Dense; layers without weights are passed over
    returns  {"W1": (n_1, n_x), "b1": (n_1, 1), ...} in the type of the model
    raises   ValueError naming the layer if one with weights is not Dense
    """
    return _lecture_layout(_dense_variables(model), prefix="")


def gradients(
    model: keras.Model, X: np.ndarray, Y: np.ndarray
) -> dict[str, np.ndarray]:
    """Gradients of the mean cross-entropy by TensorFlow's automatic differentiation.

    The loss follows the last layer: sigmoid or softmax. It is taken from the scores
    before that activation, because Keras clips probabilities at 1e-7.

    model   : Sequential of Dense layers ending in sigmoid or softmax
    X       : (n_x, m)               one example per column
    Y       : (n_L, m) in [0, 1]     labels; one-hot for softmax
    returns  grads {"dW1": shape of W1, "db1": shape of b1, ...}
    raises   ValueError naming the last layer's activation, or both shapes

    Built in course1_nn/04_deep_network_by_hand.
    """
    variables = _dense_variables(model)
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
            A = layer(A)
        Z = A @ last.kernel + last.bias  # (m, n_L)
        total = tf.reduce_sum(loss(labels=labels, logits=Z)) / len(labels)
    return _lecture_layout(tape.gradient(total, variables), prefix="d")


def _dense_variables(model: keras.Model) -> list:
    variables = []
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dense) and layer.use_bias:
            variables += [layer.kernel.value, layer.bias.value]
        elif layer.weights:
            raise ValueError(
                "every layer with weights must be Dense with a bias, "
                f"got {type(layer).__name__} {layer.name!r}"
            )
    return variables


def _lecture_layout(arrays: list, prefix: str) -> dict[str, np.ndarray]:
    """Turn [kernel, bias, kernel, ...] into {"W1": kernel.T, "b1": a column, ...}."""
    named = {}
    for layer, (kernel, bias) in enumerate(
        zip(arrays[::2], arrays[1::2], strict=True), start=1
    ):
        named[f"{prefix}W{layer}"] = kernel.numpy().T.copy()
        named[f"{prefix}b{layer}"] = bias.numpy()[:, np.newaxis].copy()
    return named

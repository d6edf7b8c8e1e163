"""Fully connected networks of any depth, as the lectures write them.

One column per example: X (n_x, m). The parameters are a dict {"W1": (n_1, n_x),
"b1": (n_1, 1), "W2": ...}; grads carry the same shapes under "dW1", "db1", ...
The layer sizes (n_x, 1) make it logistic regression.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from utils.nn import activations, initializers, losses

HIDDEN = {
    "relu": (activations.relu, activations.relu_derivative),
    "leaky_relu": (activations.leaky_relu, activations.leaky_relu_derivative),
    "tanh": (activations.tanh, activations.tanh_derivative),
    "sigmoid": (activations.sigmoid, activations.sigmoid_derivative),
    "identity": (activations.identity, activations.identity_derivative),
}
OUTPUT = {
    "sigmoid": (activations.sigmoid, losses.binary_cross_entropy_from_logits),
    "softmax": (activations.softmax, losses.categorical_cross_entropy_from_logits),
}


class Cache(NamedTuple):
    """What one layer's forward pass leaves for its backward pass."""

    A_prev: np.ndarray  # (n_in, m)
    W: np.ndarray  # (n_out, n_in)
    Z: np.ndarray  # (n_out, m)
    A: np.ndarray  # (n_out, m)
    activation: str


def initialize(
    layer_dims: Sequence[int],
    rng: np.random.Generator,
    initializer: Callable[..., np.ndarray] = initializers.he,
) -> dict[str, np.ndarray]:
    """Draw the weights of every layer, and set the biases to 0.

    layer_dims  : (n_x, n_1, ..., n_L) int   inputs, then units of each layer
    rng         : random generator
    initializer : (n_out, n_in, rng) -> W    see `initializers`
    returns      parameters {"W1": (n_1, n_x), "b1": (n_1, 1), ...} float64
    raises       ValueError with the sizes if there are fewer than two or one is < 1

    Built in course1_nn/04_deep_network_by_hand.
    """
    if len(layer_dims) < 2 or min(layer_dims) < 1:
        raise ValueError(
            f"layer_dims must be at least two sizes >= 1, got {tuple(layer_dims)}"
        )
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = initializer(n_out, n_in, rng)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def forward(
    X: np.ndarray,
    parameters: dict[str, np.ndarray],
    hidden: str = "relu",
    output: str = "sigmoid",
) -> tuple[np.ndarray, list[Cache]]:
    """Compute every layer's A = activation(W A_prev + b), from X to the output.

    X          : (n_x, m) number   one example per column
    parameters : dict of W (n_out, n_in) and b (n_out, 1); float32 is kept
    hidden     : relu, leaky_relu, tanh, sigmoid or identity
    output     : sigmoid or softmax
    returns     A_L (n_L, m) in [0, 1] and one Cache per layer for `cost` and `backward`
    raises      ValueError naming both shapes if two of them do not fit

    Built in course1_nn/04_deep_network_by_hand; one unit in 02, one tanh layer in 03.
    """
    _check_choice("hidden", hidden, HIDDEN)
    _check_choice("output", output, OUTPUT)
    num_layers = _check_parameters(X, parameters)
    # In the type of the weights: a float64 X would turn a float32 network into float64.
    A = np.asarray(X, dtype=np.result_type(parameters["W1"], np.float16))
    caches = []
    for layer in range(1, num_layers + 1):
        A_prev, W = A, parameters[f"W{layer}"]
        Z = W @ A_prev + parameters[f"b{layer}"]  # (n_out, m)
        name = output if layer == num_layers else hidden
        A = (OUTPUT if layer == num_layers else HIDDEN)[name][0](Z)
        caches.append(Cache(A_prev, W, Z, A, name))
    return A, caches


def cost(Y: np.ndarray, caches: list[Cache]) -> float:
    """Mean cross-entropy of the network's output, from the last scores Z.

    Y       : (n_L, m) in [0, 1]   labels; one-hot for softmax, see `losses.one_hot`
    caches  : from `forward`
    returns  float >= 0, finite even where A has rounded to 0 or 1
    raises   ValueError naming both shapes if Y does not fit the output

    Built in course1_nn/02_logistic_regression (sigmoid) and
    course1_nn/05_deep_network_on_images (softmax).
    """
    last = caches[-1]
    return OUTPUT[last.activation][1](last.Z, Y)


def backward(Y: np.ndarray, caches: list[Cache]) -> dict[str, np.ndarray]:
    """Gradients of `cost` with respect to every W and b, from the last layer back.

    Y       : (n_L, m) in [0, 1]   labels, as in `cost`
    caches  : from `forward`
    returns  grads {"dW1": shape of W1, "db1": shape of b1, ...}
    raises   ValueError naming both shapes if Y does not fit the output

    Rumelhart, Hinton and Williams 1986. Built in course1_nn/04_deep_network_by_hand.
    """
    A_L = caches[-1].A
    if np.shape(Y) != A_L.shape:
        raise ValueError(
            f"Y must have the shape of A_L, got Y {np.shape(Y)} and A_L {A_L.shape}"
        )
    # Sigmoid and softmax with their cross-entropy share this derivative; the 1/m of the
    # mean enters here once and reaches every gradient.
    dZ = (A_L - np.asarray(Y, dtype=A_L.dtype)) / A_L.shape[1]  # (n_L, m)
    grads = {}
    for layer in range(len(caches), 0, -1):
        cache = caches[layer - 1]
        grads[f"dW{layer}"] = dZ @ cache.A_prev.T  # (n_out, n_in)
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)  # (n_out, 1)
        if layer > 1:
            before = caches[layer - 2]
            dA_prev = cache.W.T @ dZ  # (n_in, m)
            dZ = dA_prev * HIDDEN[before.activation][1](before.Z)
    return grads


def update(
    parameters: dict[str, np.ndarray],
    grads: dict[str, np.ndarray],
    learning_rate: float,
) -> dict[str, np.ndarray]:
    """One step of gradient descent: subtract learning_rate times the gradient.

    parameters    : dict of arrays; left as they are
    grads         : {"d" + name: array of the same shape}
    learning_rate : float > 0
    returns        new parameters, same names, shapes and types
    raises         ValueError naming both shapes if a gradient does not fit

    Built in course1_nn/02_logistic_regression.
    """
    rate = float(learning_rate)  # a NumPy float64 would promote float32 parameters
    updated = {}
    for name, value in parameters.items():
        step = grads[f"d{name}"]
        if step.shape != value.shape:
            raise ValueError(
                f"d{name} must have the shape of {name}, "
                f"got d{name} {step.shape} and {name} {value.shape}"
            )
        updated[name] = value - rate * step
    return updated


def predict(
    X: np.ndarray,
    parameters: dict[str, np.ndarray],
    hidden: str = "relu",
    output: str = "sigmoid",
) -> np.ndarray:
    """Label every example: A >= 0.5 for sigmoid, the likeliest class for softmax.

    X, parameters, hidden, output : as in `forward`
    returns  (1, m) int

    Built in course1_nn/02_logistic_regression (sigmoid) and
    course1_nn/05_deep_network_on_images (softmax).
    """
    A, _ = forward(X, parameters, hidden, output)
    if output == "softmax":
        return A.argmax(axis=0, keepdims=True)
    return (A >= 0.5).astype(int)


def train(
    X: np.ndarray,
    Y: np.ndarray,
    parameters: dict[str, np.ndarray],
    learning_rate: float,
    num_epochs: int,
    hidden: str = "relu",
    output: str = "sigmoid",
) -> tuple[dict[str, np.ndarray], list[float]]:
    """Repeat forward, backward, update on all examples at once.

    X, parameters, hidden, output : as in `forward`; parameters are left as they are
    Y             : (n_L, m) in [0, 1]   labels, as in `cost`
    learning_rate : float > 0
    num_epochs    : int                  number of updates
    returns        new parameters, and num_epochs costs, costs[i] from before update i

    Built in course1_nn/02_logistic_regression.
    """
    costs = []
    for _ in range(num_epochs):
        _, caches = forward(X, parameters, hidden, output)
        costs.append(cost(Y, caches))
        parameters = update(parameters, backward(Y, caches), learning_rate)
    return parameters, costs


def _check_choice(role: str, name: str, known: dict) -> None:
    if name not in known:
        raise ValueError(f"{role} must be one of {', '.join(known)}, got {name!r}")


def _check_parameters(X: np.ndarray, parameters: dict[str, np.ndarray]) -> int:
    """Return the number of layers, after checking that each fits the one before."""
    num_layers = len(parameters) // 2
    names = [f"{kind}{layer + 1}" for layer in range(num_layers) for kind in "Wb"]
    if not names or set(names) != set(parameters):
        raise ValueError(f"parameters must be W1, b1, W2, ..., got {list(parameters)}")
    if np.ndim(X) != 2:
        raise ValueError(f"X must have shape (n_x, m), got {np.shape(X)}")
    before, shape = "X", np.shape(X)
    for layer in range(1, num_layers + 1):
        W, b = np.shape(parameters[f"W{layer}"]), np.shape(parameters[f"b{layer}"])
        if len(W) != 2 or W[1] != shape[0] or b != (W[0], 1):
            raise ValueError(
                f"W{layer} must be (n_out, n_in) and b{layer} (n_out, 1), n_in the "
                f"rows of {before}; got W{layer} {W}, b{layer} {b}, {before} {shape}"
            )
        before, shape = f"W{layer}", W
    return num_layers

"""The general dense network: L2, dropout and batch normalization, each on or off.

With every switch off it is `dense`. What `train` does with one batch X_b, Y_b:

    _, caches = network.forward(X_b, net, training=True, rng=rng)
    grads = network.backward(Y_b, caches, net, m)
    parameters, state = optimizers.adam(net.parameters, grads, state, 0.001)
    net = network.update_statistics(net._replace(parameters=parameters), caches)
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from utils.nn import batches, batchnorm, dense, initializers, optimizers, regularizers
from utils.nn.options import OFF, Options, check_parameters, keep_probs


class Network(NamedTuple):
    """All that defines a network; `net._replace(parameters=...)` gives it others."""

    parameters: dict[str, np.ndarray]  # "W1", "b1" (or "gamma1", "beta1"), "W2", ...
    options: Options
    statistics: dict[str, np.ndarray]  # "mean1", "variance1", ...; {} if not batch_norm


class Cache(NamedTuple):
    """What one layer's forward pass leaves for its backward pass."""

    A_prev: np.ndarray  # (n_in, m)
    W: np.ndarray  # (n_out, n_in)
    Z: np.ndarray  # (n_out, m) what goes into the activation, so after batch norm
    A: np.ndarray  # (n_out, m) what the next layer gets, so after dropout
    activation: str
    norm: batchnorm.Cache | None  # None without batch statistics
    D: np.ndarray | None  # (n_out, m) mask of dropout; None if it is off


def initialize(
    layer_dims: Sequence[int],
    rng: np.random.Generator,
    options: Options = OFF,
    initializer: Callable[..., np.ndarray] = initializers.he,
) -> Network:
    """Draw the weights of every layer as `dense.initialize`; gamma is 1, the rest 0.

    A hidden layer with batch norm has no b, which the mean would take away again.

    layer_dims  : (n_x, n_1, ..., n_L) int   inputs, then units of each layer
    rng         : random generator
    initializer : (n_out, n_in, rng) -> W    see `initializers`
    returns      Network, float64
    raises       ValueError with the sizes or the option that is wrong
    """
    parameters, statistics = dense.initialize(layer_dims, rng, initializer), {}
    num_layers = len(parameters) // 2
    keep_probs(options, num_layers)  # refuses what is wrong
    for layer in range(1, num_layers if options.batch_norm else 1):
        column = parameters.pop(f"b{layer}")  # (n, 1)
        for names, zeros, ones in (
            (parameters, f"beta{layer}", f"gamma{layer}"),
            (statistics, f"mean{layer}", f"variance{layer}"),
        ):
            names |= {ones: np.ones_like(column), zeros: np.zeros_like(column)}
    return Network(parameters, options, statistics)


def forward(
    X: np.ndarray,
    network: Network,
    training: bool = False,
    rng: np.random.Generator | None = None,
) -> tuple[np.ndarray, list[Cache]]:
    """In each layer W A_prev (+ b), batch norm, activation, dropout.

    X        : (n_x, m) number   one example per column
    training : True drops units, and normalises with the statistics of this batch;
               False drops none, and takes the running statistics
    rng      : random generator for dropout, needed in training if keep_prob < 1
    returns   A_L (n_L, m) in [0, 1], and one Cache per layer for `cost` and `backward`
    raises    ValueError naming the shapes, the names or the option that do not fit

    Srivastava et al. 2014, Ioffe and Szegedy 2015. Dropout is built in
    course2_improving/02_regularization, batch norm in 06_batch_normalization.
    """
    parameters, options, statistics = network
    num_layers = check_parameters(X, parameters, options)
    chances = keep_probs(options, num_layers)
    if training and rng is None and min(chances) < 1:
        raise ValueError(f"keep_prob {options.keep_prob} needs an rng, got None")
    # In the type of the weights: a float64 X would turn a float32 network into float64.
    A = np.asarray(X, dtype=np.result_type(parameters["W1"], np.float16))
    caches = []
    for layer, keep_prob in enumerate(chances, start=1):
        A_prev, W, norm, D = A, parameters[f"W{layer}"], None, None
        Z = W @ A_prev  # (n_out, m)
        if f"b{layer}" in parameters:
            Z = Z + parameters[f"b{layer}"]
        else:
            gamma, beta = parameters[f"gamma{layer}"], parameters[f"beta{layer}"]
            if training:
                Z, norm = batchnorm.forward(Z, gamma, beta)
            else:
                mean, variance = (
                    statistics[f"mean{layer}"],
                    statistics[f"variance{layer}"],
                )
                Z = batchnorm.predict(Z, gamma, beta, mean, variance)
        last = layer == num_layers
        name = options.output if last else options.hidden
        A = (dense.OUTPUT if last else dense.HIDDEN)[name][0](Z)
        if training and keep_prob < 1:
            A, D = regularizers.dropout_forward(A, keep_prob, rng)
        caches.append(Cache(A_prev, W, Z, A, name, norm, D))
    return A, caches


def cost(
    Y: np.ndarray, caches: list[Cache], network: Network, m: int | None = None
) -> float:
    """Mean cross-entropy of the batch, plus lambd / (2 m) times the sum of all W^2.

    Y       : (n_L, m) in [0, 1]   labels; one-hot for softmax
    caches  : from `forward`
    m       : int   examples of the whole training set, for the penalty; those of this
              batch if not given
    returns  float >= 0
    raises   ValueError naming both shapes if Y does not fit the output
    """
    mean, lambd = dense.cost(Y, caches), network.options.lambd
    m = caches[-1].A.shape[1] if m is None else m
    return mean + regularizers.l2_cost(network.parameters, lambd, m)


def backward(
    Y: np.ndarray, caches: list[Cache], network: Network, m: int | None = None
) -> dict[str, np.ndarray]:
    """Gradients of exactly that `cost`, with the masks that `forward` drew.

    Y, caches, network, m : as in `cost`; with batch norm, caches of training=True
    returns  grads {"d" + name: shape of the parameter} for every parameter
    raises   ValueError naming both shapes, or what is missing in the caches
    """
    A_L, options, num_layers, grads = caches[-1].A, network.options, len(caches), {}
    if np.shape(Y) != A_L.shape:
        raise ValueError(
            f"Y must have the shape of A_L, got Y {np.shape(Y)} and A_L {A_L.shape}"
        )
    # As in `dense.backward`: the 1/m of the mean over the batch enters here, once.
    dZ = (A_L - np.asarray(Y, dtype=A_L.dtype)) / A_L.shape[1]  # (n_L, m)
    for layer in range(num_layers, 0, -1):
        cache = caches[layer - 1]
        if layer < num_layers:
            dA = caches[layer].W.T @ dZ  # (n_out, m)
            if cache.D is not None:
                dA = regularizers.dropout_backward(dA, cache.D)
            dZ = dA * dense.HIDDEN[cache.activation][1](cache.Z)
        if layer == num_layers or not options.batch_norm:
            grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)  # (n_out, 1)
        elif cache.norm is None:
            raise ValueError("batch norm needs caches of forward(..., training=True)")
        else:
            dZ, dgamma, dbeta = batchnorm.backward(dZ, cache.norm)
            grads |= {f"dgamma{layer}": dgamma, f"dbeta{layer}": dbeta}
        grads[f"dW{layer}"] = dZ @ cache.A_prev.T  # (n_out, n_in)
    if options.lambd:
        m = A_L.shape[1] if m is None else m
        penalty = regularizers.l2_gradients(network.parameters, options.lambd, m)
        grads |= {name: grads[name] + penalty[name] for name in penalty}
    return grads


def update_statistics(network: Network, caches: list[Cache]) -> Network:
    """Return `network` with running statistics moved by caches of training=True."""
    statistics = dict(network.statistics)
    for layer, cache in enumerate(caches, start=1):
        if cache.norm is not None:
            mean, variance = f"mean{layer}", f"variance{layer}"
            statistics[mean], statistics[variance] = batchnorm.update_running(
                statistics[mean], statistics[variance], cache.norm
            )
    return network._replace(statistics=statistics)


def predict(X: np.ndarray, network: Network) -> np.ndarray:
    """Label X (n_x, m) with (1, m) int: A >= 0.5, or the likeliest class of softmax."""
    A, _ = forward(X, network)
    if network.options.output == "softmax":
        return A.argmax(axis=0, keepdims=True)
    return (A >= 0.5).astype(int)


def train(
    X: np.ndarray,
    Y: np.ndarray,
    network: Network,
    optimizer: Callable[..., tuple[dict, dict]] = optimizers.sgd,
    learning_rate: float | Callable[[int], float] = 0.01,
    num_epochs: int = 100,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    monitor: Callable[[int, Network], bool | None] | None = None,
    **hyper: float,
) -> tuple[Network, list[float]]:
    """Repeat forward, backward and the optimizer's step, batch after batch.

    X, Y, network : as in `forward` and `cost`; left as they are
    optimizer     : one of `optimizers`, which also gets **hyper
    learning_rate : float > 0, or a schedule: rate of update 0, 1, ... (see `schedules`)
    num_epochs    : int   passes over all examples
    batch_size    : int >= 1, or None for one batch of all examples
    rng           : random generator that shuffles (None: given order) and drops units
    monitor       : called with (epoch, network) after epoch 0, 1, ...; True stops
    returns        trained Network, and one cost per epoch: the mean over its examples,
                   each as of its own update (so one batch: from before the update)
    """
    m, step, state, costs = np.shape(X)[1], 0, {}, []
    for epoch in range(num_epochs):
        total, portions = 0.0, [(X, Y)]
        if batch_size is not None:
            portions = batches.mini_batches(X, Y, batch_size, rng)
        for X_b, Y_b in portions:
            _, caches = forward(X_b, network, training=True, rng=rng)
            total += cost(Y_b, caches, network, m) * (np.shape(X_b)[1] / m)
            grads = backward(Y_b, caches, network, m)
            rate = learning_rate(step) if callable(learning_rate) else learning_rate
            moved, state = optimizer(network.parameters, grads, state, rate, **hyper)
            network = update_statistics(network._replace(parameters=moved), caches)
            step += 1
        costs.append(total)
        if monitor is not None and monitor(epoch, network):
            break
    return network, costs

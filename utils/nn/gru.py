"""The gated recurrent unit: a memory that is only changed where a gate opens.

As in the lectures, the state c (= a) is the memory, a gate's weights read the memory
and the input stacked on each other, [c<t-1>; x<t>], and Gamma_u says how much of the
*new* candidate is taken. Keras's update gate z says how much of the *old* memory is
kept, so z = 1 - Gamma_u, and its weights have the other sign. The relevance gate acts
on the memory before the product with Wc: `reset_after=False` in Keras, whose default is
True.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import activations, initializers, recurrent, timesteps

Parameters = dict[str, np.ndarray]
GATES = ("u", "r", "c")  # update, relevance, candidate


class Cache(NamedTuple):
    """What `forward` leaves for `backward`; time comes first."""

    X: np.ndarray  # (T_x, n_x, m)
    c: np.ndarray  # (T_x + 1, n_a, m), the first state in front
    gates: np.ndarray  # (T_x, 3 n_a, m): Gamma_u, Gamma_r, candidate
    parameters: Parameters


def initialize(n_a: int, n_x: int, rng: np.random.Generator) -> Parameters:
    """Xavier weights for the inputs, orthogonal ones for the memory, no bias.

    n_a, n_x : int >= 1   units, and features of an input
    rng      : random generator
    returns   parameters for `forward`
    """
    return stacked(GATES, n_a, n_x, rng)


def stacked(
    gates: tuple[str, ...], n_a: int, n_x: int, rng: np.random.Generator
) -> Parameters:
    """Weights W of each gate, (n_a, n_a + n_x) on [state; input], and biases 0."""
    parameters = {}
    for gate in gates:
        halves = recurrent.orthogonal(n_a, rng), initializers.xavier(n_a, n_x, rng)
        parameters[f"W{gate}"] = np.concatenate(halves, axis=1)
        parameters[f"b{gate}"] = np.zeros((n_a, 1))
    return parameters


def shapes(gates: tuple[str, ...], n_a: int, n_x: int) -> dict[str, tuple[int, int]]:
    """The shape of each parameter of a network with these gates."""
    weights = {f"W{gate}": (n_a, n_a + n_x) for gate in gates}
    return weights | {f"b{gate}": (n_a, 1) for gate in gates}


def forward(
    X: np.ndarray, c_0: np.ndarray, parameters: Parameters
) -> tuple[np.ndarray, Cache]:
    """Step through `X` with an update gate and a relevance gate.

    Gamma_u = sigmoid(Wu [c<t-1>; x<t>] + bu), Gamma_r likewise with Wr, br;
    candidate = tanh(Wc [Gamma_r * c<t-1>; x<t>] + bc);
    c<t> = Gamma_u * candidate + (1 - Gamma_u) * c<t-1>.

    X          : (n_x, m, T_x) number
    c_0        : (n_a, m) number   the memory before the first step
    parameters : "Wu", "Wr", "Wc" (n_a, n_a + n_x), "bu", "br", "bc" (n_a, 1), float;
                 float32 stays
    returns     c (n_a, m, T_x), the memory after every step, and the Cache
    raises      ValueError naming the shapes if they do not fit

    Cho et al. 2014. Built in course5_sequence/02_gru_and_lstm_by_hand.
    """
    n_a, n_x = len(c_0), len(X)
    timesteps.check(X, {"c_0": c_0}, parameters, shapes(GATES, n_a, n_x))
    W = np.concatenate([parameters[f"W{gate}"] for gate in GATES])  # (3 n_a, n_a + n_x)
    b = np.concatenate([parameters[f"b{gate}"] for gate in GATES])
    steps = timesteps.time_first(X, W.dtype)
    gates = W[:, n_a:] @ steps + b  # from the inputs, all steps at once
    W_gates, W_candidate = W[: 2 * n_a, :n_a], W[2 * n_a :, :n_a]
    c = np.empty((len(steps) + 1, *np.shape(c_0)), dtype=gates.dtype)
    c[0] = c_0
    update, relevance, candidate = np.split(gates, 3, axis=1)  # views, filled below
    for t in range(len(steps)):
        gates[t, : 2 * n_a] = activations.sigmoid(gates[t, : 2 * n_a] + W_gates @ c[t])
        Z = candidate[t] + W_candidate @ (relevance[t] * c[t])
        np.tanh(Z, out=candidate[t])
        np.add(c[t], update[t] * (candidate[t] - c[t]), out=c[t + 1])
    return timesteps.features_first(c[1:]), Cache(steps, c, gates, dict(parameters))


def backward(
    dc: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Gradients through `forward`, from the last step back to the first.

    dc      : (n_a, m, T_x) float   gradient with respect to every memory, by the direct
              way only (through the output of that step)
    cache   : from `forward`
    returns  dX (n_x, m, T_x), dc_0 (n_a, m), grads "dWu" and so on;
             sums over the examples, so a mean's 1/m must be in dc
    raises   ValueError naming both shapes if dc does not fit

    Built in course5_sequence/02_gru_and_lstm_by_hand.
    """
    X, c, gates, parameters = cache
    n_a = c.shape[1]
    timesteps.check_gradient("dc", dc, (*c.shape[1:], len(X)))
    W = np.concatenate([parameters[f"W{gate}"] for gate in GATES])
    direct = timesteps.time_first(dc, c.dtype)
    dZ, from_later = np.empty_like(gates), np.zeros_like(c[0])
    update, relevance, candidate = np.split(gates, 3, axis=1)
    d_update, d_relevance, d_candidate = np.split(dZ, 3, axis=1)  # views, filled below
    # What waits for no later step, for all steps at once.
    kept, closed, bend = 1 - update, 1 - relevance, 1 - candidate**2
    change = candidate - c[:-1]
    W_gates, W_candidate = W[: 2 * n_a, :n_a].T, W[2 * n_a :, :n_a].T
    for t in reversed(range(len(X))):
        total = direct[t] + from_later
        np.multiply(total * update[t], bend[t], out=d_candidate[t])
        d_read = W_candidate @ d_candidate[t]  # of relevance * c<t-1>
        np.multiply(total * change[t] * update[t], kept[t], out=d_update[t])
        np.multiply(d_read * c[t] * relevance[t], closed[t], out=d_relevance[t])
        from_later = total * kept[t] + d_read * relevance[t]
        from_later += W_gates @ dZ[t, : 2 * n_a]
    dW_gates = timesteps.weight_gradient(
        dZ[:, : 2 * n_a], np.concatenate([c[:-1], X], axis=1)
    )
    dWc = timesteps.weight_gradient(
        d_candidate, np.concatenate([relevance * c[:-1], X], axis=1)
    )
    dW = dict(zip(GATES, (*np.split(dW_gates, 2), dWc), strict=True))
    db = np.split(dZ.sum(axis=(0, 2))[:, np.newaxis], 3)
    grads = {}
    for gate, d in zip(GATES, db, strict=True):
        grads |= {f"dW{gate}": dW[gate], f"db{gate}": d}
    return timesteps.features_first(W[:, n_a:].T @ dZ), from_later, grads

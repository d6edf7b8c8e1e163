"""Long short-term memory: a memory with gates for writing, keeping and reading.

As in the lectures, a gate's weights read the state and the input stacked on each
other, [a<t-1>; x<t>]. Keras keeps the gates in the order i, f, c, o: here u, f, c, o.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import activations, gru, timesteps

Parameters = dict[str, np.ndarray]
GATES = ("u", "f", "o", "c")  # update, forget, output, candidate


class Cache(NamedTuple):
    """What `forward` leaves for `backward`; time comes first."""

    X: np.ndarray  # (T_x, n_x, m)
    a: np.ndarray  # (T_x + 1, n_a, m), the first state in front
    c: np.ndarray  # (T_x + 1, n_a, m), the first memory in front
    gates: np.ndarray  # (T_x, 4 n_a, m): Gamma_u, Gamma_f, Gamma_o, candidate
    parameters: Parameters


def initialize(n_a: int, n_x: int, rng: np.random.Generator) -> Parameters:
    """Xavier weights for the inputs, orthogonal ones for the state, no bias but bf = 1.

    With a forget gate that starts open, as in Keras, gradients reach early steps from
    the beginning: Jozefowicz et al. 2015.

    n_a, n_x : int >= 1   units, and features of an input
    rng      : random generator
    returns   parameters for `forward`
    """
    parameters = gru.stacked(GATES, n_a, n_x, rng)
    return parameters | {"bf": np.ones((n_a, 1))}


def forward(
    X: np.ndarray, a_0: np.ndarray, c_0: np.ndarray, parameters: Parameters
) -> tuple[np.ndarray, np.ndarray, Cache]:
    """Step through `X` with an update, a forget and an output gate.

    Gamma_u, Gamma_f, Gamma_o = sigmoid(W [a<t-1>; x<t>] + b), each with its own W, b;
    candidate = tanh(Wc [a<t-1>; x<t>] + bc);
    c<t> = Gamma_u * candidate + Gamma_f * c<t-1>, a<t> = Gamma_o * tanh(c<t>).

    X          : (n_x, m, T_x) number
    a_0, c_0   : (n_a, m) number   state and memory before the first step
    parameters : "Wu", "Wf", "Wo", "Wc" (n_a, n_a + n_x), "bu", "bf", "bo", "bc"
                 (n_a, 1), float; float32 stays
    returns     a (n_a, m, T_x), c (n_a, m, T_x) and the Cache
    raises      ValueError naming the shapes if they do not fit

    Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000.
    Built in course5_sequence/02_gru_and_lstm_by_hand.
    """
    n_a, n_x = len(a_0), len(X)
    states = {"a_0": a_0, "c_0": c_0}
    timesteps.check(X, states, parameters, gru.shapes(GATES, n_a, n_x))
    if np.shape(c_0) != np.shape(a_0):
        raise ValueError(
            f"a_0 and c_0 must have one shape, got {np.shape(a_0)} and {np.shape(c_0)}"
        )
    W = np.concatenate([parameters[f"W{gate}"] for gate in GATES])  # (4 n_a, n_a + n_x)
    b = np.concatenate([parameters[f"b{gate}"] for gate in GATES])
    steps = timesteps.time_first(X, W.dtype)
    gates = W[:, n_a:] @ steps + b  # from the inputs, all steps at once
    a = np.empty((len(steps) + 1, *np.shape(a_0)), dtype=gates.dtype)
    c = np.empty_like(a)
    a[0], c[0] = a_0, c_0
    update, forget, output, candidate = np.split(gates, 4, axis=1)  # views
    for t, Z in enumerate(gates):
        Z += W[:, :n_a] @ a[t]
        Z[: 3 * n_a] = activations.sigmoid(Z[: 3 * n_a])
        np.tanh(candidate[t], out=candidate[t])
        np.add(update[t] * candidate[t], forget[t] * c[t], out=c[t + 1])
        np.multiply(output[t], np.tanh(c[t + 1]), out=a[t + 1])
    cache = Cache(steps, a, c, gates, dict(parameters))
    return timesteps.features_first(a[1:]), timesteps.features_first(c[1:]), cache


def backward(
    da: np.ndarray, cache: Cache, dc_last: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Gradients through `forward`, from the last step back to the first.

    da      : (n_a, m, T_x) float   gradient with respect to every state, by the direct
              way only (through the output of that step)
    cache   : from `forward`
    dc_last : (n_a, m) float        gradient with respect to the last memory, where
              something reads it, as a decoder does; None stands for 0
    returns  dX (n_x, m, T_x), da_0 (n_a, m), dc_0 (n_a, m), grads "dWu" and so
             on; sums over the examples, so a mean's 1/m must be in da
    raises   ValueError naming both shapes if da or dc_last does not fit

    Built in course5_sequence/02_gru_and_lstm_by_hand.
    """
    X, a, c, gates, parameters = cache
    n_a = a.shape[1]
    timesteps.check_gradient("da", da, (*a.shape[1:], len(X)))
    if dc_last is not None:
        timesteps.check_gradient("dc_last", dc_last, a.shape[1:])
    W = np.concatenate([parameters[f"W{gate}"] for gate in GATES])
    direct = timesteps.time_first(da, a.dtype)
    dZ, from_later = np.empty_like(gates), np.zeros_like(a[0])
    dc = np.zeros_like(c[0]) if dc_last is None else np.array(dc_last, dtype=c.dtype)
    update, forget, output, candidate = np.split(gates, 4, axis=1)
    d_update, d_forget, d_output, d_candidate = np.split(dZ, 4, axis=1)  # views
    # What waits for no later step, for all steps at once.
    read = np.tanh(c[1:])
    not_update, not_forget, not_output, _ = np.split(1 - gates, 4, axis=1)
    bend, bend_read = 1 - candidate**2, 1 - read**2
    W_state = W[:, :n_a].T
    for t in reversed(range(len(X))):
        total = direct[t] + from_later
        dc += total * output[t] * bend_read[t]
        np.multiply(total * read[t] * output[t], not_output[t], out=d_output[t])
        np.multiply(dc * candidate[t] * update[t], not_update[t], out=d_update[t])
        np.multiply(dc * c[t] * forget[t], not_forget[t], out=d_forget[t])
        np.multiply(dc * update[t], bend[t], out=d_candidate[t])
        from_later = W_state @ dZ[t]
        dc *= forget[t]
    dW = timesteps.weight_gradient(dZ, np.concatenate([a[:-1], X], axis=1))
    db = dZ.sum(axis=(0, 2))[:, np.newaxis]
    grads = {f"dW{g}": d for g, d in zip(GATES, np.split(dW, 4), strict=True)}
    grads |= {f"db{g}": d for g, d in zip(GATES, np.split(db, 4), strict=True)}
    return timesteps.features_first(W[:, n_a:].T @ dZ), from_later, dc, grads

"""The recurrent network: the same layer at every time step, which reads its own past.

Sequences are (n_x, m, T_x): features, examples, time. `gru` and `lstm` have the same
two functions. The output layer on top is a dense layer on each step's state.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import initializers, timesteps

Parameters = dict[str, np.ndarray]


class Cache(NamedTuple):
    """What `forward` leaves for `backward`; time comes first."""

    X: np.ndarray  # (T_x, n_x, m)
    a: np.ndarray  # (T_x + 1, n_a, m), the first state in front
    parameters: Parameters


def initialize(n_a: int, n_x: int, rng: np.random.Generator) -> Parameters:
    """Xavier weights for the inputs, an orthogonal matrix for the state, no bias.

    n_a     : int >= 1   units
    n_x     : int >= 1   features of an input
    rng     : random generator
    returns  parameters for `forward`

    An orthogonal matrix changes no vector's length, so that at the start the signals
    of early steps neither grow nor fade by its doing: Saxe et al. 2014.
    """
    return {
        "Wax": initializers.xavier(n_a, n_x, rng),
        "Waa": orthogonal(n_a, rng),
        "ba": np.zeros((n_a, 1)),
    }


def orthogonal(n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw an orthogonal matrix (n, n), each as likely as any other: Mezzadri 2007."""
    Q, R = np.linalg.qr(rng.standard_normal((n, n)))
    return Q * np.sign(np.diagonal(R))  # without the signs, some are likelier


def forward(
    X: np.ndarray, a_0: np.ndarray, parameters: Parameters
) -> tuple[np.ndarray, Cache]:
    """Step through `X`: a<t> = tanh(Wax x<t> + Waa a<t-1> + ba).

    X          : (n_x, m, T_x) number
    a_0        : (n_a, m) number    the state before the first step
    parameters : "Wax" (n_a, n_x), "Waa" (n_a, n_a), "ba" (n_a, 1), float; float32 stays
    returns     a (n_a, m, T_x), the state after every step, and the Cache
    raises      ValueError naming the shapes if they do not fit

    Elman 1990; SimpleRNN of Keras.
    Built in course5_sequence/01_recurrent_network_by_hand.
    """
    n_a, n_x = len(a_0), len(X)
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1)}
    timesteps.check(X, {"a_0": a_0}, parameters, shapes)
    Wax, Waa, ba = (parameters[name] for name in shapes)
    steps = timesteps.time_first(X, Wax.dtype)
    from_inputs = Wax @ steps + ba  # (T_x, n_a, m), all steps at once
    a = np.empty((len(steps) + 1, *np.shape(a_0)), dtype=from_inputs.dtype)
    a[0] = a_0
    for t, Z in enumerate(from_inputs):
        np.tanh(Z + Waa @ a[t], out=a[t + 1])
    return timesteps.features_first(a[1:]), Cache(steps, a, dict(parameters))


def backward(
    da: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Gradients through `forward`, from the last step back to the first.

    da      : (n_a, m, T_x) float   gradient with respect to every state, by the direct
              way only (through the output of that step); the way through later states
              is added here
    cache   : from `forward`
    returns  dX (n_x, m, T_x), da_0 (n_a, m), grads "dWax", "dWaa",
             "dba"; sums over the examples, so a mean's 1/m must be in da
    raises   ValueError naming both shapes if da does not fit

    Werbos 1990. Built in course5_sequence/01_recurrent_network_by_hand.
    """
    X, a, parameters = cache
    timesteps.check_gradient("da", da, (*a.shape[1:], len(X)))
    direct = timesteps.time_first(da, a.dtype)
    dZ, from_later = np.empty_like(direct), np.zeros_like(a[0])
    slopes, W_state = 1 - a[1:] ** 2, parameters["Waa"].T
    for t in reversed(range(len(X))):
        np.multiply(direct[t] + from_later, slopes[t], out=dZ[t])
        from_later = W_state @ dZ[t]
    grads = {
        "dWax": timesteps.weight_gradient(dZ, X),
        "dWaa": timesteps.weight_gradient(dZ, a[:-1]),
        "dba": dZ.sum(axis=(0, 2))[:, np.newaxis],
    }
    return timesteps.features_first(parameters["Wax"].T @ dZ), from_later, grads


def clip_by_value(grads: dict[str, np.ndarray], limit: float) -> dict[str, np.ndarray]:
    """Cut every entry into [-limit, limit]; this may turn the gradient's direction.

    grads   : name -> array
    limit   : float > 0
    returns  a new dict; raises ValueError for a limit that is not positive

    Built in course5_sequence/03_character_language_model.
    """
    _check_limit(limit)
    return {name: np.clip(values, -limit, limit) for name, values in grads.items()}


def clip_by_norm(grads: dict[str, np.ndarray], limit: float) -> dict[str, np.ndarray]:
    """Shorten the whole gradient to the length `limit` if it is longer.

    grads   : name -> array; their entries count as one long vector
    limit   : float > 0
    returns  a new dict; raises ValueError for a limit that is not positive

    Pascanu et al. 2013. Built in course5_sequence/01_recurrent_network_by_hand.
    """
    _check_limit(limit)
    length = float(np.sqrt(sum(np.square(values).sum() for values in grads.values())))
    scale = min(1.0, limit / length) if length > 0 else 1.0
    return {name: scale * values for name, values in grads.items()}


def _check_limit(limit: float) -> None:
    if not limit > 0:
        raise ValueError(f"limit must be > 0, got {limit}")

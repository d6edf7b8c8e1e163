"""Layer normalization: each vector by its own mean and spread, at every place alike.

The last axis holds the features, (..., n), as in Keras; no running statistics are
needed, because no other example has a say.
"""

from typing import NamedTuple

import numpy as np

EPSILON = 1e-3  # Keras's default


class Cache(NamedTuple):
    """What `forward` leaves for `backward`."""

    normalised: np.ndarray  # (..., n)
    gamma: np.ndarray  # (n,)
    standard_deviation: np.ndarray  # (..., 1) root of variance + epsilon


def forward(
    X: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = EPSILON
) -> tuple[np.ndarray, Cache]:
    """Give each vector mean 0 and variance 1, then scale and shift its features.

    X       : (..., n) float
    gamma   : (n,) float
    beta    : (n,) float
    epsilon : float > 0   added to the variance, so that equal features give 0, not nan
    returns  the shape of X, and the Cache
    raises   ValueError naming the shapes if they do not fit

    Ba et al. 2016. Built in course5_sequence/10_transformer.
    """
    for name, values in (("gamma", gamma), ("beta", beta)):
        if np.ndim(X) < 1 or np.shape(values) != np.shape(X)[-1:]:
            raise ValueError(
                f"{name} must have one number per feature of X, "
                f"got {name} {np.shape(values)} and X {np.shape(X)}"
            )
    centred = X - X.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    standard_deviation = np.sqrt(variance + float(epsilon))
    normalised = centred / standard_deviation
    return gamma * normalised + beta, Cache(normalised, gamma, standard_deviation)


def backward(
    d_out: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `forward`; mean and spread depend on every feature, too.

    d_out   : (..., n) float
    cache   : from `forward`
    returns  dX (..., n), dgamma (n,), dbeta (n,), summed over all vectors
    raises   ValueError naming both shapes if d_out does not fit

    Built in course5_sequence/10_transformer.
    """
    normalised, gamma, standard_deviation = cache
    if np.shape(d_out) != normalised.shape:
        raise ValueError(f"d_out must be {normalised.shape}, got {np.shape(d_out)}")
    others = tuple(range(normalised.ndim - 1))
    d = gamma * d_out
    # Moving all features together, or stretching them, changes nothing that comes out.
    d = d - d.mean(axis=-1, keepdims=True)
    d -= normalised * (d * normalised).mean(axis=-1, keepdims=True)
    dgamma = (d_out * normalised).sum(axis=others)
    return d / standard_deviation, dgamma, d_out.sum(axis=others)

"""Batch normalization: scores of mean 0 and spread 1, which a unit may then change.

One column per example, Z (n, m); the statistics of a unit are over its row. gamma, beta
and the running statistics are columns (n, 1).
"""

from typing import NamedTuple

import numpy as np

EPSILON = 1e-3  # Keras's default; far larger than rounding needs
MOMENTUM = 0.99  # Keras's default


class Cache(NamedTuple):
    """What `forward` leaves for `backward` and `update_running`."""

    Z_norm: np.ndarray  # (n, m) scores with mean 0, and spread 1 up to epsilon
    gamma: np.ndarray  # (n, 1)
    standard_deviation: np.ndarray  # (n, 1) root of variance + epsilon
    mean: np.ndarray  # (n, 1) over the m columns
    variance: np.ndarray  # (n, 1) over the m columns, divided by m


def forward(
    Z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = EPSILON
) -> tuple[np.ndarray, Cache]:
    """Normalise each row of Z over the examples, then scale and shift it.

    Z       : (n, m) float   scores of a layer
    gamma   : (n, 1) float   the new standard deviation
    beta    : (n, 1) float   the new mean
    epsilon : float > 0      added to the variance, so that equal scores give 0, not nan
    returns  Z_tilde (n, m) and the Cache that `backward` and `update_running` need
    raises   ValueError naming the shapes if they do not fit

    Ioffe and Szegedy 2015. Built in course2_improving/06_batch_normalization.
    """
    _check_columns(Z, gamma=gamma, beta=beta)
    mean = Z.mean(axis=1, keepdims=True)  # (n, 1)
    centred = Z - mean
    variance = np.square(centred).mean(axis=1, keepdims=True)  # (n, 1)
    standard_deviation = np.sqrt(variance + float(epsilon))
    Z_norm = centred / standard_deviation  # (n, m)
    cache = Cache(Z_norm, gamma, standard_deviation, mean, variance)
    return gamma * Z_norm + beta, cache


def backward(
    dZ_tilde: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `forward`; mean and spread depend on every example, too.

    dZ_tilde : (n, m) float   gradient with respect to what `forward` returned
    cache    : from `forward`
    returns   dZ (n, m), dgamma (n, 1), dbeta (n, 1)
    raises    ValueError naming both shapes if dZ_tilde does not fit

    Ioffe and Szegedy 2015, section 3.
    Built in course2_improving/06_batch_normalization.
    """
    Z_norm = cache.Z_norm
    if np.shape(dZ_tilde) != Z_norm.shape:
        raise ValueError(
            "dZ_tilde must have the shape of Z, "
            f"got dZ_tilde {np.shape(dZ_tilde)} and Z {Z_norm.shape}"
        )
    dgamma = (dZ_tilde * Z_norm).sum(axis=1, keepdims=True)
    dbeta = dZ_tilde.sum(axis=1, keepdims=True)
    # Moving all scores of a row together, or stretching them, changes nothing that
    # comes out. So these two directions are taken out of the gradient.
    m = Z_norm.shape[1]
    kept = dZ_tilde - dbeta / m - Z_norm * (dgamma / m)
    return cache.gamma / cache.standard_deviation * kept, dgamma, dbeta


def predict(
    Z: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    epsilon: float = EPSILON,
) -> np.ndarray:
    """Normalise with fixed statistics, so that no example depends on its neighbours.

    Z, gamma, beta, epsilon : as in `forward`
    mean, variance          : (n, 1) float   running statistics of the training batches
    returns  Z_tilde (n, m) in the type of Z
    raises   ValueError naming the shapes if they do not fit

    Built in course2_improving/06_batch_normalization.
    """
    _check_columns(Z, gamma=gamma, beta=beta, mean=mean, variance=variance)
    spread = np.sqrt(variance + float(epsilon))
    return gamma * ((Z - mean) / spread).astype(Z.dtype) + beta


def update_running(
    running_mean: np.ndarray,
    running_variance: np.ndarray,
    cache: Cache,
    momentum: float = MOMENTUM,
) -> tuple[np.ndarray, np.ndarray]:
    """Move the running statistics a little towards those of one more batch.

    running_mean, running_variance : (n, 1) float   left as they are
    cache    : from `forward`
    momentum : float in [0, 1]   share of the old value that stays
    returns   mean (n, 1) and variance (n, 1), in the type of the batch
    raises    ValueError with the momentum, or the shapes if they do not fit

    Built in course2_improving/06_batch_normalization.
    """
    if not 0 <= momentum <= 1:
        raise ValueError(f"momentum must lie in [0, 1], got {momentum}")
    _check_columns(cache.Z_norm, mean=running_mean, variance=running_variance)
    stay, come = float(momentum), 1 - float(momentum)
    dtype = cache.mean.dtype
    mean = stay * running_mean + come * cache.mean
    variance = stay * running_variance + come * cache.variance
    return mean.astype(dtype), variance.astype(dtype)


def _check_columns(Z: np.ndarray, **columns: np.ndarray) -> None:
    """Refuse what would broadcast: every column must be (n, 1) for Z (n, m)."""
    if np.ndim(Z) != 2 or np.shape(Z)[1] == 0:
        raise ValueError(f"Z must have shape (n, m) with m >= 1, got {np.shape(Z)}")
    for name, column in columns.items():
        if np.shape(column) != (len(Z), 1):
            raise ValueError(
                f"{name} must have shape (n, 1), "
                f"got {name} {np.shape(column)} and Z {np.shape(Z)}"
            )

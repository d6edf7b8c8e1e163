"""Activation functions and their derivatives with respect to z.

Every function takes a number or an array, returns the same shape, keeps float32 as
float32, turns integers into float64, and is exact and silent for every finite z.
"""

import numpy as np


def _floating(z) -> np.ndarray:
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)


def identity(z: np.ndarray) -> np.ndarray:
    """Return `z` itself: a layer without a non-linearity."""
    return _floating(z)[()]


def identity_derivative(z: np.ndarray) -> np.ndarray:
    """Return 1 everywhere, in the shape of `z`."""
    return np.ones_like(_floating(z))[()]


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Squash `z` into [0, 1]: 1 / (1 + exp(-z)).

    z       : any shape, float
    returns  the shape of z, in [0, 1] (0 and 1 only by rounding)

    Built in course1_nn/01_numpy_for_networks.
    """
    z = _floating(z)
    # exp of a negative number cannot overflow; for z < 0 this is exp(z) / (exp(z) + 1)
    e = np.exp(-np.abs(z))
    return np.maximum(e, z >= 0) / (1 + e)  # e <= 1, so the maximum is 1 for z >= 0


def sigmoid_derivative(z: np.ndarray) -> np.ndarray:
    """Slope of the sigmoid: sigmoid(z) (1 - sigmoid(z)).

    z       : any shape, float
    returns  the shape of z, in [0, 0.25]

    Built in course1_nn/01_numpy_for_networks.
    """
    # 1 - sigmoid(z) would round to 0 for large z; in this form no digit is lost
    e = np.exp(-np.abs(_floating(z)))
    return e / (1 + e) ** 2


def tanh(z: np.ndarray) -> np.ndarray:
    """Squash `z` into [-1, 1], keeping 0 at 0.

    z       : any shape, float
    returns  the shape of z, in [-1, 1]

    Built in course1_nn/03_one_hidden_layer.
    """
    return np.tanh(_floating(z))


def tanh_derivative(z: np.ndarray) -> np.ndarray:
    """Slope of tanh: 1 - tanh(z)^2.

    z       : any shape, float
    returns  the shape of z, in [0, 1]

    Built in course1_nn/03_one_hidden_layer.
    """
    # 1 - tanh^2 = 4 e / (1 + e)^2 with e = exp(-2|z|), which loses no digit for large z
    e = np.exp(-np.abs(_floating(z))) ** 2
    return 4 * e / (1 + e) ** 2


def relu(z: np.ndarray) -> np.ndarray:
    """Keep what is positive: max(0, z).

    z       : any shape, float
    returns  the shape of z, >= 0

    Nair and Hinton 2010. Built in course1_nn/04_deep_network_by_hand.
    """
    return np.maximum(_floating(z), 0)


def relu_derivative(z: np.ndarray) -> np.ndarray:
    """Slope of relu: 1 where z > 0, else 0, also at the kink z = 0.

    z       : any shape, float
    returns  the shape of z, 0 or 1

    Built in course1_nn/04_deep_network_by_hand.
    """
    z = _floating(z)
    return (z > 0).astype(z.dtype)[()]


def leaky_relu(z: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Keep what is positive, and shrink what is negative by `slope`.

    z       : any shape, float
    slope   : float, usually between 0 and 1
    returns  the shape of z

    Maas, Hannun and Ng 2013. The lectures name it; no notebook builds it.
    """
    z = _floating(z)
    return np.where(z > 0, z, float(slope) * z)[()]


def leaky_relu_derivative(z: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Slope of leaky relu: 1 where z > 0, else `slope`, also at the kink z = 0.

    z       : any shape, float
    slope   : float, usually between 0 and 1
    returns  the shape of z, 1 or slope
    """
    z = _floating(z)
    return np.where(z > 0, 1, float(slope)).astype(z.dtype)[()]


def softmax(Z: np.ndarray, axis: int = 0) -> np.ndarray:
    """Turn scores into probabilities that sum to 1 along `axis`.

    Z       : array of at least one dimension, float; (C, m) for C classes, m examples
    axis    : int, the axis of the classes
    returns  the shape of Z, in [0, 1]

    Bridle 1990. Built in course1_nn/01_numpy_for_networks.
    """
    Z = _floating(Z)
    # Subtracting the largest score changes no probability, and exp cannot overflow. The
    # difference of two huge scores may round to -inf, whose exp is the right 0.
    with np.errstate(over="ignore"):
        E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)

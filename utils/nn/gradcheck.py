"""Judge a gradient by finite differences, which know nothing of its derivation."""

from collections.abc import Callable

import numpy as np


def numerical_gradient(
    cost: Callable[[dict[str, np.ndarray]], float],
    parameters: dict[str, np.ndarray],
    epsilon: float = 1e-6,
) -> dict[str, np.ndarray]:
    """Slope of `cost` in every single parameter, by central differences.

    (cost(theta + epsilon) - cost(theta - epsilon)) / (2 epsilon), one entry at a time:
    two calls of `cost` per entry, so keep the network small. The error is of the order
    epsilon^2 by truncation plus 1e-16 / epsilon by rounding, in float64. float32
    parameters are moved in float32 and need a far larger epsilon.

    cost       : parameters -> float   must not change them
    parameters : dict of arrays        left as they are; integers count as float64
    epsilon    : float > 0
    returns     grads {"d" + name: array of the same shape}

    Built in course1_nn/04_deep_network_by_hand.
    """
    theta = {}
    for name, value in parameters.items():
        value = np.asarray(value)
        # the wider type wins, so float16 only turns integers into floats; astype copies
        theta[name] = value.astype(np.result_type(value.dtype, np.float16))
    grads = {}
    for name, values in theta.items():
        slopes = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            original = values[index]
            values[index] = original + epsilon
            cost_plus = cost(theta)
            values[index] = original - epsilon
            cost_minus = cost(theta)
            values[index] = original
            slopes[index] = (cost_plus - cost_minus) / (2 * epsilon)
        grads[f"d{name}"] = slopes
    return grads


def relative_difference(
    a: np.ndarray | dict[str, np.ndarray], b: np.ndarray | dict[str, np.ndarray]
) -> float:
    """Distance of `a` and `b` in units of their size: |a - b| / (|a| + |b|).

    a, b    : two arrays of one shape, or two dicts of arrays with the same names, which
              count as one long vector each; |.| is the Euclidean length
    returns  float in [0, 1]; 0 when both are 0. In float64 a right gradient is below
             about 1e-7, a wrong one usually above 1e-3.
    raises   ValueError naming both shapes or both sets of names if they differ

    Built in course1_nn/04_deep_network_by_hand.
    """
    a, b = _named(a), _named(b)
    if a.keys() != b.keys():
        raise ValueError(f"a and b must share their names, got {list(a)} and {list(b)}")
    for name in a:
        if a[name].shape != b[name].shape:
            raise ValueError(
                f"a and b must have the same shape, got {a[name].shape} and "
                f"{b[name].shape}" + (f" for {name}" if name else "")
            )
    distance = _length({name: a[name] - b[name] for name in a})
    size = _length(a) + _length(b)
    return 0.0 if size == 0 else distance / size


def _named(values) -> dict[str, np.ndarray]:
    named = values if isinstance(values, dict) else {"": values}
    return {name: np.asarray(v, dtype=np.float64) for name, v in named.items()}


def _length(named: dict[str, np.ndarray]) -> float:
    return float(np.sqrt(sum(np.square(values).sum() for values in named.values())))

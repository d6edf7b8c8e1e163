"""Sequences (n, m, T) for networks that step through time.

Stepping needs the columns of one time step side by side in memory, so the networks
work on copies with time in front, (T, n, m). What does not depend on the step before,
such as the products with the inputs and the gradients of the weights, is one product
for all.
"""

import numpy as np


def time_first(X: np.ndarray, dtype: np.dtype | None = None) -> np.ndarray:
    """Copy a sequence (n, m, T) into (T, n, m), contiguous, in `dtype` if given."""
    return np.array(np.moveaxis(X, 2, 0), dtype=dtype, order="C")


def features_first(steps: np.ndarray) -> np.ndarray:
    """Copy steps (T, n, m) back into a sequence (n, m, T), contiguous."""
    return np.array(np.moveaxis(steps, 0, 2), order="C")


def weight_gradient(dZ: np.ndarray, A: np.ndarray) -> np.ndarray:
    """Sum over time of dZ[t] @ A[t].T, as one product: the gradient of a shared W.

    dZ      : (T, n_out, m) float
    A       : (T, n_in, m) float   what W was multiplied with
    returns  (n_out, n_in)
    """
    rows = [np.moveaxis(steps, 1, 0).reshape(steps.shape[1], -1) for steps in (dZ, A)]
    return rows[0] @ rows[1].T


def check(
    X: np.ndarray,
    states: dict[str, np.ndarray],
    parameters: dict[str, np.ndarray],
    shapes: dict[str, tuple[int, int]],
) -> None:
    """Refuse a sequence, first states and parameters that do not fit one another.

    X          : (n_x, m, T_x)
    states     : name -> first state, each (n_a, m)
    parameters : name -> array
    shapes     : name -> the shape it must have
    raises      ValueError naming what came and what was expected
    """
    if np.ndim(X) != 3 or 0 in np.shape(X):
        raise ValueError(f"X must be (n_x, m, T_x), none of them 0, got {np.shape(X)}")
    for name, state in states.items():
        if np.ndim(state) != 2 or np.shape(state)[1] != np.shape(X)[1]:
            raise ValueError(
                f"{name} must be (n_a, m) with the m of X, "
                f"got {name} {np.shape(state)} and X {np.shape(X)}"
            )
    if parameters.keys() != shapes.keys():
        raise ValueError(f"expected {sorted(shapes)}, got {sorted(parameters)}")
    for name, shape in shapes.items():
        if np.shape(parameters[name]) != shape:
            raise ValueError(
                f"{name} must be {shape}, got {np.shape(parameters[name])}, "
                f"for X {np.shape(X)} and a state of {shape[0]} units"
            )


def check_gradient(name: str, gradient: np.ndarray, shape: tuple[int, ...]) -> None:
    """Refuse a gradient that has not the shape of what `forward` returned."""
    if np.shape(gradient) != shape:
        raise ValueError(f"{name} must be {shape}, got {np.shape(gradient)}")

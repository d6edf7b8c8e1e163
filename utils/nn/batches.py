"""Mini-batches: a pass over the examples in small random portions."""

import operator
from collections.abc import Iterator

import numpy as np


def mini_batches(
    X: np.ndarray,
    Y: np.ndarray,
    batch_size: int,
    rng: np.random.Generator | None = None,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Deal out all examples once, `batch_size` at a time, in random order.

    Every call shuffles anew: call it once per epoch.

    X          : (n_x, m) or (n_x, m, T_x)   examples along axis 1
    Y          : (n_y, m) or (n_y, m, T_y)   labels, in the order of X
    batch_size : int >= 1   the last batch holds what is left, at most all m
    rng        : random generator; None keeps the given order (batches are then views)
    returns     iterator of (X_b, Y_b), each example in exactly one batch
    raises      ValueError naming both m if X and Y differ, or what else does not fit

    Built in course2_improving/05_optimizers.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim < 2 or Y.ndim < 2:
        raise ValueError(
            "X and Y must hold their examples along axis 1, (n, m), "
            f"got X {X.shape} and Y {Y.shape}"
        )
    m = X.shape[1]
    if Y.shape[1] != m:
        raise ValueError(
            f"X and Y must hold the same number of examples m, got {m} in X {X.shape} "
            f"and {Y.shape[1]} in Y {Y.shape}"
        )
    try:
        size = operator.index(batch_size)
    except TypeError:
        size = 0
    if size < 1:
        raise ValueError(f"batch_size must be an int >= 1, got {batch_size!r}")
    # The checks and the shuffle happen at the call, not when the first batch is taken:
    # an error points to the right line, and the draws do not depend on the loop.
    order = None if rng is None else rng.permutation(m)
    return _deal(X, Y, size, order)


def _deal(X, Y, size, order) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for start in range(0, X.shape[1], size):
        portion = slice(start, start + size)
        columns = portion if order is None else order[portion]
        yield X[:, columns], Y[:, columns]

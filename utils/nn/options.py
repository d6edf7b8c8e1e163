"""The switches of the general dense network, and whether parameters fit them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from utils.nn import dense, regularizers


class Options(NamedTuple):
    """The switches of `network`; with these defaults it is `dense`."""

    hidden: str = "relu"  # one of dense.HIDDEN
    output: str = "sigmoid"  # or "softmax"
    lambd: float = 0.0  # strength of the L2 penalty, >= 0
    keep_prob: float | Sequence[float] = 1.0  # for all hidden layers, or one for each
    batch_norm: bool = False  # between W A_prev and the activation, in hidden layers


OFF = Options()


def keep_probs(options: Options, num_layers: int) -> list[float]:
    """Chance of a unit to be kept, for every layer; 1 for the last.

    options    : Options
    num_layers : int >= 1   layers with weights
    returns     num_layers floats in (0, 1]
    raises      ValueError with the first option that is wrong
    """
    for role, known in (("hidden", dense.HIDDEN), ("output", dense.OUTPUT)):
        name = getattr(options, role)
        if name not in known:
            raise ValueError(f"{role} must be one of {', '.join(known)}, got {name!r}")
    if not options.lambd >= 0:
        raise ValueError(f"lambd must be >= 0, got {options.lambd}")
    given, count = options.keep_prob, num_layers - 1
    chances = [given] * count if np.ndim(given) == 0 else list(given)
    if len(chances) != count:
        raise ValueError(
            f"keep_prob must be one number or one for each of {count} hidden layers, "
            f"got {given}"
        )
    for chance in [given] if np.ndim(given) == 0 else chances:
        regularizers.check_keep_prob(chance)
    return [float(chance) for chance in chances] + [1.0]


def check_parameters(
    X: np.ndarray, parameters: dict[str, np.ndarray], options: Options
) -> int:
    """Return the number of layers, after checking that each fits the one before.

    X          : (n_x, m)
    parameters : W and b of every layer; with batch norm a hidden layer has gamma and
                 beta instead of b
    returns     int >= 1
    raises      ValueError naming the names or the shapes that do not fit
    """
    num_layers = max(1, sum(name.startswith("W") for name in parameters))
    hidden = ("W", "gamma", "beta") if options.batch_norm else ("W", "b")
    kinds = [hidden] * (num_layers - 1) + [("W", "b")]
    names = [f"{kind}{i}" for i, layer in enumerate(kinds, start=1) for kind in layer]
    if set(names) != set(parameters):
        raise ValueError(
            f"parameters must be {', '.join(names)}, got {', '.join(parameters)}"
        )
    if np.ndim(X) != 2:
        raise ValueError(f"X must have shape (n_x, m), got {np.shape(X)}")
    before, shape = "X", np.shape(X)
    for i, (_, *columns) in enumerate(kinds, start=1):
        W = np.shape(parameters[f"W{i}"])
        if len(W) != 2 or W[1] != shape[0]:
            raise ValueError(
                f"W{i} must be (n_out, n_in), n_in the rows of {before}; "
                f"got W{i} {W}, {before} {shape}"
            )
        for kind in columns:
            column = np.shape(parameters[f"{kind}{i}"])
            if column != (W[0], 1):
                raise ValueError(
                    f"{kind}{i} must be (n_out, 1), n_out the rows of W{i}; "
                    f"got {kind}{i} {column}, W{i} {W}"
                )
        before, shape = f"W{i}", W
    return num_layers

"""Two ways to keep a network from fitting noise: small weights, and dropped units.

`parameters` are those of a network, {"W1": (n_1, n_x), "b1": (n_1, 1), ...}. Only the
weights W are penalised: b, gamma and beta shift and scale a unit as a whole.
"""

import numpy as np


def l2_cost(parameters: dict[str, np.ndarray], lambd: float, m: int) -> float:
    """Penalty lambd / (2 m) times the sum of the squares of every weight W.

    parameters : dict of arrays   only the names that start with W count
    lambd      : float >= 0       strength (`lambda` is a word of Python)
    m          : int >= 1         examples in the training set
    returns     float >= 0, to be added to the cost
    raises      ValueError with the offending value

    Krogh and Hertz 1991. Built in course2_improving/02_regularization.
    """
    _check_strength(lambd, m)
    squares = sum(np.square(W).sum(dtype=float) for W in _weights(parameters).values())
    return float(lambd / (2 * m) * squares)


def l2_gradients(
    parameters: dict[str, np.ndarray], lambd: float, m: int
) -> dict[str, np.ndarray]:
    """Gradients of `l2_cost`: lambd / m times the weights themselves.

    parameters, lambd, m : as in `l2_cost`
    returns  {"dW1": shape and type of W1, ...}, nothing for b, gamma and beta
    raises   ValueError with the offending value

    Built in course2_improving/02_regularization.
    """
    _check_strength(lambd, m)
    share = float(lambd / m)  # a NumPy float64 would promote float32 weights
    return {f"d{name}": share * W for name, W in _weights(parameters).items()}


def weight_norms(parameters: dict[str, np.ndarray]) -> dict[str, float]:
    """Frobenius norm of every W: the root of the sum of its squared entries.

    parameters : dict of arrays
    returns     {"W1": float >= 0, ...}

    Built in course2_improving/02_regularization.
    """
    return {name: float(np.linalg.norm(W)) for name, W in _weights(parameters).items()}


def dropout_forward(
    A: np.ndarray, keep_prob: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Switch units off at random, and enlarge the others so that the mean stays.

    This is inverted dropout: what is kept is divided by keep_prob here, in training, so
    that nothing needs to be rescaled at prediction time.

    A         : (n, m) float   activations of a layer, one example per column
    keep_prob : float in (0, 1]   chance of every entry of A to be kept
    rng       : random generator
    returns    A * D and the mask D of 0 and 1 / keep_prob, (n, m) in the type of A
    raises     ValueError with the offending keep_prob

    Srivastava et al. 2014. Built in course2_improving/02_regularization.
    """
    check_keep_prob(keep_prob)
    A = np.asarray(A)
    # the wider type wins, so float16 only turns integers into floats
    dtype = np.result_type(A.dtype, np.float16)
    D = (rng.random(A.shape) < keep_prob).astype(dtype) / dtype.type(keep_prob)
    return A * D, D


def dropout_backward(dA: np.ndarray, D: np.ndarray) -> np.ndarray:
    """Send the gradient back through the units that were on, equally enlarged.

    dA      : (n, m) float   gradient with respect to the dropped activations A * D
    D       : (n, m) float   the mask that `dropout_forward` returned
    returns  (n, m) float, gradient with respect to A
    raises   ValueError naming both shapes if they differ

    Built in course2_improving/02_regularization.
    """
    if np.shape(dA) != np.shape(D):
        raise ValueError(
            f"dA must have the shape of D, got dA {np.shape(dA)} and D {np.shape(D)}"
        )
    return dA * D


def check_keep_prob(keep_prob: float) -> None:
    """Raise ValueError unless keep_prob is a probability above 0."""
    if not 0 < keep_prob <= 1:  # written so that nan fails too
        raise ValueError(f"keep_prob must lie in (0, 1], got {keep_prob}")


def _check_strength(lambd: float, m: int) -> None:
    if not lambd >= 0:
        raise ValueError(f"lambd must be >= 0, got {lambd}")
    if not m >= 1:
        raise ValueError(f"m must be >= 1, got {m}")


def _weights(parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: W for name, W in parameters.items() if name.startswith("W")}

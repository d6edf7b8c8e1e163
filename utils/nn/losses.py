"""Losses: one number that says how far predictions are from the truth.

The cross-entropies are means over the m examples (columns). Computed from the scores Z
they stay finite where the probabilities A have already rounded to 0 or 1.
"""

import numpy as np


def _check_shapes(name: str, values: np.ndarray, Y: np.ndarray) -> None:
    if values.shape != Y.shape or Y.ndim != 2:
        raise ValueError(
            f"{name} and Y must have the same shape (n_y, m), "
            f"got {name} {values.shape} and Y {Y.shape}"
        )
    if Y.size == 0:
        raise ValueError(f"Y must hold at least one example, got shape {Y.shape}")


def _check_unit_range(name: str, values: np.ndarray) -> None:
    low, high = values.min(), values.max()
    if not (low >= 0 and high <= 1):  # written so that nan fails too
        raise ValueError(f"{name} must lie in [0, 1], got values from {low} to {high}")


def _weighted_sum(weights: np.ndarray, logs: np.ndarray) -> float:
    """Sum of weights * logs, where a weight of 0 wins over log 0 = -inf."""
    products = np.zeros(logs.shape)
    np.multiply(weights, logs, out=products, where=weights > 0)
    return products.sum()


def binary_cross_entropy(A: np.ndarray, Y: np.ndarray) -> float:
    """Mean over the examples of -(Y log A + (1 - Y) log(1 - A)).

    A       : (1, m) float in [0, 1]   predicted probabilities of class 1
    Y       : (1, m) in [0, 1]         labels
    returns  float >= 0; inf if a certain prediction is wrong. 0 log 0 counts as 0.
             With more than one row, the rows are summed.
    raises   ValueError if the shapes differ or values leave [0, 1]

    Built in course1_nn/02_logistic_regression.
    """
    A, Y = np.asarray(A), np.asarray(Y, dtype=np.float64)
    _check_shapes("A", A, Y)
    _check_unit_range("A", A)
    _check_unit_range("Y", Y)
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        total = _weighted_sum(Y, np.log(A)) + _weighted_sum(1 - Y, np.log1p(-A))
    return float(-total / Y.shape[1]) + 0.0  # + 0.0 turns -0.0 into 0.0


def binary_cross_entropy_from_logits(Z: np.ndarray, Y: np.ndarray) -> float:
    """Binary cross-entropy of A = sigmoid(Z), without ever forming A.

    Per example max(Z, 0) - Z Y + log(1 + exp(-|Z|)), which no Z overflows.

    Z       : (1, m) float             scores before the sigmoid
    Y       : (1, m) in [0, 1]         labels
    returns  float >= 0
    raises   ValueError if the shapes differ or Y leaves [0, 1]

    The textbook form, from A, is built in course1_nn/02_logistic_regression.
    """
    Z, Y = np.asarray(Z), np.asarray(Y, dtype=np.float64)
    _check_shapes("Z", Z, Y)
    _check_unit_range("Y", Y)
    losses = np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))
    return float(losses.sum() / Y.shape[1])


def categorical_cross_entropy(A: np.ndarray, Y: np.ndarray) -> float:
    """Mean over the examples of -log(predicted probability of the true class).

    A       : (C, m) float in [0, 1]   one column of class probabilities per example
    Y       : (C, m) in [0, 1]         one-hot labels, see `one_hot`
    returns  float >= 0; inf if a true class has probability 0. 0 log 0 counts as 0.
    raises   ValueError if the shapes differ or values leave [0, 1]

    Built in course1_nn/05_deep_network_on_images.
    """
    A, Y = np.asarray(A), np.asarray(Y, dtype=np.float64)
    _check_shapes("A", A, Y)
    _check_unit_range("A", A)
    _check_unit_range("Y", Y)
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        total = _weighted_sum(Y, np.log(A))
    return float(-total / Y.shape[1]) + 0.0  # + 0.0 turns -0.0 into 0.0


def categorical_cross_entropy_from_logits(Z: np.ndarray, Y: np.ndarray) -> float:
    """Categorical cross-entropy of A = softmax(Z), without ever forming A.

    Z       : (C, m) float             scores before the softmax
    Y       : (C, m) in [0, 1]         one-hot labels, see `one_hot`
    returns  float >= 0
    raises   ValueError if the shapes differ or Y leaves [0, 1]

    The textbook form, from A, is built in course1_nn/05_deep_network_on_images.
    """
    Z, Y = np.asarray(Z), np.asarray(Y, dtype=np.float64)
    _check_shapes("Z", Z, Y)
    _check_unit_range("Y", Y)
    with np.errstate(over="ignore"):  # two huge scores may differ by inf
        shifted = Z - Z.max(axis=0)
    log_A = shifted - np.log(np.exp(shifted).sum(axis=0))
    return float(-_weighted_sum(Y, log_A) / Y.shape[1]) + 0.0


def l1(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Sum of the absolute errors |Y - Y_hat|.

    Y_hat   : any shape, float
    Y       : the shape of Y_hat
    returns  float >= 0, in the unit of Y
    raises   ValueError naming both shapes if they differ

    Built in course1_nn/01_numpy_for_networks.
    """
    return float(np.abs(_errors(Y_hat, Y)).sum())


def l2(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Sum of the squared errors (Y - Y_hat)^2.

    Y_hat   : any shape, float
    Y       : the shape of Y_hat
    returns  float >= 0, in the squared unit of Y
    raises   ValueError naming both shapes if they differ

    Built in course1_nn/01_numpy_for_networks.
    """
    return float(np.square(_errors(Y_hat, Y)).sum())


def _errors(Y_hat: np.ndarray, Y: np.ndarray) -> np.ndarray:
    # as floats, because a difference of unsigned integers wraps around
    Y_hat, Y = np.asarray(Y_hat, dtype=np.float64), np.asarray(Y, dtype=np.float64)
    if Y_hat.shape != Y.shape:
        raise ValueError(
            "Y_hat and Y must have the same shape, "
            f"got Y_hat {Y_hat.shape} and Y {Y.shape}"
        )
    return Y - Y_hat


def triplet(A: np.ndarray, P: np.ndarray, N: np.ndarray, margin: float = 0.2) -> float:
    """Mean over the triplets of max(|A - P|^2 - |A - N|^2 + margin, 0).

    It is 0 once every negative is farther from its anchor than the positive, by the
    margin, in squared distance.

    A, P, N : (n, m) float   embeddings of m anchors, of other examples of the anchors'
                             classes (positives), of examples of other classes
    margin  : float >= 0     in the squared unit of the embeddings
    returns  float >= 0
    raises   ValueError naming the shapes if they differ, or the margin

    Schroff, Kalenichenko and Philbin 2015. Built in course4_cnn/09_face_recognition.
    """
    return float(np.maximum(_gaps(A, P, N, margin)[0], 0).mean())


def triplet_gradients(
    A: np.ndarray, P: np.ndarray, N: np.ndarray, margin: float = 0.2
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients of `triplet`; triplets that cost nothing, and the kink itself, give 0.

    A, P, N, margin : as in `triplet`
    returns  dA, dP, dN, each (n, m), in the widest float type of A, P and N
    raises   ValueError naming the shapes if they differ, or the margin

    Schroff, Kalenichenko and Philbin 2015. Built in course4_cnn/09_face_recognition.
    """
    gaps, to_P, to_N = _gaps(A, P, N, margin)
    active = 2 * (gaps > 0).astype(to_P.dtype) / to_P.dtype.type(gaps.size)  # (m,)
    return (to_P - to_N) * active, -to_P * active, to_N * active


def _gaps(
    A: np.ndarray, P: np.ndarray, N: np.ndarray, margin: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the hinge of `triplet` cuts, (m,), with A - P and A - N, (n, m)."""
    A, P, N = np.asarray(A), np.asarray(P), np.asarray(N)
    if A.ndim != 2 or not A.shape == P.shape == N.shape or A.shape[1] == 0:
        raise ValueError(
            "A, P and N must have the same shape (n, m) with m >= 1, "
            f"got A {A.shape}, P {P.shape} and N {N.shape}"
        )
    if not margin >= 0:  # written so that nan fails too
        raise ValueError(f"margin must be >= 0, got {margin}")
    # as floats, because a difference of unsigned integers wraps around
    A = A.astype(np.result_type(A, P, N, np.float32))
    to_P, to_N = A - P, A - N
    gaps = np.square(to_P).sum(axis=0) - np.square(to_N).sum(axis=0) + float(margin)
    return gaps, to_P, to_N


def one_hot(labels: np.ndarray, num_classes: int) -> np.ndarray:
    """Write each label as a column with a single 1 in the row of its class.

    labels      : (m,) or (1, m) int in 0 .. num_classes - 1
    num_classes : int, C
    returns      (C, m) float64
    raises       ValueError if a label is no integer or out of range

    Built in course1_nn/05_deep_network_on_images.
    """
    labels = np.asarray(labels)
    if labels.ndim == 2 and labels.shape[0] == 1:
        labels = labels[0]
    if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            "labels must be integers of shape (m,) or (1, m), "
            f"got {labels.dtype} of shape {labels.shape}"
        )
    if labels.size and not 0 <= labels.min() <= labels.max() < num_classes:
        raise ValueError(
            f"labels must lie in 0 .. {num_classes - 1}, "
            f"got values from {labels.min()} to {labels.max()}"
        )
    return (np.arange(num_classes)[:, np.newaxis] == labels).astype(np.float64)

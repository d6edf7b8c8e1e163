"""Numbers that say how good predicted labels are, and how sure one can be of them."""

import numpy as np


def accuracy(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Share of the examples whose predicted label is right.

    Y_hat   : (1, m) or (m,) int   predicted labels
    Y       : the shape of Y_hat   true labels
    returns  float in [0, 1]
    raises   ValueError naming both shapes if they differ or hold no example

    Built in course1_nn/02_logistic_regression.
    """
    Y_hat, Y = _labels(Y_hat, Y)
    return float((Y_hat == Y).mean())


def confusion_matrix(Y_hat: np.ndarray, Y: np.ndarray, num_classes: int) -> np.ndarray:
    """Count the examples of each true class (row) given each predicted class (column).

    Y_hat       : (1, m) or (m,) int in 0 .. num_classes - 1   predicted labels
    Y           : the shape of Y_hat                           true labels
    num_classes : int, C
    returns      (C, C) int, sum m; the diagonal counts the right ones
    raises       ValueError naming both shapes if they differ, or what the labels are
                 if they are not integers in that range

    Built in course1_nn/05_deep_network_on_images.
    """
    Y_hat, Y = _labels(Y_hat, Y)
    for name, labels in (("Y_hat", Y_hat), ("Y", Y)):
        if not np.issubdtype(labels.dtype, np.integer):
            raise ValueError(f"{name} must hold integers, got {labels.dtype}")
        if not 0 <= labels.min() <= labels.max() < num_classes:
            raise ValueError(
                f"{name} must lie in 0 .. {num_classes - 1}, "
                f"got values from {labels.min()} to {labels.max()}"
            )
    counts = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(counts, (Y, Y_hat), 1)
    return counts


def wilson_interval(num_correct: int, m: int, z: float = 1.96) -> tuple[float, float]:
    """Range of true accuracies that fit `num_correct` right answers out of `m`.

    Unlike p +- z sqrt(p (1 - p) / m) it stays in [0, 1] and keeps a width at 0 and m.

    num_correct : int in 0 .. m
    m           : int >= 1
    z           : float > 0   1.96 for 95 % confidence
    returns      (low, high) floats in [0, 1]
    raises       ValueError with both counts if they do not fit

    Wilson 1927, J. Am. Stat. Assoc. 22:209.
    """
    if not 0 <= num_correct <= m or m < 1:
        raise ValueError(
            f"num_correct must lie in 0 .. m and m be >= 1, got {num_correct} of {m}"
        )
    p = num_correct / m
    center = (p + z**2 / (2 * m)) / (1 + z**2 / m)
    half = z / (1 + z**2 / m) * np.sqrt(p * (1 - p) / m + z**2 / (4 * m**2))
    # rounding may step over the ends by 1e-17
    return max(0.0, float(center - half)), min(1.0, float(center + half))


def _labels(Y_hat: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # (m,) against (1, m) would broadcast silently, and (m, 1) against (1, m) to (m, m)
    Y_hat, Y = np.asarray(Y_hat), np.asarray(Y)
    if Y_hat.shape != Y.shape or Y.size == 0:
        raise ValueError(
            "Y_hat and Y must have the same shape and hold at least one label, "
            f"got Y_hat {Y_hat.shape} and Y {Y.shape}"
        )
    return Y_hat, Y

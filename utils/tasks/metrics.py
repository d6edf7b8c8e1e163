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


def roc_curve(
    scores: np.ndarray, same: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates of false and of true alarms when "score >= threshold" means yes.

    scores  : (m,) float   larger for a surer yes; for distances pass minus the distance
    same    : (m,) bool    the truth: yes ("same person") or no
    returns  false_positive_rate, true_positive_rate, thresholds: (k,) float each, one
             entry per distinct score and before them threshold inf, where both are 0;
             thresholds fall, the rates rise to 1
    raises   ValueError naming both shapes if they differ, if a score is nan, or if one
             of the two answers never occurs

    Green and Swets 1966. Built in course4_cnn/09_face_recognition.
    """
    scores, same = _scored(scores, same)
    order = np.argsort(-scores, kind="stable")
    scores, same = scores[order], same[order]
    last = np.append(scores[1:] != scores[:-1], True)  # equal scores pass together
    true_positives = np.cumsum(same)[last]
    false_positives = np.cumsum(~same)[last]
    return (
        np.append(0.0, false_positives / false_positives[-1]),
        np.append(0.0, true_positives / true_positives[-1]),
        np.append(np.inf, scores[last]),
    )


def roc_auc(scores: np.ndarray, same: np.ndarray) -> float:
    """Area under `roc_curve`: how often a random yes scores above a random no.

    Pairs with equal scores count half, so constant scores give .5.

    scores, same : as in `roc_curve`
    returns  float in [0, 1]; .5 is chance
    raises   what `roc_curve` raises

    Hanley and McNeil 1982, Radiology 143:29. Built in
    course4_cnn/09_face_recognition.
    """
    false_rate, true_rate, _ = roc_curve(scores, same)
    return float(np.sum(np.diff(false_rate) * (true_rate[1:] + true_rate[:-1]) / 2))


def mask_iou(a: np.ndarray, b: np.ndarray) -> float:
    """Pixels in both masks over pixels in at least one (intersection over union).

    a, b    : two bool arrays of one shape
    returns  float in [0, 1]; 1 if both are empty, for then they agree everywhere
    raises   ValueError naming both shapes or both types if they do not fit

    Jaccard 1901. Built in course4_cnn/07_segmentation.
    """
    a, b = _masks(a, b)
    union = np.count_nonzero(a | b)
    return np.count_nonzero(a & b) / union if union else 1.0


def dice(a: np.ndarray, b: np.ndarray) -> float:
    """Twice the pixels in both masks over the sum of their sizes; 2 IoU / (1 + IoU).

    a, b    : two bool arrays of one shape
    returns  float in [0, 1]; 1 if both are empty
    raises   ValueError naming both shapes or both types if they do not fit

    Dice 1945. Built in course4_cnn/07_segmentation.
    """
    a, b = _masks(a, b)
    sizes = np.count_nonzero(a) + np.count_nonzero(b)
    return 2 * np.count_nonzero(a & b) / sizes if sizes else 1.0


def _scored(scores: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores, same = np.asarray(scores, dtype=float), np.asarray(same)
    if scores.ndim != 1 or scores.shape != same.shape:
        raise ValueError(
            "scores and same must both have shape (m,), "
            f"got scores {scores.shape} and same {same.shape}"
        )
    if np.isnan(scores).any():
        raise ValueError(f"score {np.isnan(scores).argmax()} is nan")
    if not np.isin(same, (0, 1)).all():
        raise ValueError(f"same must hold yes and no, got {np.unique(same)[:5]}")
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError(
            f"same needs both answers, got {same.sum()} yes of {len(same)}"
        )
    return scores, same


def _masks(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"a and b must have the same shape, got {a.shape}, {b.shape}")
    if a.dtype != bool or b.dtype != bool:
        raise ValueError(f"a and b must hold bool, got {a.dtype} and {b.dtype}")
    return a, b


def _labels(Y_hat: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # (m,) against (1, m) would broadcast silently, and (m, 1) against (1, m) to (m, m)
    Y_hat, Y = np.asarray(Y_hat), np.asarray(Y)
    if Y_hat.shape != Y.shape or Y.size == 0:
        raise ValueError(
            "Y_hat and Y must have the same shape and hold at least one label, "
            f"got Y_hat {Y_hat.shape} and Y {Y.shape}"
        )
    return Y_hat, Y

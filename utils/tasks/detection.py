"""How good a detector is over many pictures: average precision, and its mean.

Detections and truth are flat arrays over all pictures; `pictures` numbers the picture
of each box.
"""

from typing import NamedTuple

import numpy as np

from utils.tasks import boxes as box_tools


class Detections(NamedTuple):
    """n answers of a detector."""

    boxes: np.ndarray  # (n, 4) corners x_1, y_1, x_2, y_2 in pixels
    scores: np.ndarray  # (n,) float
    classes: np.ndarray  # (n,) int
    pictures: np.ndarray  # (n,) int


class Truth(NamedTuple):
    """k things that are there."""

    boxes: np.ndarray  # (k, 4) corners x_1, y_1, x_2, y_2 in pixels
    classes: np.ndarray  # (k,) int
    pictures: np.ndarray  # (k,) int


def match(
    detections: Detections, truth: Truth, iou_threshold: float = 0.5
) -> np.ndarray:
    """Give each detection the thing it found, the surest detection first.

    In the order of their scores, each takes the thing of its picture and class that it
    overlaps best among those not yet taken, if the IoU is at least the threshold (as
    COCO does; Pascal VOC does not look for a second best). Of equal scores, and of
    equal IoUs, the first comes first.

    returns  (n,) int, the number of the thing in `truth`, or -1 for a false alarm
    raises   ValueError naming the shapes if they do not fit

    Lin et al. 2014 (COCO). Built in course4_cnn/06_object_detection.
    """
    detections, truth = _checked(detections), _checked(truth)
    found = np.full(len(detections.scores), -1)
    free = np.ones(len(truth.classes), dtype=bool)
    for i in np.argsort(-detections.scores, kind="stable"):
        mine = free & (truth.pictures == detections.pictures[i])
        mine = np.flatnonzero(mine & (truth.classes == detections.classes[i]))
        overlaps = box_tools.iou(detections.boxes[[i]], truth.boxes[mine])[0]
        if overlaps.size and overlaps.max() >= iou_threshold:
            found[i] = mine[overlaps.argmax()]
            free[found[i]] = False
    return found


def precision_recall(
    scores: np.ndarray, hits: np.ndarray, num_true: int
) -> tuple[np.ndarray, np.ndarray]:
    """Precision and recall when the 1, 2, ..., n surest detections are reported.

    scores   : (n,) float
    hits     : (n,) bool   whether a detection found something, see `match`
    num_true : int >= 1    things that are there
    returns   precision (n,) and recall (n,), the surest detection first
    raises    ValueError if nothing is there, or naming the shapes

    Built in course4_cnn/06_object_detection.
    """
    scores, hits = np.asarray(scores), np.asarray(hits, dtype=bool)
    if scores.shape != hits.shape or scores.ndim != 1:
        raise ValueError(f"scores {scores.shape} and hits {hits.shape} must be (n,)")
    if num_true < max(1, hits.sum()):
        raise ValueError(f"num_true must be >= 1 and >= the hits, got {num_true}")
    true = np.cumsum(hits[np.argsort(-scores, kind="stable")])
    return true / np.arange(1, len(hits) + 1), true / num_true


def average_precision(scores: np.ndarray, hits: np.ndarray, num_true: int) -> float:
    """Area under the precision-recall steps of one class (all-point interpolation).

    At each recall the best precision at this or a larger recall counts. Things never
    found add nothing. (COCO reads the same curve at 101 recalls, VOC 2007 at 11.)

    scores, hits, num_true : as in `precision_recall`
    returns  float in [0, 1]
    raises   what `precision_recall` raises

    Everingham et al. 2010 (Pascal VOC). Built in course4_cnn/06_object_detection.
    """
    precision, recall = precision_recall(scores, hits, num_true)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(best * np.diff(recall, prepend=0.0)))


def mean_average_precision(
    detections: Detections, truth: Truth, iou_threshold: float = 0.5
) -> tuple[float, dict[int, float]]:
    """`average_precision` of every class that occurs in the truth, and their mean.

    Detections of a class that never occurs in the truth are left out, as usual.

    detections, truth, iou_threshold : as in `match`
    returns  the mean in [0, 1] and {class: average precision}
    raises   ValueError if `truth` holds nothing, or naming the shapes

    Built in course4_cnn/06_object_detection.
    """
    hits = match(detections, truth, iou_threshold) >= 0
    if not len(truth.classes):
        raise ValueError("truth holds no box, expected at least one")
    scores, classes = np.asarray(detections.scores), np.asarray(detections.classes)
    each = {}
    for c, num_true in zip(*np.unique(truth.classes, return_counts=True), strict=True):
        mine = classes == c
        each[int(c)] = average_precision(scores[mine], hits[mine], int(num_true))
    return float(np.mean(list(each.values()))), each


def _checked(given: Detections | Truth) -> Detections | Truth:
    """The same as arrays, once their lengths fit; an empty list of boxes is none."""
    arrays = [np.asarray(values) for values in given]
    arrays[0] = arrays[0].reshape(0, 4) if not arrays[0].size else arrays[0]
    shapes = [values.shape for values in arrays]
    if shapes != [(len(arrays[0]), 4), *[(len(arrays[0]),)] * (len(arrays) - 1)]:
        named = dict(zip(given._fields, shapes, strict=True))
        raise ValueError(f"boxes must be (n, 4) and the rest (n,), got {named}")
    return type(given)(*arrays)

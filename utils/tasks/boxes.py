"""Boxes around things: how well two agree, and which of many to keep.

A box is a row x_1, y_1, x_2, y_2 in pixels, as `signs.boxes` gives it: the left, upper,
right and lower edge, so that x_2 - x_1 is the width.
"""

import numpy as np


def area(boxes: np.ndarray) -> np.ndarray:
    """Width times height of each box (n, 4), in square pixels: (n,)."""
    boxes = checked("boxes", boxes)
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of every box of `a` with every box of `b`.

    a       : (n, 4) corners
    b       : (k, 4) corners
    returns  (n, k) float in [0, 1]; 0 where both boxes have no area
    raises   ValueError naming the shape, or the first box whose edges are swapped

    Built in course4_cnn/06_object_detection.
    """
    a, b = checked("a", a), checked("b", b)
    low = np.maximum(a[:, None, :2], b[None, :, :2])  # (n, k, 2)
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)  # (n, k)
    union = area(a)[:, None] + area(b) - shared
    return np.divide(shared, union, out=np.zeros(union.shape), where=union > 0)


def to_centres(boxes: np.ndarray) -> np.ndarray:
    """Corners (..., 4) to b_x, b_y (the centre), width, height: (..., 4)."""
    low, high = np.split(np.asarray(boxes), 2, axis=-1)
    return np.concatenate([(low + high) / 2, high - low], axis=-1)


def to_corners(centres: np.ndarray) -> np.ndarray:
    """Undo `to_centres`: b_x, b_y, width, height (..., 4) to corners (..., 4)."""
    middle, size = np.split(np.asarray(centres), 2, axis=-1)
    return np.concatenate([middle - size / 2, middle + size / 2], axis=-1)


def nms(
    boxes: np.ndarray, scores: np.ndarray, iou_threshold: float = 0.5
) -> np.ndarray:
    """Keep the best box, drop what overlaps it too much, repeat (greedy suppression).

    boxes         : (n, 4) corners
    scores        : (n,) float   of equal scores the first box goes first
    iou_threshold : float        a box goes if its IoU with a kept one is larger
    returns  (k,) int, indices of the kept boxes, the best first
    raises   ValueError naming the shapes if they do not fit

    Built in course4_cnn/06_object_detection.
    """
    boxes, scores = checked("boxes", boxes), np.asarray(scores)
    if scores.shape != (len(boxes),):
        raise ValueError(f"scores must be (n,) for n boxes, got {scores.shape}")
    left, kept = np.argsort(-scores, kind="stable"), []
    while left.size:
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[iou(boxes[[best]], boxes[left])[0] <= iou_threshold]
    return np.array(kept, dtype=int)


def class_wise_nms(
    boxes: np.ndarray,
    scores: np.ndarray,
    classes: np.ndarray,
    iou_threshold: float = 0.5,
) -> np.ndarray:
    """`nms` within each class, so that a rider does not drop the horse below.

    boxes, scores, iou_threshold : as in `nms`
    classes : (n,) int
    returns  (k,) int, indices of the kept boxes of all classes, the best first
    raises   ValueError naming the shapes if they do not fit

    Built in course4_cnn/06_object_detection.
    """
    scores, classes = np.asarray(scores), np.asarray(classes)
    if classes.shape != scores.shape:
        raise ValueError(
            f"classes must be (n,) as scores, got {classes.shape} and {scores.shape}"
        )
    boxes, kept = checked("boxes", boxes), [np.zeros(0, dtype=int)]
    for c in np.unique(classes):
        mine = np.flatnonzero(classes == c)
        kept.append(mine[nms(boxes[mine], scores[mine], iou_threshold)])
    kept = np.sort(np.concatenate(kept))
    return kept[np.argsort(-scores[kept], kind="stable")]


def checked(name: str, boxes: np.ndarray) -> np.ndarray:
    """Return `boxes` (n, 4) as floats, or raise ValueError naming what is wrong."""
    boxes = np.asarray(boxes)
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"{name} must have shape (n, 4), got {boxes.shape}")
    # differences of unsigned integers would wrap around
    boxes = boxes.astype(np.result_type(boxes.dtype, np.float32), copy=False)
    ordered = (boxes[:, 2:] >= boxes[:, :2]).all(axis=1)  # False for nan, too
    if not ordered.all():
        i = ordered.argmin()
        raise ValueError(f"{name}[{i}] must be x_1, y_1, x_2, y_2, got {boxes[i]}")
    return boxes

"""Boxes in a grid of cells with anchors, as YOLO's networks answer them.

Each cell holds A boxes, one per anchor (a typical shape), of 5 + C numbers in Darknet's
order: x, y, width, height, presence, C classes. Boxes are as in `boxes`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from utils.nn import activations
from utils.tasks import boxes as box_tools


class Decoded(NamedTuple):
    """What a grid of cells says; `...` is the shape of the grid and its anchors."""

    boxes: np.ndarray  # (..., 4) corners in pixels
    presence: np.ndarray  # (...) in [0, 1], p_c: that there is a thing
    classes: np.ndarray  # (..., C) in [0, 1], each class if there is one


def shape_iou(sizes: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    """IoU of boxes that share one corner, so that only their shapes count.

    sizes, anchors : (n, 2), (k, 2) width and height > 0 in pixels
    returns         (n, k) float in (0, 1]
    raises          ValueError naming a shape that is wrong
    """
    sizes, anchors = _sizes("sizes", sizes), _sizes("anchors", anchors)
    shared = np.minimum(sizes[:, None], anchors).prod(axis=2)  # (n, k)
    return shared / (sizes.prod(axis=1)[:, None] + anchors.prod(axis=1) - shared)


def anchors_by_k_means(
    sizes: np.ndarray, k: int, rng: np.random.Generator, num_iterations: int = 100
) -> np.ndarray:
    """Find k typical shapes: k-means with the distance 1 - `shape_iou`.

    The plain distance would care for large boxes only. Starts from k different sizes.

    sizes   : (n, 2) width and height in pixels of the boxes to be described
    returns  (k, 2) float, the smallest area first
    raises   ValueError if there are fewer than k different sizes

    Redmon and Farhadi 2017, "YOLO9000". Built in course4_cnn/06_object_detection.
    """
    sizes = _sizes("sizes", sizes)
    different = np.unique(sizes, axis=0)
    if not 1 <= k <= len(different):
        raise ValueError(
            f"k must lie in 1 .. {len(different)} different sizes, got {k}"
        )
    anchors = rng.choice(different, k, replace=False)
    nearest = None
    for _ in range(num_iterations):
        before, nearest = nearest, shape_iou(sizes, anchors).argmax(axis=1)
        if before is not None and np.array_equal(before, nearest):
            break
        for j in np.unique(nearest):  # an anchor that nobody chose stays where it is
            anchors[j] = sizes[nearest == j].mean(axis=0)
    return anchors[np.argsort(anchors.prod(axis=1), kind="stable")]


def encode(
    boxes: np.ndarray,
    classes: np.ndarray,
    num_classes: int,
    grid: int | Sequence[int],
    anchors: np.ndarray,
    size: int | Sequence[int],
) -> np.ndarray:
    """Write the boxes of one picture into a grid, as a network is to answer them.

    The cell that holds a box's centre answers for it, through the anchor whose shape
    fits best among those still free there. Its numbers: centre in the cell, from 0 to
    1 (x, y); log of width and height over the anchor's; presence 1; the class as 1.

    boxes, classes : (n, 4) corners and (n,) int in 0 .. C - 1
    num_classes    : int, C
    grid, size     : cells and pixels per side, an int or (n_H, n_W)
    anchors        : (A, 2) width and height in pixels
    returns         (g_H, g_W, A, 5 + C) float, 0 where there is nothing
    raises          ValueError naming a box without area or with its centre outside, or
                    the cell that would need more than A boxes

    Redmon et al. 2016 (YOLO). Built in course4_cnn/06_object_detection.
    """
    boxes, anchors = box_tools.checked("boxes", boxes), _sizes("anchors", anchors)
    cells = np.broadcast_to(grid, 2)  # rows, columns
    step = np.broadcast_to(size, 2) / cells  # pixels per cell, down and across
    target = np.zeros((*cells, len(anchors), 5 + num_classes))
    for i, (x, y, width, height) in enumerate(box_tools.to_centres(boxes)):
        place = np.array([y, x]) / step
        row, column = cell = np.floor(place).astype(int)
        if min(width, height) <= 0 or (cell < 0).any() or (cell >= cells).any():
            raise ValueError(f"box {i} has no area or its centre outside: {boxes[i]}")
        fits = shape_iou([[width, height]], anchors)[0]
        fits[target[row, column, :, 4] == 1] = 0
        a = fits.argmax()
        if fits[a] == 0:
            raise ValueError(
                f"cell {row}, {column} has more boxes than anchors, box {i}"
            )
        answer = target[row, column, a]
        answer[:2] = (place - cell)[::-1]
        answer[2:4] = np.log([width, height] / anchors[a])
        answer[4] = answer[5 + classes[i]] = 1
    return target


def decode(
    outputs: np.ndarray,
    anchors: np.ndarray,
    size: int | Sequence[int],
    from_logits: bool = True,
) -> Decoded:
    """Read the boxes out of a grid: sigmoid offsets in the cell, exponential sizes.

    outputs     : (..., g_H, g_W, A, 5 + C) float
    anchors     : (A, 2) width and height in pixels
    size        : pixels per side of the picture, an int or (n_H, n_W)
    from_logits : True for a network's scores; False if all but the log sizes have been
                  through the sigmoid, as `encode` writes them
    returns      Decoded
    raises       ValueError naming the shapes if they do not fit

    Redmon and Farhadi 2018 (YOLOv3). Built in course4_cnn/06_object_detection.
    """
    outputs, anchors = np.asarray(outputs), _sizes("anchors", anchors)
    outputs = outputs.astype(np.result_type(outputs.dtype, np.float16), copy=False)
    if outputs.ndim < 4 or outputs.shape[-2] != len(anchors) or outputs.shape[-1] < 5:
        raise ValueError(
            "outputs must be (..., g_H, g_W, A, 5 + C) for anchors (A, 2), "
            f"got outputs {outputs.shape} and anchors {anchors.shape}"
        )
    offsets, logs, rest = np.split(outputs, [2, 4], axis=-1)
    if from_logits:
        offsets, rest = activations.sigmoid(offsets), activations.sigmoid(rest)
    cells = outputs.shape[-4:-2]
    rows, columns = np.indices(cells)
    corner = np.stack([columns, rows], axis=-1)[:, :, None]  # (g_H, g_W, 1, 2) x, y
    step = (np.broadcast_to(size, 2) / cells)[::-1]  # pixels per cell, x and y
    centres = np.concatenate([(offsets + corner) * step, anchors * np.exp(logs)], -1)
    centres = centres.astype(outputs.dtype, copy=False)
    return Decoded(box_tools.to_corners(centres), rest[..., 0], rest[..., 1:])


def _sizes(name: str, sizes: np.ndarray) -> np.ndarray:
    sizes = np.asarray(sizes, dtype=float)
    if sizes.ndim != 2 or sizes.shape[1] != 2 or not (sizes > 0).all():
        raise ValueError(
            f"{name} must be (n, 2) positive sizes, got {sizes.shape} {sizes[:3]}"
        )
    return sizes

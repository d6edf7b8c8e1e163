"""From pixels to things: connected components, and instances held against the truth.

A mask is (n_H, n_W) bool. Labels are (n_H, n_W) int: 0 is background, the things are
numbered 1, 2, ..., n.
"""

from typing import NamedTuple

import numpy as np

# Steps (down, right) to half of the neighbours; the other half looks back.
STEPS = {4: ((0, 1), (1, 0)), 8: ((0, 1), (1, 0), (1, 1), (1, -1))}


class Matches(NamedTuple):
    """k pairs, each of one true and one found instance, by rising true number."""

    truth: np.ndarray  # (k,) int, numbers in the true labels
    found: np.ndarray  # (k,) int, numbers in the found labels
    iou: np.ndarray  # (k,) float, their intersection over union


def components(mask: np.ndarray, connectivity: int = 4) -> tuple[np.ndarray, int]:
    """Number the connected pieces of a mask in reading order of their first pixels.

    Every pixel starts as its own piece. In each round a piece joins the neighbouring
    one with the smallest number; a few rounds suffice, and none loops over pixels.

    mask         : (n_H, n_W) bool
    connectivity : 4 (pixels that share a side) or 8 (or a corner)
    returns       labels (n_H, n_W) int64 and the number of pieces
    raises        ValueError with what came if the mask is not 2-D bool (so that no
                  map of probabilities counts as all lit) or connectivity not 4 or 8

    Shiloach and Vishkin 1982. Built in course4_cnn/07_segmentation.
    """
    mask = _mask(mask)
    _check_connectivity(connectivity)
    index = np.zeros(mask.shape, dtype=np.int64)
    index[mask] = np.arange(mask.sum())
    ends = []
    for step in STEPS[connectivity]:
        here, there = _shifted(mask, step), _shifted(mask, (-step[0], -step[1]))
        both = mask[here] & mask[there]
        ends.append((index[here][both], index[there][both]))
    first, second = (np.concatenate(side) for side in zip(*ends, strict=True))
    piece = np.arange(mask.sum())  # the smallest pixel of the piece, as far as known
    while np.any(piece[first] != piece[second]):
        a, b = piece[first], piece[second]
        np.minimum.at(piece, np.maximum(a, b), np.minimum(a, b))
        while np.any(piece[piece] != piece):  # the one you joined may have moved on
            piece = piece[piece]
    roots, number = np.unique(piece, return_inverse=True)
    labels = np.zeros(mask.shape, dtype=np.int64)
    labels[mask] = number + 1
    return labels, len(roots)


def overlap(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Count the pixels that each true thing shares with each found one.

    truth, found : (n_H, n_W) int >= 0   labels
    returns       (n_truth + 1, n_found + 1) int; row and column 0 are the background,
                  so rows sum to the true sizes and columns to the found ones
    raises        ValueError with what came if labels are no 2-D integers >= 0, or with
                  both shapes if they differ
    """
    truth, found = _labels("truth", truth), _labels("found", found)
    if truth.shape != found.shape:
        raise ValueError(
            "truth and found must have the same shape, "
            f"got truth {truth.shape} and found {found.shape}"
        )
    rows, columns = truth.max(initial=0) + 1, found.max(initial=0) + 1
    pairs = truth.ravel() * columns + found.ravel()
    return np.bincount(pairs, minlength=rows * columns).reshape(rows, columns)


def instance_iou(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Intersection over union of every true thing with every found one.

    truth, found : as in `overlap`
    returns       (n_truth, n_found) float in [0, 1]; entry [i, j] is of the things
                  i + 1 and j + 1; 0 where a number is not used
    raises        ValueError as `overlap`
    """
    shared = overlap(truth, found)
    sizes = shared.sum(axis=1, keepdims=True), shared.sum(axis=0, keepdims=True)
    union = (sizes[0] + sizes[1] - shared)[1:, 1:]
    return shared[1:, 1:] / np.maximum(union, 1)


def match(truth: np.ndarray, found: np.ndarray, threshold: float = 0.5) -> Matches:
    """Pair true and found things that overlap by an IoU of more than `threshold`.

    More than one half of the union cannot be shared with two things at once, so there
    is never a choice between pairs. n_truth - k things were missed, n_found - k
    invented.

    truth, found : as in `overlap`
    threshold    : float in [0.5, 1)
    returns       Matches
    raises        ValueError as `overlap`, or with the threshold if it leaves a choice

    Kirillov et al. 2019, "Panoptic segmentation", section 4.1.
    Built in course4_cnn/07_segmentation.
    """
    if not 0.5 <= threshold < 1:
        raise ValueError(f"threshold must lie in [0.5, 1), got {threshold}")
    iou = instance_iou(truth, found)
    rows, columns = np.nonzero(iou > threshold)
    return Matches(rows + 1, columns + 1, iou[rows, columns])


def erode(mask: np.ndarray, rounds: int = 1, connectivity: int = 4) -> np.ndarray:
    """Peel the rim off a mask: a pixel stays lit if all its neighbours are lit.

    What touches the picture's edge is not peeled there: beyond it nothing is known.

    mask         : (n_H, n_W) bool
    rounds       : int >= 0         how often
    connectivity : 4 or 8           which neighbours
    returns       (n_H, n_W) bool
    raises        ValueError with what came, as `components`
    """
    _check_connectivity(connectivity)
    kept = _mask(mask).copy()
    for _ in range(rounds):
        before = kept.copy()
        for step in STEPS[connectivity]:
            here, there = _shifted(mask, step), _shifted(mask, (-step[0], -step[1]))
            kept[here] &= before[there]
            kept[there] &= before[here]
    return kept


def grow(seeds: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Let numbered seeds spread over a mask, step by step, until they meet.

    Each round, a lit pixel without a number takes that of its four neighbours, the
    smallest if they differ. Lit pieces without a seed stay 0, seeds outside the mask
    are dropped.

    seeds   : (n_H, n_W) int >= 0   labels
    mask    : (n_H, n_W) bool       where they may spread
    returns  (n_H, n_W) int64
    raises   ValueError with what came if they are of another type or shape
    """
    mask, seeds = _mask(mask), _labels("seeds", seeds)
    if seeds.shape != mask.shape:
        raise ValueError(
            "seeds and mask must have the same shape, "
            f"got seeds {seeds.shape} and mask {mask.shape}"
        )
    nobody = np.iinfo(np.int64).max
    number = np.where(mask & (seeds > 0), seeds, nobody)
    while True:
        offered = np.full(mask.shape, nobody)
        for step in STEPS[4]:
            here, there = _shifted(mask, step), _shifted(mask, (-step[0], -step[1]))
            offered[here] = np.minimum(offered[here], number[there])
            offered[there] = np.minimum(offered[there], number[here])
        takes = mask & (number == nobody) & (offered < nobody)
        if not takes.any():
            return np.where(number == nobody, 0, number)
        number = np.where(takes, offered, number)


def _shifted(mask: np.ndarray, step: tuple[int, int]) -> tuple[slice, slice]:
    """The part of a picture whose pixels have a neighbour one step on."""
    return tuple(
        slice(max(0, -move), n - max(0, move))
        for move, n in zip(step, mask.shape, strict=True)
    )


def _mask(mask: np.ndarray) -> np.ndarray:
    mask = np.asarray(mask)
    if mask.ndim != 2 or mask.dtype != bool:
        raise ValueError(
            f"mask must be (n_H, n_W) bool, got {mask.shape} {mask.dtype}; "
            "for probabilities, compare with a threshold first"
        )
    return mask


def _labels(name: str, labels: np.ndarray) -> np.ndarray:
    labels = np.asarray(labels)
    if labels.ndim != 2 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"{name} must be (n_H, n_W) int, got {labels.shape} {labels.dtype}"
        )
    if labels.min(initial=0) < 0:
        raise ValueError(f"{name} must be >= 0, got {labels.min()}")
    return labels.astype(np.int64)


def _check_connectivity(connectivity: int) -> None:
    if connectivity not in STEPS:
        raise ValueError(f"connectivity must be 4 or 8, got {connectivity}")

"""Hands of any size anywhere in the frame, or none: data for finding one thing.

The hands are those of `signs`, where each is in the middle and as large as fits.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from utils.data import images, signs


class Scenes(NamedTuple):
    """m frames, one after another in every array."""

    images: np.ndarray  # (m, n_H, n_W, 3) uint8
    masks: np.ndarray  # (m, n_H, n_W) bool, where the hand is
    boxes: np.ndarray  # (m, 4) int, as from `signs.boxes`; 0 where there is no hand
    labels: np.ndarray  # (m,) int64, fingers shown, 0 to 5; -1 where there is no hand
    present: np.ndarray  # (m,) bool, whether there is a hand


def load(
    split: str,
    rng: np.random.Generator | None = None,
    path: Path | str = signs.HAND_SIGNS,
    background: signs.Background = signs.wall,
    noise: float = signs.NOISE,
    scale: tuple[float, float] = (0.4, 1.0),
    num_empty: int = 0,
) -> Scenes:
    """Read one split, shrink each hand at random and put it at a random place.

    Every hand lies wholly in its frame and stays upright, so one fixed box for all
    frames is a poor guess.

    split, rng, path, background, noise : as in `signs.load`
    scale     : least and greatest size of a hand as a share of its size in the file,
                0 < least <= greatest <= 1; shares in between are equally likely
    num_empty : int >= 0   frames without a hand, which follow after the others
    returns    Scenes; its first hands are those of `signs.load`, in that order
    raises     what `signs.load` raises; ValueError with the scale or num_empty, or the
               number of a mask that is empty, also because its hand became too small
    """
    low, high = scale
    if not 0 < low <= high <= 1:
        raise ValueError(f"scale must hold 0 < least <= greatest <= 1, got {scale}")
    if num_empty < 0:
        raise ValueError(f"num_empty must be >= 0, got {num_empty}")
    seed = images.SPLITS.index(split) if split in images.SPLITS else 0
    rng = np.random.default_rng(seed) if rng is None else rng
    hands = signs.load(split, path=path, background=None)
    num_hands, n_H, n_W, _ = hands.images.shape
    m = num_hands + num_empty
    tight = signs.boxes(hands.masks)
    sizes = (tight[:, 2:] - tight[:, :2]) * rng.uniform(low, high, (num_hands, 1))
    sizes = np.maximum(sizes.round().astype(int), 1)  # width, height
    corners = rng.integers(0, [n_W, n_H] - sizes + 1)  # left, top
    pictures = np.zeros((m, n_H, n_W, 3), dtype=np.float32)
    cover = np.zeros((m, n_H, n_W), dtype=np.float32)  # the hand's share of a pixel
    for i, (x_1, y_1, x_2, y_2) in enumerate(tight):
        (left, top), (width, height) = corners[i], sizes[i]
        cut = i, slice(y_1, y_2), slice(x_1, x_2)
        put = i, slice(top, top + height), slice(left, left + width)
        # The hand is on black, so a pixel at its edge gets its colour times its share.
        pictures[put] = _resized(hands.images[cut], width, height)
        cover[put] = _resized(np.uint8(255) * hands.masks[cut], width, height)
    behind = np.asarray(background(m, n_H, n_W, rng), dtype=np.float32)
    if behind.shape != pictures.shape:
        raise ValueError(f"background gave {behind.shape}, expected {pictures.shape}")
    pictures = pictures / 255 + (1 - cover[..., None] / 255) * behind
    pictures += np.float32(noise) * rng.standard_normal(pictures.shape, np.float32)
    masks, present = cover >= 127.5, np.arange(m) < num_hands
    boxes = np.zeros((m, 4), dtype=int)
    boxes[present] = signs.boxes(masks[present])
    labels = np.append(hands.labels, np.full(num_empty, -1))
    pixels = (255 * np.clip(pictures, 0, 1)).round().astype(np.uint8)
    return Scenes(pixels, masks, boxes, labels, present)


def _resized(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """Average uint8 pixels down; in whole numbers, so the same on every machine."""
    size = (int(width), int(height))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR))

"""Hands that show 0 to 5 fingers: pictures on random backgrounds, masks, attributes.

One file serves classification (labels), localisation (`boxes`), segmentation (masks),
error analysis by slice (skin tone, hand, turn) and distribution shift (another
background). The hands are rendered, see utils/data/files/README.md.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

from utils.data import images

HAND_SIGNS = Path(__file__).parent / "files" / "hand_signs.h5"
NOISE = 0.03  # standard deviation of the camera's noise; white is 1
# One value, or a row of them, for each image.
ATTRIBUTES = {"skin_tone": (), "left_hand": (), "roll_pitch_yaw_rad": (3,)}

Background = Callable[[int, int, int, np.random.Generator], np.ndarray]


class Signs(NamedTuple):
    """m hands, one after another in every array."""

    images: np.ndarray  # (m, n_H, n_W, 3) uint8
    masks: np.ndarray  # (m, n_H, n_W) bool, where the hand is
    labels: np.ndarray  # (m,) int64, fingers shown, 0 to 5
    skin_tone: np.ndarray  # (m,) int64, 0 (lightest) to 4 (darkest)
    left_hand: np.ndarray  # (m,) bool
    roll_pitch_yaw: np.ndarray  # (m, 3) float64, how the hand is turned, in radians


def wall(m: int, n_H: int, n_W: int, rng: np.random.Generator) -> np.ndarray:
    """Backgrounds (m, n_H, n_W, 3) of one random colour, darker above or below."""
    colour = rng.uniform(0.3, 0.95, (m, 1, 1, 3))
    slope = rng.normal(0, 0.1, (m, 1, 1, 1))
    painted = colour + slope * np.linspace(-1, 1, n_H)[:, None, None]  # (m, n_H, 1, 3)
    return np.broadcast_to(painted, (m, n_H, n_W, 3))


def clutter(m: int, n_H: int, n_W: int, rng: np.random.Generator) -> np.ndarray:
    """Backgrounds (m, n_H, n_W, 3) of 8 x 8 random colours that blend into each other.

    They hold edges of the size of fingers, which `wall` does not.
    """
    knots = rng.uniform(0, 1, (m, 8, 8, 3))
    return _stretch(_stretch(knots, n_H, axis=1), n_W, axis=2)


def load(
    split: str,
    rng: np.random.Generator | None = None,
    path: Path | str = HAND_SIGNS,
    background: Background | None = wall,
    noise: float = NOISE,
    size: int | None = None,
) -> Signs:
    """Read one split and put each hand before a random background.

    split      : "train", "dev" or "test"
    rng        : draws backgrounds and noise; by default a fixed one for each split, so
                 that every call returns the same pictures
    path       : the shipped file, or your own with the same keys
    background : `wall`, `clutter` or your own (m, n_H, n_W, rng) -> (m, n_H, n_W, 3) in
                 [0, 1]; None leaves the hands on black, without noise
    noise      : standard deviation added to every pixel's channels; white is 1
    size       : pixels per side, averaged down from those of the file if smaller
    returns     Signs
    raises      FileNotFoundError; ValueError naming the file, what came and what was
                expected if it is not HDF5, cut short, or has other keys, shapes or
                types, if `size` does not divide the sides, or if the background
                has another shape than the images
    """
    seed = images.SPLITS.index(split) if split in images.SPLITS else 0
    rng = np.random.default_rng(seed) if rng is None else rng
    data = images.load_h5(path, split)
    masks, attributes = _read_rest(Path(path), split, data.images.shape)
    pictures = data.images / np.float32(255)
    if background is not None:
        m, n_H, n_W, _ = pictures.shape
        behind = background(m, n_H, n_W, rng)
        if np.shape(behind) != pictures.shape:
            raise ValueError(
                f"background gave {np.shape(behind)}, expected {pictures.shape}"
            )
        pictures = np.where(masks[..., None], pictures, behind).astype(np.float32)
    if size is not None:
        pictures, masks = _shrink(pictures, size), _shrink(masks, size) >= 0.5
    if background is not None:
        shape = pictures.shape
        pictures += np.float32(noise) * rng.standard_normal(shape, dtype=np.float32)
    pixels = (255 * np.clip(pictures, 0, 1)).round().astype(np.uint8)
    return Signs(
        pixels,
        masks,
        data.labels,
        attributes["skin_tone"].astype(np.int64),
        attributes["left_hand"].astype(bool),
        attributes["roll_pitch_yaw_rad"].astype(np.float64),
    )


def boxes(masks: np.ndarray) -> np.ndarray:
    """The smallest box around each hand.

    masks   : (m, n_H, n_W) bool
    returns  (m, 4) int, x_1, y_1, x_2, y_2 in pixels: columns x_1 <= x < x_2 and rows
             y_1 <= y < y_2 hold the hand
    raises   ValueError with the number of the first mask that is empty
    """
    columns, rows = masks.any(axis=1), masks.any(axis=2)  # (m, n_W), (m, n_H)
    if not rows.any(axis=1).all():
        raise ValueError(f"mask {rows.any(axis=1).argmin()} is empty, expected a hand")
    ends = []
    for lit in (columns, rows):
        ends.append((lit.argmax(axis=1), lit.shape[1] - lit[:, ::-1].argmax(axis=1)))
    (left, right), (top, bottom) = ends
    return np.stack([left, top, right, bottom], axis=1)


def _read_rest(
    path: Path, split: str, shape: tuple[int, ...]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Read masks (m, n_H, n_W) bool and the attributes of a file of images."""
    m, n_H, n_W, _ = shape
    wanted = {"masks": (n_H, -(-n_W // 8)), **ATTRIBUTES}
    found = {}
    try:
        with h5py.File(path) as file:
            for name, rest in wanted.items():
                found[name] = _dataset(file, split, name, (m, *rest))
    except (OSError, RuntimeError, KeyError, TypeError) as error:  # h5py on damage
        raise ValueError(f"{path}: expected a whole HDF5 file; {error}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    packed = found.pop("masks")
    if packed.dtype != np.uint8:
        raise ValueError(f"{path}: {split}/masks is {packed.dtype}, expected uint8")
    return np.unpackbits(packed, axis=2, count=n_W).astype(bool), found


def _dataset(
    file: h5py.File, split: str, name: str, shape: tuple[int, ...]
) -> np.ndarray:
    group = file.get(split)
    data = group.get(name) if isinstance(group, h5py.Group) else None
    if not isinstance(data, h5py.Dataset):
        raise ValueError(
            f"no data set {split}/{name}; expected groups with images, labels, masks, "
            f"{', '.join(ATTRIBUTES)} (for images and labels alone: images.load_h5)"
        )
    if data.shape != shape or not np.issubdtype(data.dtype, np.number):
        raise ValueError(
            f"{split}/{name} is {data.shape} {data.dtype}; expected {shape} numbers "
            "to fit the images"
        )
    return data[()]


def _shrink(values: np.ndarray, size: int) -> np.ndarray:
    """Average (m, n_H, n_W, ...) over equal blocks to (m, size, size, ...) float32."""
    m, n_H, n_W, *rest = values.shape
    if size < 1 or n_H % size or n_W % size:
        raise ValueError(f"size must divide the sides {n_H} x {n_W}, got {size}")
    blocks = values.reshape(m, size, n_H // size, size, n_W // size, *rest)
    return blocks.mean(axis=(2, 4), dtype=np.float32)


def _stretch(values: np.ndarray, length: int, axis: int) -> np.ndarray:
    """Interpolate linearly between the entries along one axis, to `length` of them."""
    place = np.linspace(0, values.shape[axis] - 1, length)
    before = np.minimum(place.astype(int), values.shape[axis] - 2)
    share = (place - before).reshape(-1, *[1] * (values.ndim - axis - 1))
    first, second = (np.take(values, before + k, axis) for k in (0, 1))
    return first * (1 - share) + second * share

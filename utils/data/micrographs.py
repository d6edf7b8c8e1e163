"""Cells under a microscope: one picture of nuclei, each of them drawn by an expert."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from utils.data import assets
from utils.data.photos import UNREADABLE

# What Pillow calls pictures with one whole number per pixel, of 1, 8, 16 or 32 bits.
GREY_MODES = ("1", "L", "I", "I;16", "I;16B", "I;16L")


class Nuclei(NamedTuple):
    """A micrograph, and whose nucleus each of its pixels belongs to."""

    image: np.ndarray  # (n_H, n_W) float32 in [0, 1], 1 is white
    instances: np.ndarray  # (n_H, n_W) int64, 0 for background, nuclei 1, 2, ..., n


def nuclei(
    image_path: Path | str | None = None, instances_path: Path | str | None = None
) -> Nuclei:
    """Read the micrograph of 125 cell nuclei, 512 x 512, or your own of any size.

    The nuclei are numbered 1, 2, ..., n in the order of the file's own numbers, which
    have gaps (ours go up to 183). Where all levels are at most 255, white is 255, in
    a file of 16 bits too; else it is 65535.

    image_path, instances_path : grey pictures of one size, without losses (TIFF, PNG);
              both or neither; the fetched asset by default
    returns  Nuclei
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is no whole image, has colours, more than one picture or
             levels outside 0 to 65535, if the sizes differ, or if only one is given
    """
    if (image_path is None) != (instances_path is None):
        raise ValueError(
            "expected image_path and instances_path together or neither, "
            f"got {image_path} and {instances_path}"
        )
    if image_path is None:
        image_path, instances_path = map(assets.path, ("nuclei_image", "nuclei_mask"))
    levels, numbers = _read(Path(image_path)), _read(Path(instances_path))
    if levels.shape != numbers.shape:
        raise ValueError(
            f"{instances_path}: it is {numbers.shape}, expected {levels.shape} like "
            f"{image_path}"
        )
    white = 255 if levels.max() <= 255 else 65535
    used = np.flatnonzero(np.bincount(numbers.ravel()))
    used = used[used > 0]  # 0 stays 0 even if every pixel belongs to a nucleus
    instances = np.searchsorted(used, numbers) + 1
    return Nuclei(
        (levels / white).astype(np.float32),
        np.where(numbers > 0, instances, 0).astype(np.int64),
    )


def _read(path: Path) -> np.ndarray:
    """The levels (n_H, n_W) int64 of a grey picture, exactly as the file has them."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        with Image.open(path) as file:
            mode, frames = file.mode, getattr(file, "n_frames", 1)
            levels = np.array(file)
    except (*UNREADABLE, Image.DecompressionBombError) as error:
        raise ValueError(f"{path}: expected a whole TIFF or PNG; {error}") from error
    if mode not in GREY_MODES or frames != 1:
        raise ValueError(
            f"{path}: holds {frames} picture(s) of mode {mode}, expected one grey "
            "picture of whole numbers"
        )
    levels = levels.astype(np.int64)
    if levels.min() < 0 or levels.max() > 65535:
        raise ValueError(
            f"{path}: levels from {levels.min()} to {levels.max()}, expected 0 to 65535"
        )
    return levels

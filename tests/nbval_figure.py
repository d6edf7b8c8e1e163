"""Measure how far two rendered figures differ, blind to no small mark.

The distance is local: the RMS difference of the colours (0 to 255) over a tile of 8 x 8
pixels, the least over shifts of one pixel, and of all tiles the worst. A mean over the
whole figure, as a shrunken copy gives, drowns a moved point in white paper. The shift
forgives text and lines that snap to the next pixel.

Measured with Matplotlib 3.11.2 on seven kinds of figures (lines, scatter, heat map,
confusion matrix, image grid, decision boundary, bars), 100 dpi:

    Matplotlib 3.11.0, other hinting factor, same data           0.0
    every value drifted by 1e-6, by 1e-4                    6.3, 8.8
    ----- default limit 15 -----------------------------------------
    one heat map cell of 100 changed by 0.15                    22.3
    decision boundary moved by 0.5 % of its axis                22.6
    line dashed, two regions swap colours, one digit of
    a confusion matrix changed                              49 to 50
    one letter or digit of a title, one point of 100        89 to 114
    other data, two lines swap colours, moved legend,
    other title, line gone                               106 to 164
    Matplotlib 3.10 with its older FreeType    74 to 136, other sizes

So a FreeType of another generation is told apart: figures are stored anew with
`course.py refresh` when constraints.txt moves Matplotlib by a minor version. A drift
of 3e-4 or more can move a tick label into the next pixel (21.5) or add one to a colour
bar (96): fix the limits of such axes, or tag the cell `rms=...`. The RMS of copies
shrunken to 96 x 96, for comparison: 0.4 for a changed letter, 1.5 for a moved point,
14 for Matplotlib 3.10.
"""

from __future__ import annotations

import base64
import binascii
import io

import numpy as np
from PIL import Image

TILE = 8
SHIFTS = [(0, 0), *((y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if (y, x) != (0, 0))]


def decode(data: str) -> np.ndarray:
    """Pixels (n_H, n_W, 3) uint8 of a base64 PNG or JPEG, laid on white paper."""
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")
    except (binascii.Error, OSError, ValueError) as error:
        raise ValueError(f"an output is not an image: {error}") from error
    paper = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(paper, image).convert("RGB"))


def distance(a: np.ndarray, b: np.ndarray) -> float:
    """The worst local RMS difference, 0 to 255, of two images of the same size.

    a, b   : (n_H, n_W, 3) uint8
    raises   ValueError naming both shapes if they differ
    """
    if a.shape != b.shape:
        raise ValueError(f"images of different shapes: {a.shape} and {b.shape}")
    if np.array_equal(a, b):
        return 0.0
    # White paper around, so that every tile is whole and every shift stays inside.
    height, width = a.shape[:2]
    pad = [(TILE, TILE + -height % TILE), (TILE, TILE + -width % TILE), (0, 0)]
    a = np.pad(a, pad, constant_values=255).astype(np.float32)
    b = np.pad(b, pad, constant_values=255).astype(np.float32)
    least = np.min([_tile_means(a, np.roll(b, by, (0, 1))) for by in SHIFTS], axis=0)
    return float(np.sqrt(least.max()))


def _tile_means(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mean squared difference over all tiles, which overlap by half."""
    height, width, colours = a.shape
    half = TILE // 2
    runs = (a - b).reshape(height, width // half, half * colours)
    squares = np.einsum("ijk,ijk->ij", runs, runs)  # below 2**24: exact in float32
    quarters = squares.reshape(height // half, half, -1).sum(axis=1)
    rows = quarters[1:] + quarters[:-1]
    return (rows[:, 1:] + rows[:, :-1]) / (colours * TILE**2)


def differences(stored: str, computed: str, limit: float) -> list[str]:
    """Why two base64 images do not agree; an empty list if they do."""
    if stored == computed:
        return []
    old, new = decode(stored), decode(computed)
    if old.shape != new.shape:
        size = "{1} x {0}".format
        return [f"{size(*old.shape)} pixels stored, {size(*new.shape)} computed"]
    found = distance(old, new)
    if found <= limit:
        return []
    return [f"the figure differs: local RMS {found:.1f} of 255, allowed {limit:g}"]

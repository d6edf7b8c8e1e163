"""A learner's own photos: read whatever a camera or a drawing program writes."""

import struct
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

# What Pillow's readers raise on files that are broken or no images.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, LookupError, struct.error)
BILINEAR = Image.Resampling.BILINEAR
# A silhouette's longer side is 25 pixels in the median; the rest is black margin.
SIDE, CONTENT_SIDE = 28, 25


def load_photo(path: Path | str, grey: bool = False) -> np.ndarray:
    """Read a learner's photo as (n_H, n_W, 3), or (n_H, n_W) if grey, uint8.

    Upright as the camera's rotation mark says; transparent parts become white.
    raises FileNotFoundError; ValueError naming the file if it is broken, not an image,
    too large, or has pixels of neither 8 nor 16 bits
    """
    return np.array(_open(Path(path)).convert("L" if grey else "RGB"))


def _open(path: Path) -> Image.Image:
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's remarks on odd metadata
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                photo = ImageOps.exif_transpose(file)
            if photo.mode == "I" or photo.mode.startswith("I;16"):
                return _from_16_bits(np.asarray(photo))
            if photo.mode == "F":
                raise ValueError("its pixels are floats, expected 8 or 16 bits")
            if photo.has_transparency_data:
                photo = photo.convert("RGBA")
                white = Image.new("RGBA", photo.size, "white")
                photo = Image.alpha_composite(white, photo)
            return photo.convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValueError(f"{path}: expected a smaller image; {error}") from error
    except UNREADABLE as error:
        raise ValueError(
            f"{path}: expected a whole PNG, JPEG, GIF, TIFF, WebP or BMP; {error}"
        ) from error


def _from_16_bits(levels: np.ndarray) -> Image.Image:
    if levels.min() < 0 or levels.max() > 65535:
        raise ValueError(
            f"its pixels go from {levels.min()} to {levels.max()}, expected 0 to 65535"
        )
    return Image.fromarray(np.round(levels / 257).astype(np.uint8))  # 65535 = 255 * 257


class Letterbox(NamedTuple):
    """A whole photo in a square, and how to find its pixels there.

    A point x, y of the photo lies at left + scale x, top + scale y of the image, up to
    half a pixel, because the photo's sides become whole pixels.
    """

    image: np.ndarray  # (size, size, 3) uint8
    scale: float  # pixels of the square per pixel of the photo
    left: int  # columns of the margin before the photo
    top: int  # rows of the margin above it


def centre_square(photo: np.ndarray, size: int) -> np.ndarray:
    """Cut the largest square out of the middle of a photo and bring it to one size.

    photo   : (n_H, n_W, 3) uint8
    size    : int >= 1   pixels per side; where the photo has more, they are averaged
    returns  (size, size, 3) uint8
    raises   ValueError with what came if photo or size are others

    Built in course4_cnn/05_transfer_learning.
    """
    _check(photo, size)
    n_H, n_W, _ = photo.shape
    side = min(n_H, n_W)
    top, left = (n_H - side) // 2, (n_W - side) // 2
    return _resized(photo[top : top + side, left : left + side], size, size)


def letterbox(photo: np.ndarray, size: int, fill: int = 128) -> Letterbox:
    """Bring a whole photo into the middle of a square, with margins of one grey.

    photo   : (n_H, n_W, 3) uint8
    size    : int >= 1   pixels per side; the photo's longer side gets all of them,
                         by bilinear interpolation and without averaging
    fill    : 0 to 255   grey level of the margins
    returns  Letterbox
    raises   ValueError with what came if one of them is another

    Built in course4_cnn/06_object_detection.
    """
    _check(photo, size)
    if not 0 <= fill <= 255:
        raise ValueError(f"fill must lie in 0 .. 255, got {fill}")
    scale = size / max(photo.shape[:2])
    n_H, n_W = (max(1, round(scale * n)) for n in photo.shape[:2])
    top, left = (size - n_H) // 2, (size - n_W) // 2
    image = np.full((size, size, 3), fill, dtype=np.uint8)
    # Plain bilinear, as Darknet resizes: its detectors score lower on averaged pixels.
    picture = Image.fromarray(np.ascontiguousarray(photo))
    image[top : top + n_H, left : left + n_W] = picture.transform(
        (n_W, n_H), Image.Transform.EXTENT, (0, 0, *picture.size), BILINEAR
    )
    return Letterbox(image, scale, left, top)


def _check(photo: np.ndarray, size: int) -> None:
    shape, dtype = np.shape(photo), np.asarray(photo).dtype
    if len(shape) != 3 or shape[2] != 3 or 0 in shape or dtype != np.uint8:
        raise ValueError(f"photo must be (n_H, n_W, 3) uint8, got {shape} {dtype}")
    if size < 1:
        raise ValueError(f"size must be >= 1, got {size}")


def _resized(photo: np.ndarray, n_H: int, n_W: int) -> np.ndarray:
    # Pillow widens the filter when it shrinks, so that no pixel is passed over.
    picture = Image.fromarray(np.ascontiguousarray(photo))
    return np.array(picture.resize((n_W, n_H), BILINEAR))


def silhouette_from_photo(path: Path | str) -> np.ndarray:
    """Make a photo of one thing before a plain ground look like `silhouettes()`.

    Grey, Otsu's threshold, crop to the content, 25 pixels on the longer side, centred:
    (28, 28) uint8, the thing white. What touches most of the rim counts as ground.
    raises what `load_photo` raises; ValueError if the photo has one grey level only

    Otsu 1979, "A threshold selection method from gray-level histograms".
    """
    photo = Image.fromarray(load_photo(path, grey=True))
    photo.thumbnail((256, 256))  # averages specks away
    levels = np.asarray(photo)
    if levels.min() == levels.max():
        raise ValueError(f"{path}: one grey level everywhere, expected a thing to see")
    white = levels > otsu_threshold(levels)
    rim = np.concatenate([white[0], white[-1], white[:, 0], white[:, -1]])
    white = ~white if rim.mean() > 0.5 else white
    rows, columns = np.flatnonzero(white.any(1)), np.flatnonzero(white.any(0))
    content = white[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = CONTENT_SIDE / max(content.shape)
    n_H, n_W = (max(1, round(scale * n)) for n in content.shape)
    small = Image.fromarray(content).convert("L").resize((n_W, n_H))
    silhouette = np.zeros((SIDE, SIDE), dtype=np.uint8)
    top, left = (SIDE - n_H) // 2, (SIDE - n_W) // 2
    silhouette[top : top + n_H, left : left + n_W] = small
    return silhouette


def otsu_threshold(levels: np.ndarray) -> int:
    """The grey level t that best parts `levels` (uint8) into <= t and > t.

    Best is the largest variance between the two classes' means.
    """
    share = np.bincount(levels.ravel(), minlength=256) / levels.size
    low = np.cumsum(share)  # share of pixels <= t
    low_sum = np.cumsum(share * np.arange(256))
    apart = low_sum[-1] * low - low_sum
    spread = low * (1 - low)
    between = np.divide(apart**2, spread, out=np.zeros(256), where=spread > 1e-12)
    return int(np.argmax(between))

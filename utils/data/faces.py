"""The ORL faces: 40 people, ten grey photos of each, taken from 1992 to 1994."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from utils.data import assets

NUM_PEOPLE, NUM_SHOTS = 40, 10
HEIGHT, WIDTH = 112, 92
HEADER = b"P5\n92 112\n255\n"  # of a PGM: grey, width, height, the value of white
FILE_SIZE = len(HEADER) + HEIGHT * WIDTH


class Faces(NamedTuple):
    """m photos of faces, those of one person one after another."""

    images: np.ndarray  # (m, n_H, n_W) uint8
    people: np.ndarray  # (m,) int64, who it is: 1 to 40, as the folders are named
    shots: np.ndarray  # (m,) int64, which photo of that person: 1 to 10


def orl(path: Path | str | None = None) -> Faces:
    """Read all 400 photos: person 1's ten, then person 2's, and so on.

    path    : a folder that holds s1/1.pgm to s40/10.pgm; by default the fetched one
    returns  Faces with images (400, 112, 92); files of other names do not count
    raises   ValueError naming the file, what came and what was expected if a photo is
             missing, cut short, or anything but a PGM of 92 x 112 pixels

    In the fetched folder, 152 photos went through a program that took them for text and
    changed their line ends. That is undone here; other readers show them shifted.

    Samaria and Harter 1994. Photos: AT&T Laboratories Cambridge.
    """
    folder = assets.path("orl_faces") if path is None else Path(path)
    people = np.repeat(np.arange(1, NUM_PEOPLE + 1), NUM_SHOTS)
    shots = np.tile(np.arange(1, NUM_SHOTS + 1), NUM_PEOPLE)
    names = [f"s{p}/{shot}.pgm" for p, shot in zip(people, shots, strict=True)]
    images = np.stack([_read(folder / name) for name in names])
    return Faces(images, people.astype(np.int64), shots.astype(np.int64))


def _read(path: Path) -> np.ndarray:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(
            f"{path}: {error.strerror}; expected the {NUM_PEOPLE} x {NUM_SHOTS} photos "
            f"s1/1.pgm to s{NUM_PEOPLE}/{NUM_SHOTS}.pgm"
        ) from error
    whole = content
    if content.startswith(HEADER.replace(b"\n", b"\r\n")):
        whole = _with_old_line_ends(content)
    if not whole.startswith(HEADER) or len(whole) != FILE_SIZE:
        raise ValueError(
            f"{path}: {len(content)} bytes that begin with {content[:15]!r}; expected "
            f"{HEADER!r} and then {WIDTH} x {HEIGHT} bytes, one for each pixel"
        )
    return _pixels(whole)


def _with_old_line_ends(content: bytes) -> bytes:
    """Make each 13, 10 a 10 again, a line's end or a dark pixel.

    Two pixels that were 13, 10 from the start had been left as they were. If one byte
    is missing at the end, one such pair has to stay: the one with which the rows of the
    photo fit best, since from a wrong place to the right one they would be shifted.
    """
    parts = content.split(b"\r\n")
    whole = b"\n".join(parts)
    if len(whole) != FILE_SIZE - 1 or len(parts) == 4:  # three ends are the header's
        return whole
    with_a_pair = [
        b"\n".join(parts[:k]) + b"\r\n" + b"\n".join(parts[k:])
        for k in range(4, len(parts))
    ]
    return min(with_a_pair, key=_roughness)


def _roughness(content: bytes) -> int:
    return int(np.abs(np.diff(_pixels(content).astype(int), axis=0)).sum())


def _pixels(content: bytes) -> np.ndarray:
    return np.frombuffer(content, np.uint8, offset=len(HEADER)).reshape(HEIGHT, WIDTH)

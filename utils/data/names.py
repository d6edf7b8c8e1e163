"""Lists of names, one a line: dinosaurs, or your own."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

DINOSAURS = Path(__file__).parent / "files" / "dinosaurs.txt"
MIN_NAMES = 10  # below, dev and test would hold no name
MAX_LENGTH = 60  # characters; a longer line is no name


class Names(NamedTuple):
    """Names in lower case, each in one part only, sorted in each part."""

    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


def dinosaurs(rng: np.random.Generator | None = None) -> Names:
    """Split 923 names of dinosaur genera: 739 to train on, 92 for dev, 92 for test.

    rng     : draws who gets where; by default a fixed one, so that every call returns
              the same parts
    returns  Names, of the letters a to z
    """
    return load(DINOSAURS, rng)


def load(path: Path | str, rng: np.random.Generator | None = None) -> Names:
    """Read a file with one name a line and split it, a tenth each for dev and test.

    Spaces around a name and empty lines do not count, and capitals become small. A name
    that stands there twice counts once; else it could be in two parts. The order of the
    lines makes no difference.

    path    : text file, UTF-8; characters of any alphabet
    rng     : as in `dinosaurs`
    returns  Names
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is no text, a line is too long for a name or has other than
             printed characters, or fewer than 10 different names are there
    """
    path = Path(path)
    rng = np.random.default_rng(0) if rng is None else rng
    names = _read(path)
    if len(names) < MIN_NAMES:
        raise ValueError(
            f"{path}: {len(names)} different names, expected at least {MIN_NAMES}, "
            "one a line"
        )
    size = round(len(names) / 10)
    order = rng.permutation(len(names))
    parts = (order[2 * size :], order[:size], order[size : 2 * size])
    return Names(*(tuple(names[place] for place in sorted(part)) for part in parts))


def _read(path: Path) -> list[str]:
    """The different names of a file, in lower case, sorted."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        # some editors of Windows put a mark in front of UTF-8; "-sig" skips it
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path}: expected text in UTF-8, one name a line; {error}"
        ) from error
    names = set()
    for number, line in enumerate(content.split("\n"), 1):
        name = line.strip().lower()
        if len(name) > MAX_LENGTH:
            raise ValueError(
                f"{path}: line {number} has {len(name)} characters, expected one name "
                f"of at most {MAX_LENGTH}"
            )
        if not name.isprintable():
            raise ValueError(
                f"{path}: line {number} is {name!r}, expected printed characters only"
            )
        names.add(name)
    return sorted(names - {""})

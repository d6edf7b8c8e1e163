"""GloVe word vectors, trained by their authors on Wikipedia and newspaper text.

The shipped file holds the 40,000 most frequent words of "GloVe 6B", 50 numbers each,
rounded to 16 bits. Frequent words come first.
"""

from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

PATH = Path(__file__).parents[1] / "data" / "files" / "glove_6b_50d_top40k.h5"


class Glove(NamedTuple):
    """n words and their vectors."""

    words: tuple[str, ...]  # n words in lower case, the most frequent first
    index: dict[str, int]  # word -> row of `vectors`
    vectors: np.ndarray  # (n, d) float32


def load(path: Path | str | None = None) -> Glove:
    """Read words and vectors.

    path    : HDF5 file with `words`, UTF-8 bytes with a line end between two words, and
              `vectors` (n, d) float; None takes the shipped file, 40,000 words of 50
    returns  Glove
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it has other content or is cut

    Pennington et al. 2014.
    """
    path = PATH if path is None else Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    expected = "expected HDF5 with words, UTF-8 bytes, and vectors (n, d) float"
    try:
        with h5py.File(path) as file:
            found = {name: (item.shape, item.dtype) for name, item in file.items()}
            if {"words", "vectors"} - found.keys():
                raise ValueError(f"{path}: {expected}; it has {sorted(found)}")
            content, vectors = file["words"][()], file["vectors"][()]
            words = tuple(np.asarray(content, np.uint8).tobytes().decode().split("\n"))
            vectors = vectors.astype(np.float32)
    except (OSError, AttributeError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {expected}; {error}") from error
    if vectors.ndim != 2 or len(vectors) != len(words):
        raise ValueError(
            f"{path}: {expected}; {len(words)} words and vectors {vectors.shape}"
        )
    index = {word: row for row, word in enumerate(words)}
    if len(index) < len(words) or not np.isfinite(vectors).all():
        raise ValueError(
            f"{path}: {len(words) - len(index)} words stand there twice, "
            f"{(~np.isfinite(vectors)).sum()} numbers are not finite; expected none"
        )
    return Glove(words, index, vectors)

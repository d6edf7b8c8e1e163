"""Spoken words, one per clip.

The shipped clips were spoken by a synthesiser in 66 voices. Sounds are float32 in
[-1, 1], 8,000 samples a second.
"""

from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

PATH = Path(__file__).parent / "files" / "speech_clips.h5"
RATE = 8000  # samples per second: sounds up to 4,000 Hz, as on the telephone
SPLITS = {"train": (0, 42), "dev": (42, 54), "test": (54, 66)}  # voices of the file
SURPRISE = "surprise"  # the part with the last word, which no other part has
_MU = 255  # of the telephone's standard
_ARRAYS = (
    "samples", "starts", "words", "voices", "word_names", "voice_names", "surprise",
)  # fmt: skip


class Clips(NamedTuple):
    """n clips of one word each."""

    sounds: tuple[np.ndarray, ...]  # n arrays (length,) float32
    words: np.ndarray  # (n,) int64, places in `word_names`; 0 is the trigger word
    voices: np.ndarray  # (n,) int64, places in `voice_names`
    word_names: tuple[str, ...]
    voice_names: tuple[str, ...]


def load(split: str | None = None, path: Path | str | None = None) -> Clips:
    """Read the clips of all voices, or those of one part; no voice is in two parts.

    split   : "train" (42 voices), "dev" (12), "test" (12); None for all 66; or
              "surprise", one clip by each test voice of a word that is in no other part
    path    : HDF5 file in the layout of the shipped one, see files/README.md
    returns  Clips; of each voice two of the trigger word and six of other words, or
              that one
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it has other content or is cut; ValueError with the split
    """
    parts = [*SPLITS, SURPRISE]
    if split is not None and split not in parts:
        raise ValueError(f"split must be one of {parts}, got {split!r}")
    arrays = _read(PATH if path is None else Path(path))
    first, last = SPLITS.get(split, (0, 256))
    chosen = (arrays["voices"] >= first) & (arrays["voices"] < last)
    chosen &= (arrays["words"] == arrays["surprise"][0]) == (split == SURPRISE)
    chosen = np.flatnonzero(chosen)
    samples, starts = from_mu_law(arrays["samples"]), arrays["starts"]
    word_names, voice_names = (
        tuple(arrays[name].tobytes().decode().split("\n"))
        for name in ("word_names", "voice_names")
    )
    return Clips(
        tuple(samples[starts[k] : starts[k + 1]] for k in chosen),
        arrays["words"][chosen].astype(np.int64),
        arrays["voices"][chosen].astype(np.int64),
        word_names,
        voice_names,
    )


def to_mu_law(sound: np.ndarray) -> np.ndarray:
    """Squeeze a sound into 8 bits, finer steps for quiet samples: ITU-T G.711's curve.

    sound   : float in [-1, 1]; what lies outside is cut off
    returns  uint8 of the same shape
    """
    sound = np.clip(sound, -1, 1)
    squeezed = np.sign(sound) * np.log1p(_MU * np.abs(sound)) / np.log1p(_MU)
    return np.round((squeezed + 1) / 2 * 255).astype(np.uint8)


def from_mu_law(levels: np.ndarray) -> np.ndarray:
    """Undo `to_mu_law` up to its rounding: float32 in [-1, 1]."""
    squeezed = np.asarray(levels, np.float32) / 255 * 2 - 1
    grown = np.expm1(np.abs(squeezed) * np.log1p(_MU, dtype=np.float32)) / _MU
    return (np.sign(squeezed) * grown).astype(np.float32)


def _read(path: Path) -> dict[str, np.ndarray]:
    """The file's arrays, once they are there and fit one another."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    expected = f"expected HDF5 with {', '.join(_ARRAYS)}"
    try:
        with h5py.File(path) as file:
            missing = set(_ARRAYS) - file.keys()
            if missing:
                raise ValueError(f"{path}: {expected}; it lacks {sorted(missing)}")
            arrays = {name: file[name][()] for name in _ARRAYS}
            rate = int(file.attrs.get("rate", RATE))
    except (OSError, AttributeError, TypeError) as error:
        raise ValueError(f"{path}: {expected}; {error}") from error
    n = len(arrays["words"])
    sizes = {name: len(arrays[name]) for name in ("voices", "starts", "samples")}
    fits = sizes["voices"] == n and sizes["starts"] == n + 1
    if not fits or arrays["starts"][-1] != sizes["samples"] or rate != RATE:
        raise ValueError(
            f"{path}: {n} words, {sizes} and {rate} samples a second do not fit; "
            f"expected as many voices as words, one start more, the last one at the "
            f"end of the samples, and {RATE}"
        )
    return arrays

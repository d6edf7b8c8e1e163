"""Images as the lessons use them: (m, n_H, n_W[, 3]) uint8, labels (m,) int64.

From `.h5` files in the courses' layout or ours, and from the fetched data sets; a
learner's own photos come from `utils.data.photos`.
"""

import gzip
import io
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

from utils.data import assets, unpickle
from utils.data.photos import SIDE, load_photo, silhouette_from_photo

# Lessons import this one module for images from anywhere.
__all__ = [
    "LabelledImages",
    "TrainTest",
    "cat_or_not",
    "digits",
    "flatten",
    "load_h5",
    "load_photo",
    "silhouette_from_photo",
    "silhouettes",
]

SPLITS = ("train", "dev", "test")
ANIMALS = "bear bird cat cow dog elephant giraffe horse sheep zebra".split()


class LabelledImages(NamedTuple):
    """Images (m, n_H, n_W[, 3]) uint8, labels (m,) int64, and the labels' names."""

    images: np.ndarray
    labels: np.ndarray
    classes: list[str]


class TrainTest(NamedTuple):
    """Images (m, n_H, n_W) uint8 and labels (m,) int64 to learn from and to test on.

    The names (m,) say what each image shows; for cats or not, that is the animal.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    train_names: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    test_names: np.ndarray


def load_h5(path: Path | str, split: str | None = None) -> LabelledImages:
    """Read one split of an image file in the courses' own layout or in ours.

    path  : the courses' files hold `train_set_x`, `train_set_y` and `list_classes` (or
            `test_…`); ours hold groups train, dev, test with `images` and `labels`
    split : "train", "dev" or "test"; may be left out if the file holds only one
    returns LabelledImages with images (m, n_H, n_W, 3)
    raises  FileNotFoundError; ValueError naming the file, what came and what was
            expected if it is not HDF5, cut short, or has other keys, shapes or types
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        with h5py.File(path) as file:
            return _read_split(file, split)
    except (OSError, RuntimeError, KeyError, TypeError) as error:  # h5py on damage
        raise ValueError(f"{path}: expected a whole HDF5 file; {error}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _read_split(file: h5py.File, split: str | None) -> LabelledImages:
    course = {s: (f"{s}_set_x", f"{s}_set_y") for s in SPLITS if f"{s}_set_x" in file}
    ours = {s: (f"{s}/images", f"{s}/labels") for s in SPLITS if s in file}
    found = course or ours
    if not found:
        raise ValueError(
            f"holds {list(file)}; expected train_set_x, train_set_y, list_classes "
            "(or test_set_x, ...), or groups train, dev, test with images and labels"
        )
    if split is None and len(found) > 1:
        raise ValueError(f"holds {', '.join(found)}; say which, as split='train'")
    if split not in (None, *found):
        raise ValueError(f"no split {split!r}; the file holds {', '.join(found)}")
    images_key, labels_key = found[split or next(iter(found))]
    images, labels = _dataset(file, images_key), _dataset(file, labels_key)
    if images.ndim != 4 or images.shape[-1] != 3 or images.dtype != np.uint8:
        raise ValueError(
            f"{images_key} is {images.shape} {images.dtype}; expected (m, n_H, n_W, 3) "
            "uint8"
        )
    m = len(images)
    if m == 0 or labels.shape not in ((m,), (1, m), (m, 1)):
        raise ValueError(
            f"{labels_key} is {labels.shape} for {m} images; expected (m,) or (1, m)"
        )
    if not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"{labels_key} is {labels.dtype}; expected integers")
    if course or "list_classes" in file:
        classes = [_text(name) for name in np.ravel(_dataset(file, "list_classes"))]
    else:  # every split has the same classes, also one that lacks the last
        top = max(int(np.max(_dataset(file, key))) for _, key in ours.values())
        classes = [str(k) for k in range(top + 1)]
    values = labels[()].reshape(m).astype(np.int64)
    if values.min() < 0 or values.max() >= len(classes):
        raise ValueError(
            f"{labels_key} goes from {values.min()} to {values.max()}; expected 0 to "
            f"{len(classes) - 1} for the classes {classes}"
        )
    return LabelledImages(images[()], values, classes)


def _dataset(file: h5py.File, key: str) -> h5py.Dataset:
    if not isinstance(file.get(key), h5py.Dataset):
        names = []
        file.visit(names.append)
        raise ValueError(f"no data set {key}; the file holds {names}")
    return file[key]


def _text(name: bytes | str | np.integer) -> str:
    return name.decode() if isinstance(name, bytes) else str(name)


def silhouettes() -> LabelledImages:
    """All 10,000 animal silhouettes, (10000, 28, 28), white (255) on black (0).

    1,000 of each of ten animals, sorted by animal, with 284 exact duplicates.
    """
    arrays = (
        unpickle.load(gzip.decompress(assets.path(name).read_bytes()))
        for name in ("animal_silhouettes", "animal_silhouette_labels")
    )
    return LabelledImages(*arrays, list(ANIMALS))


def cat_or_not(rng: np.random.Generator | None = None) -> TrainTest:
    """Cats (label 1) and as many other animals (0), split 80/20, both halves balanced.

    Exact duplicates go first, so that no test image was seen in training. The others
    are drawn at random from the nine other animals.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    images, labels, classes = silhouettes()
    _, first = np.unique(images.reshape(len(images), -1), axis=0, return_index=True)
    first = np.sort(first)
    is_cat = labels[first] == classes.index("cat")
    others = rng.choice(first[~is_cat], size=is_cat.sum(), replace=False)
    chosen = np.concatenate([first[is_cat], others])
    names = np.array(classes)[labels[chosen]]
    return _train_test(images[chosen], (names == "cat").astype(np.int64), names, rng)


def digits(rng: np.random.Generator | None = None) -> TrainTest:
    """The 5,000 digits of `mnist_5k`, white (255) on black (0), 400 + 100 of each."""
    rng = np.random.default_rng(0) if rng is None else rng
    text = gzip.decompress(assets.path("mnist_5k").read_bytes())
    table = np.loadtxt(io.BytesIO(text), delimiter=",", dtype=np.uint8)  # (5000, 785)
    images = table[:, :-1].reshape(-1, SIDE, SIDE)
    labels = table[:, -1].astype(np.int64)
    return _train_test(images, labels, labels.astype(str), rng)


def _train_test(images, labels, names, rng, share=0.8) -> TrainTest:
    """Shuffle, and put the same share of every class into the training set."""
    order = rng.permutation(len(labels))
    train = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        of_class = np.flatnonzero(labels[order] == label)
        train[of_class[: round(share * len(of_class))]] = True
    train, test = order[train], order[~train]
    return TrainTest(
        *(images[train], labels[train], names[train]),
        *(images[test], labels[test], names[test]),
    )


def flatten(images: np.ndarray) -> np.ndarray:
    """Turn images (m, ...) uint8 into columns X (n_x, m) float64 in [0, 1]."""
    if images.dtype != np.uint8 or images.ndim < 2:
        raise ValueError(
            f"images are {images.shape} {images.dtype}; expected (m, ...) uint8"
        )
    m, n_x = len(images), int(np.prod(images.shape[1:]))
    return images.reshape(m, n_x).T / 255.0

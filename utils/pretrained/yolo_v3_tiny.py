"""YOLOv3-tiny, trained on COCO: a small network that finds 80 kinds of things.

It looks at two grids, a coarse one for large things and a fine one for small things.
Each cell has three anchors, boxes of a typical size, and the network says for each of
them how to move and stretch it, whether it holds a thing, and of which kind.
"""

from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from utils.data import assets

SIZE = 416  # pixels per side of the pictures it was trained on
STRIDES = (32, 16)  # pixels per side of one cell, coarse grid first
# Width and height in pixels of the anchors of each grid, (2, 3, 2). Six are listed in
# the network's cfg file, which gives (10, 14), (23, 27) and (37, 58) to the fine grid.
# With those, its boxes come out half as wide and high as the things they are on; these
# weights were trained with the three that follow. (81, 82) serves both grids.
ANCHORS = np.array(
    [[(81, 82), (135, 169), (344, 319)], [(23, 27), (37, 58), (81, 82)]],
    dtype=np.float32,
)
ANCHORS.setflags(write=False)
NUM_CLASSES = 80
HEADER = 20  # bytes: three int32 of the version, then the pictures seen, int64


class Candidates(NamedTuple):
    """All boxes of a picture, good and bad: coarse grid first, rows, columns, anchors.

    Most scores are close to 0. Choose by a threshold, then suppress the doubles.
    """

    boxes: np.ndarray  # (m, n, 4) float32, corners x_1, y_1, x_2, y_2 in pixels
    scores: np.ndarray  # (m, n, 80) float32 in [0, 1], "holds a thing" x "of this kind"


def load(path: Path | str | None = None, size: int = SIZE) -> keras.Model:
    """Build the network and fill it with the weights of a Darknet file.

    path    : the file; by default the asset "yolo_v3_tiny"
    size    : int, a multiple of 32   pixels per side of the pictures; n is 2535 for 416
    returns  model from (m, size, size, 3) to the two grids (m, g, g, 3, 5 + 80) with
             g = size / 32 and size / 16; in the last axis x, y, w, h, object, classes,
             all before their sigmoids and exponentials, see `decode`
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is of another kind, cut or damaged; ValueError with the size

    Redmon and Farhadi 2018, "YOLOv3: An Incremental Improvement". Used in
    course4_cnn/06_object_detection.
    """
    if size < 32 or size % 32:
        raise ValueError(f"size must be a multiple of 32, got {size}")
    path = assets.path("yolo_v3_tiny") if path is None else Path(path)
    model, blocks = _build(size)
    weights, start = _read(path, model.count_params()), 0
    for conv, norm in blocks:
        f, _, c_in, c_out = conv.kernel.shape
        counts = [c_out] * (4 if norm else 1) + [c_out * c_in * f * f]
        *vectors, kernel = np.split(weights[start:], np.cumsum(counts))[:-1]
        start += sum(counts)
        # Darknet stores a filter as (c_out, c_in, f, f)
        kernel = kernel.reshape(c_out, c_in, f, f).transpose(2, 3, 1, 0)
        if norm:
            beta, gamma, mean, variance = vectors
            if variance.min() < 0:
                raise ValueError(
                    f"{path}: {norm.name} has a variance of {variance.min():.3g}, "
                    "expected none below 0; the file is damaged or of another network"
                )
            norm.set_weights([gamma, beta, mean, variance])
            conv.set_weights([kernel])
        else:
            conv.set_weights([kernel, *vectors])
    if start != weights.size:  # the sizes were compared before, so our own mistake
        raise AssertionError(f"{weights.size - start} weights were not used")
    return model


def class_names() -> list[str]:
    """The 80 kinds of things in the order of the scores, from the asset."""
    text = assets.path("yolo_v3_tiny_names").read_text(encoding="utf-8")
    return text.split("\n")[:NUM_CLASSES]


def preprocess(images: np.ndarray) -> np.ndarray:
    """Scale square pictures as the network wants them.

    images  : (m, size, size, 3) uint8, size a multiple of 32   see `photos.letterbox`
    returns  (m, size, size, 3) float32 in [0, 1]
    raises   ValueError with the shape and type that came
    """
    images = np.asarray(images)
    square = images.ndim == 4 and images.shape[1] == images.shape[2]
    if not square or images.shape[3] != 3 or images.dtype != np.uint8:
        raise ValueError(
            "images must be (m, size, size, 3) uint8, "
            f"got {images.shape} {images.dtype}"
        )
    return images / np.float32(255)


def decode(grids: list[np.ndarray]) -> Candidates:
    """Turn what the network says about its anchors into boxes and scores.

    In cell (column, row) of a grid with cells of `stride` pixels, and for an anchor of
    p_w x p_h pixels, the box has its centre at ((column + sigmoid(x)) stride, (row +
    sigmoid(y)) stride) and the size p_w exp(w) x p_h exp(h).

    grids   : two arrays (m, g, g, 3, 5 + 80), as the model returns them
    returns  Candidates with n = 3 (g_1^2 + g_2^2), in pixels of the network's input;
             boxes may reach over its edges
    raises   ValueError with the shapes that came

    Redmon and Farhadi 2018, section 2.1.
    """
    grids = [np.asarray(grid, dtype=np.float32) for grid in grids]
    shapes = [grid.shape for grid in grids]
    m, g = shapes[0][:2] if shapes and shapes[0][2:] else (0, 0)
    if shapes != [(m, k * g, k * g, 3, 5 + NUM_CLASSES) for k in (1, 2)]:
        raise ValueError(
            f"grids must be (m, g, g, 3, {5 + NUM_CLASSES}) and one twice as fine, "
            f"got {shapes}"
        )
    boxes, scores = [], []
    for grid, stride, anchors in zip(grids, STRIDES, ANCHORS, strict=True):
        m, g = grid.shape[:2]
        row, column = np.mgrid[:g, :g].astype(np.float32)
        cell = np.stack([column, row], axis=-1)[:, :, None]  # (g, g, 1, 2)
        centre = (cell + _sigmoid(grid[..., :2])) * stride  # (m, g, g, 3, 2)
        half = anchors * np.exp(grid[..., 2:4]) / 2
        corners = np.concatenate([centre - half, centre + half], axis=-1)
        boxes.append(corners.reshape(m, -1, 4))
        likely = _sigmoid(grid[..., 4:5]) * _sigmoid(grid[..., 5:])
        scores.append(likely.reshape(m, -1, NUM_CLASSES))
    return Candidates(np.concatenate(boxes, axis=1), np.concatenate(scores, axis=1))


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return (1 + np.tanh(z / 2)) / 2  # the same as 1 / (1 + exp(-z)), never overflows


def _build(size: int) -> tuple[keras.Model, list[tuple]]:
    """The network, and its (Conv2D, BatchNormalization or None) in the file's order."""
    layers, blocks = keras.layers, []

    def convolve(x, filters, f):
        name = f"{len(blocks) + 1}"
        conv = layers.Conv2D(
            filters, f, padding="same", use_bias=False, name=f"conv_{name}"
        )
        norm = layers.BatchNormalization(epsilon=1e-6, name=f"norm_{name}")
        blocks.append((conv, norm))
        return layers.LeakyReLU(negative_slope=0.1)(norm(conv(x)))

    def predict(x, g):
        filters = 3 * (5 + NUM_CLASSES)
        conv = layers.Conv2D(filters, 1, name=f"conv_{len(blocks) + 1}")
        blocks.append((conv, None))
        return layers.Reshape((g, g, 3, 5 + NUM_CLASSES))(conv(x))

    x = inputs = keras.Input((size, size, 3))
    for filters in (16, 32, 64, 128):
        x = layers.MaxPool2D(2)(convolve(x, filters, 3))
    x = middle = convolve(x, 256, 3)  # still of the fine grid
    x = convolve(layers.MaxPool2D(2)(x), 512, 3)
    x = convolve(layers.MaxPool2D(2, strides=1, padding="same")(x), 1024, 3)
    x = shared = convolve(x, 256, 1)
    coarse = predict(convolve(x, 512, 3), size // STRIDES[0])
    x = layers.UpSampling2D(2)(convolve(shared, 128, 1))
    x = layers.Concatenate()([x, middle])
    fine = predict(convolve(x, 256, 3), size // STRIDES[1])
    return keras.Model(inputs, [coarse, fine], name="yolo_v3_tiny"), blocks


def _read(path: Path, count: int) -> np.ndarray:
    """The `count` float32 weights behind the header, with nothing left over."""
    content, expected = path.read_bytes(), HEADER + 4 * count
    version = tuple(np.frombuffer(content[:12], "<i4")) if len(content) >= 12 else ()
    text = ".".join(str(number) for number in version) or "none"
    if version[:2] != (0, 2) or len(content) != expected:
        raise ValueError(
            f"{path}: version {text} and {len(content)} bytes, expected the Darknet "
            f"file of YOLOv3-tiny for {NUM_CLASSES} classes: 0.2 and {expected} bytes"
        )
    weights = np.frombuffer(content, "<f4", offset=HEADER).astype(np.float32)
    if not np.isfinite(weights).all():
        number = HEADER + 4 * int(np.argmin(np.isfinite(weights)))
        raise ValueError(
            f"{path}: the weight at byte {number} is not a finite number; "
            "the file is damaged"
        )
    return weights

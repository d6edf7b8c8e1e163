"""utils.pretrained.yolo_v3_tiny: the file, the layers of the cfg, boxes on photos."""

import warnings

import numpy as np
import pytest

from utils.data import assets, photos
from utils.pretrained import yolo_v3_tiny

COUNT = 8_858_734  # parameters
CUP, MOTORBIKE = 41, 3


@pytest.fixture(scope="module")
def model():
    return yolo_v3_tiny.load()


@pytest.fixture(scope="module")
def content():
    return assets.path("yolo_v3_tiny").read_bytes()


def cfg():
    """The asset's sections: (kind, options) in order, without [net]."""
    sections = []
    for line in assets.path("yolo_v3_tiny_cfg").read_text(encoding="utf-8").split("\n"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            sections.append((line[1:-1], {}))
        elif line:
            key, value = line.split("=")
            sections[-1][1][key.strip()] = value.strip()
    return sections[1:]


def numbers(text):
    return [int(part) for part in text.split(",")]


def convolve(A, W, pad):
    """Stride 1, one product per offset; A (n_H, n_W, c_in), W (c_out, c_in, f, f)."""
    n_H, n_W, _ = A.shape
    A = np.pad(A, ((pad, pad), (pad, pad), (0, 0)))
    offsets = np.ndindex(W.shape[2:])
    return sum(A[u : u + n_H, v : v + n_W] @ W[:, :, u, v].T for u, v in offsets)


def darknet(image, content):
    """What the cfg says, layer by layer; the raw maps of the [yolo] layers."""
    floats, start = np.frombuffer(content[20:], "<f4").astype(np.float64), 0
    A, kept, maps = image, [], []
    for kind, options in cfg():
        if kind == "convolutional":
            f, c_in, c_out = int(options["size"]), A.shape[2], int(options["filters"])
            normed = "batch_normalize" in options
            sizes = [c_out] * (4 if normed else 1) + [c_out * c_in * f * f]
            parts = np.split(floats[start:], np.cumsum(sizes))[:-1]
            start += sum(sizes)
            A = convolve(A, parts[-1].reshape(c_out, c_in, f, f), f // 2)
            if normed:
                beta, gamma, mean, variance, _ = parts
                A = gamma * (A - mean) / (np.sqrt(variance) + 1e-6) + beta
            else:
                A = A + parts[0]
            A = np.where(A > 0, A, 0.1 * A) if options["activation"] == "leaky" else A
        elif kind == "maxpool":
            size, stride = int(options["size"]), int(options["stride"])
            n_H, n_W, _ = A.shape
            padded = np.full((n_H + 1, n_W + 1, A.shape[2]), -np.inf)
            padded[:n_H, :n_W] = A
            windows = [padded[u : u + n_H, v : v + n_W] for u, v in np.ndindex(2, 2)]
            A = np.max(windows, axis=0)[::stride, ::stride]
            assert size == 2
        elif kind == "upsample":
            A = A.repeat(2, axis=0).repeat(2, axis=1)
        elif kind == "route":
            sources = [kept[k] for k in numbers(options["layers"])]
            A = np.concatenate(sources, axis=2)
        else:
            assert kind == "yolo"
            maps.append(A)
        kept.append(A)
    assert start == floats.size == COUNT
    return maps


def letterbox(path, within=416):
    """The photo in a square of 416 pixels on grey, its longer side `within` of them."""
    image = np.full((416, 416, 3), 128, dtype=np.uint8)
    first = (416 - within) // 2
    small = photos.letterbox(photos.load_photo(path), within).image
    image[first : first + within, first : first + within] = small
    return image


def detect(model, image):
    grids = model(yolo_v3_tiny.preprocess(image[None]), training=False)
    boxes, scores = yolo_v3_tiny.decode(grids)
    return boxes[0], scores[0]


def overlap(a, b):
    """Intersection over union of two boxes."""
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    shared = np.clip(high - low, 0, None).prod()
    return shared / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - shared)


def test_the_network_is_that_of_the_cfg(content):
    small = yolo_v3_tiny.load(size=64)
    assert small.count_params() == COUNT
    image = np.random.default_rng(0).uniform(size=(64, 64, 3))
    found = small(image[None].astype(np.float32), training=False)
    for grid, expected in zip(found, darknet(image, content), strict=True):
        g = len(expected)
        assert grid.shape == (1, g, g, 3, 85)
        np.testing.assert_allclose(
            np.reshape(grid, (g, g, 255)), expected, atol=1e-3 * np.abs(expected).max()
        )


def test_the_coarse_anchors_are_those_of_the_cfg():
    coarse, fine = (options for kind, options in cfg() if kind == "yolo")
    listed = np.reshape(numbers(coarse["anchors"]), (6, 2))
    np.testing.assert_array_equal(
        yolo_v3_tiny.ANCHORS[0], listed[numbers(coarse["mask"])]
    )
    # The cfg says 0, 1, 2 for the fine grid; see the next test.
    assert numbers(fine["mask"]) == [0, 1, 2]
    np.testing.assert_array_equal(yolo_v3_tiny.ANCHORS[1], listed[1:4])


@pytest.mark.parametrize(
    ("name", "kind", "within"),
    [("coffee", CUP, 150), ("coffee", CUP, 100), ("motorcycle", MOTORBIKE, 120)],
)
def test_fine_boxes_lie_on_what_the_coarse_grid_finds(model, name, kind, within):
    """The same photo, small enough for the fine grid, must give the same box."""
    path = assets.path(f"photo_{name}")
    boxes, scores = detect(model, letterbox(path))
    coarse = boxes[scores[:, kind].argmax()]
    boxes, scores = detect(model, letterbox(path, within=within))
    boxes, scores = boxes[3 * 13 * 13 :], scores[3 * 13 * 13 :]
    best = scores[:, kind].argmax()
    assert scores[best, kind] > 0.3
    there = (boxes[best] - 208) * 416 / within + 208
    assert overlap(there, coarse) > 0.6  # below .5 with the anchors of the cfg


@pytest.mark.parametrize(
    ("name", "kind", "score", "box"),
    [
        ("coffee", CUP, 0.64, (104, 86, 297, 282)),
        ("motorcycle", MOTORBIKE, 0.65, (33, 98, 391, 323)),
    ],
)
def test_what_it_finds(model, name, kind, score, box):
    boxes, scores = detect(model, letterbox(assets.path(f"photo_{name}")))
    assert boxes.shape == (2535, 4) and scores.shape == (2535, 80)
    assert boxes.dtype == scores.dtype == np.float32
    best, found = np.unravel_index(scores.argmax(), scores.shape)
    assert found == kind
    assert scores[best, kind] == pytest.approx(score, abs=0.006)
    assert overlap(boxes[best], np.array(box)) > 0.97
    assert (np.delete(scores, kind, axis=1) < 0.3).all()


@pytest.mark.parametrize("name", ["astronaut", "chelsea", "china"])
def test_where_it_finds_nothing(model, name):
    _, scores = detect(model, letterbox(assets.path(f"photo_{name}")))
    assert scores.max() < 0.3


def test_class_names():
    names = yolo_v3_tiny.class_names()
    assert len(names) == len(set(names)) == yolo_v3_tiny.NUM_CLASSES == 80
    assert (names[0], names[-1]) == ("person", "toothbrush")
    assert (names[CUP], names[MOTORBIKE]) == ("cup", "motorbike")


def test_decode_hand_worked():
    coarse, fine = np.full((1, 1, 1, 3, 85), -50.0), np.full((1, 2, 2, 3, 85), -50.0)
    coarse[0, 0, 0, 1, :5] = 0, 0, np.log(2), 0, 0  # middle of the cell, twice as wide
    coarse[0, 0, 0, 1, 5 + 7] = np.log(3)  # sigmoid .75
    fine[0, 1, 0, 2, :5] = np.log(3), -np.log(3), 0, -np.log(3), 50
    fine[0, 1, 0, 2, 5 + 2] = 0
    boxes, scores = yolo_v3_tiny.decode([coarse, fine])
    assert boxes.shape == (1, 15, 4) and scores.shape == (1, 15, 80)
    # anchor 1 is 135 x 169: centre (16, 16), 270 x 169
    np.testing.assert_allclose(boxes[0, 1], [-119, -68.5, 151, 100.5], rtol=1e-5)
    assert scores[0, 1, 7] == pytest.approx(0.5 * 0.75)
    # row 1, column 0, anchor 2 (81 x 82): centre (.75 x 16, 1.25 x 16), 81 x 27.3
    index = 3 + 3 * 2 + 2
    half = 82 / 3 / 2
    np.testing.assert_allclose(
        boxes[0, index], [12 - 40.5, 20 - half, 12 + 40.5, 20 + half], rtol=1e-5
    )
    assert scores[0, index, 2] == pytest.approx(0.5)
    scores[0, 1, 7] = scores[0, index, 2] = 0
    assert scores.max() < 1e-6


@pytest.mark.parametrize("g", [1, 3])
def test_decode_equals_a_loop(g):
    rng = np.random.default_rng(g)
    grids = [rng.normal(size=(2, s, s, 3, 85)).astype("f4") for s in (g, 2 * g)]
    before = [grid.copy() for grid in grids]
    boxes, scores = yolo_v3_tiny.decode(grids)
    for grid, kept in zip(grids, before, strict=True):
        np.testing.assert_array_equal(grid, kept)
    for i in range(2):
        n = 0
        for k, (grid, stride) in enumerate(zip(grids, (32, 16), strict=True)):
            for row, column, anchor in np.ndindex(grid.shape[1:4]):
                x, y, w, h, *rest = grid[i, row, column, anchor].astype(float)
                x, y, thing, *kinds = 1 / (1 + np.exp(-np.array([x, y, *rest])))
                wide, high = yolo_v3_tiny.ANCHORS[k, anchor] * np.exp([w, h])
                x, y = (column + x) * stride, (row + y) * stride
                box = [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]
                np.testing.assert_allclose(boxes[i, n], box, rtol=1e-4, atol=1e-3)
                np.testing.assert_allclose(
                    scores[i, n], thing * np.array(kinds), rtol=1e-4, atol=1e-6
                )
                n += 1
    assert n == boxes.shape[1] == scores.shape[1] == 15 * g * g


def test_far_numbers_do_not_overflow():
    grids = [np.zeros((1, g, g, 3, 85), dtype="f4") for g in (1, 2)]
    grids[0][..., 4:] = -1e4
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _, scores = yolo_v3_tiny.decode(grids)
    assert scores[0, 0].max() == 0


@pytest.mark.parametrize(
    "shapes",
    [
        [(1, 2, 2, 3, 85)],
        [(1, 4, 4, 3, 85), (1, 2, 2, 3, 85)],
        [(1, 2, 2, 3, 85), (2, 4, 4, 3, 85)],
        [(1, 2, 2, 255), (1, 4, 4, 255)],
        [(2, 2, 3, 85), (4, 4, 3, 85)],
        [(1, 2, 2, 3, 25), (1, 4, 4, 3, 25)],
        [],
    ],
)
def test_other_grids_are_refused(shapes):
    with pytest.raises(ValueError) as error:
        yolo_v3_tiny.decode([np.zeros(shape) for shape in shapes])
    assert f"got {shapes}" in str(error.value)


def test_preprocess():
    images = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3)).astype("u1")
    before = images.copy()
    found = yolo_v3_tiny.preprocess(images)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, before / 255, rtol=1e-6)
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize(
    ("shape", "dtype"),
    [
        ((32, 32, 3), "u1"),
        ((1, 32, 64, 3), "u1"),
        ((1, 32, 32, 4), "u1"),
        ((1, 32, 32), "u1"),
        ((1, 32, 32, 3), "f4"),
    ],
)
def test_other_images_are_refused(shape, dtype):
    with pytest.raises(ValueError) as error:
        yolo_v3_tiny.preprocess(np.zeros(shape, dtype))
    assert f"got {shape} {np.dtype(dtype)}" in str(error.value)


@pytest.mark.parametrize("size", [0, -32, 16, 100, 417])
def test_sizes_that_do_not_fit_the_grids_are_refused(size):
    with pytest.raises(ValueError, match=f"multiple of 32, got {size}"):
        yolo_v3_tiny.load(size=size)


def set_floats(content, values, number):
    """The file with `values` written over its float of that number."""
    start = 20 + 4 * number
    new = np.array(values, "<f4").tobytes()
    return content[:start] + new + content[start + len(new) :]


BAD = {
    "empty": (lambda c: b"", "version none and 0 bytes"),
    "header only": (lambda c: c[:20], "version 0.2.0 and 20 bytes"),
    "cut inside the header": (lambda c: c[:7], "version none and 7 bytes"),
    "cut by a byte": (lambda c: c[:-1], "and 35434955 bytes, expected"),
    "cut by a number": (lambda c: c[:-4], "and 35434952 bytes, expected"),
    "half": (lambda c: c[: len(c) // 2], "and 17717478 bytes, expected"),
    "too long": (lambda c: c + bytes(4), "and 35434960 bytes, expected"),
    "shorter header": (lambda c: b"\0\0\0\0\1\0\0\0" + c[8:], "version 0.1.0"),
    "another kind of file": (
        lambda c: b"\x89PNG\r\n\x1a\n" + c[8:],
        "expected the Dar",
    ),
    "not a number": (lambda c: set_floats(c, np.nan, 8), "at byte 52 is not a finite"),
    "infinite": (lambda c: set_floats(c, np.inf, COUNT - 1), "35434952 is not"),
    "variance": (lambda c: set_floats(c, -0.5, 48), "norm_1 has a variance of -0.5"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_file_is_refused_by_name(tmp_path, content, name):
    change, expected = BAD[name]
    path = tmp_path / "own.weights"
    path.write_bytes(change(content))
    with pytest.raises(ValueError) as error:
        yolo_v3_tiny.load(path, size=32)
    assert str(error.value).startswith(f"{path}: ")
    assert expected in str(error.value)


def test_a_copy_of_the_file_may_be_given(tmp_path, content):
    path = tmp_path / "own.weights"
    path.write_bytes(set_floats(content, [0.5, 0.25], COUNT - 2))
    last = yolo_v3_tiny.load(str(path), size=32).get_layer("conv_13").kernel
    np.testing.assert_array_equal(np.ravel(last[0, 0, -2:, -1]), [0.5, 0.25])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.weights"):
        yolo_v3_tiny.load(tmp_path / "none.weights")

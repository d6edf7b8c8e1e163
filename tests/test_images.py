"""utils.data.images and photos: layouts, splits, odd photos, errors that say why."""

import csv
import gzip
import math
import os
from collections import Counter
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from utils.data import assets, images, photos

HAND_SIGNS = Path(images.__file__).parent / "files" / "hand_signs.h5"
M = 5
PIXELS = np.random.default_rng(0).integers(0, 256, (M, 4, 6, 3)).astype(np.uint8)
LABELS = np.array([0, 1, 1, 0, 1])


def write_course(path, split="train", **changes):
    """A file as the courses hand them out; a change to None leaves the key out."""
    content = {
        f"{split}_set_x": PIXELS,
        f"{split}_set_y": LABELS,
        "list_classes": np.array([b"non-cat", b"cat"]),
    }
    with h5py.File(path, "w") as file:
        for key, value in (content | changes).items():
            if value is not None:
                file[key] = value
    return path


def write_ours(path, splits=("train", "dev", "test"), **changes):
    content = {"images": PIXELS, "labels": LABELS, "masks": np.zeros((M, 4, 1), "u1")}
    with h5py.File(path, "w") as file:
        for split in splits:
            for key, value in (content | changes).items():
                if value is not None:
                    file[f"{split}/{key}"] = value
    return path


# Files that are right.


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("shape", [(M,), (1, M), (M, 1)])
def test_course_layout(tmp_path, split, shape):
    path = tmp_path / "cats.h5"
    write_course(path, split, **{f"{split}_set_y": LABELS.reshape(shape)})
    for asked in (None, split):
        data = images.load_h5(path, asked)
        np.testing.assert_array_equal(data.images, PIXELS, strict=True)
        np.testing.assert_array_equal(data.labels, LABELS.astype(np.int64), strict=True)
        assert data.classes == ["non-cat", "cat"]


@pytest.mark.parametrize(
    "classes",
    [
        np.array([b"0", b"1"]),
        np.array([0, 1]),
        np.array(["0", "1"], dtype=h5py.string_dtype()),
        np.array([[b"0", b"1"]]),
    ],
    ids=["bytes", "integers", "text", "row"],
)
def test_classes_become_text(tmp_path, classes):
    path = write_course(tmp_path / "signs.h5", list_classes=classes)
    assert images.load_h5(path).classes == ["0", "1"]


def test_our_layout(tmp_path):
    path = write_ours(tmp_path / "ours.h5")
    data = images.load_h5(str(path), "dev")
    np.testing.assert_array_equal(data.images, PIXELS, strict=True)
    assert data.labels.dtype == np.int64 and data.labels.shape == (M,)
    assert data.classes == ["0", "1"]


def test_our_classes_do_not_depend_on_the_split(tmp_path):
    path = write_ours(tmp_path / "ours.h5")
    with h5py.File(path, "a") as file:
        file["test/labels"][0] = 5
    assert images.load_h5(path, "train").classes == list("012345")


@pytest.mark.parametrize(("split", "m"), [("train", 1080), ("dev", 240), ("test", 240)])
def test_shipped_hand_signs(split, m):
    data = images.load_h5(HAND_SIGNS, split)
    assert data.images.shape == (m, 64, 64, 3) and data.images.dtype == np.uint8
    assert data.classes == list("012345")
    assert Counter(data.labels.tolist()) == {k: m // 6 for k in range(6)}


# Files that are wrong: each error names the file, what came and what was expected.

WRONG_COURSE = {
    "no images": ({"train_set_x": None}, ["train_set_y", "expected train_set_x"]),
    "no labels": ({"train_set_y": None}, ["no data set train_set_y", "list_classes"]),
    "no classes": ({"list_classes": None}, ["no data set list_classes"]),
    "a group for images": (
        {"train_set_x": None, "train_set_x/inside": PIXELS},
        ["no data set train_set_x"],
    ),
    "one image too few": (
        {"train_set_x": PIXELS[1:]},
        ["train_set_y is (5,) for 4 images", "expected (m,) or (1, m)"],
    ),
    "one-hot labels": ({"train_set_y": np.eye(M, dtype=int)}, ["(5, 5)"]),
    "no example": (
        {"train_set_x": PIXELS[:0], "train_set_y": LABELS[:0]},
        ["0 images"],
    ),
    "flat images": (
        {"train_set_x": PIXELS.reshape(M, -1)},
        ["train_set_x is (5, 72)", "expected (m, n_H, n_W, 3)"],
    ),
    "grey images": ({"train_set_x": PIXELS[..., :1]}, ["(5, 4, 6, 1)"]),
    "float images": ({"train_set_x": PIXELS / 255}, ["float64", "uint8"]),
    "float labels": ({"train_set_y": LABELS / 1.0}, ["float64", "expected integers"]),
    "text labels": ({"train_set_y": np.array([b"cat"] * M)}, ["expected integers"]),
    "label too high": (
        {"train_set_y": LABELS + 1},
        ["from 1 to 2", "expected 0 to 1", "'non-cat', 'cat'"],
    ),
    "label below zero": ({"train_set_y": LABELS - 1}, ["from -1 to 0"]),
}
WRONG_OURS = {
    "no images": ({"images": None}, ["no data set train/images", "train/labels"]),
    "no labels": ({"labels": None}, ["no data set train/labels", "train/images"]),
    "one label too few": ({"labels": LABELS[1:]}, ["train/labels is (4,)"]),
    "float images": ({"images": PIXELS / 255}, ["train/images", "float64"]),
    "text labels": ({"labels": np.array([b"x"] * M)}, ["expected integers"]),
    "label below zero": ({"labels": LABELS - 1}, ["from -1 to 0"]),
}


def check_message(path, split, parts):
    with pytest.raises(ValueError) as caught:
        images.load_h5(path, split)
    for part in (str(path), *parts):
        assert part in str(caught.value)


@pytest.mark.parametrize(("changes", "parts"), WRONG_COURSE.values(), ids=WRONG_COURSE)
def test_wrong_course_file(tmp_path, changes, parts):
    check_message(write_course(tmp_path / "mine.h5", **changes), None, parts)


@pytest.mark.parametrize(("changes", "parts"), WRONG_OURS.values(), ids=WRONG_OURS)
def test_wrong_file_of_ours(tmp_path, changes, parts):
    check_message(write_ours(tmp_path / "mine.h5", **changes), "train", parts)


def test_other_keys(tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["pictures"] = PIXELS
    parts = ["holds ['pictures']", "train_set_x", "groups train, dev, test"]
    check_message(tmp_path / "other.h5", None, parts)


def test_data_set_called_train(tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["train"] = PIXELS
    check_message(tmp_path / "other.h5", None, ["train/images"])


def test_unknown_split(tmp_path):
    path = write_course(tmp_path / "cats.h5", "test")
    check_message(path, "train", ["no split 'train'", "holds test"])
    path = write_ours(tmp_path / "ours.h5")
    check_message(path, "valid", ["no split 'valid'", "train, dev, test"])


def test_split_must_be_said_where_there_are_several(tmp_path):
    check_message(write_ours(tmp_path / "ours.h5"), None, ["train, dev, test"])


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.h5: no such file"):
        images.load_h5(tmp_path / "none.h5")


def test_not_hdf5(tmp_path):
    (tmp_path / "page.h5").write_text("<html>404 Not Found</html>")
    check_message(tmp_path / "page.h5", None, ["expected a whole HDF5 file"])


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_truncated_file(tmp_path, share):
    content = write_course(tmp_path / "whole.h5").read_bytes()
    (tmp_path / "cut.h5").write_bytes(content[: int(share * len(content))])
    check_message(tmp_path / "cut.h5", None, ["expected a whole HDF5 file"])


def test_damaged_inside(tmp_path):
    path = tmp_path / "damaged.h5"
    with h5py.File(path, "w") as file:
        stored = file.create_dataset("train_set_x", data=PIXELS, compression="gzip")
        file["train_set_y"], file["list_classes"] = LABELS, np.array([b"a", b"b"])
        chunk = stored.id.get_chunk_info(0)
    content = bytearray(path.read_bytes())
    middle = chunk.byte_offset + chunk.size // 2
    content[middle : middle + 20] = bytes(20)
    path.write_bytes(content)
    check_message(path, None, ["expected a whole HDF5 file"])


# Columns.


@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=4, max_side=5)))
def test_flatten_keeps_every_pixel_and_columns_are_examples(pictures):
    X = images.flatten(pictures)
    assert X.shape == (math.prod(pictures.shape[1:]), len(pictures))
    assert X.dtype == np.float64
    for i, picture in enumerate(pictures):
        assert X[:, i].tolist() == [value / 255 for value in picture.flat]


def test_flatten_of_no_image_keeps_its_rows():
    assert images.flatten(PIXELS[:0]).shape == (72, 0)


@pytest.mark.parametrize("wrong", [PIXELS / 255, np.zeros(4, np.uint8)])
def test_flatten_wants_whole_pixels(wrong):
    with pytest.raises(ValueError, match="expected"):
        images.flatten(wrong)


# The fetched data sets.


def real(*names):
    """Skip without the data, but never in CI, where it must be there."""
    try:
        for name in names:
            assets.path(name)
    except assets.AssetError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs real data: {error}")


@pytest.fixture(scope="module")
def animals():
    real("animal_silhouettes", "animal_silhouette_labels")
    return images.silhouettes()


def halves(data):
    """The training and the test half, each as (images, labels, names)."""
    return (
        (data.train_images, data.train_labels, data.train_names),
        (data.test_images, data.test_labels, data.test_names),
    )


def as_set(pictures):
    return {picture.tobytes() for picture in pictures}


def test_silhouettes(animals):
    assert animals.images.shape == (10_000, 28, 28)
    assert animals.images.dtype == np.uint8 and animals.labels.dtype == np.int64
    assert Counter(animals.labels.tolist()) == {k: 1000 for k in range(10)}
    assert len(animals.classes) == 10 and animals.classes[2] == "cat"
    assert len(as_set(animals.images)) == 10_000 - 284


def test_silhouettes_are_white_on_black(animals):
    rim = animals.images[:, [0, -1], :]
    assert rim.mean() < 20 < 150 < animals.images[:, 10:18, 10:18].mean()


def test_cats_and_others_have_the_right_labels_and_names(animals):
    label_of = dict(zip(map(bytes, animals.images), animals.labels, strict=True))
    for pictures, labels, names in halves(images.cat_or_not()):
        truth = [label_of[bytes(picture)] for picture in pictures]
        assert labels.dtype == np.int64
        assert labels.tolist() == [int(label == 2) for label in truth]
        assert names.tolist() == [animals.classes[label] for label in truth]


def test_cat_or_not_is_balanced_and_split_80_to_20(animals):
    data = images.cat_or_not()
    m = len(as_set(animals.images[animals.labels == 2])) * 2
    assert len(data.train_labels) + len(data.test_labels) == m == 1984
    assert abs(len(data.train_labels) - 0.8 * m) <= 1
    assert data.train_labels.mean() == data.test_labels.mean() == 0.5


def test_no_test_image_was_seen_in_training(animals):
    data = images.cat_or_not()
    train, test = as_set(data.train_images), as_set(data.test_images)
    assert len(train) + len(test) == 1984, "duplicates within"
    assert not train & test


def test_cat_or_not_is_shuffled_and_draws_from_all_others(animals):
    data = images.cat_or_not()
    runs = np.count_nonzero(np.diff(data.train_labels))
    assert 0.4 < runs / len(data.train_labels) < 0.6
    assert set(data.train_names) == set(animals.classes)


def test_cat_or_not_depends_on_rng_alone(animals):
    def pixels(rng=None):
        return images.cat_or_not(rng).train_images

    np.testing.assert_array_equal(pixels(), pixels(np.random.default_rng(0)))
    assert not np.array_equal(pixels(), pixels(np.random.default_rng(1)))


def test_digits_are_those_of_the_file():
    real("mnist_5k")
    with gzip.open(assets.path("mnist_5k"), "rt") as file:
        rows = [[int(float(cell)) for cell in row] for row in csv.reader(file)]
    expected = Counter((bytes(row[:784]), row[784]) for row in rows)
    found = Counter()
    for pictures, labels, names in halves(images.digits()):
        assert pictures.dtype == np.uint8 and labels.dtype == np.int64
        assert names.tolist() == [str(label) for label in labels]
        pairs = zip(pictures, labels, strict=True)
        found.update((picture.tobytes(), int(label)) for picture, label in pairs)
    assert found == expected


def test_digits_are_split_evenly():
    real("mnist_5k")
    data = images.digits(np.random.default_rng(3))
    assert data.train_images.shape == (4000, 28, 28)
    assert Counter(data.train_labels.tolist()) == {k: 400 for k in range(10)}
    assert Counter(data.test_labels.tolist()) == {k: 100 for k in range(10)}


# A learner's own photos.

RED, HALF_RED = (255, 0, 0, 255), (255, 0, 0, 128)


def picture_of(mode, *pixels):
    picture = Image.new(mode, (len(pixels), 1))
    picture.putdata(list(pixels))
    return picture


def palette(transparent=None):
    picture = picture_of("P", 0, 1)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    if transparent is not None:
        picture.info["transparency"] = transparent
    return picture


def sixteen_bits(*levels):
    return Image.fromarray(np.array([levels], dtype=np.uint16))


ODD_PHOTOS = {
    "one bit": (picture_of("1", 0, 255), [(0, 0, 0), (255, 255, 255)]),
    "grey": (picture_of("L", 0, 77), [(0, 0, 0), (77, 77, 77)]),
    "grey, alpha": (picture_of("LA", (9, 255), (9, 0)), [(9, 9, 9), (255, 255, 255)]),
    "RGBA": (picture_of("RGBA", RED, HALF_RED), [(255, 0, 0), (255, 127, 127)]),
    "palette": (palette(), [(255, 0, 0), (0, 0, 255)]),
    "clear palette": (palette(transparent=1), [(255, 0, 0), (255, 255, 255)]),
    "16 bits": (sixteen_bits(32768, 65535), [(128, 128, 128), (255, 255, 255)]),
    "one pixel": (picture_of("RGB", (1, 2, 3)), [(1, 2, 3)]),
}


@pytest.mark.parametrize(("photo", "expected"), ODD_PHOTOS.values(), ids=ODD_PHOTOS)
def test_odd_photos(tmp_path, photo, expected):
    photo.save(tmp_path / "photo.png")
    found = images.load_photo(tmp_path / "photo.png")
    np.testing.assert_array_equal(found, np.array([expected], np.uint8), strict=True)


def test_grey_has_no_channel_axis(tmp_path):
    picture_of("RGBA", (0, 0, 0, 0), (50, 50, 50, 255)).save(tmp_path / "photo.png")
    found = images.load_photo(tmp_path / "photo.png", grey=True)
    np.testing.assert_array_equal(found, np.array([[255, 50]], np.uint8), strict=True)


def test_cmyk_jpeg(tmp_path):
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "print.jpg")
    red, green, blue = images.load_photo(tmp_path / "print.jpg")[4, 4]
    assert red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize(("mark", "turns"), [(1, 0), (3, 2), (6, 3), (8, 1)])
def test_rotation_mark_of_the_camera(tmp_path, mark, turns):
    exif = Image.Exif()
    exif[0x0112] = mark  # Orientation
    Image.fromarray(PIXELS[0]).save(tmp_path / "photo.png", exif=exif)
    found = images.load_photo(tmp_path / "photo.png")
    np.testing.assert_array_equal(found, np.rot90(PIXELS[0], turns))


@pytest.mark.parametrize("side", [11, 15])  # Pillow warns from 1x, refuses from 2x on
def test_too_large_photo(tmp_path, monkeypatch, side):
    Image.new("L", (side, side)).save(tmp_path / "huge.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(ValueError, match=r"huge\.png: expected a smaller image"):
        images.load_photo(tmp_path / "huge.png")


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "webp", "tiff", "bmp"])
def test_truncated_photo(tmp_path, kind):
    Image.fromarray(np.tile(PIXELS[0], (20, 20, 1))).save(tmp_path / f"whole.{kind}")
    content = (tmp_path / f"whole.{kind}").read_bytes()
    cut = tmp_path / f"cut.{kind}"
    cut.write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match=rf"cut\.{kind}: expected a whole PNG"):
        images.load_photo(cut)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_broken_photo_gives_pixels_or_a_clear_error(tmp_path_factory, data):
    kind = data.draw(st.sampled_from(["png", "jpg", "gif", "tiff"]))
    path = tmp_path_factory.mktemp("broken") / f"photo.{kind}"
    Image.fromarray(PIXELS[0]).save(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        assert images.load_photo(path).dtype == np.uint8
    except ValueError as error:
        assert str(path) in str(error)


def test_not_an_image(tmp_path):
    (tmp_path / "text.jpg").write_text("no image")
    with pytest.raises(ValueError, match=r"text\.jpg: expected a whole PNG"):
        images.load_photo(tmp_path / "text.jpg")


def test_folder_instead_of_a_photo(tmp_path):
    with pytest.raises(ValueError, match="expected a whole PNG"):
        images.load_photo(tmp_path)


def test_float_pixels_are_refused(tmp_path):
    Image.fromarray(np.ones((2, 2), np.float32)).save(tmp_path / "float.tiff")
    with pytest.raises(ValueError, match=r"float\.tiff: .*floats"):
        images.load_photo(tmp_path / "float.tiff")


def test_missing_photo(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.png: no such file"):
        images.load_photo(tmp_path / "none.png")


# From a photo to the square that a network wants.

SIDES = st.tuples(st.integers(1, 40), st.integers(1, 40))


def noise_photo(n_H, n_W, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (n_H, n_W, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    ("n_H", "n_W", "rows", "columns"),
    [
        (6, 10, slice(0, 6), slice(2, 8)),
        (10, 6, slice(2, 8), slice(0, 6)),
        (6, 6, slice(0, 6), slice(0, 6)),
        (6, 9, slice(0, 6), slice(1, 7)),
    ],
)
def test_centre_square_cuts_the_middle(n_H, n_W, rows, columns):
    photo = noise_photo(n_H, n_W)
    found = photos.centre_square(photo, 6)
    np.testing.assert_array_equal(found, photo[rows, columns], strict=True)


def test_centre_square_averages_what_it_shrinks():
    photo = np.zeros((64, 64, 3), dtype=np.uint8)
    photo[::2] = 200  # every second row: without averaging 0 or 200 would come out
    found = photos.centre_square(photo, 8)
    np.testing.assert_allclose(found[1:-1], 100, atol=4)


def test_letterbox_does_not_average():
    photo = np.zeros((66, 66, 3), dtype=np.uint8)
    photo[1::3] = 200  # the middle row of three: each new pixel falls on one of them
    found = photos.letterbox(photo, 22).image
    np.testing.assert_array_equal(found, np.full_like(found, 200))


def test_letterbox_hand_worked():
    photo = noise_photo(2, 4)
    image, scale, left, top = photos.letterbox(photo, 8, fill=7)
    assert (scale, left, top) == (2.0, 0, 2)
    assert (image[:2] == 7).all() and (image[6:] == 7).all()
    # a corner pixel of the photo keeps its colour when it becomes four
    np.testing.assert_array_equal(image[2, 0], photo[0, 0])
    tall = photos.letterbox(photo.transpose(1, 0, 2), 8, fill=7)
    assert (tall.scale, tall.left, tall.top) == (2.0, 2, 0)
    assert (tall.image[:, :2] == 7).all() and (tall.image[:, 6:] == 7).all()


@settings(deadline=None)
@given(sides=SIDES, size=st.integers(1, 50))
def test_squares_of_any_photo(sides, size):
    photo = np.full((*sides, 3), 90, dtype=np.uint8)
    expected = np.full((size, size, 3), 90, dtype=np.uint8)
    found = photos.centre_square(photo, size)
    np.testing.assert_array_equal(found, expected, strict=True)
    image, scale, left, top = photos.letterbox(photo, size, fill=0)
    assert image.shape == (size, size, 3) and image.dtype == np.uint8
    inside = np.argwhere(image[..., 0] == 90)
    np.testing.assert_array_equal(inside.min(axis=0), [top, left])
    # both sides shrink or grow alike, up to rounding, and the longer one fills
    np.testing.assert_allclose(
        inside.max(axis=0) + 1 - [top, left], scale * np.array(sides), atol=1
    )
    assert max(inside.max(axis=0) + 1 - [top, left]) == size


def test_a_point_is_where_the_letterbox_says():
    photo = np.zeros((300, 200, 3), dtype=np.uint8)
    photo[200:220, 50:70] = 255  # its middle is at x 60, y 210
    image, scale, left, top = photos.letterbox(photo, 100, fill=0)
    rows, columns = np.nonzero(image[..., 0] > 127)
    middle = [columns.mean() + 0.5, rows.mean() + 0.5]
    np.testing.assert_allclose(middle, [left + scale * 60, top + scale * 210], atol=0.5)


def test_squares_leave_the_photo_alone():
    photo = noise_photo(9, 5)
    before = photo.copy()
    photos.centre_square(photo, 4)
    photos.letterbox(photo, 4)
    np.testing.assert_array_equal(photo, before)


@pytest.mark.parametrize("make", [photos.centre_square, photos.letterbox])
@pytest.mark.parametrize(
    ("photo", "size", "message"),
    [
        (PIXELS[0] / 255, 4, r"uint8, got \(4, 6, 3\) float64"),
        (PIXELS[0, ..., 0], 4, r"got \(4, 6\) uint8"),
        (PIXELS, 4, r"got \(5, 4, 6, 3\)"),
        (PIXELS[0, :0], 4, r"got \(0, 6, 3\)"),
        (PIXELS[0], 0, "size must be >= 1, got 0"),
    ],
)
def test_other_photos_have_no_square(make, photo, size, message):
    with pytest.raises(ValueError, match=message):
        make(photo, size)


@pytest.mark.parametrize("fill", [-1, 256])
def test_margins_are_grey(fill):
    with pytest.raises(ValueError, match=f"0 .. 255, got {fill}"):
        photos.letterbox(PIXELS[0], 4, fill)


# From a photo to a silhouette.


def drawing(path, ink, ground, box=(60, 20, 120, 140)):
    picture = Image.new("RGB", (300, 200), ground)
    ImageDraw.Draw(picture).ellipse(box, fill=ink)
    picture.save(path)
    return path


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("black", "white"), ("white", "black"), ("#442211", "#ddeecc")],
)
def test_silhouette_is_a_centred_white_thing(tmp_path, ink, ground):
    found = images.silhouette_from_photo(drawing(tmp_path / "p.png", ink, ground))
    assert found.shape == (28, 28) and found.dtype == np.uint8
    rows, columns = np.nonzero(found > 127)
    assert rows.max() - rows.min() + 1 == 25, "the longer side"
    assert columns.max() - columns.min() + 1 in (12, 13), "twice as high as wide"
    np.testing.assert_allclose([rows.mean(), columns.mean()], 13.5, atol=1)
    assert found[14, 14] == 255 and found[0].max() == 0


def test_silhouette_does_not_depend_on_where_the_thing_is(tmp_path):
    left = drawing(tmp_path / "left.png", "black", "white", (20, 20, 120, 170))
    right = drawing(tmp_path / "right.png", "black", "white", (180, 25, 280, 175))
    one, other = (images.silhouette_from_photo(p).astype(int) for p in (left, right))
    assert np.abs(one - other).mean() < 10


def test_photo_of_nothing(tmp_path):
    Image.new("RGB", (30, 30), "grey").save(tmp_path / "blank.png")
    with pytest.raises(ValueError, match=r"blank\.png: one grey level"):
        images.silhouette_from_photo(tmp_path / "blank.png")


@pytest.mark.parametrize("size", [(1, 2), (2, 1), (1, 3000), (28, 28), (3000, 2000)])
def test_silhouette_of_any_size(tmp_path, size):
    picture = Image.new("L", size, 255)
    picture.putpixel((0, 0), 0)
    picture.paste(0, (0, 0, max(1, size[0] // 3), max(1, size[1] // 3)))
    picture.save(tmp_path / "photo.png")
    assert images.silhouette_from_photo(tmp_path / "photo.png").max() == 255


def between_variance(levels, t):
    low, high = levels[levels <= t], levels[levels > t]
    if not low.size or not high.size:
        return 0.0
    return low.size * high.size * (low.mean() - high.mean()) ** 2 / levels.size**2


@given(arrays.arrays(np.uint8, st.integers(2, 60)))
def test_otsu_threshold_is_the_best_of_all(levels):
    best = max(between_variance(levels, t) for t in range(256))
    found = between_variance(levels, photos.otsu_threshold(levels))
    assert found == pytest.approx(best, rel=1e-9)

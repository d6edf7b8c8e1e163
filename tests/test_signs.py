"""utils.data.signs: the shipped hands, backgrounds, sizes, boxes, a learner's file."""

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from utils.data import images, signs

M, N_H, N_W = 4, 6, 10  # a width that does not fill whole bytes
MASKS = np.zeros((M, N_H, N_W), dtype=bool)
MASKS[:, 2:5, 3:9] = True
MASKS[2, 5, 9] = True
PIXELS = np.where(MASKS[..., None], np.uint8(200), np.uint8(0)) * np.ones(3, np.uint8)


def write(path, **changes):
    """A learner's own file; a change to None leaves the key out."""
    content = {
        "images": PIXELS,
        "labels": np.array([0, 5, 2, 2]),
        "masks": np.packbits(MASKS, axis=2),
        "skin_tone": np.array([0, 4, 1, 2], "u1"),
        "left_hand": np.array([1, 0, 0, 1], "u1"),
        "roll_pitch_yaw_rad": np.arange(12, dtype="f4").reshape(4, 3),
    }
    with h5py.File(path, "w") as file:
        for key, value in (content | changes).items():
            if value is not None:
                file[f"train/{key}"] = value
    return path


@pytest.mark.parametrize(("split", "m"), [("train", 1080), ("dev", 240), ("test", 240)])
def test_shipped_hands(split, m):
    data = signs.load(split)
    assert data.images.shape == (m, 64, 64, 3) and data.images.dtype == np.uint8
    assert data.masks.shape == (m, 64, 64) and data.masks.dtype == bool
    np.testing.assert_array_equal(np.bincount(data.labels), [m // 6] * 6)
    assert set(data.skin_tone) == set(range(5))
    assert data.left_hand.shape == (m,) and data.left_hand.dtype == bool
    assert data.roll_pitch_yaw.shape == (m, 3)
    assert np.abs(data.roll_pitch_yaw).max() < np.pi / 2


def test_the_masks_belong_to_the_images():
    on_black = images.load_h5(signs.HAND_SIGNS, "test").images
    masks = signs.load("test", background=None).masks
    assert not on_black[~masks].any()
    assert on_black[masks].any(axis=1).all()


def test_without_background_the_pixels_are_those_of_the_file():
    data = signs.load("dev", background=None)
    stored = images.load_h5(signs.HAND_SIGNS, "dev")
    np.testing.assert_array_equal(data.images, stored.images)
    np.testing.assert_array_equal(data.labels, stored.labels)


@pytest.mark.parametrize("background", [signs.wall, signs.clutter])
def test_without_noise_only_the_background_changes(tmp_path, background):
    path = write(tmp_path / "own.h5")
    data = signs.load("train", path=path, background=background, noise=0)
    assert (data.images[MASKS] == 200).all()
    assert len(np.unique(data.images[~MASKS])) > M
    np.testing.assert_array_equal(data.masks, MASKS)


def test_every_image_gets_its_own_background():
    corners = signs.load("dev", noise=0).images[:, 0, 0]
    assert len(np.unique(corners, axis=0)) > 200


def test_a_seed_repeats_and_splits_differ():
    one, two = (signs.load("dev", np.random.default_rng(3)).images for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert (signs.load("dev", np.random.default_rng(4)).images != one).mean() > 0.5
    np.testing.assert_array_equal(signs.load("dev").images, signs.load("dev").images)
    walls = [signs.load(split, noise=0).images[0, 0, 0] for split in images.SPLITS]
    assert len(np.unique(walls, axis=0)) == 3


def test_noise_has_the_stated_size():
    clean, noisy = (signs.load("dev", noise=n).images / 255 for n in (0, 0.05))
    middle = (clean > 0.3) & (clean < 0.7)  # where nothing is clipped
    difference = (noisy - clean)[middle]
    assert abs(difference.mean()) < 1e-3
    assert difference.std() == pytest.approx(0.05, rel=0.02)


@settings(deadline=None)
@given(
    background=st.sampled_from([signs.wall, signs.clutter]),
    shape=st.tuples(st.integers(1, 3), st.integers(2, 20), st.integers(2, 20)),
    seed=st.integers(0, 99),
)
def test_backgrounds_have_any_shape(background, shape, seed):
    painted = background(*shape, np.random.default_rng(seed))
    assert painted.shape == (*shape, 3)
    assert np.isfinite(painted).all()


def test_clutter_blends_linearly():
    painted = signs.clutter(1, 15, 8, np.random.default_rng(0))[0]
    knots = np.random.default_rng(0).uniform(0, 1, (1, 8, 8, 3))[0]
    np.testing.assert_allclose(painted[::2], knots, rtol=1e-12)
    np.testing.assert_allclose(painted[1::2], (knots[1:] + knots[:-1]) / 2, rtol=1e-12)


def test_own_background_and_its_shape(tmp_path):
    path = write(tmp_path / "own.h5")

    def grey(m, n_H, n_W, rng):
        return np.full((m, n_H, n_W, 3), 0.2)

    data = signs.load("train", path=path, background=grey, noise=0)
    assert (data.images[~MASKS] == 51).all()
    with pytest.raises(ValueError, match=r"gave \(4, 3\), expected \(4, 6, 10, 3\)"):
        signs.load("train", path=path, background=lambda m, *_: np.zeros((m, 3)))


def test_smaller_pictures_are_averages(tmp_path):
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (M, N_H, N_W, 3)).astype("u1")
    path = write(tmp_path / "own.h5", images=pixels)
    data = signs.load("train", path=path, background=None, size=2)
    assert data.images.shape == (M, 2, 2, 3) and data.masks.shape == (M, 2, 2)
    for i, row, column in np.ndindex(M, 2, 2):
        block = (i, slice(3 * row, 3 * row + 3), slice(5 * column, 5 * column + 5))
        mean = pixels[block].mean(axis=(0, 1))
        np.testing.assert_allclose(data.images[i, row, column], mean, atol=0.51)
        assert data.masks[i, row, column] == (MASKS[block].mean() >= 0.5)


@pytest.mark.parametrize("size", [4, 0, -2, 7])
def test_the_size_must_divide_the_sides(tmp_path, size):
    with pytest.raises(ValueError, match=f"divide the sides 6 x 10, got {size}"):
        signs.load("train", path=write(tmp_path / "own.h5"), size=size)


def test_boxes_hand_worked():
    np.testing.assert_array_equal(
        signs.boxes(MASKS[[0, 2]]), [[3, 2, 9, 5], [3, 2, 10, 6]]
    )


@given(arrays.arrays(bool, (2, 5, 7)))
def test_boxes_equal_a_loop(masks):
    if not masks.any(axis=(1, 2)).all():
        empty = next(i for i in range(2) if not masks[i].any())
        with pytest.raises(ValueError, match=f"mask {empty} is empty"):
            signs.boxes(masks)
        return
    for mask, box in zip(masks, signs.boxes(masks), strict=True):
        lit = [(x, y) for y in range(5) for x in range(7) if mask[y, x]]
        xs, ys = zip(*lit, strict=True)
        assert box.tolist() == [min(xs), min(ys), max(xs) + 1, max(ys) + 1]


def test_own_file(tmp_path):
    data = signs.load("train", path=str(write(tmp_path / "own.h5")))
    assert data.labels.tolist() == [0, 5, 2, 2]
    assert data.skin_tone.tolist() == [0, 4, 1, 2]
    assert data.left_hand.tolist() == [True, False, False, True]
    np.testing.assert_array_equal(data.roll_pitch_yaw, np.arange(12).reshape(4, 3))


WRONG = {
    "no images": ({"images": None}, ["no data set train/images"]),
    "no masks": ({"masks": None}, ["no data set train/masks", "left_hand", "load_h5"]),
    "no tone": ({"skin_tone": None}, ["no data set train/skin_tone"]),
    "a group": ({"left_hand": None, "left_hand/x": [1]}, ["train/left_hand"]),
    "unpacked masks": ({"masks": MASKS.astype("u1")}, ["(4, 6, 10)", "(4, 6, 2)"]),
    "wide masks": ({"masks": np.ones((M, N_H, 2), "i4")}, ["int32, expected uint8"]),
    "too few": ({"left_hand": np.ones(3, "u1")}, ["train/left_hand is (3,)", "(4,)"]),
    "two angles": ({"roll_pitch_yaw_rad": np.ones((M, 2))}, ["(4, 2)", "(4, 3)"]),
    "text": ({"skin_tone": np.array([b"x"] * M)}, ["skin_tone is (4,) |S1"]),
    "grey": ({"images": PIXELS[..., 0]}, ["train/images is (4, 6, 10)"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_explained(tmp_path, name):
    changes, parts = WRONG[name]
    path = write(tmp_path / "own.h5", **changes)
    with pytest.raises(ValueError) as caught:
        signs.load("train", path=path)
    for part in (str(path), *parts):
        assert part in str(caught.value)


def test_missing_splits_and_files_are_named(tmp_path):
    path = write(tmp_path / "own.h5")
    with pytest.raises(ValueError, match="no split 'dev'; the file holds train"):
        signs.load("dev", path=path)
    with pytest.raises(ValueError, match="no split 'all'"):
        signs.load("all")
    with pytest.raises(FileNotFoundError, match=r"none\.h5"):
        signs.load("train", path=tmp_path / "none.h5")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_file_is_refused(tmp_path, share):
    whole = signs.HAND_SIGNS.read_bytes()
    path = tmp_path / "cut.h5"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ValueError, match="expected a whole HDF5 file"):
        signs.load("test", path=path)


def test_damage_behind_the_images_is_refused(tmp_path):
    path = write(tmp_path / "own.h5", masks=None)
    packed = np.packbits(MASKS, axis=2)
    with h5py.File(path, "a") as file:
        data = file.create_dataset("train/masks", data=packed, compression="gzip")
        where = data.id.get_chunk_info(0)
    content = bytearray(path.read_bytes())
    content[where.byte_offset : where.byte_offset + where.size] = bytes(where.size)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"own\.h5: expected a whole HDF5 file"):
        signs.load("train", path=path)

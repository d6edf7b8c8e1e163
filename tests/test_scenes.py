"""utils.data.scenes: hands of other sizes at other places, frames without one."""

import numpy as np
import pytest

from tests.test_signs import PIXELS, write
from utils.data import images, scenes, signs


def black(m, n_H, n_W, rng):
    return np.zeros((m, n_H, n_W, 3))


@pytest.fixture(scope="module")
def dev():
    return scenes.load("dev", num_empty=30)


def test_the_shape_of_things(dev):
    assert dev.images.shape == (270, 64, 64, 3) and dev.images.dtype == np.uint8
    assert dev.masks.shape == (270, 64, 64) and dev.masks.dtype == bool
    assert dev.boxes.shape == (270, 4)
    assert dev.present.tolist() == [True] * 240 + [False] * 30
    np.testing.assert_array_equal(dev.labels[:240], signs.load("dev").labels)
    assert dev.labels[240:].tolist() == [-1] * 30


def test_boxes_are_those_of_the_masks(dev):
    np.testing.assert_array_equal(dev.boxes[:240], signs.boxes(dev.masks[:240]))
    assert not dev.boxes[240:].any() and not dev.masks[240:].any()


def test_a_hand_is_where_its_mask_says():
    data = scenes.load("dev", background=black, noise=0, num_empty=3)
    lit = data.images.any(axis=3)
    # at the edge a pixel is shared: a rim may differ, and what is thinner than a pixel
    wide = data.masks.copy()
    for axis, step in ((1, 1), (1, -1), (2, 1), (2, -1)):
        wide |= np.roll(wide, step, axis)
    assert (lit & ~wide).sum() < 1e-3 * data.masks.sum()
    assert lit[data.masks].mean() > 0.999
    assert not data.images[240:].any()


def test_without_shrinking_only_the_place_changes():
    data = scenes.load("dev", background=black, noise=0, scale=(1, 1))
    kept = signs.load("dev", background=None)
    boxes, before = data.boxes, signs.boxes(kept.masks)
    np.testing.assert_array_equal(
        boxes[:, 2:] - boxes[:, :2], before[:, 2:] - before[:, :2]
    )
    assert (boxes != before).any(axis=1).mean() > 0.9
    for i in range(0, 240, 7):
        x_1, y_1, x_2, y_2 = boxes[i]
        u_1, v_1, u_2, v_2 = before[i]
        np.testing.assert_array_equal(
            data.images[i, y_1:y_2, x_1:x_2] * data.masks[i, y_1:y_2, x_1:x_2, None],
            kept.images[i, v_1:v_2, u_1:u_2] * kept.masks[i, v_1:v_2, u_1:u_2, None],
        )


def test_sizes_and_places_spread_over_their_ranges():
    data = scenes.load("train", scale=(0.5, 0.8))
    before = signs.boxes(signs.load("train", background=None).masks)
    height, full = (b[:, 3] - b[:, 1] for b in (data.boxes, before))
    share = height / full
    assert 0.44 < share.min() < 0.53 and 0.77 < share.max() < 0.84
    assert abs(share.mean() - 0.65) < 0.02
    for axis in (0, 1):
        room = 64 - (data.boxes[:, axis + 2] - data.boxes[:, axis])
        place = data.boxes[:, axis] / room
        assert abs(place.mean() - 0.5) < 0.04
        assert abs(place.std() - 1 / np.sqrt(12)) < 0.03
    assert data.boxes.min() == 0 and data.boxes.max() == 64


def test_a_seed_repeats_and_splits_differ(dev):
    again = scenes.load("dev", num_empty=30)
    for one, two in zip(dev, again, strict=True):
        np.testing.assert_array_equal(one, two)
    other = scenes.load("dev", np.random.default_rng(9), num_empty=30)
    assert (other.boxes[:240] != dev.boxes[:240]).any(axis=1).mean() > 0.9
    corners = [scenes.load(s, noise=0).images[0, 0, 0] for s in images.SPLITS]
    assert len(np.unique(corners, axis=0)) == 3


def test_noise_has_the_stated_size():
    clean, noisy = (scenes.load("dev", noise=n).images / 255 for n in (0, 0.05))
    middle = (clean > 0.3) & (clean < 0.7)  # where nothing is clipped
    assert (noisy - clean)[middle].std() == pytest.approx(0.05, rel=0.02)


def test_own_file_and_background(tmp_path):
    path = write(tmp_path / "own.h5")
    data = scenes.load("train", path=path, background=black, noise=0, scale=(1, 1))
    assert data.images.shape == PIXELS.shape
    np.testing.assert_array_equal(data.images, 200 * data.masks[..., None] * np.ones(3))
    with pytest.raises(ValueError, match=r"gave \(4, 3\), expected \(4, 6, 10, 3\)"):
        scenes.load("train", path=path, background=lambda m, *_: np.zeros((m, 3)))


@pytest.mark.parametrize("scale", [(0, 1), (0.5, 0.4), (0.5, 1.1)])
def test_impossible_sizes_are_refused(scale):
    with pytest.raises(ValueError, match=rf"scale .* got \({scale[0]}, {scale[1]}\)"):
        scenes.load("dev", scale=scale)


def test_other_wrong_arguments_are_refused(tmp_path):
    with pytest.raises(ValueError, match="num_empty must be >= 0, got -1"):
        scenes.load("dev", num_empty=-1)
    with pytest.raises(ValueError, match="no split 'all'"):
        scenes.load("all")
    with pytest.raises(FileNotFoundError, match=r"none\.h5"):
        scenes.load("train", path=tmp_path / "none.h5")

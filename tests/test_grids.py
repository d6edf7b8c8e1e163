import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import boxes, grids

ANCHORS = np.array([[10.0, 20.0], [30.0, 10.0], [40.0, 40.0]])


def test_shape_iou_hand_worked():
    # 10 x 20 in 40 x 40: 200 / 1600; with 30 x 10 it shares 10 x 10: 100 / 400
    np.testing.assert_allclose(
        grids.shape_iou([[10, 20]], ANCHORS), [[1, 100 / 400, 200 / 1600]]
    )


@given(seed=st.integers(0, 999))
def test_shape_iou_is_that_of_boxes_at_one_corner(seed):
    sizes = np.random.default_rng(seed).uniform(1, 50, (4, 2))
    at_corner = [np.hstack([np.zeros((len(s), 2)), s]) for s in (sizes, ANCHORS)]
    np.testing.assert_allclose(grids.shape_iou(sizes, ANCHORS), boxes.iou(*at_corner))


def test_encoding_hand_worked():
    # Centre (25, 70) of 100 x 100 in 2 rows and 4 columns: row 1, column 1 exactly at
    # its left edge, .4 of the way down. 20 x 20 fits the third anchor least badly.
    target = grids.encode([[15, 60, 35, 80]], [1], 3, (2, 4), ANCHORS, 100)
    assert target.shape == (2, 4, 3, 8)
    (row, column, anchor), *more = np.argwhere(target[..., 4] == 1).tolist()
    fits = [200 / 400, 200 / 500, 400 / 1600]
    assert (row, column, anchor, more) == (1, 1, fits.index(max(fits)), [])
    expected = [0, 0.4, math.log(20 / 10), math.log(20 / 20), 1, 0, 1, 0]
    np.testing.assert_allclose(target[1, 1, 0], expected, atol=1e-12)
    target[1, 1, 0] = 0
    assert not target.any()


def test_two_things_in_one_cell_take_two_anchors():
    same = [[40, 40, 50, 60]] * 3
    target = grids.encode(same, [0, 1, 0], 2, 1, ANCHORS, 100)
    # the shape fits 1, .25 and .125: in this order the anchors are taken
    np.testing.assert_array_equal(target[0, 0, :, 5:], [[1, 0], [0, 1], [1, 0]])
    with pytest.raises(
        ValueError, match="cell 0, 0 has more boxes than anchors, box 3"
    ):
        grids.encode([*same, same[0]], [0] * 4, 2, 1, ANCHORS, 100)


@settings(deadline=None)
@given(
    seed=st.integers(0, 999),
    n=st.integers(0, 3),
    grid=st.sampled_from([1, 5, (3, 7)]),
    size=st.sampled_from([64, (48, 90)]),
)
def test_decoding_undoes_encoding(seed, n, grid, size):
    rng = np.random.default_rng(seed)
    n_H, n_W = np.broadcast_to(size, 2)
    centres = rng.uniform(0, 1, (n, 4)) * [n_W, n_H, 60, 60] + [0, 0, 1, 1]
    corners, classes = boxes.to_corners(centres), rng.integers(0, 4, n)
    target = grids.encode(corners, classes, 4, grid, ANCHORS, size)
    decoded = grids.decode(target, ANCHORS, size, from_logits=False)
    there = decoded.presence == 1
    assert there.sum() == n
    found = decoded.boxes[there]
    order, truth = np.lexsort(found.T), np.lexsort(corners.T)
    np.testing.assert_allclose(found[order], corners[truth], atol=1e-9)
    np.testing.assert_array_equal(
        decoded.classes[there].argmax(axis=1)[order], classes[truth]
    )


@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
def test_decoding_equals_a_loop_over_cells(lead):
    rng = np.random.default_rng(1)
    outputs = rng.standard_normal((*lead, 2, 5, 3, 5 + 4))
    decoded = grids.decode(outputs, ANCHORS, (64, 100))

    def sigmoid(t):
        return 1 / (1 + math.exp(-t))

    for index in np.ndindex(decoded.presence.shape):
        row, column, a = index[-3:]
        t_x, t_y, t_w, t_h, t_c, *t_classes = outputs[index]
        x, y = (column + sigmoid(t_x)) * 100 / 5, (row + sigmoid(t_y)) * 64 / 2
        w, h = ANCHORS[a][0] * math.exp(t_w), ANCHORS[a][1] * math.exp(t_h)
        np.testing.assert_allclose(
            decoded.boxes[index], [x - w / 2, y - h / 2, x + w / 2, y + h / 2]
        )
        assert decoded.presence[index] == pytest.approx(sigmoid(t_c))
        np.testing.assert_allclose(decoded.classes[index], [*map(sigmoid, t_classes)])


def test_float32_stays_float32():
    decoded = grids.decode(np.zeros((2, 2, 3, 7), "f4"), ANCHORS, 64)
    assert {values.dtype for values in decoded} == {np.dtype("f4")}


def test_k_means_finds_separate_groups():
    rng = np.random.default_rng(0)
    centres = np.array([[5.0, 5.0], [10.0, 60.0], [90.0, 80.0]])
    sizes = (centres[:, None] * rng.uniform(0.95, 1.05, (3, 40, 2))).reshape(-1, 2)
    # a bad start leaves two groups to one anchor, so the best of a few is right
    tries = [grids.anchors_by_k_means(sizes, 3, rng) for _ in range(10)]
    best = max(tries, key=lambda a: grids.shape_iou(sizes, a).max(axis=1).mean())
    np.testing.assert_allclose(best, sizes.reshape(3, 40, 2).mean(axis=1))


def test_k_means_with_one_anchor_is_the_mean_and_with_all_the_sizes():
    sizes = np.array([[4.0, 2.0], [8.0, 6.0], [1.0, 1.0], [4.0, 2.0]])
    rng = np.random.default_rng(0)
    one = grids.anchors_by_k_means(sizes, 1, rng)
    np.testing.assert_allclose(one, [[17 / 4, 11 / 4]])
    every = grids.anchors_by_k_means(sizes, 3, rng)
    np.testing.assert_array_equal(every, [[1, 1], [4, 2], [8, 6]])


@given(seed=st.integers(0, 99), k=st.integers(1, 6))
def test_each_anchor_is_the_mean_of_those_that_chose_it(seed, k):
    rng = np.random.default_rng(seed)
    sizes = rng.uniform(5, 50, (30, 2))
    anchors = grids.anchors_by_k_means(sizes, k, rng)
    nearest = grids.shape_iou(sizes, anchors).argmax(axis=1)
    for j in np.unique(nearest):
        np.testing.assert_allclose(anchors[j], sizes[nearest == j].mean(axis=0))
    assert (np.diff(anchors.prod(axis=1)) >= 0).all()


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: grids.shape_iou([[1, 0]], ANCHORS),
            r"sizes must be \(n, 2\) positive",
        ),
        (
            lambda: grids.anchors_by_k_means([[1, 2], [1, 2]], 2, RNG),
            r"1 \.\. 1 different sizes, got 2",
        ),
        (lambda: grids.encode([[90, 0, 120, 9]], [0], 1, 4, ANCHORS, 100), "box 0 has"),
        (lambda: grids.encode([[5, 5, 5, 9]], [0], 1, 4, ANCHORS, 100), "no area"),
        (
            lambda: grids.decode(np.zeros((4, 4, 2, 7)), ANCHORS, 64),
            r"outputs \(4, 4, 2, 7\) and anchors \(3, 2\)",
        ),
        (lambda: grids.decode(np.zeros((3, 7)), ANCHORS, 64), r"got outputs \(3, 7\)"),
    ],
)
def test_wrong_arguments_are_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()

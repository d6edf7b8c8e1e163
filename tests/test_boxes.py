import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import boxes


def random_boxes(rng, n, side=20):
    """Boxes with integer corners, so that ties and touching edges occur."""
    corners = np.sort(rng.integers(0, side, (n, 2, 2)), axis=1)  # low before high
    return corners.reshape(n, 4)


def test_iou_hand_worked():
    # 4 x 4 and 4 x 2 share 2 x 2: 4 / (16 + 8 - 4); the third only touches the first
    a = np.array([[0, 0, 4, 4]])
    b = np.array([[2, 1, 6, 3], [4, 0, 8, 4], [0, 0, 4, 4], [1, 1, 1, 3]])
    np.testing.assert_allclose(boxes.iou(a, b), [[4 / 20, 0, 1, 0]])
    np.testing.assert_array_equal(boxes.area(b), [8, 16, 16, 0])


@given(seed=st.integers(0, 999), n=st.integers(0, 4), k=st.integers(0, 5))
def test_iou_counts_pixels(seed, n, k):
    rng = np.random.default_rng(seed)
    a, b = random_boxes(rng, n, 9), random_boxes(rng, k, 9)
    result = boxes.iou(a, b)
    assert result.shape == (n, k)
    for i, j in np.ndindex(n, k):
        one, two = (
            {(x, y) for x in range(x_1, x_2) for y in range(y_1, y_2)}
            for x_1, y_1, x_2, y_2 in (a[i].tolist(), b[j].tolist())
        )
        expected = len(one & two) / len(one | two) if one | two else 0
        assert result[i, j] == pytest.approx(expected)


@pytest.mark.parametrize("dtype", ["u1", "i4", "f4", "f8"])
def test_no_type_wraps_around(dtype):
    a, b = np.array([[200, 200, 250, 250]], dtype), np.array([[0, 0, 50, 250]], dtype)
    assert boxes.iou(a, b) == 0
    assert boxes.area(b) == 50 * 250


@given(seed=st.integers(0, 999), n=st.integers(0, 5))
def test_centres_and_back(seed, n):
    corners = random_boxes(np.random.default_rng(seed), n)
    centres = boxes.to_centres(corners)
    for (x_1, y_1, x_2, y_2), centre in zip(corners, centres, strict=True):
        assert centre.tolist() == [
            (x_1 + x_2) / 2,
            (y_1 + y_2) / 2,
            x_2 - x_1,
            y_2 - y_1,
        ]
    np.testing.assert_allclose(boxes.to_corners(centres), corners)
    grid = corners.reshape(1, n, 1, 4)
    np.testing.assert_allclose(boxes.to_corners(boxes.to_centres(grid)), grid)


def test_suppression_hand_worked():
    # The best takes the second with it (IoU 9 / 11); the third overlaps only the second
    # much (.5), which is gone, so it stays.
    three = np.array([[0, 0, 10, 1], [1, 0, 11, 1], [5, 0, 12, 1]])
    kept = boxes.nms(three, np.array([0.9, 0.8, 0.7]), iou_threshold=0.45)
    assert kept.tolist() == [0, 2]
    kept = boxes.nms(three, np.array([0.7, 0.9, 0.8]), iou_threshold=0.45)
    assert kept.tolist() == [1]


@settings(deadline=None)
@given(
    seed=st.integers(0, 999),
    n=st.integers(1, 30),
    threshold=st.sampled_from([0.1, 0.3, 0.55]),
)
def test_suppression_equals_tensorflow(seed, n, threshold):
    rng = np.random.default_rng(seed)
    corners = random_boxes(rng, n, 8)
    scores = rng.integers(0, 6, n) / 8  # many equal ones
    kept = boxes.nms(corners, scores, threshold)
    rows_first = corners[:, [1, 0, 3, 2]].astype("f4")
    theirs = tf.image.non_max_suppression(
        rows_first, scores.astype("f4"), n, threshold
    ).numpy()
    np.testing.assert_array_equal(kept, theirs)


@given(seed=st.integers(0, 999), n=st.integers(0, 20))
def test_classes_do_not_suppress_each_other(seed, n):
    rng = np.random.default_rng(seed)
    corners, classes = random_boxes(rng, n, 6), rng.integers(0, 3, n)
    scores = rng.permutation(n) / 10  # all different
    kept = boxes.class_wise_nms(corners, scores, classes, 0.3)
    # shifted far apart, boxes of different classes cannot overlap
    apart = corners + 100 * classes[:, None]
    np.testing.assert_array_equal(kept, boxes.nms(apart, scores, 0.3))


def test_equal_scores_of_different_classes_keep_their_order():
    same = np.array([[0, 0, 2, 2]] * 3)
    kept = boxes.class_wise_nms(same, np.full(3, 0.5), np.array([1, 0, 1]))
    assert kept.tolist() == [0, 1]


def test_arguments_are_left_as_they_are():
    corners, scores = random_boxes(np.random.default_rng(0), 9), np.arange(9.0)
    before = corners.copy(), scores.copy()
    boxes.nms(corners, scores)
    np.testing.assert_array_equal(corners, before[0])
    np.testing.assert_array_equal(scores, before[1])


ONE = np.array([[0, 0, 2, 2]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: boxes.iou(ONE[0], ONE), r"a must have shape \(n, 4\), got \(4,\)"),
        (lambda: boxes.iou(ONE, ONE[:, :3]), r"b must .* got \(1, 3\)"),
        (lambda: boxes.iou(ONE, [[0, 3, 2, 2]]), r"b\[0\] must be x_1.*\[0\. 3\."),
        (lambda: boxes.area([[0, 0, np.nan, 1]]), r"boxes\[0\] must be x_1"),
        (lambda: boxes.nms(ONE, np.ones(2)), r"scores must be \(n,\).* got \(2,\)"),
        (
            lambda: boxes.class_wise_nms(ONE, np.ones(1), np.ones((1, 1))),
            r"classes must be \(n,\).* \(1, 1\) and \(1,\)",
        ),
    ],
)
def test_wrong_shapes_are_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()

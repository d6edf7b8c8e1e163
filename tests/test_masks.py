"""utils.tasks.masks against a flood fill, plain loops and pictures worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from utils.tasks import masks

pytestmark = pytest.mark.filterwarnings("error")

SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, max_side=8)
MASKS = arrays.arrays(bool, SHAPES)
CONNECTIVITY = st.sampled_from([4, 8])
BY_SIDE = [(0, 1), (0, -1), (1, 0), (-1, 0)]
BY_CORNER = [(1, 1), (1, -1), (-1, 1), (-1, -1)]


def picture(text):
    """Rows of a drawing, '.' for 0, digits for themselves."""
    rows = text.split()
    return np.array([[0 if c == "." else int(c) for c in row] for row in rows])


def neighbours(shape, row, column, connectivity):
    for down, right in BY_SIDE + (BY_CORNER if connectivity == 8 else []):
        if 0 <= row + down < shape[0] and 0 <= column + right < shape[1]:
            yield row + down, column + right


def flood_fill(mask, connectivity):
    """Pour a colour into the first pixel without one, until none is left."""
    labels, count = np.zeros(mask.shape, int), 0
    for start in np.argwhere(mask).tolist():
        if labels[*start]:
            continue
        count += 1
        todo = [tuple(start)]
        while todo:
            place = todo.pop()
            if mask[place] and not labels[place]:
                labels[place] = count
                todo += neighbours(mask.shape, *place, connectivity)
    return labels, count


@st.composite
def two_labellings(draw):
    shape = draw(SHAPES)
    return [draw(arrays.arrays(int, shape, elements=st.integers(0, 4))) for _ in "ab"]


def test_components_hand_worked():
    drawn = picture("""
        11..1
        .1..1
        ...1.
        1.1..""")
    by_side = picture("""
        11..2
        .1..2
        ...3.
        4.5..""")
    by_corner = picture("""
        11..2
        .1..2
        ...2.
        3.2..""")
    for connectivity, expected, n in ((4, by_side, 5), (8, by_corner, 3)):
        labels, count = masks.components(drawn == 1, connectivity)
        np.testing.assert_array_equal(labels, expected)
        assert (labels.dtype, count) == (np.int64, n)


@settings(deadline=None)
@given(mask=MASKS, connectivity=CONNECTIVITY)
def test_components_equal_a_flood_fill(mask, connectivity):
    labels, count = masks.components(mask, connectivity)
    expected, n = flood_fill(mask, connectivity)
    np.testing.assert_array_equal(labels, expected)
    assert count == n


@pytest.mark.parametrize("connectivity", [4, 8])
@pytest.mark.parametrize("share", [0.3, 0.41, 0.6])
def test_components_of_a_large_tangle(connectivity, share):
    mask = np.random.default_rng(0).random((90, 130)) < share
    labels, count = masks.components(mask, connectivity)
    expected, n = flood_fill(mask, connectivity)
    np.testing.assert_array_equal(labels, expected)
    assert count == n


def test_one_long_snake_is_one_piece():
    mask = np.zeros((81, 60), dtype=bool)
    mask[::2] = True
    mask[1::4, -1] = mask[3::4, 0] = True
    for turned in (mask, mask[::-1], mask.T, mask[:, ::-1]):
        labels, count = masks.components(turned)
        assert count == 1
        np.testing.assert_array_equal(labels, turned)


@pytest.mark.parametrize("shape", [(0, 5), (3, 0), (1, 1), (4, 6)])
def test_nothing_lit_is_no_piece(shape):
    labels, count = masks.components(np.zeros(shape, dtype=bool))
    assert (labels.shape, labels.any(), count) == (shape, False, 0)


def test_overlap_and_iou_hand_worked():
    truth = picture("11.22 11.22")
    found = picture("1..33 .1.3.")
    np.testing.assert_array_equal(
        masks.overlap(truth, found), [[2, 0, 0, 0], [2, 2, 0, 0], [1, 0, 0, 3]]
    )
    # 2 of 4 pixels, and 3 of 4; nothing is number 2
    np.testing.assert_allclose(
        masks.instance_iou(truth, found), [[0.5, 0, 0], [0, 0, 0.75]]
    )


@given(two_labellings())
def test_overlap_and_iou_equal_loops(pair):
    truth, found = pair
    shared, iou = masks.overlap(*pair), masks.instance_iou(*pair)
    assert shared.shape == (truth.max() + 1, found.max() + 1)
    assert iou.shape == (truth.max(), found.max())
    for i, j in np.ndindex(*shared.shape):
        both, either = (truth == i) & (found == j), (truth == i) | (found == j)
        assert shared[i, j] == both.sum()
        if i and j:
            expected = both.sum() / either.sum() if either.any() else 0
            assert iou[i - 1, j - 1] == pytest.approx(expected)


def test_match_hand_worked():
    truth = picture("1122.33 1122.3.")
    found = picture("1111.22 111..2.")
    # 4 of 7 and 3 of 8 pixels for number 1; all 3 of 3 for number 2
    pairs = masks.match(truth, found)
    assert pairs.truth.tolist() == [1, 3] and pairs.found.tolist() == [1, 2]
    np.testing.assert_allclose(pairs.iou, [4 / 7, 1])
    assert masks.match(truth, found, 0.6).truth.tolist() == [3]
    # exactly one half is not more than one half
    assert masks.match(picture("11"), picture("12")).truth.size == 0


@given(two_labellings(), st.sampled_from([0.5, 0.7]))
def test_match_takes_every_pair_above_the_threshold_and_nobody_twice(pair, threshold):
    pairs, iou = masks.match(*pair, threshold), masks.instance_iou(*pair)
    assert len(set(pairs.truth)) == len(set(pairs.found)) == len(pairs.truth)
    taken = set(zip(pairs.truth.tolist(), pairs.found.tolist(), strict=True))
    above = {(i + 1, j + 1) for i, j in np.argwhere(iou > threshold).tolist()}
    assert taken == above
    np.testing.assert_array_equal(pairs.iou, iou[pairs.truth - 1, pairs.found - 1])


def test_erode_hand_worked():
    drawn = picture("1111. 11111 11111 .....") == 1
    np.testing.assert_array_equal(
        masks.erode(drawn), picture("111.. 1111. ..... .....") == 1
    )
    np.testing.assert_array_equal(
        masks.erode(drawn, connectivity=8), picture("111.. 111.. ..... .....") == 1
    )
    np.testing.assert_array_equal(masks.erode(drawn, rounds=0), drawn)


@given(mask=MASKS, connectivity=CONNECTIVITY, rounds=st.integers(0, 3))
def test_erode_equals_a_loop(mask, connectivity, rounds):
    expected = mask
    for _ in range(rounds):
        before, expected = expected, expected.copy()
        for place in np.ndindex(*mask.shape):
            around = neighbours(mask.shape, *place, connectivity)
            expected[place] &= all(before[near] for near in around)
    np.testing.assert_array_equal(masks.erode(mask, rounds, connectivity), expected)


def test_grow_hand_worked():
    mask = picture("111111. 111111. ....... 11.....") == 1
    seeds = picture("2....1. ....... ....... ......3")
    # three steps from each side; the last row has no seed, and 3 stands outside
    expected = picture("222111. 222111. ....... .......")
    np.testing.assert_array_equal(masks.grow(seeds, mask), expected)
    tie = masks.grow(picture("2.1"), np.ones((1, 3), dtype=bool))
    np.testing.assert_array_equal(tie, [[2, 1, 1]])


@settings(deadline=None)
@given(mask=MASKS, seed=st.integers(0, 99))
def test_grow_takes_a_nearest_seed_along_the_mask(mask, seed):
    draw = np.random.default_rng(seed)
    seeds = draw.integers(1, 4, mask.shape) * (draw.random(mask.shape) < 0.2)
    steps = {}  # for every pixel the steps from each number, inside the mask
    for number in (1, 2, 3):
        front = {p for p in np.ndindex(*mask.shape) if mask[p] and seeds[p] == number}
        reached, step = dict.fromkeys(front, 0), 0
        while front:
            step += 1
            near = {q for p in front for q in neighbours(mask.shape, *p, 4)}
            front = {q for q in near if mask[q] and q not in reached}
            reached |= dict.fromkeys(front, step)
        for place, distance in reached.items():
            steps.setdefault(place, {})[number] = distance
    grown = masks.grow(seeds, mask)
    for place in np.ndindex(*mask.shape):
        if place not in steps:
            assert grown[place] == 0
        else:
            nearest = min(steps[place].values())
            assert steps[place][int(grown[place])] == nearest


def test_nothing_is_changed():
    mask = np.random.default_rng(1).random((9, 7)) < 0.6
    labels, _ = masks.components(mask)
    seeds = labels * masks.erode(mask)
    before = [array.copy() for array in (mask, labels, seeds)]
    masks.erode(mask, 2)
    masks.grow(seeds, mask)
    masks.match(labels, seeds)
    for now, old in zip((mask, labels, seeds), before, strict=True):
        np.testing.assert_array_equal(now, old)


@pytest.mark.parametrize(
    "mask",
    [np.ones((3, 4)), np.ones((3, 4), int), np.ones(5, bool), np.ones((1, 3, 4), bool)],
)
def test_what_is_no_mask_is_refused(mask):
    says = rf"bool, got \({', '.join(map(str, mask.shape))},?\) {mask.dtype}"
    seeds = np.zeros(mask.shape[:2], int)
    for use in (masks.components, masks.erode, lambda m: masks.grow(seeds, m)):
        with pytest.raises(ValueError, match=says):
            use(mask)


@pytest.mark.parametrize(
    ("truth", "found", "says"),
    [
        (np.zeros((2, 3), int), np.zeros((3, 2), int), r"\(2, 3\) and found \(3, 2\)"),
        (np.zeros((2, 3)), np.zeros((2, 3), int), "truth must be .* float64"),
        (np.zeros((2, 3), int), np.zeros((2, 3), bool), "found must be .* bool"),
        (np.zeros((2, 3), int), np.full((2, 3), -1), "found must be >= 0, got -1"),
        (np.zeros(3, int), np.zeros(3, int), r"truth must be .* got \(3,\)"),
    ],
)
def test_what_are_no_labels_is_refused(truth, found, says):
    for use in (masks.overlap, masks.instance_iou, masks.match):
        with pytest.raises(ValueError, match=says):
            use(truth, found)


def test_other_values_are_refused():
    mask, seeds = np.ones((2, 2), bool), np.ones((2, 3), int)
    for use in (masks.components, lambda m, c: masks.erode(m, 1, c)):
        with pytest.raises(ValueError, match="must be 4 or 8, got 6"):
            use(mask, 6)
    with pytest.raises(ValueError, match=r"seeds \(2, 3\) and mask \(2, 2\)"):
        masks.grow(seeds, mask)
    for threshold in (0.49, 1):
        with pytest.raises(ValueError, match=rf"\[0.5, 1\), got {threshold}"):
            masks.match(seeds, seeds, threshold)

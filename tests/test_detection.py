import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import detection
from utils.tasks.detection import Detections, Truth


def unit(*lefts):
    """Boxes 10 wide and 1 high from x = left: shifts by 0, 2, 5 overlap 1, 2/3, 1/3."""
    return np.array([[left, 0, left + 10, 1] for left in lefts], float).reshape(-1, 4)


def overlap(a, b):
    """IoU of two boxes, without the library."""
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    size_a, size_b = ((q[2] - q[0]) * (q[3] - q[1]) for q in (a, b))
    union = size_a + size_b - width * height
    return width * height / union if union > 0 else 0


def brute_force_ap(detections, truth, c, threshold):
    """Average precision of class c: plain lists, every cut-off counted anew.

    The area is summed over the recalls 1/k, 2/k, ..., 1 of k things: the best precision
    of all cut-offs that reach this recall, or 0 if none does.
    """
    things = [i for i in range(len(truth.classes)) if truth.classes[i] == c]
    answers = [i for i in range(len(detections.scores)) if detections.classes[i] == c]
    answers.sort(key=lambda i: (-detections.scores[i], i))
    counts = []  # right answers among the first n
    for n in range(1, len(answers) + 1):
        taken = set()
        for i in answers[:n]:
            best, best_overlap = None, threshold
            for j in things:
                if j in taken or truth.pictures[j] != detections.pictures[i]:
                    continue
                value = overlap(detections.boxes[i], truth.boxes[j])
                if value > best_overlap or (value == best_overlap and best is None):
                    best, best_overlap = j, value
            if best is not None:
                taken.add(best)
        counts.append(len(taken))
    total = 0.0
    for wanted in range(1, len(things) + 1):
        reached = [c / n for n, c in enumerate(counts, start=1) if c >= wanted]
        total += max(reached, default=0.0) / len(things)
    return total


def random_case(seed, n, k):
    rng = np.random.default_rng(seed)
    corners = np.sort(rng.integers(0, 7, (n + k, 2, 2)), axis=1).reshape(-1, 4)
    classes, pictures = rng.integers(0, 3, n + k), rng.integers(0, 2, n + k)
    scores = rng.integers(0, 9, n) / 10
    return (
        Detections(corners[:n], scores, classes[:n], pictures[:n]),
        Truth(corners[n:], classes[n:], pictures[n:]),
    )


def test_average_precision_hand_worked():
    # Hits at ranks 1, 3, 4 of three things: precisions 1, 2/3, 3/4. At recall 2/3 the
    # later 3/4 is better than 2/3, so the area is (1 + 3/4 + 3/4) / 3.
    scores, hits = np.array([0.6, 0.9, 0.7, 0.8, 0.5]), np.array([1, 1, 1, 0, 0])
    assert detection.average_precision(scores, hits, 3) == pytest.approx(2.5 / 3)
    precision, recall = detection.precision_recall(scores, hits, 3)
    np.testing.assert_allclose(precision, [1, 1 / 2, 2 / 3, 3 / 4, 3 / 5])
    np.testing.assert_allclose(recall, [1 / 3, 1 / 3, 2 / 3, 1, 1])
    # a fourth thing that is never found adds nothing
    assert detection.average_precision(scores, hits, 4) == pytest.approx(2.5 / 4)


def test_matching_hand_worked():
    truth = Truth(unit(0, 2, 0, 0), [0, 0, 1, 0], [0, 0, 0, 1])
    answers = Detections(
        unit(0, 0, 0, 30, 5),
        np.array([0.7, 0.9, 0.8, 0.6, 0.5]),
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
    )
    # The surest takes thing 0, the next the free thing 1 (IoU 2/3), for the third none
    # is left; the fourth is elsewhere; the last overlaps thing 3 of its picture by 1/3.
    assert detection.match(answers, truth).tolist() == [-1, 0, 1, -1, -1]
    assert detection.match(answers, truth, 0.7).tolist() == [-1, 0, -1, -1, -1]
    assert detection.match(answers, truth, 0.3).tolist() == [-1, 0, 1, -1, 3]


def test_the_threshold_itself_is_enough():
    truth, answer = Truth(unit(0), [0], [0]), [np.ones(1), [0], [0]]
    assert detection.match(Detections(unit(5), *answer), truth, 1 / 3).tolist() == [0]


def test_the_mean_is_over_the_classes_that_are_there():
    truth = Truth(unit(0, 20, 40), [4, 4, 1], [0, 0, 0])
    answers = Detections(unit(0, 40, 60), [0.9, 0.8, 0.7], [4, 1, 2], [0, 0, 0])
    mean, each = detection.mean_average_precision(answers, truth)
    assert each == {1: 1.0, 4: 0.5}
    assert mean == 0.75


@settings(deadline=None, max_examples=200)
@given(
    seed=st.integers(0, 10**6),
    n=st.integers(0, 14),
    k=st.integers(1, 8),
    threshold=st.sampled_from([0.1, 0.25, 0.5, 0.75]),
)
def test_mean_average_precision_equals_brute_force(seed, n, k, threshold):
    detections, truth = random_case(seed, n, k)
    mean, each = detection.mean_average_precision(detections, truth, threshold)
    expected = {
        c: brute_force_ap(detections, truth, c, threshold) for c in set(truth.classes)
    }
    assert each == pytest.approx(expected)
    assert mean == pytest.approx(sum(expected.values()) / len(expected))


def test_no_answers_at_all_score_nothing():
    mean, each = detection.mean_average_precision(
        Detections([], [], [], []), Truth(unit(0), [3], [0])
    )
    assert (mean, each) == (0.0, {3: 0.0})


def test_perfect_answers_score_one():
    _, truth = random_case(5, 0, 8)
    lit = (truth.boxes[:, 2:] > truth.boxes[:, :2]).all(axis=1)  # with an area
    truth = Truth(*(values[lit] for values in truth))
    scores = np.linspace(0, 1, len(truth.classes))
    answers = Detections(truth.boxes, scores, truth.classes, truth.pictures)
    assert detection.mean_average_precision(answers, truth)[0] == 1


GOOD = Detections(unit(0), np.ones(1), [0], [0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: detection.match(GOOD._replace(scores=np.ones(2)), GOOD),
            r"'scores': \(2,\)",
        ),
        (
            lambda: detection.match(GOOD, Truth(unit(0)[0], [0], [0])),
            r"'boxes': \(4,\)",
        ),
        (
            lambda: detection.mean_average_precision(GOOD, Truth([], [], [])),
            "truth holds no box",
        ),
        (lambda: detection.average_precision([0.5], [1], 0), "got 0"),
        (lambda: detection.average_precision([0.5, 0.4], [1, 1], 1), "got 1"),
        (lambda: detection.average_precision([0.5], [1, 0], 2), r"scores \(1,\) and"),
    ],
)
def test_wrong_arguments_are_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()

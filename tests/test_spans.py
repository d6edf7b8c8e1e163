"""utils.tasks.spans on hand-worked texts, against NLTK, and a loop over all spans."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk import chunk

from utils.tasks import spans

pytestmark = pytest.mark.filterwarnings("error")


def test_tags_hand_worked():
    # Ada Lovelace lived in London
    tags = spans.to_bio([("LOC", 4, 5), ("PER", 0, 2)], 5)
    assert tags == ["B-PER", "I-PER", "O", "O", "B-LOC"]
    assert spans.from_bio(tags) == [("PER", 0, 2), ("LOC", 4, 5)]


@st.composite
def texts(draw):
    """Spans that do not overlap, and may touch, in a text of drawn length."""
    length = draw(st.integers(0, 12))
    found, start = [], 0
    while start < length:
        stop = draw(st.integers(start, length))
        if stop == start:
            start += 1
            continue
        found.append((draw(st.sampled_from(["PER", "LOC"])), start, stop))
        start = stop
    return found, length


@settings(deadline=None)
@given(text=texts())
def test_reading_the_tags_gives_the_spans(text):
    found, length = text
    assert spans.from_bio(spans.to_bio(found, length)) == found


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("I-A I-A O", [("A", 0, 2)]),
        ("B-A I-B I-B", [("A", 0, 1), ("B", 1, 3)]),
        ("B-A B-A I-A", [("A", 0, 1), ("A", 1, 3)]),
        ("O I-A B-A", [("A", 1, 2), ("A", 2, 3)]),
        ("B-A O I-A", [("A", 0, 1), ("A", 2, 3)]),
        ("", []),
    ],
)
def test_odd_tags_are_read_as_conll_does(tags, expected):
    assert spans.from_bio(tags.split()) == expected


TAGS = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])


def tree(tags):
    """NLTK's reading of the tags; it numbers nothing, so each token is its place."""
    tokens = [(str(place), "NN", tag) for place, tag in enumerate(tags)]
    return chunk.conlltags2tree(tokens, ("PER", "LOC"))


@settings(deadline=None)
@given(tags=st.lists(TAGS, max_size=12))
def test_any_tags_are_read_as_nltk_does(tags):
    found = [
        (part.label(), int(part[0][0]), int(part[-1][0]) + 1)
        for part in tree(tags).subtrees(lambda part: part.label() != "S")
    ]
    assert spans.from_bio(tags) == found


@settings(deadline=None)
@given(pairs=st.lists(st.lists(st.tuples(TAGS, TAGS), max_size=8), max_size=4))
def test_scores_are_those_of_nltk(pairs):
    texts = [[list(tags) for tags in zip(*pair, strict=True)] for pair in pairs if pair]
    judge = chunk.ChunkScore(chunk_label=".*")
    for found, true in texts:
        judge.score(tree(true), tree(found))
    found, true = ([spans.from_bio(both[k]) for both in texts] for k in (0, 1))
    score = spans.score(found, true)
    assert (score.found, score.true) == (len(judge.guessed()), len(judge.correct()))
    expected = judge.precision(), judge.recall(), judge.f_measure()
    np.testing.assert_allclose(score[:3], expected, rtol=1e-12)


@pytest.mark.parametrize("tag", ["A", "B", "B-", "X-A", "b-A", ""])
def test_other_tags_are_refused(tag):
    with pytest.raises(ValueError, match=f"got '{tag}'"):
        spans.from_bio(["O", tag])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([("A", 1, 1)], r"\('A', 1, 1\) is no span of 4 tokens"),
        ([("A", -1, 2)], "is no span"),
        ([("A", 3, 5)], "is no span"),
        ([("A", 0, 2), ("B", 1, 3)], r"\('B', 1, 3\) overlaps"),
    ],
)
def test_spans_that_cannot_be_tagged_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        spans.to_bio(wrong, 4)


def test_scores_count_whole_entities():
    true = [[("PER", 0, 2), ("LOC", 4, 5)], [("PER", 1, 2)]]
    found = [[("PER", 0, 1), ("LOC", 4, 5)], [("LOC", 1, 2), ("PER", 3, 4)]]
    # one of four found ones is right, one of three true ones is found
    everything = spans.score(found, true)
    assert everything == spans.Score(0.25, pytest.approx(1 / 3), 2 / 7, 4, 3)
    assert spans.score(found, true, "LOC") == (0.5, 1.0, pytest.approx(2 / 3), 2, 1)
    assert spans.score(found, true, "PER") == (0, 0, 0, 2, 2)
    assert spans.score([[]], [[]]) == (0, 0, 0, 0, 0)
    assert spans.score(true, true).f1 == 1
    # the same span twice is one
    assert spans.score([true[1] * 2], [true[1]]).precision == 1
    with pytest.raises(ValueError, match="found has 1 texts, true has 2"):
        spans.score([[]], true)


@settings(deadline=None)
@given(
    m=st.integers(1, 3),
    T=st.integers(1, 6),
    max_length=st.integers(1, 7),
    seed=st.integers(0, 2**32 - 1),
)
def test_best_span_equals_a_loop(m, T, max_length, seed):
    rng = np.random.default_rng(seed)
    starts, ends = rng.standard_normal((2, m, T))
    allowed = rng.random((m, T)) < 0.7
    allowed[:, rng.integers(T)] = True
    first, last = spans.best_span(starts, ends, max_length, allowed)
    for i in range(m):
        every = {
            (s, e): starts[i, s] + ends[i, e]
            for s in range(T)
            for e in range(s, min(T, s + max_length))
            if allowed[i, s] and allowed[i, e]
        }
        assert (first[i], last[i]) == max(every, key=every.get)


def test_best_span_is_not_the_best_start_and_the_best_end():
    starts = np.array([[0.0, 1.0, 5.0]])
    ends = np.array([[4.0, 3.0, 0.0]])
    first, last = spans.best_span(starts, ends, 3)
    assert (first[0], last[0]) == (2, 2)  # 5 + 0; (2, 0) would run backwards
    first, last = spans.best_span(starts - [[0, 0, 4]], ends, 3)
    assert (first[0], last[0]) == (0, 0)  # 0 + 4 stands before 1 + 3
    first, last = spans.best_span(np.zeros((1, 3)), np.zeros((1, 3)), 2)
    assert (first[0], last[0]) == (0, 0)


def test_wrong_scores_are_refused():
    with pytest.raises(ValueError, match=r"got \(1, 2\), \(1, 3\) and \(1, 2\)"):
        spans.best_span(np.zeros((1, 2)), np.zeros((1, 3)), 1)
    with pytest.raises(ValueError, match="max_length must be >= 1, got 0"):
        spans.best_span(np.zeros((1, 2)), np.zeros((1, 2)), 0)
    with pytest.raises(ValueError, match="needs a token"):
        spans.best_span(*np.zeros((2, 1, 2)), 1, np.array([[False, False]]))


@pytest.mark.parametrize(
    ("found", "true", "expected"),
    [
        ("the red house", "red house", 0.8),
        ("red red", "red", 2 / 3),
        ("a", "b", 0),
        ("", "b", 0),
        ("", "", 1),
        ("b a", "a b", 1),
    ],
)
def test_token_f1(found, true, expected):
    assert spans.token_f1(found.split(), true.split()) == pytest.approx(expected)

"""utils.tasks.ngrams on hand-worked counts and drawn sequences."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import ngrams

pytestmark = pytest.mark.filterwarnings("error")

SEQUENCES = st.lists(
    st.lists(st.integers(0, 3), min_size=1, max_size=5), min_size=1, max_size=5
)


def test_hand_worked():
    # 0 is the end. Two texts: 1 1 0 and 2 0
    texts = [[1, 1, 0], [2, 0]]
    unigram = ngrams.fit(texts, 1, 4)
    # 5 tokens of 3 kinds, 4 possible: (count + 3 / 4) / (5 + 3)
    expected = np.array([2.75, 2.75, 1.75, 0.75]) / 8
    np.testing.assert_allclose(ngrams.probabilities(unigram, [1, 2]), expected)
    bigram = ngrams.fit(texts, 2, 4)
    # after 1 came 1 and 0, once each: (count + 2 unigram) / (2 + 2)
    np.testing.assert_allclose(
        ngrams.probabilities(bigram, [2, 1]),
        (np.array([1, 1, 0, 0]) + 2 * expected) / 4,
    )
    # at the start stood 1 and 2
    np.testing.assert_allclose(
        ngrams.probabilities(bigram, []), (np.array([0, 1, 1, 0]) + 2 * expected) / 4
    )
    # 3 was never seen, so the shorter history decides
    np.testing.assert_allclose(ngrams.probabilities(bigram, [3]), expected)
    p = ngrams.probabilities
    probability = p(bigram, [])[2] * p(bigram, [2])[0]
    assert ngrams.log_probability(bigram, [2, 0]) == pytest.approx(np.log(probability))
    assert ngrams.perplexity(bigram, [[2, 0]]) == pytest.approx(probability**-0.5)


@settings(deadline=None)
@given(
    sequences=SEQUENCES, order=st.integers(1, 4), history=st.lists(st.integers(0, 4))
)
def test_distributions(sequences, order, history):
    model = ngrams.fit(sequences, order, 5)
    p = ngrams.probabilities(model, history)
    assert p.shape == (5,) and (p > 0).all()
    assert p.sum() == pytest.approx(1, rel=1e-12)
    # only the last order - 1 tokens count
    other = [4, *history] if len(history) >= order - 1 else history
    np.testing.assert_array_equal(p, ngrams.probabilities(model, other))


def test_all_texts_together_have_probability_one():
    model = ngrams.fit([[1, 0], [2, 1, 0], [1, 1, 1, 0]], 3, 3)
    total = 0.0
    for length in range(8):
        for body in itertools.product((1, 2), repeat=length):
            total += np.exp(ngrams.log_probability(model, [*body, 0]))
    rest = sum(
        np.exp(ngrams.log_probability(model, body))
        for body in itertools.product((1, 2), repeat=8)
    )  # texts that go on
    assert total + rest == pytest.approx(1, rel=1e-12)


def test_a_model_that_wavers_among_all_has_their_number_as_perplexity():
    model = ngrams.fit([], 2, 7)
    assert ngrams.perplexity(model, [[1, 2, 3]]) == pytest.approx(7)


def test_longer_histories_help_where_they_say_something():
    rng = np.random.default_rng(0)
    # each token repeats the one before the last one, nine times in ten
    texts = []
    for _ in range(200):
        text = [1, 2]
        for _ in range(20):
            text.append(text[-2] if rng.random() < 0.9 else int(rng.integers(1, 4)))
        texts.append([*text, 0])
    scores = [
        ngrams.perplexity(ngrams.fit(texts[:150], n, 4), texts[150:]) for n in (1, 2, 3)
    ]
    assert scores[2] < 0.6 * min(scores[:2])


def test_samples_follow_the_model():
    model = ngrams.fit([[1, 0], [1, 0], [2, 2, 0]], 2, 3)
    rng = np.random.default_rng(0)
    texts = [ngrams.sample(model, rng, end=0, max_length=6) for _ in range(3000)]
    assert max(map(len, texts)) <= 6 and all(0 not in text for text in texts)
    first = [text[0] if text else 0 for text in texts]
    shares = np.bincount(first, minlength=3) / 3000
    np.testing.assert_allclose(shares, ngrams.probabilities(model, []), atol=0.03)
    again = [ngrams.sample(model, np.random.default_rng(0), 0, 6) for _ in range(2)]
    assert again[0] == again[1] == texts[0]


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="order must be >= 1, got 0"):
        ngrams.fit([[1]], 0, 3)
    for token in (-1, 3):
        with pytest.raises(ValueError, match=rf"0 .. 2, got {token}"):
            ngrams.fit([[token]], 2, 3)
    with pytest.raises(ValueError, match="at least one token"):
        ngrams.perplexity(ngrams.fit([[1]], 1, 3), [[]])

"""utils.tasks.decoding against all sequences there are."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import decoding

pytestmark = pytest.mark.filterwarnings("error")


def chain(n, seed=0):
    """A step function whose distribution depends on the last token and the length."""
    scores = np.random.default_rng(seed).standard_normal((n + 1, 9, n)) * 2
    table = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))

    def step(prefixes):
        t = prefixes.shape[1]
        last = prefixes[:, -1] if t else np.full(len(prefixes), n)
        return table[last, t]

    return step


def log_probability(step, tokens):
    return sum(
        step(np.array([tokens[:t]], dtype=int).reshape(1, t))[0, token]
        for t, token in enumerate(tokens)
    )


@settings(deadline=None)
@given(n=st.integers(2, 3), length=st.integers(1, 4), seed=st.integers(0, 2**32 - 1))
def test_a_beam_as_wide_as_the_tree_finds_the_best_of_all(n, length, seed):
    step = chain(n, seed)
    every = {
        tokens: log_probability(step, tokens)
        for tokens in itertools.product(range(n), repeat=length)
    }
    found = decoding.beam_search(step, n**length, length)
    assert [h.tokens for h in found] == sorted(every, key=lambda t: -every[t])
    for h in found:
        assert h.log_probability == pytest.approx(every[h.tokens])
        assert h.finished and h.score == h.log_probability


@settings(deadline=None)
@given(
    power=st.sampled_from([0.0, 0.7, 1.0]),
    length=st.integers(1, 4),
    seed=st.integers(0, 2**32 - 1),
)
def test_with_an_end_token_too(power, length, seed):
    step, end = chain(3, seed), 1
    every = {}
    for size in range(length + 1):
        for body in itertools.product((0, 2), repeat=size):
            tokens = (*body, end) if size < length else body
            score = log_probability(step, tokens) / len(tokens) ** power
            every[body, size < length] = score
    found = decoding.beam_search(step, 3**length, length, end, power)
    assert len(found) == len(every)
    assert found[0].score == pytest.approx(max(every.values()))
    for h in found:
        assert h.score == pytest.approx(every[h.tokens, h.finished])
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_one_place_is_greedy_search():
    step = chain(4, seed=3)
    tokens = []
    for _ in range(5):
        prefix = np.array(tokens, dtype=int).reshape(1, -1)
        tokens.append(int(step(prefix).argmax()))
    (found,) = decoding.beam_search(step, 1, 5)
    assert found.tokens == tuple(tokens)


def garden_path(prefixes):
    """The first step favours 0, but what follows 1 is certain."""
    if prefixes.shape[1] == 0:
        return np.log([[0.6, 0.4]])
    with np.errstate(divide="ignore"):
        return np.log([[0.5, 0.5] if p[0] == 0 else [0.0, 1.0] for p in prefixes])


def test_a_second_place_rescues_a_late_bloomer():
    greedy = decoding.beam_search(garden_path, 1, 2)
    assert greedy[0].tokens == (0, 0)
    assert np.exp(greedy[0].log_probability) == pytest.approx(0.3)
    wide = decoding.beam_search(garden_path, 2, 2)
    assert [h.tokens for h in wide] == [(1, 1), (0, 0)]  # ties: the lower tokens
    assert np.exp(wide[0].log_probability) == pytest.approx(0.4)


def test_what_cannot_be_is_never_found():
    found = decoding.beam_search(garden_path, 10, 2)
    assert [h.tokens for h in found] == [(1, 1), (0, 0), (0, 1)]


def test_length_power_favours_longer_sequences():
    def step(prefixes):  # ends at once with .5, or later with nearly 1
        if prefixes.shape[1] == 0:
            return np.log([[0.5, 0.5]])
        return np.log(np.tile([0.2, 0.8], (len(prefixes), 1)))

    plain = decoding.beam_search(step, 3, 4, end=0)
    assert plain[0].tokens == () and plain[0].score == pytest.approx(np.log(0.5))
    mean = decoding.beam_search(step, 3, 4, end=0, length_power=1.0)
    assert mean[0].tokens == (1, 1, 1, 1) and not mean[0].finished
    assert mean[0].score == pytest.approx(np.log(0.5 * 0.8**3) / 4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 3), "beam_width must be >= 1, got 0"),
        ((2, 0), "max_length must be >= 1, got 0"),
        ((2, 3, None, -0.5), "length_power must be >= 0, got -0.5"),
    ],
)
def test_wrong_settings_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        decoding.beam_search(chain(3), *arguments)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros(3), r"\(1, n\) log-probabilities, got \(3,\)"),
        (np.zeros((2, 3)), r"got \(2, 3\)"),
        (np.array([[0.2, 0.8]]), "must be <= 0, got 0.8"),
        (np.array([[np.nan, -1.0]]), "must be <= 0, got nan"),
    ],
)
def test_wrong_steps_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        decoding.beam_search(lambda prefixes: values, 2, 3)

"""utils.tasks.skipgram against loops, finite differences, the tape and hand numbers."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import activations, gradcheck
from utils.tasks import skipgram

pytestmark = pytest.mark.filterwarnings("error")

TEXTS = st.lists(st.lists(st.integers(0, 4), max_size=7), min_size=1, max_size=5)


def arrays(text):
    return [np.array(sentence, dtype=np.int64) for sentence in text]


def looped(text, window):
    """Every pair with its distance, by the definition."""
    return [
        (word, sentence[j], abs(i - j))
        for sentence in text
        for i, word in enumerate(sentence)
        for j in range(len(sentence))
        if 0 < abs(i - j) <= window
    ]


@settings(deadline=None)
@given(text=TEXTS, window=st.integers(1, 9))
def test_pairs_are_those_of_the_definition(text, window):
    found = zip(*skipgram.pairs(arrays(text), window), strict=True)
    expected = sorted((w, c) for w, c, _ in looped(text, window))
    assert sorted((int(w), int(c)) for w, c in found) == expected


@settings(deadline=None)
@given(text=TEXTS, window=st.integers(1, 9), harmonic=st.booleans())
def test_cooccurrences_count_the_pairs(text, window, harmonic):
    expected = np.zeros((5, 5))
    for w, c, distance in looped(text, window):
        expected[w, c] += 1 / distance if harmonic else 1
    found = skipgram.cooccurrences(arrays(text), 5, window, harmonic)
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_noise_by_hand():
    np.testing.assert_allclose(skipgram.noise(np.array([16, 1, 0])), [8 / 9, 1 / 9, 0])
    np.testing.assert_allclose(skipgram.noise(np.array([3, 0, 1]), 0), [0.5, 0, 0.5])


def case(n, d, p, k, seed):
    rng = np.random.default_rng(seed)
    V, U = rng.normal(size=(2, n, d))
    drawn = rng.integers(n, size=(p, k + 2))
    return V, U, drawn[:, 0], drawn[:, 1], drawn[:, 2:]


@settings(deadline=None, max_examples=25)
@given(
    sizes=st.tuples(*[st.integers(1, top) for top in (5, 4, 6, 3)]),
    seed=st.integers(0, 2**32 - 1),
)
def test_negative_sampling_equals_the_tape(sizes, seed):
    V, U, centres, contexts, negatives = case(*sizes, seed)
    tensors = tf.Variable(V), tf.Variable(U)
    with tf.GradientTape() as tape:
        centre = tf.gather(tensors[0], centres)
        right = tf.reduce_sum(centre * tf.gather(tensors[1], contexts), axis=1)
        wrong = tf.einsum("pd,pkd->pk", centre, tf.gather(tensors[1], negatives))
        cost = -tf.reduce_mean(
            tf.math.log_sigmoid(right)
            + tf.reduce_sum(tf.math.log_sigmoid(-wrong), axis=1)
        )
    expected = [tf.convert_to_tensor(g) for g in tape.gradient(cost, tensors)]
    loss, dV, dU = skipgram.negative_sampling(V, U, centres, contexts, negatives)
    assert loss == pytest.approx(float(cost), rel=1e-12)
    np.testing.assert_allclose(dV, expected[0], rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(dU, expected[1], rtol=1e-10, atol=1e-13)


def test_the_expected_loss_is_the_mean_over_all_pairs_and_all_negatives():
    rng = np.random.default_rng(1)
    V, U = rng.normal(size=(2, 4, 3))
    text = arrays([[0, 1, 2, 0], [3, 1], [2, 2, 3]])
    counts = skipgram.cooccurrences(text, 4, 2)
    noise = skipgram.noise(counts.sum(axis=0))
    centres, contexts = skipgram.pairs(text, 2)
    # Every pair with every possible negative, weighted by its probability.
    expected = [0.0, 0.0, 0.0]
    for word, probability in enumerate(noise):
        negatives = np.full((len(centres), 1), word)
        found = skipgram.negative_sampling(V, U, centres, contexts, negatives)
        expected = [e + probability * f for e, f in zip(expected, found, strict=True)]
    found = skipgram.expected_negative_sampling(V, U, counts, noise, 1)
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("block", [1, 14, 10**6])
def test_blocks_and_a_noise_of_each_centre_change_nothing(monkeypatch, block):
    monkeypatch.setattr(skipgram, "BLOCK", block)
    rng = np.random.default_rng(4)
    V, U = 30 * rng.normal(size=(2, 7, 3))  # scores of some hundreds, too
    counts = rng.integers(0, 9, (7, 7)).astype(float)
    noise = rng.random((7, 7))
    found = skipgram.expected_negative_sampling(V, U, counts, noise, 2)
    real = counts / counts.sum()
    false = 2 * noise * real.sum(axis=1, keepdims=True)
    scores = V @ U.T
    loss = real * np.logaddexp(0, -scores) + false * np.logaddexp(0, scores)
    slopes = (real + false) * activations.sigmoid(scores) - real
    for ours, theirs in zip(found, (loss.sum(), slopes @ U, slopes.T @ V), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


def test_expected_loss_is_smallest_at_the_shifted_pmi():
    rng = np.random.default_rng(2)
    counts = rng.integers(1, 20, (4, 4)).astype(float)
    counts += counts.T
    noise, k = skipgram.noise(counts.sum(axis=0)), 3
    best, eye = skipgram.shifted_pmi(counts, noise, k), np.eye(4)
    loss, dV, dU = skipgram.expected_negative_sampling(
        best, np.eye(4), counts, noise, k
    )
    assert np.abs(dV).max() < 1e-15 and np.abs(dU).max() < 1e-14
    for _ in range(5):
        moved = best + 0.01 * rng.normal(size=best.shape)
        worse = skipgram.expected_negative_sampling(moved, eye, counts, noise, k)
        assert worse[0] > loss


def test_pmi_by_hand():
    counts = np.array([[0.0, 3.0], [3.0, 2.0]])
    found = skipgram.shifted_pmi(counts, np.array([0.5, 0.5]), 2)
    # Word 0 has only neighbour 1: log(1 / (2 * .5)) = 0; word 1: 3/5 and 2/5.
    np.testing.assert_allclose(found, [[-np.inf, 0], [np.log(0.6), np.log(0.4)]])


def test_glove_gradients_equal_finite_differences():
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 12, (5, 5)).astype(float)
    shapes = {"V": (5, 2), "U": (5, 2), "b": (5, 1), "c": (5, 1)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    _, grads = skipgram.glove(parameters, counts, x_max=8)
    numeric = gradcheck.numerical_gradient(
        lambda values: skipgram.glove(values, counts, x_max=8)[0], parameters
    )
    assert gradcheck.relative_difference(grads, numeric) < 1e-7


def test_glove_cost_by_hand():
    ones = {name: np.ones((2, 1)) for name in ("V", "U", "b", "c")}
    # Scores 1 + 1 + 1 = 3. X = 1 at x_max 16: weight 1/8, error 3; X = 16: weight 1.
    cost, _ = skipgram.glove(ones, np.array([[1.0, 0.0], [0.0, 16.0]]), x_max=16)
    assert cost == pytest.approx(9 / 8 + (3 - np.log(16)) ** 2)


@pytest.mark.parametrize(
    ("text", "window", "message"),
    [([[1, 2]], 0, "window must be >= 1, got 0"), ([], 2, "at least one sentence")],
)
def test_bad_input_is_named(text, window, message):
    with pytest.raises(ValueError, match=message):
        skipgram.pairs(arrays(text), window)

"""utils.tasks.word_vectors against loops, hand-worked cases and eigenvectors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import word_vectors

pytestmark = pytest.mark.filterwarnings("error")


def drawn(shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def test_cosine_hand_worked():
    u = np.array([[3.0, 4.0], [1.0, 0.0], [2.0, -2.0]])
    found = word_vectors.cosine(u, np.array([6.0, 8.0]))
    np.testing.assert_allclose(found, [1.0, 0.6, (12 - 16) / (10 * 8**0.5)], rtol=1e-14)
    assert word_vectors.cosine(u[0], -u[0]) == -1
    with pytest.raises(ValueError, match=r"length 0 has no direction, at \[\[1\]\]"):
        word_vectors.cosine(np.array([[1.0, 0.0], [0.0, 0.0]]), u[0])


@settings(deadline=None)
@given(n=st.integers(3, 12), d=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_nearest_equals_a_loop(n, d, seed):
    vectors, query = drawn((n, d), seed), drawn(d, seed + 1)
    cosines = {k: word_vectors.cosine(vectors[k], query) for k in range(n) if k != 2}
    expected = sorted(cosines, key=lambda k: -cosines[k])
    rows, found = word_vectors.nearest(vectors, query, n - 1, without=(2, 2))
    np.testing.assert_allclose(found, [cosines[k] for k in expected], rtol=1e-12)
    if d > 1:  # on a line all cosines are 1 or -1
        assert rows.tolist() == expected
    for count in (0, n):
        with pytest.raises(ValueError, match=rf"in 1 .. {n - 1}, got {count}"):
            word_vectors.nearest(vectors, query, count, without=(2,))


def test_analogies_hand_worked():
    # columns: royal, female, length; the words differ in length, the directions count
    words = {
        "man": [1.0, -1.0, 1.0],
        "woman": [1.0, 1.0, 1.0],
        "king": [5.0, -1.0, 1.0],
        "queen": [5.0, 1.0, 1.0],
        "bread": [-1.0, 0.0, 3.0],
    }
    vectors = np.array(list(words.values())) * np.array([[1], [2], [1], [3], [9]])
    rows = [np.array([list(words).index(w)] * 2) for w in ("man", "king", "woman")]
    np.testing.assert_array_equal(word_vectors.analogies(vectors, *rows), [3, 3])


def test_analogies_never_answer_with_the_question_and_equal_a_loop(monkeypatch):
    vectors = drawn((30, 4))
    a, b, c = np.random.default_rng(1).integers(0, 30, (3, 50))
    monkeypatch.setattr(
        word_vectors, "BLOCK", 7
    )  # several blocks, the last one shorter
    found = word_vectors.analogies(vectors, a, b, c)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions = vectors / lengths
    for k, answer in enumerate(found):
        target = directions[b[k]] - directions[a[k]] + directions[c[k]]
        scores = {
            w: directions[w] @ target for w in range(30) if w not in (a[k], b[k], c[k])
        }
        assert answer == max(scores, key=scores.get)
    with pytest.raises(ValueError, match=r"\(50,\), \(50,\) and \(3,\)"):
        word_vectors.analogies(vectors, a, b, c[:3])


def test_neutralised_vectors_stand_across_the_direction():
    vectors, direction = drawn((6, 5)), drawn(5, 1)
    flat = word_vectors.neutralise(vectors, direction)
    np.testing.assert_allclose(flat @ direction, np.zeros(6), atol=1e-14)
    # what was taken away lies along the direction
    away = vectors - flat
    np.testing.assert_allclose(
        np.abs(word_vectors.cosine(away, direction)), np.ones(6), rtol=1e-12
    )
    np.testing.assert_allclose(
        word_vectors.neutralise(flat, 3 * direction), flat, atol=1e-14
    )
    one = word_vectors.neutralise(vectors[0], direction)
    np.testing.assert_allclose(one, flat[0], atol=1e-15)


def test_equalised_words_differ_along_the_direction_only():
    pair, direction = word_vectors.unit(drawn((2, 5))), drawn(5, 1)
    before = pair @ direction
    one, two = word_vectors.equalise(pair, direction)
    axis = direction / np.linalg.norm(direction)
    np.testing.assert_allclose([one @ one, two @ two], [1, 1], rtol=1e-12)
    np.testing.assert_allclose(one @ axis, -(two @ axis), rtol=1e-12)
    across = [w - (w @ axis) * axis for w in (one, two)]
    np.testing.assert_allclose(across[0], across[1], atol=1e-14)
    middle = pair.mean(axis=0)
    np.testing.assert_allclose(across[0], middle - (middle @ axis) * axis, atol=1e-14)
    assert np.sign(one @ axis - two @ axis) == np.sign(before[0] - before[1])
    # a neutral word is now as near to one as to the other
    neutral = word_vectors.neutralise(drawn(5, 2), direction)
    np.testing.assert_allclose(neutral @ one, neutral @ two, rtol=1e-12)


def test_equalise_refuses_what_has_no_sides():
    pair = word_vectors.unit(drawn((2, 3)))
    with pytest.raises(ValueError, match=r"length 1, got \(2, 3\) of length \[2. 2.\]"):
        word_vectors.equalise(2 * pair, pair[0])
    same = np.array([[0.6, 0.8], [0.6, -0.8]])
    with pytest.raises(ValueError, match=r"both words lie at 0.6"):
        word_vectors.equalise(same, np.array([1.0, 0.0]))


def test_bias_direction_of_pairs():
    rng = np.random.default_rng(0)
    axis = word_vectors.unit(rng.standard_normal(6))
    middles = rng.standard_normal((8, 1, 6))
    halves = rng.uniform(0.5, 1, (8, 1, 1)) * np.array([[[1.0], [-1.0]]]) * axis
    direction = word_vectors.bias_direction(middles + halves)
    np.testing.assert_allclose(direction, axis, atol=1e-12)
    turned = word_vectors.bias_direction((middles + halves)[:, ::-1])
    np.testing.assert_allclose(turned, -axis, atol=1e-12)


@settings(deadline=None)
@given(m=st.integers(2, 8), d=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_principal_components_are_eigenvectors_of_the_covariance(m, d, seed):
    vectors = drawn((m, d), seed)
    count = min(m, d)
    coordinates, shares = word_vectors.principal_components(vectors, count)
    np.testing.assert_allclose(coordinates.mean(axis=0), np.zeros(count), atol=1e-12)
    covariance = np.atleast_2d(np.cov(vectors.T, bias=True))
    values = np.linalg.eigvalsh(covariance)[::-1][:count]
    np.testing.assert_allclose(
        coordinates.T @ coordinates / m, np.diag(values), atol=1e-10
    )
    np.testing.assert_allclose(shares, values / np.trace(covariance), atol=1e-10)
    again, _ = word_vectors.principal_components(-vectors, count)
    np.testing.assert_allclose(again, -coordinates, atol=1e-9)


def test_maps_need_dimensions():
    for count in (0, 4):
        with pytest.raises(ValueError, match=rf"no {count} components .* \(3, 9\)"):
            word_vectors.principal_components(drawn((3, 9)), count)
    same = np.ones((3, 4))
    coordinates, shares = word_vectors.principal_components(same, 2)
    np.testing.assert_array_equal(coordinates, np.zeros((3, 2)))
    np.testing.assert_array_equal(shares, np.zeros(2))

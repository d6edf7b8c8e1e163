"""Geometry of word vectors: angles, neighbours, analogies, and directions taken out.

Vectors are rows, (n, d), one per word.
"""

import numpy as np

BLOCK = 256  # queries whose similarities to all words are in memory at once


def unit(vectors: np.ndarray) -> np.ndarray:
    """Scale every vector to length 1; cosines of such vectors are plain products.

    vectors : (..., d) float
    returns  the same shape
    raises   ValueError if one has length 0: it has no direction
    """
    vectors = np.asarray(vectors)
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    if not (lengths > 0).all():
        places = np.argwhere(~(lengths[..., 0] > 0)).tolist()[:3]
        raise ValueError(f"a vector of length 0 has no direction, at {places}")
    return vectors / lengths


def cosine(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Cosine of the angle between vectors: 1 along each other, 0 across, -1 against.

    u, v    : (..., d) float, shapes that broadcast
    returns  (...) float in [-1, 1]
    raises   ValueError if a vector has length 0

    Built in course5_sequence/05_word_vectors.
    """
    return np.clip((unit(u) * unit(v)).sum(axis=-1), -1, 1)


def nearest(
    vectors: np.ndarray, query: np.ndarray, count: int, without: tuple[int, ...] = ()
) -> tuple[np.ndarray, np.ndarray]:
    """Find the words whose vectors point most nearly where `query` points.

    vectors : (n, d) float
    query   : (d,) float
    count   : int in 1 .. n - len(without)
    without : rows that must not be found, as the query's own
    returns  rows (count,) and their cosines (count,), highest first
    raises   ValueError with count if there are not so many

    Built in course5_sequence/05_word_vectors.
    """
    without = sorted(set(without))
    if not 1 <= count <= len(vectors) - len(without):
        raise ValueError(
            f"count must lie in 1 .. {len(vectors) - len(without)}, got {count}"
        )
    similarities = unit(vectors) @ unit(query)
    similarities[without] = -np.inf
    rows = np.argsort(-similarities, kind="stable")[:count]
    return rows, np.clip(similarities[rows], -1, 1)


def analogies(
    vectors: np.ndarray, a: np.ndarray, b: np.ndarray, c: np.ndarray
) -> np.ndarray:
    """Answer "a is to b as c is to ?": the word nearest to b - a + c, not one of them.

    vectors : (n, d) float   brought to length 1 first, so that no word counts more
    a, b, c : (q,) int       rows of the words of q questions
    returns  (q,) int        rows of the answers
    raises   ValueError naming the shapes if a, b and c differ

    Mikolov et al. 2013, called 3CosAdd by Levy and Goldberg 2014.
    Built in course5_sequence/05_word_vectors.
    """
    a, b, c = (np.atleast_1d(rows) for rows in (a, b, c))
    if not a.shape == b.shape == c.shape or a.ndim != 1:
        raise ValueError(
            f"a, b and c must be (q,), got {a.shape}, {b.shape} and {c.shape}"
        )
    directions = unit(vectors)
    answers = np.empty(len(a), dtype=np.int64)
    for start in range(0, len(a), BLOCK):
        asked = [rows[start : start + BLOCK] for rows in (a, b, c)]
        targets = directions[asked[1]] - directions[asked[0]] + directions[asked[2]]
        similarities = targets @ directions.T  # (block, n); lengths change no order
        questions = np.arange(len(targets))
        for rows in asked:
            similarities[questions, rows] = -np.inf
        answers[start : start + BLOCK] = similarities.argmax(axis=1)
    return answers


def neutralise(vectors: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Take out of each vector what lies along `direction`.

    vectors   : (..., d) float
    direction : (d,) float, of any length but 0
    returns    the same shape, at right angles to direction; lengths shrink

    Bolukbasi et al. 2016. Built in course5_sequence/05_word_vectors.
    """
    axis = unit(direction)
    along = np.asarray(vectors) @ axis
    return vectors - along[..., np.newaxis] * axis


def equalise(pair: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Make two words differ along `direction` only, and be equally long.

    What they share at right angles to the direction is kept; along it they are put at
    the same distance on both sides, such that their length is 1.

    pair      : (2, d) float, of length 1 each
    direction : (d,) float, of any length but 0
    returns    (2, d) float of length 1, in the order given
    raises     ValueError with the lengths if they are not 1, or if both words lie at
               one place along the direction, so that neither belongs on the other side

    Bolukbasi et al. 2016, section 6. Built in course5_sequence/05_word_vectors.
    """
    pair = np.asarray(pair)
    lengths = np.linalg.norm(pair, axis=-1)
    if pair.ndim != 2 or len(pair) != 2 or not np.allclose(lengths, 1, atol=1e-5):
        raise ValueError(
            f"pair must be (2, d) of length 1, got {pair.shape} of length {lengths}"
        )
    axis = unit(direction)
    along = pair @ axis
    sides = np.sign(along - along.mean())
    if not sides.all():
        raise ValueError(f"both words lie at {along[0]} along the direction")
    shared = neutralise(pair.mean(axis=0), axis)
    reach = np.sqrt(1 - shared @ shared)
    return shared + (sides * reach)[:, np.newaxis] * axis


def bias_direction(pairs: np.ndarray) -> np.ndarray:
    """The direction along which the words of all pairs differ most.

    pairs   : (k, 2, d) float   k pairs such as she and he
    returns  (d,) float of length 1, from the second words towards the first

    First principal component of the words, each pair's middle taken off.
    Bolukbasi et al. 2016, section 5.1. Built in course5_sequence/05_word_vectors.
    """
    pairs = np.asarray(pairs)
    halves = pairs - pairs.mean(axis=1, keepdims=True)
    _, _, directions = np.linalg.svd(halves.reshape(-1, pairs.shape[-1]), False)
    towards = (halves[:, 0] @ directions[0]).sum()
    return directions[0] if towards >= 0 else -directions[0]


def principal_components(
    vectors: np.ndarray, count: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Draw vectors in fewer dimensions, such that they lie as far apart as possible.

    vectors : (m, d) float
    count   : int in 1 .. min(m, d)
    returns  coordinates (m, count) with mean 0, and the share of the variance that each
             of them carries (count,); the entry of largest size is positive in each
             direction, so that maps do not flip
    raises   ValueError with count and the shape

    Built in course5_sequence/05_word_vectors.
    """
    vectors = np.asarray(vectors)
    if vectors.ndim != 2 or not 1 <= count <= min(vectors.shape):
        raise ValueError(f"no {count} components for vectors {vectors.shape}")
    centred = vectors - vectors.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions[:count]
    largest = np.abs(directions).argmax(axis=1)
    directions *= np.sign(directions[np.arange(count), largest])[:, np.newaxis]
    total = np.square(sizes).sum()
    shares = np.square(sizes[:count]) / (total if total > 0 else 1)
    return centred @ directions.T, shares

"""Word vectors learnt from neighbours: skip-gram, negative sampling, GloVe's fit.

A text is a list of sentences, each an array of word numbers. Vectors are rows, (n, d):
`V` holds a word's vector where it stands in the centre, `U` where it is a neighbour.
"""

from collections.abc import Sequence

import numpy as np

from utils.nn import activations

Sentences = Sequence[np.ndarray]
BLOCK = 2**17  # pairs of words whose scores are in memory at once


def pairs(sentences: Sentences, window: int) -> tuple[np.ndarray, np.ndarray]:
    """List every word with every neighbour at most `window` places away.

    sentences : arrays (T,) int; neighbours are looked for in the same sentence only
    window    : int >= 1
    returns    centres (p,) and contexts (p,), int64; each pair occurs in both orders
    raises     ValueError for a window below 1

    Built in course5_sequence/06_word2vec.
    """
    tokens, sentence = _joined(sentences, window)
    centres, contexts = [], []
    for shift in range(1, window + 1):  # all places at once, one distance at a time
        together = sentence[:-shift] == sentence[shift:]
        left, right = tokens[:-shift][together], tokens[shift:][together]
        centres += [left, right]
        contexts += [right, left]
    return np.concatenate(centres), np.concatenate(contexts)


def cooccurrences(
    sentences: Sentences, num_words: int, window: int, harmonic: bool = False
) -> np.ndarray:
    """Count how often each word has each other as a neighbour, (n, n) float64.

    sentences : arrays (T,) int below num_words
    num_words : int, n
    window    : int >= 1
    harmonic  : whether a neighbour at distance r counts 1/r, as in GloVe
    returns    X, X[w, c] for centre w and neighbour c; symmetric

    Built in course5_sequence/06_word2vec.
    """
    tokens, sentence = _joined(sentences, window)
    counts = np.zeros(num_words * num_words)
    for shift in range(1, window + 1):
        together = sentence[:-shift] == sentence[shift:]
        left, right = tokens[:-shift][together], tokens[shift:][together]
        weight = 1 / shift if harmonic else 1.0
        counts += weight * np.bincount(left * num_words + right, minlength=counts.size)
    counts = counts.reshape(num_words, num_words)
    return counts + counts.T


def noise(counts: np.ndarray, power: float = 0.75) -> np.ndarray:
    """The distribution of false neighbours: counts ** power, brought to the sum 1.

    counts  : (n,) >= 0   how often each word occurs
    power   : 1 draws words as often as they occur, 0 all alike
    returns  (n,) float

    Mikolov et al. 2013, section 2.2. Built in course5_sequence/06_word2vec.
    """
    raised = np.where(counts > 0, np.asarray(counts, dtype=float) ** power, 0.0)
    return raised / raised.sum()


def negative_sampling(
    V: np.ndarray,
    U: np.ndarray,
    centres: np.ndarray,
    contexts: np.ndarray,
    negatives: np.ndarray,
) -> tuple[float, np.ndarray, np.ndarray]:
    """Mean loss of a batch of pairs and its gradients.

    One pair costs -log sigmoid(u_c . v_w), and each of its negatives n
    -log sigmoid(-u_n . v_w).

    V, U      : (n, d) float
    centres   : (p,) int      w
    contexts  : (p,) int      c
    negatives : (p, k) int    n, drawn from `noise`
    returns    loss, dV (n, d), dU (n, d); a word that occurs twice gets both gradients

    Mikolov et al. 2013, equation 4. Built in course5_sequence/06_word2vec.
    """
    words = np.concatenate([contexts[:, np.newaxis], negatives], axis=1)  # (p, 1 + k)
    signs = np.where(np.arange(words.shape[1]) == 0, 1.0, -1.0)
    centre, others = V[centres], U[words]  # (p, d), (p, 1 + k, d)
    scores = signs * np.einsum("pd,pkd->pk", centre, others)
    loss = np.logaddexp(0, -scores).sum(axis=1).mean()
    slopes = -signs * activations.sigmoid(-scores) / len(centres)  # of the dot products
    dV, dU = np.zeros_like(V), np.zeros_like(U)
    np.add.at(dV, centres, np.einsum("pk,pkd->pd", slopes, others))
    np.add.at(dU, words, slopes[:, :, np.newaxis] * centre[:, np.newaxis])
    return float(loss), dV, dU


def expected_negative_sampling(
    V: np.ndarray, U: np.ndarray, counts: np.ndarray, noise: np.ndarray, k: float
) -> tuple[float, np.ndarray, np.ndarray]:
    """The mean of `negative_sampling` over all pairs of a text and all draws.

    V, U    : (n, d) float
    counts  : (n, n)      co-occurrences X
    noise   : (n,)        distribution of the negatives; (n, n), one row per centre
    k       : float > 0   negatives per pair
    returns  loss, dV (n, d), dU (n, d)

    Levy and Goldberg 2014, equation 4. Built in course5_sequence/06_word2vec.
    """
    total = counts.sum()
    noise = np.broadcast_to(noise, counts.shape)
    loss, dV, dU = 0.0, np.zeros_like(V), np.zeros_like(U)
    height = max(1, BLOCK // len(U))
    for top in range(0, len(V), height):
        rows = slice(top, top + height)
        real = counts[rows] / total
        both = real + noise[rows] * (k * real.sum(axis=1, keepdims=True))
        scores = V[rows] @ U.T
        small = np.exp(-np.abs(scores))  # never overflows
        # -log sigmoid(s) = -log sigmoid(-s) - s, so one logarithm serves both
        false_cost = np.maximum(scores, 0) + np.log1p(small)
        loss += float(np.vdot(both, false_cost) - np.vdot(real, scores))
        slopes = both * np.where(scores >= 0, 1, small) / (1 + small) - real
        dV[rows] = slopes @ U
        dU += slopes.T @ V[rows]
    return loss, dV, dU


def glove(
    parameters: dict[str, np.ndarray],
    counts: np.ndarray,
    x_max: float = 100.0,
    alpha: float = 0.75,
) -> tuple[float, dict[str, np.ndarray]]:
    """GloVe's cost, sum of f(X) (v . u + b + c - log X)^2 over pairs that occur.

    parameters : "V", "U" (n, d), "b", "c" (n, 1)
    counts     : (n, n) >= 0   X; pairs with 0 do not count
    x_max, alpha : f(X) = min(1, X / x_max) ** alpha
    returns     cost, grads "dV", "dU", "db", "dc"

    Pennington et al. 2014, equation 8. Built in course5_sequence/06_word2vec.
    """
    V, U, b, c = (parameters[name] for name in ("V", "U", "b", "c"))
    occurs = counts > 0
    target = np.log(np.where(occurs, counts, 1.0))
    # x ** alpha = exp(alpha log x), and exp is several times faster than a power
    weight = occurs * np.minimum(1.0, np.exp(alpha * (target - np.log(x_max))))
    error = V @ U.T + b + c.T - target
    slopes = 2 * weight * error
    grads = {"dV": slopes @ U, "dU": slopes.T @ V}
    grads |= {"db": slopes.sum(axis=1, keepdims=True)}
    grads |= {"dc": slopes.sum(axis=0)[:, np.newaxis]}
    return float(np.sum(weight * error**2)), grads


def shifted_pmi(counts: np.ndarray, noise: np.ndarray, k: float) -> np.ndarray:
    """The scores at which the expected loss is smallest, if d is large enough.

    counts  : (n, n)   co-occurrences X
    noise   : (n,)     distribution of the negatives
    k       : float    negatives per pair
    returns  (n, n)    log(P(c | w) / (k noise(c))); -inf where a pair never occurs

    With `noise` the neighbours' own shares this is the pointwise mutual information
    less log k: Levy and Goldberg 2014, equation 7.
    """
    given = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-300)
    with np.errstate(divide="ignore"):
        return np.log(given) - np.log(k * noise)


def _joined(sentences: Sentences, window: int) -> tuple[np.ndarray, np.ndarray]:
    """All tokens behind one another, and the number of each one's sentence."""
    if window < 1:
        raise ValueError(f"window must be >= 1, got {window}")
    sizes = [len(sentence) for sentence in sentences]
    if not sizes:
        raise ValueError("a text needs at least one sentence, got none")
    tokens = np.concatenate([np.asarray(s, dtype=np.int64) for s in sentences])
    return tokens, np.repeat(np.arange(len(sizes)), sizes)

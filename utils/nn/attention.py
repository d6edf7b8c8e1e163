"""Attention: each query takes an average of the values, weighted by how keys answer it.

Examples come first, as in the papers: Q (..., T_q, d), K (..., T_k, d), V (..., T_k,
d_v), where ... may be (m,) or (m, h) for heads. `multihead` builds on `dot_product`.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import activations


class DotCache(NamedTuple):
    """What `dot_product` leaves for `dot_product_backward`."""

    Q: np.ndarray
    K: np.ndarray
    V: np.ndarray
    weights: np.ndarray  # (..., T_q, T_k), each row sums to 1


class AdditiveCache(NamedTuple):
    """What `additive` leaves for `additive_backward`."""

    hidden: np.ndarray  # (..., T_q, T_k, d), tanh of query plus key
    v: np.ndarray
    V: np.ndarray
    weights: np.ndarray  # (..., T_q, T_k), each row sums to 1


def dot_product(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, DotCache]:
    """Average the values with weights softmax(Q K^T / sqrt(d)).

    Q       : (..., T_q, d) float     queries
    K       : (..., T_k, d) float     keys
    V       : (..., T_k, d_v) float   values, one per key
    mask    : bool, broadcast to (..., T_q, T_k)   True where a query may look, as in
              Keras; a query that may look nowhere gets zeros
    returns  context (..., T_q, d_v) and the DotCache, whose `weights` are the attention
    raises   ValueError naming the shapes if they do not fit

    The root keeps the scores' variance at 1 if entries of Q and K have variance 1.
    Vaswani et al. 2017, section 3.2.1. Built in course5_sequence/10_transformer.
    """
    _check(Q, K, V)
    # Scaling the queries is cheaper than scaling all scores.
    scores = (Q / np.sqrt(Q.shape[-1]).astype(Q.dtype)) @ np.swapaxes(K, -1, -2)
    weights = masked_softmax(scores, mask)
    return weights @ V, DotCache(Q, K, V, weights)


def dot_product_backward(
    d_context: np.ndarray, cache: DotCache
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `dot_product`.

    d_context : (..., T_q, d_v) float   gradient with respect to the context
    cache     : from `dot_product`
    returns    dQ, dK, dV in the shapes of Q, K, V
    raises     ValueError naming both shapes if d_context does not fit

    Built in course5_sequence/10_transformer.
    """
    Q, K, V, weights = cache
    d_scores, dV = _to_scores(d_context, weights, V)
    d_scores = d_scores / np.sqrt(Q.shape[-1]).astype(Q.dtype)
    return d_scores @ K, np.swapaxes(d_scores, -1, -2) @ Q, dV


def additive(
    Q: np.ndarray,
    K: np.ndarray,
    V: np.ndarray,
    v: np.ndarray,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, AdditiveCache]:
    """Average the values with weights softmax over keys of v . tanh(query + key).

    Q, K, V : (..., T_q, d), (..., T_k, d), (..., T_k, d_v) float   queries and keys are
              already multiplied with their weights
    v       : (d,) float   how much each hidden unit counts; `scale` in Keras
    mask    : as in `dot_product`
    returns  context (..., T_q, d_v) and the AdditiveCache with the `weights`
    raises   ValueError naming the shapes if they do not fit

    Bahdanau et al. 2015, appendix A.1.2; AdditiveAttention of Keras.
    Built in course5_sequence/08_translation_with_attention.
    """
    _check(Q, K, V)
    if np.shape(v) != Q.shape[-1:]:
        raise ValueError(f"v must be {Q.shape[-1:]}, got {np.shape(v)}")
    hidden = np.tanh(Q[..., :, np.newaxis, :] + K[..., np.newaxis, :, :])
    weights = masked_softmax(hidden @ v, mask)
    return weights @ V, AdditiveCache(hidden, v, V, weights)


def additive_backward(
    d_context: np.ndarray, cache: AdditiveCache
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gradients through `additive`.

    d_context : (..., T_q, d_v) float   gradient with respect to the context
    cache     : from `additive`
    returns    dQ, dK, dV, dv in the shapes of Q, K, V, v
    raises     ValueError naming both shapes if d_context does not fit

    Built in course5_sequence/08_translation_with_attention.
    """
    hidden, v, V, weights = cache
    d_scores, dV = _to_scores(d_context, weights, V)
    dv = np.tensordot(d_scores, hidden, axes=d_scores.ndim)
    d_sum = d_scores[..., np.newaxis] * v * (1 - hidden**2)  # (..., T_q, T_k, d)
    return d_sum.sum(axis=-2), d_sum.sum(axis=-3), dV, dv


def masked_softmax(scores: np.ndarray, mask: np.ndarray | None = None) -> np.ndarray:
    """Softmax over the last axis, of the places where `mask` is True; 0 elsewhere.

    scores  : (..., T_k) float
    mask    : bool, broadcast to the shape of scores; None for all places
    returns  the shape of scores; a row without a True is all 0
    raises   ValueError if the mask is not bool
    """
    if mask is None:
        return activations.softmax(scores, axis=-1)
    mask = np.asarray(mask)
    if mask.dtype != bool:
        raise ValueError(f"mask must be bool, True where to look, got {mask.dtype}")
    hidden = np.where(mask, scores, -np.inf)
    highest = hidden.max(axis=-1, keepdims=True)
    # A row without a True has -inf as its highest score; 0 in its place gives exp 0.
    e = np.exp(hidden - np.where(np.isfinite(highest), highest, 0))
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1, total)


def causal_mask(T: int) -> np.ndarray:
    """Let step t look at the steps up to itself: (T, T) bool, True up to the diagonal.

    Built in course5_sequence/10_transformer.
    """
    return np.tri(T, dtype=bool)


def padding_mask(tokens: np.ndarray, padding: int = 0) -> np.ndarray:
    """Let queries look at real tokens only.

    tokens  : (m, T_k) int
    padding : int         the token that fills up short sequences
    returns  (m, 1, T_k) bool, for any number of queries

    Built in course5_sequence/10_transformer.
    """
    return (np.asarray(tokens) != padding)[:, np.newaxis, :]


def positions(T: int, d: int) -> np.ndarray:
    """Sinusoids that tell a network where in the sequence a token stands.

    Pair k of the d columns turns by 1 / 10000^(2k / d) radians per step: sine in column
    2k, cosine in column 2k + 1.

    T       : int >= 1   steps
    d       : int >= 2   even, size of the vectors they are added to
    returns  (T, d) float64 in [-1, 1]
    raises   ValueError for an odd d

    Vaswani et al. 2017, section 3.5. Built in course5_sequence/10_transformer.
    """
    if d % 2 or d < 2:
        raise ValueError(f"d must be even and >= 2, got {d}")
    rates = 10000.0 ** -(np.arange(0, d, 2) / d)  # (d / 2,) radians per step
    angles = np.arange(T)[:, np.newaxis] * rates
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, d)


def _to_scores(
    d_context: np.ndarray, weights: np.ndarray, V: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Gradients with respect to the scores before the softmax, and to V."""
    expected = (*weights.shape[:-1], V.shape[-1])
    if np.shape(d_context) != expected:
        raise ValueError(f"d_context must be {expected}, got {np.shape(d_context)}")
    d_weights = d_context @ np.swapaxes(V, -1, -2)
    # Raising one score takes weight from all others, hence the row's mean.
    mean = (d_weights * weights).sum(axis=-1, keepdims=True)
    return weights * (d_weights - mean), np.swapaxes(weights, -1, -2) @ d_context


def _check(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> None:
    shapes = [np.shape(array) for array in (Q, K, V)]
    q, k, v = shapes
    if (
        min(map(len, shapes)) < 2
        or not q[:-2] == k[:-2] == v[:-2]
        or q[-1] != k[-1]
        or k[-2] != v[-2]
    ):
        raise ValueError(
            "expected Q (..., T_q, d), K (..., T_k, d), V (..., T_k, d_v), "
            f"got Q {q}, K {k}, V {v}"
        )

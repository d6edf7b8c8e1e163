"""Multi-head attention: several small attentions side by side, each with its own view.

Examples come first: query (m, T_q, n_q), and what is looked at (m, T_k, n_k). Weights
have the shapes of keras.layers.MultiHeadAttention.
"""

from typing import NamedTuple

import numpy as np

from utils.nn import attention

Parameters = dict[str, np.ndarray]


class Cache(NamedTuple):
    """What `forward` leaves for `backward`."""

    query: np.ndarray  # (m, T_q, n_q)
    value: np.ndarray  # (m, T_k, n_k)
    heads: np.ndarray  # (m, h, T_q, d): what each head found
    inner: attention.DotCache  # weights (m, h, T_q, T_k)
    parameters: Parameters


def initialize(
    n_q: int, num_heads: int, d: int, rng: np.random.Generator, n_k: int | None = None
) -> Parameters:
    """Glorot-uniform weights as Keras counts the units, no bias.

    n_q       : int >= 1   features of a query and of the result
    num_heads : int >= 1
    d         : int >= 1   features of a query, key and value within one head
    rng       : random generator
    n_k       : int >= 1   features of what is looked at; None for n_q
    returns    parameters for `forward`

    Glorot and Bengio 2010.
    """
    n_k, parameters = n_k or n_q, {}
    for letter, n in (("q", n_q), ("k", n_k), ("v", n_k)):
        limit = np.sqrt(6 / (n + num_heads * d))
        parameters[f"W{letter}"] = rng.uniform(-limit, limit, (n, num_heads, d))
        parameters[f"b{letter}"] = np.zeros((num_heads, d))
    limit = np.sqrt(6 / (num_heads * d + n_q))
    parameters["Wo"] = rng.uniform(-limit, limit, (num_heads, d, n_q))
    parameters["bo"] = np.zeros(n_q)
    return parameters


def forward(
    query: np.ndarray,
    value: np.ndarray,
    parameters: Parameters,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, Cache]:
    """Let every head look at `value` and put together what they found.

    query      : (m, T_q, n_q) float
    value      : (m, T_k, n_k) float   keys and values are made from it; the same array
                 as query for self-attention
    parameters : "Wq" (n_q, h, d), "Wk", "Wv" (n_k, h, d), "Wo" (h, d, n_out), "bq",
                 "bk", "bv" (h, d), "bo" (n_out,)
    mask       : bool, broadcast to (m, T_q, T_k)   True where a query may look
    returns     (m, T_q, n_out) and the Cache; cache.inner.weights is the attention of
                each head, (m, h, T_q, T_k)
    raises      ValueError naming the shapes if they do not fit

    Vaswani et al. 2017, section 3.2.2. Built in course5_sequence/10_transformer.
    """
    _check(query, value, parameters)
    P = parameters
    Q, K, V = (
        np.swapaxes(_apply(x, P[f"W{name}"]) + P[f"b{name}"], 1, 2)
        for x, name in ((query, "q"), (value, "k"), (value, "v"))
    )  # (m, h, T, d) each
    if mask is not None:
        mask = np.asarray(mask)
        mask = mask[:, np.newaxis] if mask.ndim == 3 else mask  # the same for all heads
    heads, inner = attention.dot_product(Q, K, V, mask)
    out = np.tensordot(np.swapaxes(heads, 1, 2), P["Wo"], axes=2) + P["bo"]
    return out, Cache(query, value, heads, inner, dict(P))


def backward(
    d_out: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Gradients through `forward`.

    d_out   : (m, T_q, n_out) float
    cache   : from `forward`
    returns  d_query, d_value (add them for self-attention), grads "dWq" and so on; sums
             over the examples
    raises   ValueError naming both shapes if d_out does not fit

    Built in course5_sequence/10_transformer.
    """
    query, value, heads, inner, P = cache
    expected = (*query.shape[:2], len(P["bo"]))
    if np.shape(d_out) != expected:
        raise ValueError(f"d_out must be {expected}, got {np.shape(d_out)}")
    grads = {
        "dWo": np.tensordot(heads, d_out, axes=([0, 2], [0, 1])),
        "dbo": d_out.sum(axis=(0, 1)),
    }
    d_heads = np.moveaxis(np.tensordot(d_out, P["Wo"], axes=(2, 2)), 2, 1)
    d_inputs = []
    gradients = attention.dot_product_backward(d_heads, inner)
    for x, name, d in zip((query, value, value), "qkv", gradients, strict=True):
        d = np.swapaxes(d, 1, 2)  # (m, T, h, d)
        grads[f"dW{name}"] = np.tensordot(x, d, axes=([0, 1], [0, 1]))
        grads[f"db{name}"] = d.sum(axis=(0, 1))
        d_inputs.append(np.tensordot(d, P[f"W{name}"], axes=([2, 3], [1, 2])))
    d_query, d_keys, d_values = d_inputs
    return d_query, d_keys + d_values, grads


def _apply(x: np.ndarray, W: np.ndarray) -> np.ndarray:
    """(m, T, n) times (n, h, d): (m, T, h, d), as one matrix product."""
    return (x @ W.reshape(len(W), -1)).reshape(*x.shape[:2], *W.shape[1:])


def _check(query: np.ndarray, value: np.ndarray, P: Parameters) -> None:
    expected = {f"{kind}{letter}" for kind in "Wb" for letter in "qkvo"}
    if P.keys() != expected:
        raise ValueError(f"expected {sorted(expected)}, got {sorted(P)}")
    if np.ndim(query) != 3 or np.ndim(value) != 3 or len(query) != len(value):
        raise ValueError(
            "expected query (m, T_q, n_q) and value (m, T_k, n_k), "
            f"got {np.shape(query)} and {np.shape(value)}"
        )
    h_d = np.shape(P["Wq"])[1:]
    n_out = np.shape(P["bo"])
    shapes = {"Wq": (query.shape[2], *h_d), "Wo": (*h_d, *n_out)}
    shapes |= {f"W{name}": (value.shape[2], *h_d) for name in "kv"}
    shapes |= {f"b{name}": h_d for name in "qkv"}
    for name, shape in shapes.items():
        if np.shape(P[name]) != shape:
            raise ValueError(
                f"{name} must be {shape}, got {np.shape(P[name])}, "
                f"for query {query.shape} and value {value.shape}"
            )

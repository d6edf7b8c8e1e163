"""n-gram models: the next token from the last n - 1, by counting.

The yardstick for a neural language model. Rare histories are smoothed by Witten and
Bell's rule, which has nothing to tune: a history that was followed by many different
tokens is expected to be followed by yet another one, and leaves more to the shorter
history.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

START = -1  # stands before the first token, as often as the order asks for


class Ngrams(NamedTuple):
    """What was counted."""

    order: int  # n; 1 is a unigram model, which looks at no history
    num_tokens: int
    counts: dict[tuple[int, ...], Counter]  # history -> how often each token followed


def fit(sequences: Iterable[Sequence[int]], order: int, num_tokens: int) -> Ngrams:
    """Count what follows each history of up to order - 1 tokens.

    sequences  : sequences of int in 0 .. num_tokens - 1, each with its end token if
                 the model is to know where sequences end
    order      : int >= 1
    num_tokens : int
    returns     Ngrams
    raises      ValueError for an order below 1 or a token out of range

    Witten and Bell 1991. Built in course5_sequence/03_character_language_model.
    """
    if order < 1:
        raise ValueError(f"order must be >= 1, got {order}")
    counts = defaultdict(Counter)
    for sequence in sequences:
        tokens = [START] * (order - 1) + [int(token) for token in sequence]
        for place in range(order - 1, len(tokens)):
            token = tokens[place]
            if not 0 <= token < num_tokens:
                raise ValueError(
                    f"tokens must lie in 0 .. {num_tokens - 1}, got {token}"
                )
            for length in range(order):
                counts[tuple(tokens[place - length : place])][token] += 1
    return Ngrams(order, num_tokens, dict(counts))


def probabilities(model: Ngrams, history: Sequence[int]) -> np.ndarray:
    """The next token's distribution: (num_tokens,) float, above 0, sum 1.

    history : the tokens so far; the last order - 1 count, what is missing is START

    P(token | history) = (count + kinds P(token | shorter history)) / (total + kinds),
    where kinds is the number of different tokens that followed; without any history the
    shorter one is uniform.
    """
    length = model.order - 1
    padded = [START] * length + [int(token) for token in history]
    recent = tuple(padded[len(padded) - length :])
    p = np.full(model.num_tokens, 1 / model.num_tokens)
    for start in range(length, -1, -1):  # from the empty history to the longest
        followed = model.counts.get(recent[start:])
        if followed is None:
            break  # a longer history was not seen either
        counts = np.zeros(model.num_tokens)
        counts[list(followed)] = list(followed.values())
        p = (counts + len(followed) * p) / (counts.sum() + len(followed))
    return p


def log_probability(model: Ngrams, sequence: Sequence[int]) -> float:
    """Natural logarithm of the probability of a whole sequence."""
    return float(
        sum(
            np.log(probabilities(model, sequence[:place])[token])
            for place, token in enumerate(sequence)
        )
    )


def perplexity(model: Ngrams, sequences: Iterable[Sequence[int]]) -> float:
    """exp of the mean negative log-probability per token: among how many one wavers.

    raises   ValueError if there is no token

    Built in course5_sequence/03_character_language_model.
    """
    sequences = list(sequences)
    num_tokens = sum(len(sequence) for sequence in sequences)
    if num_tokens == 0:
        raise ValueError("perplexity needs at least one token, got none")
    total = sum(log_probability(model, sequence) for sequence in sequences)
    return float(np.exp(-total / num_tokens))


def sample(
    model: Ngrams, rng: np.random.Generator, end: int, max_length: int
) -> list[int]:
    """Draw token after token, up to and without `end`; at most max_length of them."""
    sequence = []
    while len(sequence) < max_length:
        token = int(rng.choice(model.num_tokens, p=probabilities(model, sequence)))
        if token == end:
            break
        sequence.append(token)
    return sequence

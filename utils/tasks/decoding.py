"""From step-by-step probabilities to a whole sequence: beam search."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

Step = Callable[[np.ndarray], np.ndarray]


class Hypothesis(NamedTuple):
    """A sequence that the search has found."""

    tokens: tuple[int, ...]  # without the end token
    log_probability: float  # of all tokens and of the end, natural logarithm
    score: float  # log_probability / length ** length_power
    finished: bool  # False if it was cut at max_length, before an end token


def beam_search(
    step: Step,
    beam_width: int,
    max_length: int,
    end: int | None = None,
    length_power: float = 0.0,
) -> list[Hypothesis]:
    """Keep the best `beam_width` beginnings, and lengthen each by every token.

    step         : takes prefixes (k, t) int, t = 0 first with k = 1, and returns the
                   log-probabilities (k, n) of the next token; -inf never happens
    beam_width   : int >= 1     1 is greedy search
    max_length   : int >= 1     tokens, an end included
    end          : int          the token that finishes a sequence; None if all have
                   max_length tokens
    length_power : float >= 0   0 scores by log-probability, which favours short
                   sequences; 1 by its mean per token, the end included; the lectures
                   take 0.7
    returns       up to beam_width hypotheses, the best score first; of equal scores the
                  one with the lower tokens
    raises        ValueError for a setting out of range or another shape from step

    A hypothesis that ends keeps its place in the beam, so the beam of the others gets
    narrower; the search is over when all have ended. Wu et al. 2016, section 7.
    Built in course5_sequence/08_translation_with_attention.
    """
    for name, value in (("beam_width", beam_width), ("max_length", max_length)):
        if value < 1:
            raise ValueError(f"{name} must be >= 1, got {value}")
    if not length_power >= 0:
        raise ValueError(f"length_power must be >= 0, got {length_power}")
    found: list[Hypothesis] = []
    prefixes, totals = np.zeros((1, 0), dtype=np.int64), np.zeros(1)

    def keep(rows: np.ndarray, finished: bool) -> None:
        for prefix, total in zip(prefixes[rows], totals[rows], strict=True):
            tokens = prefix[:-1] if finished and end is not None else prefix
            score = total / len(prefix) ** length_power
            found.append(
                Hypothesis(tuple(tokens.tolist()), float(total), float(score), finished)
            )

    for _ in range(max_length):
        longer = totals[:, np.newaxis] + _check(step(prefixes), len(prefixes))
        # A stable sort keeps lower tokens in front where totals are equal.
        best = np.argsort(-longer, axis=None, kind="stable")[: beam_width - len(found)]
        best = best[longer.ravel()[best] > -np.inf]
        rows, tokens = np.unravel_index(best, longer.shape)
        prefixes = np.concatenate([prefixes[rows], tokens[:, np.newaxis]], axis=1)
        totals = longer[rows, tokens]
        ended = tokens == end if end is not None else np.zeros(len(tokens), dtype=bool)
        keep(ended, finished=True)
        prefixes, totals = prefixes[~ended], totals[~ended]
        if len(prefixes) == 0:
            break
    keep(np.full(len(prefixes), True), finished=end is None)
    return sorted(found, key=lambda h: (-h.score, h.tokens))


def _check(log_probabilities: np.ndarray, count: int) -> np.ndarray:
    values = np.asarray(log_probabilities, dtype=np.float64)
    if values.ndim != 2 or len(values) != count:
        raise ValueError(
            f"step must return ({count}, n) log-probabilities, got {values.shape}"
        )
    if not (values <= 1e-6).all():  # written so that nan fails too
        raise ValueError(f"log-probabilities must be <= 0, got {values.max()}")
    return values

"""BLEU: how much of a translation's word sequences stand in a reference translation."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

Tokens = Sequence  # of words, or of anything else that can be compared


def modified_precision(
    candidate: Tokens, references: Sequence[Tokens], n: int
) -> tuple[int, int]:
    """Count the candidate's n-grams, and how many of them a reference confirms.

    A reference confirms an n-gram at most as often as it holds it, so repeating a word
    that is right does not pay.

    candidate  : tokens
    references : one or more token sequences
    n          : int >= 1
    returns     (confirmed, all): both 0 for a candidate of fewer than n tokens

    Papineni et al. 2002, section 2.1. Built in
    course5_sequence/08_translation_with_attention.
    """
    counts = _ngrams(candidate, n)
    allowed: Counter = Counter()
    for reference in references:
        allowed |= _ngrams(reference, n)  # the larger count of each
    return (counts & allowed).total(), counts.total()


def bleu(
    candidates: Sequence[Tokens],
    references: Sequence[Sequence[Tokens]],
    max_n: int = 4,
) -> float:
    """BLEU of a corpus, without smoothing: 1 if every candidate is a reference.

    Geometric mean of the precisions of 1- to max_n-grams over all sentences, times
    exp(1 - r / c) if the candidates' c tokens are fewer than the references' r, where
    the reference of nearest length counts, the shorter one of two as near.

    candidates : one token sequence per sentence
    references : per sentence one or more token sequences
    max_n      : int >= 1
    returns     float in [0, 1]; 0 if no n-gram of some length is confirmed, which is
                common for single short sentences
    raises      ValueError if the numbers of sentences differ, one has no reference, or
                there is no sentence

    Papineni et al. 2002. Built in course5_sequence/08_translation_with_attention.
    """
    if len(candidates) != len(references) or len(candidates) == 0:
        raise ValueError(
            "expected references for each of at least one candidate, "
            f"got {len(candidates)} candidates and {len(references)}"
        )
    if not all(len(choices) for choices in references):
        raise ValueError("every candidate needs at least one reference")
    pairs = list(zip(candidates, references, strict=True))
    logarithms = []
    for n in range(1, max_n + 1):
        parts = np.array([modified_precision(c, r, n) for c, r in pairs]).sum(axis=0)
        if parts[0] == 0:
            return 0.0
        logarithms.append(np.log(parts[0] / parts[1]))
    ours = sum(len(c) for c, _ in pairs)
    nearest = sum(
        min(
            (len(r) for r in choices), key=lambda length: (abs(length - len(c)), length)
        )
        for c, choices in pairs
    )
    brevity = min(0.0, 1 - nearest / ours)
    return float(np.exp(brevity + np.mean(logarithms)))


def _ngrams(tokens: Tokens, n: int) -> Counter:
    if n < 1:
        raise ValueError(f"n must be >= 1, got {n}")
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

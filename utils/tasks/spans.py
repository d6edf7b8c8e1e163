"""Spans in a text: tags that begin, continue and end them, and how well they are found.

A span is (kind, start, stop): the tokens start, ..., stop - 1 are one entity.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

Span = tuple[str, int, int]


class Score(NamedTuple):
    """Of the spans found, of the true ones, and their harmonic mean."""

    precision: float
    recall: float
    f1: float
    found: int
    true: int


def to_bio(spans: Iterable[Span], length: int) -> list[str]:
    """Tag each token: B-kind begins a span, I-kind continues it, O is outside.

    spans   : (kind, start, stop), which do not overlap
    length  : int, tokens
    returns  tags, one per token
    raises   ValueError naming the span if it is empty, leaves the text or meets another

    Ramshaw and Marcus 1995. Built in course5_sequence/11_named_entities.
    """
    tags = ["O"] * length
    for kind, start, stop in spans:
        if not 0 <= start < stop <= length:
            raise ValueError(f"{(kind, start, stop)} is no span of {length} tokens")
        if any(tag != "O" for tag in tags[start:stop]):
            raise ValueError(f"{(kind, start, stop)} overlaps another span")
        tags[start:stop] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start - 1)
    return tags


def from_bio(tags: Sequence[str]) -> list[Span]:
    """Read the spans off the tags, in the order of the text.

    An I-kind that continues nothing of its kind begins a span, as in the CoNLL
    evaluation: a model may write such tags, and the tokens still say something.

    tags    : "O", "B-kind" or "I-kind" per token
    returns  spans
    raises   ValueError naming a tag of another form

    Built in course5_sequence/11_named_entities.
    """
    spans: list[Span] = []
    kind, start = None, 0
    for place, tag in enumerate([*tags, "O"]):
        letter, _, name = tag.partition("-")
        if tag != "O" and (letter not in ("B", "I") or not name):
            raise ValueError(f'tags are "O", "B-kind" or "I-kind", got {tag!r}')
        if kind is not None and (tag == "O" or letter == "B" or name != kind):
            spans.append((kind, start, place))
            kind = None
        if tag != "O" and kind is None:
            kind, start = name, place
    return spans


def score(
    found: Sequence[Iterable[Span]],
    true: Sequence[Iterable[Span]],
    kind: str | None = None,
) -> Score:
    """Entity-level precision, recall and F1: kind and both ends must be right.

    found, true : spans of each text
    kind        : str, only these spans; None for all
    returns      Score over all texts together; a share of nothing is 0
    raises       ValueError with both numbers of texts if they differ

    Tjong Kim Sang and De Meulder 2003. Built in course5_sequence/11_named_entities.
    """
    if len(found) != len(true):
        raise ValueError(f"found has {len(found)} texts, true has {len(true)}")
    right = ours = theirs = 0
    for one, two in zip(found, true, strict=True):
        one = {span for span in one if kind in (None, span[0])}
        two = {span for span in two if kind in (None, span[0])}
        right, ours, theirs = right + len(one & two), ours + len(one), theirs + len(two)
    precision = right / ours if ours else 0.0
    recall = right / theirs if theirs else 0.0
    f1 = 2 * right / (ours + theirs) if ours + theirs else 0.0
    return Score(precision, recall, f1, ours, theirs)


def best_span(
    starts: np.ndarray,
    ends: np.ndarray,
    max_length: int,
    allowed: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Choose where an answer starts and ends: the largest start score + end score.

    starts     : (m, T) float    score of every token as the first of the answer
    ends       : (m, T) float    score of every token as the last
    max_length : int >= 1        tokens in an answer
    allowed    : (m, T) bool     tokens that may be in an answer; None for all
    returns     first (m,) and last (m,) int, first <= last < first + max_length; the
                earlier span of equal ones
    raises      ValueError naming the shapes, or if a text has no token allowed

    Devlin et al. 2019, section 4.2. Built in course5_sequence/12_question_answering.
    """
    starts, ends = np.asarray(starts, float), np.asarray(ends, float)
    allowed = np.ones(starts.shape, bool) if allowed is None else np.asarray(allowed)
    if starts.ndim != 2 or not starts.shape == ends.shape == allowed.shape:
        raise ValueError(
            "starts, ends and allowed must be (m, T), "
            f"got {starts.shape}, {ends.shape} and {allowed.shape}"
        )
    if max_length < 1 or not allowed.any(axis=1).all():
        raise ValueError(
            f"max_length must be >= 1, got {max_length}, and each text needs a token "
            "that is allowed"
        )
    m, T = starts.shape
    lengths = np.arange(T)[np.newaxis, :] - np.arange(T)[:, np.newaxis]  # last - first
    possible = (lengths >= 0) & (lengths < max_length)
    possible = possible & allowed[:, :, np.newaxis] & allowed[:, np.newaxis, :]
    pairs = np.where(possible, starts[:, :, np.newaxis] + ends[:, np.newaxis], -np.inf)
    return np.unravel_index(pairs.reshape(m, -1).argmax(axis=1), (T, T))


def token_f1(found: Sequence[str], true: Sequence[str]) -> float:
    """How much two answers share: F1 of their tokens, counted as often as they occur.

    returns  float in [0, 1]; 1 if both are empty

    Rajpurkar et al. 2016, section 6.1. Built in course5_sequence/12_question_answering.
    """
    if not found and not true:
        return 1.0
    left = list(true)
    shared = 0
    for token in found:
        if token in left:
            left.remove(token)
            shared += 1
    return 2 * shared / (len(found) + len(true))

"""Texts as integers: a token is a character or a word, a sequence an array of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np


class Vocabulary(NamedTuple):
    """The tokens that a model knows; a token's number is its place."""

    tokens: tuple[str, ...]
    index: dict[str, int]  # token -> place
    unknown: int | None  # the place that all other tokens get; None refuses them

    def encode(self, sequence: Iterable[str]) -> np.ndarray:
        """Turn tokens into numbers: (T,) int64; a string counts as its characters.

        raises   ValueError naming the token if it is not known and `unknown` is None
        """
        numbers = [self.index.get(token, self.unknown) for token in sequence]
        if None in numbers:
            token = list(sequence)[numbers.index(None)]
            raise ValueError(f"{token!r} is not one of the {len(self.tokens)} tokens")
        return np.array(numbers, dtype=np.int64)

    def decode(self, numbers: Iterable[int]) -> list[str]:
        """Turn numbers back into tokens; ValueError for a number without a token."""
        numbers = [int(number) for number in numbers]
        for number in numbers:
            if not 0 <= number < len(self.tokens):
                raise ValueError(
                    f"tokens are numbered 0 .. {len(self.tokens) - 1}, got {number}"
                )
        return [self.tokens[number] for number in numbers]


def vocabulary(
    sequences: Iterable[Iterable[str]],
    special: Sequence[str] = (),
    unknown: str | None = None,
) -> Vocabulary:
    """Number the tokens of a corpus: the special ones first, then the others, sorted.

    sequences : sequences of tokens, or strings, whose tokens are their characters
    special   : tokens that get the first numbers, whether they occur or not; number 0
                is commonly the padding
    unknown   : one of `special` that stands for every token not seen here
    returns    Vocabulary
    raises     ValueError if a special token is there twice or unknown is not special
    """
    special = list(special)
    if len(set(special)) < len(special):
        raise ValueError(f"special tokens must differ, got {special}")
    if unknown is not None and unknown not in special:
        raise ValueError(f"unknown must be a special token, got {unknown!r}")
    seen = {token for sequence in sequences for token in sequence} - set(special)
    tokens = (*special, *sorted(seen))
    index = {token: place for place, token in enumerate(tokens)}
    return Vocabulary(tokens, index, None if unknown is None else index[unknown])


def pad(
    sequences: Sequence[np.ndarray], length: int | None = None, value: int = 0
) -> np.ndarray:
    """Put sequences of different length into one array, filled up behind.

    sequences : m arrays (T,) int
    length    : int, columns of the result; None for the longest sequence
    value     : int, what fills up
    returns    (m, length) int64
    raises     ValueError with both lengths if a sequence is longer: nothing is cut off
    """
    longest = max((len(sequence) for sequence in sequences), default=0)
    length = longest if length is None else length
    if longest > length:
        raise ValueError(f"a sequence has {longest} tokens, expected at most {length}")
    padded = np.full((len(sequences), length), value, dtype=np.int64)
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = sequence
    return padded


def one_hot(numbers: np.ndarray, num_tokens: int) -> np.ndarray:
    """Turn padded sequences into inputs for a recurrent network by hand.

    numbers    : (m, T) int in 0 .. num_tokens - 1; a negative one gives a column of 0
    num_tokens : int, n_x
    returns     (n_x, m, T) float64
    raises      ValueError with the numbers' range, or their type
    """
    numbers = np.asarray(numbers)
    if numbers.ndim != 2 or not np.issubdtype(numbers.dtype, np.integer):
        raise ValueError(
            f"numbers must be (m, T) int, got {numbers.shape} {numbers.dtype}"
        )
    if numbers.size and numbers.max() >= num_tokens:
        raise ValueError(
            f"numbers must be below {num_tokens}, got {numbers.max()} among them"
        )
    return (numbers == np.arange(num_tokens)[:, np.newaxis, np.newaxis]).astype(float)

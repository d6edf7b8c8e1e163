"""utils.tasks.text on hand-worked sequences and drawn ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import text

pytestmark = pytest.mark.filterwarnings("error")


def test_tokens_are_numbered_special_ones_first():
    words = [["b", "a"], ["c", "<end>", "a"]]
    found = text.vocabulary(words, special=("<pad>", "<end>"))
    assert found.tokens == ("<pad>", "<end>", "a", "b", "c")
    assert all(found.tokens[place] == token for token, place in found.index.items())
    np.testing.assert_array_equal(found.encode(["c", "<end>"]), [4, 1])
    assert found.decode(np.array([4, 1])) == ["c", "<end>"]


@settings(deadline=None)
@given(lines=st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_decoding_undoes_encoding(lines):
    characters = text.vocabulary(lines)
    for line in lines:
        numbers = characters.encode(line)
        assert numbers.dtype == np.int64 and numbers.shape == (len(line),)
        assert "".join(characters.decode(numbers)) == line


def test_unknown_tokens():
    strict = text.vocabulary(["ab"])
    with pytest.raises(ValueError, match="'z' is not one of the 2 tokens"):
        strict.encode("az")
    lenient = text.vocabulary(["ab"], special=("<pad>", "?"), unknown="?")
    np.testing.assert_array_equal(lenient.encode("az"), [2, 1])
    assert lenient.decode([2, 1]) == ["a", "?"]
    for number in (-1, 4):
        with pytest.raises(ValueError, match=f"0 .. 3, got {number}"):
            lenient.decode([number])


def test_special_tokens_must_differ_and_hold_the_unknown_one():
    with pytest.raises(ValueError, match="must differ"):
        text.vocabulary(["ab"], special=("?", "?"))
    with pytest.raises(ValueError, match=r"must be a special token, got '\?'"):
        text.vocabulary(["ab"], unknown="?")


def test_padding():
    sequences = [np.array([3, 1]), np.array([], dtype=int), np.array([2])]
    np.testing.assert_array_equal(text.pad(sequences), [[3, 1], [0, 0], [2, 0]])
    np.testing.assert_array_equal(
        text.pad(sequences, 3, value=-1), [[3, 1, -1], [-1, -1, -1], [2, -1, -1]]
    )
    assert text.pad([]).shape == (0, 0)
    with pytest.raises(ValueError, match="has 2 tokens, expected at most 1"):
        text.pad(sequences, 1)


def test_one_hot_has_lecture_shapes():
    X = text.one_hot(np.array([[2, 0, -1], [1, 1, 2]]), 3)
    assert X.shape == (3, 2, 3) and X.dtype == np.float64
    np.testing.assert_array_equal(X[:, 0, 0], [0, 0, 1])
    np.testing.assert_array_equal(X[:, 0, 2], [0, 0, 0])
    np.testing.assert_array_equal(X[:, 1, 1], [0, 1, 0])
    np.testing.assert_array_equal(X.sum(axis=0), [[1, 1, 0], [1, 1, 1]])


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (np.array([[0, 3]]), "below 3, got 3"),
        (np.array([0, 1]), r"\(m, T\) int, got \(2,\)"),
        (np.array([[0.0]]), "got .* float64"),
    ],
)
def test_one_hot_refuses(numbers, message):
    with pytest.raises(ValueError, match=message):
        text.one_hot(numbers, 3)

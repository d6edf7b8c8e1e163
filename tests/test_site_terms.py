"""Words of the glossary are found where a reader would look them up."""

import pytest

from utils.authoring import site_terms

TERMS = {
    "epoch": ("glossary", "term-epoch"),
    "epochs": ("glossary", "term-epoch"),
    "gradient": ("glossary", "term-gradient"),
    "gradient descent": ("glossary", "term-descent"),
    "1 x 1 convolution": ("glossary", "term-1x1"),
}


def links(text, seen=()):
    pattern = site_terms.matcher(list(TERMS))
    pieces = site_terms.split(text, pattern, TERMS, set(seen))
    assert "".join(piece for piece, _ in pieces) == text
    return [(piece, entry[1]) for piece, entry in pieces if entry]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one epoch later", [("epoch", "term-epoch")]),
        ("Epochs pass", [("Epochs", "term-epoch")]),
        ("the epochal change", []),
        ("an off-epoch", []),
        ("one epoch, two epochs", [("epoch", "term-epoch")]),
        ("gradient descent", [("gradient descent", "term-descent")]),
        ("gradient\ndescent", [("gradient\ndescent", "term-descent")]),
        ("a 1 x 1 convolution.", [("1 x 1 convolution", "term-1x1")]),
        ("nothing", []),
    ],
)
def test_first_mentions(text, expected):
    assert links(text) == expected


def test_what_was_linked_before_is_not_linked_again():
    assert links("an epoch", seen={("glossary", "term-epoch")}) == []


def test_the_order_of_mentions_is_kept():
    found = links("the gradient of an epoch")
    assert [label for _, label in found] == ["term-gradient", "term-epoch"]

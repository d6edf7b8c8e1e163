"""Docstrings of the house are taken apart, and as Markdown they read the same."""

import pytest
from docutils.core import publish_string
from myst_parser.parsers.docutils_ import Parser

from utils.authoring import site_docstrings
from utils.authoring.site_docstrings import Block, Field

FULL = """Slide `W` over the images.

    A paragraph on
    two lines.

    A_prev : (m, n_H) number     images; computed
    W, b   : (f, f) float
    stride : int >= 1
    pad    : int >= 0 pixels, or "same"
             as TensorFlow pads
    returns  Z (m, 1 + n)
             and the Cache
    raises   ValueError naming the shapes

    LeCun 1998. Built in course4_cnn/01_x.
    """


def test_a_full_docstring():
    assert site_docstrings.parse(FULL) == [
        Block(text="Slide `W` over the images."),
        Block(text="A paragraph on two lines."),
        Block(
            fields=(
                Field("A_prev", "(m, n_H) number", "images; computed"),
                Field("W, b", "(f, f) float", ""),
                Field("stride", "int >= 1", ""),
                Field("pad", 'int >= 0 pixels, or "same"', "as TensorFlow pads"),
                Field("returns", "", "Z (m, 1 + n) and the Cache"),
                Field("raises", "", "ValueError naming the shapes"),
            )
        ),
        Block(text="LeCun 1998. Built in course4_cnn/01_x."),
    ]


def test_two_arguments_on_a_line():
    blocks = site_docstrings.parse("Draw.\n\nX : (2, m) float    Y : (1, m) int")
    assert blocks[1].fields == (
        Field("X", "(2, m) float", ""),
        Field("Y", "(1, m) int", ""),
    )


def test_an_argument_without_a_colon():
    blocks = site_docstrings.parse("Run.\n\nseconds  longest time a cell may run")
    assert blocks[1].fields == (Field("seconds", "", "longest time a cell may run"),)


def test_text_directly_before_and_behind_arguments():
    blocks = site_docstrings.parse("Run.\n\nAs always:\nm : int\nThen more.")
    assert [b.text for b in blocks] == ["Run.", "As always:", "", "Then more."]
    assert blocks[2].fields[0].names == "m"


def test_a_sentence_with_a_colon_is_no_argument():
    text = "Start with state {} and pass on what came back: nothing is changed"
    blocks = site_docstrings.parse(f"Rules.\n\n{text}.")
    assert blocks[1] == Block(text=f"{text}.")


def test_an_indented_block_is_code():
    text = "Use:\n\n    a = 1\n    for b in a:\n        b\n\nSo."
    blocks = site_docstrings.parse(text)
    assert blocks[1] == Block(code="a = 1\nfor b in a:\n    b")


def test_the_summary_is_the_first_sentence():
    assert site_docstrings.summary("One thing. Another.\n\nMore.") == "One thing."


@pytest.mark.parametrize(
    "text",
    [
        "c<t> = Gamma_u * candidate + (1 - Gamma_u) * c<t-1>",
        "[state; input](x) and {name} and $3 and a_b_c *stars* # | ~ & \\",
        "--fresh",
    ],
)
def test_special_characters_read_as_they_are_written(text):
    written = publish_string(
        site_docstrings.escaped(text),
        parser=Parser(),
        writer="pseudoxml",
        settings_overrides={
            "output_encoding": "unicode",
            "myst_enable_extensions": ["dollarmath", "colon_fence", "deflist"],
            "halt_level": 2,
        },
    )
    lines = [line.strip() for line in written.splitlines()]
    assert lines[1:] == ["<paragraph>", text]


def test_what_stands_in_backticks_is_not_escaped():
    assert site_docstrings.escaped("a_b `c_d` e_f") == "a\\_b `c_d` e\\_f"


def test_fields_become_a_list_of_names_and_what_they_are():
    block = Block(fields=(Field("X, Y", "(m,) int", "one each"),))
    assert site_docstrings.markdown([block]) == (
        ":::{container} fields\n`X`, `Y`\n: *(m,) int* one each\n:::"
    )

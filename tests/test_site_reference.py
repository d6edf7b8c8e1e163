"""Reference pages are read from the text of modules, which are never imported."""

import pytest

from tests.planted import crafted_site
from utils.authoring import site_reference

LESSONS = {f"course1_nn/{name}": None for name in ("02_lines", "03_more")}


@pytest.fixture
def text():
    return site_reference.module_page("nn.lines", crafted_site.MODULE, LESSONS)


def test_the_module_opens_its_page(text):
    assert text.startswith("# utils.nn.lines\n\n```{py:module} utils.nn.lines\n```\n\n")
    assert "\n\nLines through points.\n\n" in text


def test_the_signature_is_whole(text):
    assert (
        "\n::::{py:function} fit(X: list[float], *, rate: float=0.1) -> Line\n" in text
    )


def test_arguments_are_listed(text):
    assert "`X`\n: *(n\\_x, m) float* points\n\n*returns*\n: the Line, w\\_1" in text


def test_fields_of_a_named_tuple_are_listed_with_their_comments(text):
    assert "`w`\n: *float* its slope\n\n`b`\n: *float = 0.0* \n:::" in text


def test_the_source_is_there_whole(text):
    body = crafted_site.MODULE.partition("def fit")[2].partition("\n\n\n")[0]
    assert f"```python\ndef fit{body}\n```\n\n</details>" in text


def test_private_functions_are_left_out(text):
    assert "{py:function} _slope" not in text


def test_the_lesson_that_builds_it_is_a_link(text):
    link = "[course1\\_nn/02\\_lines](../../course1_nn/02_lines.ipynb)"
    assert f"Gauss 1809. Built in {link}." in text


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Built in course1_nn/02_lines", ["course1_nn/02_lines"]),
        (
            "Built in course1_nn/02_lines and 03_more",
            ["course1_nn/02_lines", "course1_nn/03_more"],
        ),
        ("Named in\nnotebooks/01_notation", ["notebooks/01_notation"]),
    ],
)
def test_lessons_named_in_a_sentence(sentence, names):
    assert [name for _, name in site_reference.named(sentence)] == names


def test_both_lessons_of_a_sentence_become_links():
    text = "Built in course1\\_nn/02\\_lines and 03\\_more."
    assert site_reference.linked(text, LESSONS, "../") == (
        "Built in [course1\\_nn/02\\_lines](../course1_nn/02_lines.ipynb) "
        "and [03\\_more](../course1_nn/03_more.ipynb)."
    )


def test_a_lesson_that_does_not_exist_is_no_link():
    text = "Built in course9/01\\_x."
    assert site_reference.linked(text, LESSONS, "../") == text


def test_what_a_lesson_builds(tmp_path):
    crafted_site.project(tmp_path)
    assert site_reference.builders(tmp_path) == {
        "course1_nn/02_lines": ["nn.lines.fit"]
    }


def test_properties_and_methods():
    source = (
        "class A:\n    @property\n    def n(self) -> int:\n        pass\n"
        "    def f(self, x: int) -> None:\n        pass\n"
        "    @staticmethod\n    def g(x):\n        pass\n"
    )
    text = site_reference.module_page("a", source, {})
    for head in (
        "{py:property} n\n:type: int\n",
        "{py:method} f(x: int) -> None\n",
        "{py:method} g(x)\n:staticmethod:\n",
    ):
        assert head in text


def test_every_module_has_a_page_and_every_group_lists_its_modules(tmp_path):
    crafted_site.project(tmp_path)
    pages = tmp_path / "pages"
    files = site_reference.write(pages, tmp_path)
    names = {path.relative_to(pages).as_posix() for path in files}
    assert names == {
        "reference/index.md",
        "reference/nn/index.md",
        "reference/nn/lines.md",
        "reference/plots.md",
    }
    group = files[pages / "reference/nn/index.md"].decode()
    assert "[`lines`](lines.md)\n: Lines through points." in group

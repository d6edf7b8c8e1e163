"""A lesson as a page: what is added, what is folded, and that links hold."""

import nbformat
import pytest

from tests.planted import crafted
from utils.authoring import notebooks, site_pages

v4 = nbformat.v4


@pytest.fixture
def lesson(tmp_path):
    return crafted.course(tmp_path)


def staged(root, name=crafted.NAME):
    return root / "_build" / "pages" / f"{name}.ipynb"


def page(lesson, root, library=()):
    return site_pages.page(lesson, staged(root), root, library)


def by_id(nb):
    return {cell.id: cell for cell in nb.cells}


def test_a_solution_is_folded_under_a_name(lesson, tmp_path):
    cell = by_id(page(lesson, tmp_path))["exercise-1"]
    assert "hide-input" in cell.metadata.tags
    assert cell.metadata["mystnb"]["code_prompt_show"] == "Show the solution"


def test_marks_are_removed_and_the_solution_stays(lesson, tmp_path):
    cell = by_id(page(lesson, tmp_path))["exercise-1"]
    lines = [line for line in crafted.PREDICT.split("\n") if "SOLUTION" not in line]
    assert cell.source == "\n".join(lines)


def test_other_cells_are_not_folded(lesson, tmp_path):
    folded = [c.id for c in page(lesson, tmp_path).cells if "hide-input" in str(c)]
    assert folded == ["exercise-1", "exercise-2", "exercise-3"]


def test_outputs_stay(lesson, tmp_path):
    assert by_id(page(lesson, tmp_path))["check-2"].outputs[0].text == "cost 0.5\n"


def test_the_box_stands_below_the_first_cell(lesson, tmp_path):
    box = page(lesson, tmp_path).cells[1].source
    assert "Open this lesson" in box
    assert "`python3 course.py lab`, then open `course1_nn/02_lines.ipynb`" in box
    assert "`python3 course.py practice 1.2` makes a copy with its 3 exercises" in box


def test_the_box_offers_the_notebook_itself(lesson, tmp_path):
    box = page(lesson, tmp_path).cells[1].source
    assert "<../../../course1_nn/02_lines.ipynb>" in box
    there = staged(tmp_path).parent / "../../../course1_nn/02_lines.ipynb"
    assert there.resolve() == lesson.resolve()


def test_without_exercises_nothing_is_to_be_practised(lesson, tmp_path):
    path = lesson.with_name("01_arrays.ipynb")
    assert "practice" not in page(path, tmp_path).cells[1].source


def test_the_box_names_what_the_lesson_builds(lesson, tmp_path):
    box = page(lesson, tmp_path, ("`a.b`", "`c.d`")).cells[1].source
    assert box.endswith("**In the library:** `a.b`, `c.d`.\n:::")


def test_the_lesson_itself_is_not_changed(lesson, tmp_path):
    before = lesson.read_bytes()
    page(lesson, tmp_path)
    assert lesson.read_bytes() == before


def test_a_page_is_a_valid_notebook(lesson, tmp_path):
    nbformat.validate(page(lesson, tmp_path))


def test_markdown_written_by_code_becomes_text():
    shown = v4.new_output("display_data", data={"text/markdown": "| a |\n|--|"})
    printed = v4.new_output("stream", text="7\n")
    cell = v4.new_code_cell("table()", outputs=[shown, printed], id="table")
    found = site_pages.texts(cell)
    assert [(c.cell_type, c.source) for c in found] == [("markdown", "| a |\n|--|")]
    assert cell.outputs == [printed]


def test_a_table_in_colour_is_shown_as_text():
    data = {
        "text/html": '<pre style="color: blue">7</pre>',
        "text/plain": "\x1b[34m7\x1b[0m",
    }
    cell = v4.new_code_cell("model", outputs=[v4.new_output("display_data", data)])
    site_pages.texts(cell)
    assert cell.outputs[0].data == {"text/plain": "7"}


def test_other_html_stays():
    data = {"text/html": "<audio controls></audio>", "text/plain": "<Audio>"}
    cell = v4.new_code_cell("play", outputs=[v4.new_output("display_data", data)])
    site_pages.texts(cell)
    assert "text/html" in cell.outputs[0].data


def test_the_text_of_a_figure_is_kept():
    cell = v4.new_code_cell("plot", metadata={"mystnb": {"image": {"alt": "A line"}}})
    site_pages.describe(cell, "Step 1")
    assert cell.metadata["mystnb"]["image"]["alt"] == "A line"


def test_a_figure_without_a_text_says_where_it_is(lesson, tmp_path):
    cell = by_id(page(lesson, tmp_path))["check-2"]
    assert cell.metadata["mystnb"]["image"]["alt"] == (
        "Figure of the section Exercise 2 · Measure"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](01_arrays.ipynb)", "[a](01_arrays.ipynb)"),
        ("[a](01_arrays.ipynb#setup)", "[a](01_arrays.ipynb#setup)"),
        ("[b](../notebooks/01_notation.ipynb)", "[b](../notebooks/01_notation.ipynb)"),
        ("[c](../README.md)", "[c](../../../README.md)"),
        ("[d](https://example.org/README.md)", "[d](https://example.org/README.md)"),
        ("[e](#recap)", "[e](#recap)"),
        ("$a[i](t)$", "$a[i](t)$"),
        ("[f](../absent.md)", "[f](../absent.md)"),
    ],
)
def test_links(lesson, tmp_path, text, expected):
    (tmp_path / "README.md").write_text("Read me.")
    new = staged(tmp_path).parent
    assert site_pages.relinked(text, lesson.parent, new, tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "short"),
    [("course5_sequence/12_x.ipynb", "5.12"), ("notebooks/03_y.ipynb", "0.3")],
)
def test_short_names_are_those_that_the_commands_understand(tmp_path, name, short):
    path = tmp_path / name
    notebooks.write(crafted.lesson(), path)
    assert site_pages.short(path) == short
    assert notebooks.find([short], tmp_path) == [path.resolve()]

"""The catalogue says what lessons say of themselves, and names one that deviates."""

import pytest
from IPython.core.formatters import DisplayFormatter

from tests.planted import crafted
from utils.authoring import catalogue, notebooks

OPENING = crafted.OPENING


def with_opening(text, root):
    path = crafted.course(root)
    nb = crafted.lesson()
    nb.cells[0].source = text
    notebooks.write(nb, path)
    return path


def test_fields_of_a_lesson(tmp_path):
    path = crafted.course(tmp_path)
    assert catalogue.lessons(tmp_path)[2] == catalogue.Lesson(
        course="course1_nn",
        number=2,
        path=path,
        title="Fit a line by hand",
        end_product="A line through four points, found by gradient descent.",
        reading_minutes=20,
        running_seconds=2,
        exercises=3,
        lectures="",
    )


@pytest.mark.parametrize(
    ("said", "lectures"),
    [
        ("Course 1, week 2: broadcasting.", "1, week 2"),
        ("Of course 2, weeks 1 and 3, and course 3, week 1.", "2, weeks 1 and 3"),
        ("Course 1,\nweeks 2, 3 and 4.", "1, weeks 2, 3 and 4"),
        ("Nothing of them.", ""),
    ],
)
def test_lectures_are_read_from_their_section(tmp_path, said, lectures):
    path = crafted.course(tmp_path)
    nb = crafted.lesson()
    for cell in nb.cells:
        cell.source = cell.source.replace("Linear regression.", said)
    notebooks.write(nb, path)
    assert catalogue.lesson(path, tmp_path).lectures == lectures


def test_lessons_come_in_the_order_of_the_lectures(tmp_path):
    crafted.course(tmp_path)
    names = [notebooks.name(one.path, tmp_path) for one in catalogue.lessons(tmp_path)]
    assert names == ["notebooks/01_notation", "course1_nn/01_arrays", crafted.NAME]


def test_minutes_of_running_become_seconds(tmp_path):
    path = with_opening(OPENING.replace("2 s running", "2 min running"), tmp_path)
    assert catalogue.lesson(path, tmp_path).running_seconds == 120


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# Fit", "## Fit", "a title '# Verb [+] result', not '## Fit a line by hand'"),
        ("A line through", "**A** line", "one sentence naming the end product, not"),
        (
            "gradient descent.",
            "gradient descent",
            "one sentence naming the end product",
        ),
        ("will be able to", "learn", "'[*][*]You will be able to[*][*]', not"),
        (
            "- predict",
            "predict",
            "a list of what one will be able to do, not 'predict,",
        ),
        ("**You need**", "**Needs**", r"'\*\*You need\*\* ...', not '\*\*Needs"),
        ("20 min", "about 20 min", r"'\*\*Time\*\* 45 min reading, 15 s running', not"),
        ("2 s running", "2 sec running", r"'\*\*Time\*\* 45 min reading"),
        ("\n\n**Time** 20 min reading, 2 s running", "", "'.*Time.*', not nothing"),
        ("2 s running", "2 s running\n\nMore.", "must end with the time, not 'More.'"),
    ],
)
def test_a_first_cell_that_deviates_is_named(tmp_path, old, new, says):
    assert OPENING.count(old) == 1
    with_opening(OPENING.replace(old, new), tmp_path)
    with pytest.raises(notebooks.NotebookError, match=f"^{crafted.NAME}: .*{says}"):
        catalogue.lessons(tmp_path)


def test_a_notebook_without_text_is_named(tmp_path):
    path = crafted.course(tmp_path)
    nb = crafted.lesson()
    nb.cells = nb.cells[2:]
    notebooks.write(nb, path)
    with pytest.raises(
        notebooks.NotebookError, match="02_lines: the first cell must b"
    ):
        catalogue.lessons(tmp_path)


def test_a_file_without_number_is_named(tmp_path):
    notebooks.write(crafted.lesson(), tmp_path / "course1_nn" / "lines.ipynb")
    with pytest.raises(
        notebooks.NotebookError, match="course1_nn/lines: the file name"
    ):
        catalogue.lessons(tmp_path)


def test_table_of_all_lessons_but_the_start_page(tmp_path):
    crafted.course(tmp_path)
    start = tmp_path / f"{catalogue.START}.ipynb"
    notebooks.write(crafted.neighbour("Start"), start)
    product = "A line through four points, found by gradient descent."
    head = "| Lesson | Lectures | What you end with | Reading | Running | Exercises |\n"
    assert catalogue.table(tmp_path) == (
        f"### The shared shelf\n\n{head}|:--|:--|:--|--:|--:|--:|\n"
        f"| [01 Read by hand](01_notation.ipynb) | – | {product} | 20 min | 2 s | – |\n"
        "\n### 1 · Neural networks and deep learning\n\n"
        f"{head}|:--|:--|:--|--:|--:|--:|\n"
        "| [01 Use arrays by hand](../course1_nn/01_arrays.ipynb) "
        f"| – | {product} | 20 min | 2 s | – |\n"
        "| [02 Fit a line by hand](../course1_nn/02_lines.ipynb) "
        f"| – | {product} | 20 min | 2 s | 3 |\n"
    )


def test_links_from_another_folder(tmp_path):
    crafted.course(tmp_path)
    assert "](course1_nn/02_lines.ipynb)" in catalogue.table(tmp_path, start=".")


def test_jupyter_shows_the_table_rendered_and_without_an_address(tmp_path):
    crafted.course(tmp_path)
    shown, _ = DisplayFormatter().format(catalogue.table(tmp_path))
    assert shown["text/markdown"].startswith("### The shared shelf\n")
    assert shown["text/plain"] == "<a table of 3 lessons>"


def test_a_bar_in_a_title_does_not_break_the_table(tmp_path):
    with_opening(OPENING.replace("Fit a line", "Fit P(a|b)"), tmp_path)
    assert "[02 Fit P(a\\|b) by hand]" in catalogue.table(tmp_path)


@pytest.mark.parametrize(
    ("seconds", "text"), [(15, "15 s"), (60, "1 min"), (90, "90 s"), (0, "0 s")]
)
def test_durations(seconds, text):
    assert catalogue._duration(seconds) == text


def test_the_lessons_of_the_project_can_be_catalogued():
    assert len(catalogue.lessons()) == len(notebooks.lessons())


def test_the_readme_lists_every_lesson_as_it_is():
    text = (notebooks.ROOT / "README.md").read_text(encoding="utf-8")
    assert catalogue.with_table(text) == text, (
        "run `python -m utils.authoring.catalogue`"
    )


def test_only_what_stands_between_the_marks_is_written(tmp_path):
    crafted.course(tmp_path)
    page = tmp_path / "README.md"
    page.write_text(f"Above\n{catalogue.BEGIN}\nold\n{catalogue.END}\nBelow\n")
    assert catalogue.main(tmp_path) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"Above\n{catalogue.BEGIN}\n\n### The shared shelf\n")
    assert text.endswith(f" |\n\n{catalogue.END}\nBelow\n")
    assert "[02 Fit a line by hand](course1_nn/02_lines.ipynb)" in text
    assert "old" not in text


@pytest.mark.parametrize("text", ["", "{0}", "{1}{0}", "{0}{0}{1}", "{0}{1}{1}"])
def test_a_readme_without_a_place_is_left_alone(tmp_path, capsys, text):
    page = tmp_path / "README.md"
    page.write_text(text.format(catalogue.BEGIN, catalogue.END))
    before = page.read_bytes()
    assert catalogue.main(tmp_path) == 1
    assert page.read_bytes() == before
    assert "expected one line" in capsys.readouterr().err

"""A practice copy is blank where the learner works, complete elsewhere, and safe."""

import hashlib

import nbformat
import pytest

from tests.planted import crafted
from utils.authoring import blanking, copies, exercises, notebooks, practice


@pytest.fixture
def lesson(tmp_path):
    return crafted.course(tmp_path)


@pytest.fixture
def copy(lesson, tmp_path):
    assert practice.main(["1.2"], tmp_path) == 0
    return tmp_path / "practice" / "course1_nn" / "02_lines.ipynb"


def cell(path, cell_id):
    return next(c for c in notebooks.read(path).cells if c.id == cell_id)


def test_a_copy_differs_from_its_lesson_only_in_the_exercises(lesson, copy):
    before = {c.id: c.source for c in notebooks.read(lesson).cells}
    after = {c.id: c.source for c in notebooks.read(copy).cells}
    added = [cell_id for cell_id in after if cell_id not in before]
    assert added == ["expected-1", "expected-2", "expected-3"]
    changed = [i for i in before if "](" not in before[i] and before[i] != after[i]]
    assert changed == ["exercise-1", "exercise-2", "exercise-3"]


def test_exercises_are_blank_and_nothing_has_run(copy):
    code = notebooks.code_cells(notebooks.read(copy))
    assert sum(exercises.STUB.splitlines()[0] in c.source for c in code) == 3
    assert not [c for c in code if "SOLUTION" in c.source]
    assert all(c.outputs == [] and c.execution_count is None for c in code)


def test_expected_output_stands_below_its_check(copy):
    ids = [c.id for c in notebooks.read(copy).cells]
    assert ids.index("expected-2") == ids.index("check-2") + 1
    assert cell(copy, "expected-1").source == (
        "*Expected output*\n\n```text\npredict [[0. 1. 2. 3.]]\n```"
    )
    assert cell(copy, "expected-3").source == (
        "*Expected output*\n\n```text\nnp.True_\n```"
    )


def test_expected_figures_are_attached(copy):
    expected = cell(copy, "expected-2")
    assert expected.source == (
        "*Expected output*\n\n```text\ncost 0.5\n```\n\n"
        "![figure-1.png](attachment:figure-1.png)"
    )
    assert expected.attachments == {"figure-1.png": {"image/png": crafted.PIXEL}}


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], "Nothing: the check only must not fail."),
        (["a\n", "b\n"], "```text\na\nb\n```"),
        (["\x1b[1mbold\x1b[0m\n"], "```text\nbold\n```"),
        (["a ``` b\n"], "````text\na ``` b\n````"),
    ],
)
def test_expected_text(lesson, tmp_path, outputs, expected):
    nb = crafted.lesson()
    check = next(c for c in nb.cells if c.id == "check-1")
    check.outputs = [nbformat.v4.new_output("stream", text=text) for text in outputs]
    notebooks.write(nb, lesson)
    blanked = blanking.blanked(lesson, tmp_path)
    pasted = next(c for c in blanked.cells if c.id == "expected-1")
    assert pasted.source == f"*Expected output*\n\n{expected}"


def test_links_lead_to_the_same_places(lesson, copy):
    opening = notebooks.read(copy).cells[0].source
    assert "(../../course1_nn/01_arrays.ipynb)" in opening
    assert "(../../notebooks/01_notation.ipynb)" in opening
    assert (copy.parent / "../../course1_nn/01_arrays.ipynb").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](01_arrays.ipynb#part)", "[a](../../course1_nn/01_arrays.ipynb#part)"),
        ("[a](02_lines.ipynb)", "[a](02_lines.ipynb)"),
        ('<img src="../notebooks/my map.png">', '<img src="../notebooks/my map.png">'),
        ("![m](../notebooks/map.png)", "![m](../../notebooks/map.png)"),
        ("[a](https://example.org/x)", "[a](https://example.org/x)"),
        ("[a](#part)", "[a](#part)"),
        ("$W^{[l]}(x)$ and a[l](x)", "$W^{[l]}(x)$ and a[l](x)"),
        ("[a](attachment:a.png)", "[a](attachment:a.png)"),
        ("<details>\n\n[a](#b)\n\n</details>", "<details>\n\n[a](#b)\n\n</details>"),
    ],
)
def test_links_of_a_lesson_with_a_copy(lesson, copy, tmp_path, text, expected):
    (tmp_path / "notebooks" / "map.png").touch()
    nb = crafted.lesson()
    nb.cells[1].source = text
    notebooks.write(nb, lesson)
    assert blanking.blanked(lesson, tmp_path).cells[1].source == expected


HINTS = """\
## Exercise 1 · Predict

Write the line.

<details>
<summary>Hint 1</summary>

Read [arrays](01_arrays.ipynb), $w^{[l]}(x)$.

<details>
<summary>Hint 2</summary>

One product, as <a href="../notebooks/01_notation.ipynb">noted</a>.

</details>
</details>"""


def test_hints_come_along_and_stand_before_the_expected_output(lesson, copy, tmp_path):
    nb = crafted.lesson()
    nb.cells[7].source = HINTS
    notebooks.write(nb, lesson)
    cells = blanking.blanked(lesson, tmp_path).cells
    links = (
        ("(01_arrays", "(../../course1_nn/01_arrays"),
        ('"../notebooks', '"../../notebooks'),
    )
    expected = HINTS
    for old, new in links:
        expected = expected.replace(old, new)
    assert cells[7].source == expected
    assert [cell.id for cell in cells[8:11]] == ["exercise-1", "check-1", "expected-1"]


def test_copies_written_together_link_to_each_other(lesson, tmp_path):
    notebooks.write(crafted.lesson(), lesson.with_name("03_more.ipynb"))
    nb = crafted.lesson()
    nb.cells[1].source = "[next](03_more.ipynb)"
    notebooks.write(nb, lesson)
    assert practice.main(["1"], tmp_path) == 0
    copy = copies.copy_path(lesson, tmp_path)
    assert notebooks.read(copy).cells[1].source == "[next](03_more.ipynb)"


def test_paths_in_code_lead_one_folder_further_up(lesson, tmp_path):
    nb = crafted.lesson()
    nb.cells[2].source = "open('../utils/a.txt')"
    notebooks.write(nb, lesson)
    blanked = blanking.blanked(lesson, tmp_path)
    assert blanked.cells[2].source == "open('../../utils/a.txt')"


def test_a_learners_copy_is_never_changed(lesson, copy, tmp_path, capsys):
    copy.write_bytes(copy.read_bytes().replace(b"YOUR CODE HERE", b"my own work"))
    before = hashlib.sha256(copy.read_bytes()).hexdigest()
    assert practice.main(["1.2"], tmp_path) == 0
    assert practice.main(["1.2", "--fresh"], tmp_path) == 0
    assert practice.main(["1.2", "--fresh"], tmp_path) == 0
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == before
    assert sorted(p.name for p in copy.parent.iterdir()) == [
        "02_lines.1.ipynb",
        "02_lines.2.ipynb",
        "02_lines.ipynb",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "practice/course1_nn/02_lines.ipynb: exists and is left as it is",
        "practice/course1_nn/02_lines.1.ipynb: 3 exercises",
    ]


def test_a_lesson_without_exercises_gets_no_copy(lesson, tmp_path, capsys):
    assert practice.main(["1.1"], tmp_path) == 0
    assert "01_arrays: no exercises, nothing" in capsys.readouterr().out
    assert copies.copies(tmp_path) == []


@pytest.mark.parametrize(
    ("selector", "says"),
    [
        ("1.9", "no notebook matches '1.9'"),
        ("stray.ipynb", "is not a lesson: it is in no course folder"),
        ("1.3", "course1_nn/03_new: check 3 has no stored output"),
        ("1.4", "course1_nn/04_bad, cell 9: line 3: '### BEGIN SOLUTION' without"),
    ],
)
def test_what_cannot_be_practised_is_said(lesson, tmp_path, capsys, selector, says):
    notebooks.write(crafted.lesson(), tmp_path / "stray.ipynb")
    new = crafted.lesson(executed=False)
    notebooks.write(new, lesson.with_name("03_new.ipynb"))
    bad = crafted.lesson()
    bad.cells[8].source = bad.cells[8].source.replace("### END SOLUTION", "")
    notebooks.write(bad, lesson.with_name("04_bad.ipynb"))
    assert practice.main([selector], tmp_path) == 1
    assert says in capsys.readouterr().out
    assert copies.copies(tmp_path) == []

"""teach writes what nbgrader asks for; tests/test_nbgrader.py lets it judge."""

import json
import sys

import pytest

from tests.planted import crafted
from utils.authoring import exercises, notebooks, teach

SOURCE = "source/02_lines/02_lines.ipynb"


@pytest.fixture
def lesson(tmp_path):
    return crafted.course(tmp_path / "root")


@pytest.fixture
def folder(lesson, tmp_path):
    assert teach.main(["1", "--to", str(tmp_path / "to")], tmp_path / "root") == 0
    return tmp_path / "to"


def marks(nb):
    return {c.id: c.metadata.nbgrader for c in nb.cells if "nbgrader" in c.metadata}


def test_answers_and_checks_are_marked_and_nothing_else(lesson, tmp_path):
    found = marks(teach.assignment(lesson, tmp_path / "root"))
    names = [f"{kind}-{k}" for k in (1, 2, 3) for kind in ("exercise", "check")]
    assert list(found) == names
    for name, mark in found.items():
        is_check = name.startswith("check")
        assert mark["grade_id"] == name
        assert mark["schema_version"] == 3
        assert mark["cell_type"] == "code"
        assert mark["task"] is False
        kinds = mark["solution"], mark["grade"], mark["locked"]
        assert kinds == (not is_check, is_check, is_check)
        assert mark.get("points") == (1 if is_check else None)


def test_solutions_stay_and_outputs_go(folder):
    nb = notebooks.read(folder / SOURCE)
    by_id = {cell.id: cell for cell in nb.cells}
    assert by_id["exercise-1"].source == crafted.PREDICT
    assert by_id["expected-1"].source.startswith("*Expected output*")
    assert all(not cell.outputs for cell in notebooks.code_cells(nb))
    assert len(exercises.find(without_expected(nb))) == 3


def without_expected(nb):
    nb.cells = [cell for cell in nb.cells if not cell.id.startswith("expected")]
    return nb


def test_a_check_that_shows_a_value_shows_none(lesson, tmp_path):
    nb = teach.assignment(lesson, tmp_path / "root")
    sources = {cell.id: cell.source for cell in nb.cells}
    assert sources["check-3"] == crafted.CHOOSE_CHECK + "\nNone"
    assert sources["check-1"] == crafted.PREDICT_CHECK


def test_a_lesson_without_exercises_is_no_assignment(folder):
    assert [path.name for path in (folder / "source").iterdir()] == ["02_lines"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a *b*](01_arrays.ipynb#part), c", "a *b*, c"),
        ("[a](../notebooks/01_notation.ipynb)", "a"),
        ("[a](03_more.ipynb#part)", "[a](../03_more/03_more.ipynb#part)"),
        ("[a](https://example.org/x)", "[a](https://example.org/x)"),
        ("[a](#part)", "[a](#part)"),
        ("$W^{[l]}(x)$", "$W^{[l]}(x)$"),
        ("![m](map.png)", "![m](map.png)"),
    ],
)
def test_links_lead_to_what_is_handed_out(lesson, tmp_path, text, expected):
    notebooks.write(crafted.lesson(), lesson.with_name("03_more.ipynb"))
    nb = crafted.lesson()
    nb.cells[1].source = text
    notebooks.write(nb, lesson)
    teach.main(["1", "--to", str(tmp_path / "to")], tmp_path / "root")
    assert notebooks.read(tmp_path / "to" / SOURCE).cells[1].source == expected


def test_the_kernel_is_this_python_with_the_courses_settings(folder, tmp_path):
    spec = json.loads((folder / "jupyter/kernels/python3/kernel.json").read_text())
    assert spec["argv"][0] == sys.executable
    assert spec["argv"][-1] == "{connection_file}"
    assert spec["env"]["PYTHONPATH"] == str((tmp_path / "root").resolve())
    assert spec["env"]["PYTHONHASHSEED"] == "0"


def test_the_settings_are_python_whatever_the_folder_is_called(folder):
    text = (folder / "nbgrader_config.py").read_text()
    compile(text, "nbgrader_config.py", "exec")
    assert "'course1_nn'" in text
    assert "C:" not in text
    assert str(folder) not in text


def test_what_a_teacher_changed_is_left(lesson, folder, tmp_path, capsys):
    changed = folder / "nbgrader_config.py"
    changed.write_text("# mine")
    (folder / SOURCE).unlink()
    again = ["1", "--to", str(folder)]
    capsys.readouterr()
    assert teach.main(again, tmp_path / "root") == 0
    assert changed.read_text() == "# mine"
    assert capsys.readouterr().out.splitlines()[:3] == [
        f"{SOURCE}: written",
        "nbgrader_config.py: differs and is left as it is; --replace writes it anew",
        "jupyter/kernels/python3/kernel.json: unchanged",
    ]
    assert teach.main([*again, "--replace"], tmp_path / "root") == 0
    assert changed.read_text() != "# mine"


def test_the_folder_has_a_place_of_its_own(lesson, tmp_path):
    assert teach.main(["1.2"], tmp_path / "root") == 0
    assert (tmp_path / "root" / "teach" / "course1_nn" / SOURCE).is_file()


@pytest.mark.parametrize(
    ("selectors", "says"),
    [
        (["9"], "no notebook matches '9'"),
        (["all"], "these are several: notebooks, course1_nn"),
        (["1.3"], "check 3 has no stored output"),
        (["1.4"], "04_bad, cell 9: line 3: '### BEGIN SOLUTION' without"),
    ],
)
def test_what_cannot_be_exported_is_said(lesson, tmp_path, capsys, selectors, says):
    new = crafted.lesson(executed=False)
    notebooks.write(new, lesson.with_name("03_new.ipynb"))
    bad = crafted.lesson()
    bad.cells[8].source = bad.cells[8].source.replace("### END SOLUTION", "")
    notebooks.write(bad, lesson.with_name("04_bad.ipynb"))
    to = tmp_path / "to"
    assert teach.main([*selectors, "--to", str(to)], tmp_path / "root") == 1
    assert says in capsys.readouterr().out
    assert not to.exists()

"""nbgrader accepts the lessons, and gives answers the points that they deserve.

It needs an environment of its own, because its packages are not the course's:

    python3 -m venv teach/.venv
    teach/.venv/bin/pip install -r tests/nbgrader.txt
    COURSE_NBGRADER=teach/.venv/bin/python python3 course.py test tests/test_nbgrader.py
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.planted import crafted
from utils.authoring import exercises, notebooks, teach
from utils.authoring.notebooks import ROOT

NAMED = os.environ.get("COURSE_NBGRADER", "")
PYTHON = os.path.abspath(NAMED)  # not resolved: that would leave the environment
pytestmark = pytest.mark.skipif(
    not NAMED,
    reason="set COURSE_NBGRADER to the python of an environment with nbgrader; "
    "tests/test_nbgrader.py says how to make one",
)
# Runs in nbgrader's environment, in the folder of the course.
DRIVER = """\
import json, sys
from traitlets.config.loader import PyFileConfigLoader
from nbgrader.apps.api import NbGraderAPI

config = PyFileConfigLoader("nbgrader_config.py", path=".").load_config()
for setting in sys.argv[2:]:
    owner, name, value = setting.split(".")
    config[owner][name] = value == "True"
api, task = NbGraderAPI(config=config), json.loads(sys.argv[1])
done = {}
for name in task["assign"]:
    found = api.generate_assignment(name)
    done[name] = found["success"] or found["log"]
for student in task.get("grade", []):
    found = api.autograde(task["assign"][0], student)
    if not found["success"]:
        done[student] = found["log"]
        continue
    with api.gradebook as gradebook:
        graded = gradebook.find_submission(task["assign"][0], student)
        scores = {g.name: g.auto_score for g in graded.notebooks[0].grades}
        done[student] = [graded.score, graded.max_score, scores]
print("\\n" + json.dumps(done))
"""


def nbgrader(folder, task, *settings):
    """Let nbgrader do what `task` says in `folder`; what it says of each part."""
    done = subprocess.run(
        [PYTHON, "-c", DRIVER, json.dumps(task), *settings],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def export(tmp_path, selectors, root):
    lessons = notebooks.find(selectors, root)
    teach.export(lessons, tmp_path, root)
    return sorted(path.name for path in (tmp_path / "source").iterdir())


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A folder with all lessons as assignments, and what nbgrader said of each."""
    folder = tmp_path_factory.mktemp("courses")
    names = export(folder, ["all"], ROOT)
    return folder / "release", nbgrader(folder, {"assign": names})


@pytest.mark.parametrize(
    "lesson",
    [p for p in notebooks.lessons() if exercises.BEGIN in p.read_text("utf-8")],
    ids=notebooks.name,
)
def test_a_lesson_becomes_an_assignment(released, lesson):
    folder, said = released
    assert said[lesson.stem] is True
    handed_out = notebooks.read(folder / lesson.stem / lesson.name)
    solved = notebooks.read(lesson)
    sources = {cell.id: cell.source for cell in handed_out.cells}
    found = exercises.find(solved, lesson.stem)
    for exercise in found:
        cell = solved.cells[exercise.function]
        assert sources[cell.id] == exercises.blank(cell.source)
    points = [
        cell.metadata.nbgrader.points
        for cell in handed_out.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert points == [1] * len(found)


def submit(folder, student, released, answers):
    """Hand in the released notebook with `answers` by the ids of the cells."""
    nb = notebooks.read(released)
    for cell in nb.cells:
        cell.source = answers.get(cell.id, cell.source)
    target = folder / "submitted" / student / released.parent.name / released.name
    notebooks.write(nb, target)


def test_answers_get_the_points_they_deserve(tmp_path):
    root, folder = tmp_path / "root", tmp_path / "to"
    crafted.course(root)
    (name,) = export(folder, ["course1_nn"], root)
    assert nbgrader(folder, {"assign": [name]}) == {name: True}
    released = folder / "release" / name / f"{name}.ipynb"
    right = {
        "exercise-1": crafted.PREDICT,
        "exercise-2": crafted.COST,
        "exercise-3": crafted.CHOOSE,
    }
    submit(folder, "solved", released, right)
    submit(folder, "blank", released, {})
    wrong = {**right, "exercise-3": "learning_rate = 1e-4"}
    submit(folder, "partly", released, wrong)
    cheat = {f"check-{k}": "print('fine')" for k in (1, 2, 3)}
    submit(folder, "cheat", released, cheat)
    students = ["solved", "blank", "partly", "cheat"]
    done = nbgrader(folder, {"assign": [name], "grade": students})
    ones = {f"check-{k}": 1.0 for k in (1, 2, 3)}
    nothing = dict.fromkeys(ones, 0.0)
    assert done["solved"] == [3.0, 3.0, ones]
    assert done["blank"] == [0.0, 3.0, nothing]
    assert done["partly"] == [2.0, 3.0, {**ones, "check-3": 0.0}]
    assert done["cheat"] == [0.0, 3.0, nothing]


def committed(tmp_path):
    """A folder for nbgrader that holds the lesson as it is committed."""
    lesson = crafted.course(tmp_path / "root")
    folder = tmp_path / "to"
    teach.export([lesson], folder, tmp_path / "root")
    place = folder / "source" / lesson.stem / lesson.name
    place.write_bytes(lesson.read_bytes())
    return folder, lesson.stem


def test_marks_alone_are_refused(tmp_path):
    """Why `teach` is needed: this is what nbgrader says to a lesson as committed."""
    folder, name = committed(tmp_path)
    said = nbgrader(folder, {"assign": [name]})[name]
    assert "Solution region detected in a non-solution cell" in said


def test_marks_alone_are_accepted_by_a_lenient_nbgrader(tmp_path):
    folder, name = committed(tmp_path)
    setting = "ClearSolutions.enforce_metadata.False"
    assert nbgrader(folder, {"assign": [name]}, setting) == {name: True}
    released = notebooks.read(folder / "release" / name / f"{name}.ipynb")
    assert not [cell for cell in released.cells if "SOLUTION" in cell.source]


def test_the_command_finds_its_settings_by_itself(tmp_path):
    crafted.course(tmp_path / "root")
    folder = tmp_path / "to"
    (name,) = export(folder, ["course1_nn"], tmp_path / "root")
    command = Path(PYTHON).with_name("nbgrader")
    done = subprocess.run(
        [str(command), "generate_assignment", name],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "release" / name / f"{name}.ipynb").is_file()

"""A newer copy takes over the learner's work, and nothing of it is lost."""

import io

import nbformat
import pytest

from tests.planted import crafted
from utils.authoring import copies, exercises, notebooks, practice

SETUP, DATA = 1, 4  # cells of the lesson that are no exercises
MINE = 'def predict(X, w):\n    """Mine."""\n    return (w * X).sum(0, keepdims=True)'


class House:
    """A course with one lesson and a copy of it, and how both change."""

    def __init__(self, root):
        self.root, self.lesson = root, crafted.course(root)
        self.copy = copies.copy_path(self.lesson, root)
        self.said = ""

    def change_lesson(self, change):
        """Change the stored lesson; ids are given as refresh does."""
        nb = crafted.lesson()
        nb.cells = change(nb.cells) or nb.cells
        notebooks.write(nb, self.lesson)

    def edit(self, change):
        """Change the copy as the learner does."""
        nb = notebooks.read(self.copy)
        nb.cells = change(nb.cells) or nb.cells
        notebooks.write(nb, self.copy)

    def practise(self, capsys, number=1):
        """Call practice; the cells of the copy with this number."""
        capsys.readouterr()
        before = self.copy.read_bytes()
        assert practice.main(["1.2"], self.root) == 0
        assert self.copy.read_bytes() == before
        self.said = capsys.readouterr().out
        return notebooks.read(self.copy.with_name(f"02_lines.{number}.ipynb")).cells


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path)
    assert practice.main(["1.2"], tmp_path) == 0
    return found


def at(cells, cell_id):
    return next(cell for cell in cells if cell.id == cell_id)


def answer(number, source):
    def change(cells):
        at(cells, f"exercise-{number}").source = source

    return change


def more_setup(cells):
    cells[SETUP].source += " And one more word."
    cells[SETUP].id = "markdown-00000000"


def own_cells_behind(cell_id, *cells):
    def change(there):
        index = [cell.id for cell in there].index(cell_id) + 1
        return [*there[:index], *cells, *there[index:]]

    return change


def everything(cells):
    return "\n".join(cell.source for cell in cells)


def test_an_answer_goes_into_its_place(house, capsys):
    house.edit(answer(1, MINE))
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert at(cells, "exercise-1").source == MINE
    assert at(cells, "exercise-2").source == exercises.blank(crafted.COST)
    assert cells[SETUP].source.endswith("And one more word.")
    assert "02_lines.1.ipynb: new, for the lesson has changed since 02_lines.ipynb" in (
        house.said
    )
    assert "answers carried over: exercise 1\n" in house.said
    assert "look" not in house.said


def test_running_again_finds_the_newer_copy(house, capsys):
    house.edit(answer(1, MINE))
    house.change_lesson(more_setup)
    house.practise(capsys)
    newer = house.copy.with_name("02_lines.1.ipynb").read_bytes()
    assert practice.main(["1.2"], house.root) == 0
    assert capsys.readouterr().out == (
        "practice/course1_nn/02_lines.1.ipynb: exists and is left as it is\n"
    )
    assert house.copy.with_name("02_lines.1.ipynb").read_bytes() == newer
    assert len(copies.copies(house.root)) == 2


def test_work_goes_through_two_changes(house, capsys):
    note = crafted.text("My note.")
    house.edit(answer(1, MINE))
    house.edit(own_cells_behind("check-1", note))
    house.change_lesson(more_setup)
    house.practise(capsys)

    def more_data(cells):
        cells[DATA].source += "\nn = 1"

    house.change_lesson(more_data)
    cells = house.practise(capsys, number=2)
    assert at(cells, "exercise-1").source == MINE
    ids = [cell.id for cell in cells]
    assert cells[ids.index("check-1") + 1].source == "My note."
    assert everything(cells).count("My note.") == 1
    assert "since 02_lines.1.ipynb was made" in house.said


def test_fresh_makes_an_empty_one(house, capsys):
    house.edit(answer(1, MINE))
    house.change_lesson(more_setup)
    assert practice.main(["1.2", "--fresh"], house.root) == 0
    made = notebooks.read(house.copy.with_name("02_lines.1.ipynb")).cells
    assert at(made, "exercise-1").source == exercises.blank(crafted.PREDICT)


def test_an_exercise_with_another_stub_keeps_the_answer_as_text(house, capsys):
    house.edit(answer(1, MINE))

    def other_stub(cells):
        stub = at(cells, "exercise-1")
        stub.source = stub.source.replace("predict(X, w)", "predict(X, w, b)")

    house.change_lesson(other_stub)
    cells = house.practise(capsys)
    ids = [cell.id for cell in cells]
    assert "predict(X, w, b)" in at(cells, "exercise-1").source
    below = cells[ids.index("exercise-1") + 1]
    assert below.cell_type == "markdown"
    assert below.source == f"*Yours, from 02_lines.ipynb*\n\n```python\n{MINE}\n```"
    assert "look: exercise 1 has changed; what you had is below it" in house.said


def test_another_check_is_said(house, capsys):
    house.edit(answer(1, MINE))

    def other_check(cells):
        at(cells, "check-1").source += "\nassert m == 4"

    house.change_lesson(other_check)
    cells = house.practise(capsys)
    assert at(cells, "exercise-1").source == MINE
    assert "look: exercise 1 has another check" in house.said


def test_an_exercise_before_it_moves_an_answer_along(house, capsys):
    house.edit(answer(1, MINE))
    house.edit(answer(3, "learning_rate = 0.2"))

    def one_more(cells):
        for cell in cells:
            kind, _, number = cell.id.rpartition("-")
            if kind in ("exercise", "check"):
                cell.id = f"{kind}-{int(number) + 1}"
            cell.source = cell.source.replace("## Exercise 3", "## Exercise 4")
            cell.source = cell.source.replace("## Exercise 2", "## Exercise 3")
            cell.source = cell.source.replace("## Exercise 1", "## Exercise 2")
        new = crafted.text("## Exercise 1 · Add")
        new.id = "markdown-11111111"
        solved = crafted.code("### BEGIN SOLUTION\nk = 1\n### END SOLUTION")
        solved.id = "exercise-1"
        check = crafted.code("assert k == 1", "check")
        check.id, check.execution_count = "check-1", 1
        first = [cell.id for cell in cells].index("exercise-2") - 1
        return [*cells[:first], new, solved, check, *cells[first:]]

    house.change_lesson(one_more)
    cells = house.practise(capsys)
    assert at(cells, "exercise-1").source == exercises.STUB
    assert at(cells, "exercise-2").source == MINE
    assert at(cells, "exercise-4").source == "learning_rate = 0.2"
    assert "answers carried over: exercise 2, 4\n" in house.said


def test_two_exercises_with_equal_stubs_are_told_apart_by_their_titles(house, capsys):
    house.edit(answer(3, "learning_rate = 0.2"))

    def other_question(cells):
        for cell in cells:
            cell.source = cell.source.replace("· Choose", "· Decide")

    house.change_lesson(other_question)
    cells = house.practise(capsys)
    assert at(cells, "exercise-3").source == exercises.STUB
    assert "learning_rate = 0.2" in everything(cells)
    assert "look: exercise 3 has changed" in house.said


def test_two_answers_for_one_place_are_both_kept(house, capsys):
    def one_more(cells):
        title = crafted.text("## Exercise 4 · Choose")
        solved = crafted.code("### BEGIN SOLUTION\nk = 1\n### END SOLUTION")
        check = crafted.code("assert k == 1", "check")
        check.execution_count = 1
        for cell, name in ((title, "markdown-1"), (solved, "exercise-4")):
            cell.id = name
        check.id = "check-4"
        return [*cells, title, solved, check]

    house.change_lesson(one_more)
    house.copy.unlink()
    assert practice.main(["1.2"], house.root) == 0
    house.edit(answer(3, "learning_rate = 0.2"))
    house.edit(answer(4, "k = 1  # mine"))
    house.change_lesson(lambda cells: None)
    cells = house.practise(capsys)
    assert at(cells, "exercise-3").source == "learning_rate = 0.2"
    assert "k = 1  # mine" in everything(cells)


def test_the_answer_to_an_exercise_that_is_gone_stands_at_the_end(house, capsys):
    house.edit(answer(3, "learning_rate = 0.2"))
    house.edit(own_cells_behind("exercise-3", crafted.code("my_rate = 1")))

    def without(cells):
        gone = [cell.id for cell in cells].index("exercise-3")
        return cells[: gone - 1] + cells[gone + 2 :]

    house.change_lesson(without)
    cells = house.practise(capsys)
    *_, heading, answer_kept, own = cells
    assert heading.source == "## From your earlier copy"
    assert "```python\nlearning_rate = 0.2\n```" in answer_kept.source
    assert (own.cell_type, own.source) == ("code", "my_rate = 1")
    assert "look: exercise 3 (Choose) is gone" in house.said
    assert "look: 2 cells without a place stand at the end" in house.said


def test_own_cells_follow_the_cell_that_they_followed(house, capsys):
    picture = crafted.text("![a](attachment:a.png)")
    picture.attachments = {"a.png": {"image/png": crafted.PIXEL}}
    trial = crafted.code("print(X)")
    trial.outputs = [nbformat.v4.new_output("stream", text="0\n")]
    trial.execution_count = 7
    house.edit(lambda cells: [crafted.text("On top."), *cells])
    house.edit(own_cells_behind("check-2", trial, picture, crafted.code("")))
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    ids = [cell.id for cell in cells]
    assert cells[0].source == "On top."
    code, text, expected = cells[ids.index("check-2") + 1 :][:3]
    assert (code.source, code.outputs, code.execution_count) == ("print(X)", [], None)
    assert text.attachments == picture.attachments
    assert expected.id == "expected-2"
    assert "cells of your own carried over: 3\n" in house.said


def test_an_own_cell_follows_a_cell_that_the_lesson_rewrote(house, capsys):
    setup = notebooks.read(house.copy).cells[SETUP].id
    house.edit(own_cells_behind(setup, crafted.text("My note.")))
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert cells[SETUP + 1].source == "My note."


def test_an_own_cell_whose_neighbour_is_gone_stands_at_the_end(house, capsys):
    setup = notebooks.read(house.copy).cells[SETUP].id
    house.edit(own_cells_behind(setup, crafted.text("My note.")))
    house.change_lesson(lambda cells: cells[:SETUP] + cells[SETUP + 1 :])
    cells = house.practise(capsys)
    assert [c.source for c in cells[-2:]] == ["## From your earlier copy", "My note."]


def test_a_changed_cell_stands_behind_the_lessons_and_runs(house, capsys):
    def mine(cells):
        cells[DATA].source = cells[DATA].source.replace("m = 4", "m = 40")

    house.edit(mine)
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert "m = 4\n" in cells[DATA].source + "\n"
    kept = cells[DATA + 1]
    assert kept.cell_type == "code"
    assert kept.source.startswith("# Yours, from 02_lines.ipynb:\nX = np.array")
    assert kept.source.endswith("m = 40")
    assert "cells you had changed: 1" in house.said


def test_a_cell_that_both_changed_is_kept_but_does_not_run(house, capsys):
    def mine(cells):
        cells[DATA].source += "\nmine = 1"

    def theirs(cells):
        cells[DATA].source += "\ntheirs = 1"
        cells[DATA].id = "code-22222222"

    house.edit(mine)
    house.change_lesson(theirs)
    cells = house.practise(capsys)
    assert cells[DATA].source.endswith("theirs = 1")
    assert cells[DATA + 1].cell_type == "markdown"
    assert "mine = 1\n```" in cells[DATA + 1].source


def test_a_picture_in_a_cell_that_both_changed_is_kept(house, capsys):
    def mine(cells):
        cells[SETUP].source += "\n\n![a](attachment:a.png)"
        cells[SETUP].attachments = {"a.png": {"image/png": crafted.PIXEL}}

    house.edit(mine)
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert cells[SETUP + 1].attachments == {"a.png": {"image/png": crafted.PIXEL}}


def test_a_weakened_check_is_kept_as_text_only(house, capsys):
    def weaken(cells):
        at(cells, "check-1").source = "print('fine')"

    house.edit(weaken)
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert at(cells, "check-1").source == crafted.PREDICT_CHECK
    ids = [cell.id for cell in cells]
    assert cells[ids.index("check-1") + 1].cell_type == "markdown"


def test_deleted_cells_are_back_and_it_is_said(house, capsys):
    lost = ("exercise-2", "check-2", "expected-2")
    house.edit(lambda cells: [cell for cell in cells if cell.id not in lost])
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert set(lost) <= {cell.id for cell in cells}
    assert "cells you had deleted: 3, they are back" in house.said


def test_an_exercise_turned_to_text_is_kept_as_text(house, capsys):
    def as_text(cells):
        index = [cell.id for cell in cells].index("exercise-2")
        cells[index] = crafted.text("I give up.")
        cells[index].id = "exercise-2"

    house.edit(as_text)
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert at(cells, "exercise-2").source == exercises.blank(crafted.COST)
    assert "I give up." in everything(cells)
    assert "look: exercise 2 was no code" in house.said


def test_answers_are_found_when_an_editor_dropped_the_ids(house, capsys):
    house.edit(answer(1, MINE))
    house.edit(answer(3, "learning_rate = 0.2"))

    def renamed(cells):
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"

    house.edit(renamed)
    house.change_lesson(more_setup)
    cells = house.practise(capsys)
    assert at(cells, "exercise-1").source == MINE
    assert at(cells, "exercise-3").source == "learning_rate = 0.2"
    assert everything(cells).count("Four points, made by hand") == 1


class TestBeforeTheRecord:
    """A copy made when copies did not note what was blank in them."""

    @pytest.fixture
    def house(self, house):
        nb = notebooks.read(house.copy)
        said = nb.metadata.practice
        nb.metadata["practice"] = {"lesson": said.lesson, "digest": said.digest}
        notebooks.write(nb, house.copy)
        return house

    def test_an_answer_with_the_same_first_line_is_carried_and_said(
        self, house, capsys
    ):
        house.edit(answer(1, MINE))
        house.edit(answer(3, "learning_rate = 0.2"))
        house.change_lesson(more_setup)
        cells = house.practise(capsys)
        assert at(cells, "exercise-1").source == MINE
        assert at(cells, "exercise-2").source == exercises.blank(crafted.COST)
        assert at(cells, "exercise-3").source == "learning_rate = 0.2"
        assert "look: exercise 1: judged by its title and first line" in house.said

    def test_another_first_line_keeps_the_answer_as_text(self, house, capsys):
        house.edit(answer(1, MINE.replace("(X, w)", "(w, X)")))
        house.change_lesson(more_setup)
        cells = house.practise(capsys)
        assert at(cells, "exercise-1").source == exercises.blank(crafted.PREDICT)
        assert "def predict(w, X)" in everything(cells)

    def test_cells_of_the_lesson_are_not_taken_for_the_learners(self, house, capsys):
        house.change_lesson(more_setup)
        cells = house.practise(capsys)
        assert "there was nothing of yours in it" in house.said
        assert len(cells) == len(notebooks.read(house.copy).cells)

    def test_relinked_cells_are_not_taken_for_the_learners(self, house, capsys):
        def other_opening(cells):
            cells[0].source = cells[0].source.replace("20 min", "25 min")
            cells[0].id = "markdown-33333333"

        house.change_lesson(other_opening)
        house.practise(capsys)
        assert "there was nothing of yours in it" in house.said

    def test_an_older_stub_does_not_displace_todays(self, house, capsys):
        old = exercises.blank(crafted.PREDICT).replace("The line", "One line")
        house.edit(answer(1, old))
        house.change_lesson(more_setup)
        cells = house.practise(capsys)
        assert at(cells, "exercise-1").source == exercises.blank(crafted.PREDICT)

    def test_own_cells_come_along(self, house, capsys):
        house.edit(own_cells_behind("check-2", crafted.code("print(X)")))
        house.change_lesson(more_setup)
        cells = house.practise(capsys)
        ids = [cell.id for cell in cells]
        assert cells[ids.index("check-2") + 1].source == "print(X)"


@pytest.mark.parametrize(
    "said",
    [
        None,
        "text",
        {"cells": 3, "titles": [], "digest": 7, "lesson": None},
        {"cells": [1, "a b c", "x"], "titles": {"exercise-1": 5}},
    ],
)
def test_any_metadata_is_borne(house, capsys, said):
    nb = notebooks.read(house.copy)
    nb.metadata["practice"] = said
    notebooks.write(nb, house.copy)
    house.edit(answer(1, MINE))
    cells = house.practise(capsys)
    assert MINE in everything(cells)


def test_a_copy_that_cannot_be_read_is_left_and_said(house, capsys):
    house.copy.write_text("{")
    assert practice.main(["1.2"], house.root) == 1
    out = capsys.readouterr().out
    assert "02_lines.ipynb: not a valid notebook" in out
    assert "it is left as it is, --fresh puts a new copy beside it" in out
    assert house.copy.read_text() == "{"
    assert practice.main(["1.2", "--fresh"], house.root) == 0
    assert house.copy.read_text() == "{"


def test_the_copy_with_most_answers_is_carried_over_and_the_other_named(house, capsys):
    house.edit(answer(1, MINE))
    house.edit(answer(3, "learning_rate = 0.2"))
    practice.main(["1.2", "--fresh"], house.root)
    second = house.copy.with_name("02_lines.1.ipynb")
    nb = notebooks.read(second)
    answer(3, "learning_rate = 0.3")(nb.cells)
    notebooks.write(nb, second)
    house.change_lesson(more_setup)
    cells = house.practise(capsys, number=2)
    assert at(cells, "exercise-3").source == "learning_rate = 0.2"
    assert "look: 02_lines.1.ipynb has answers too, they are not in it" in house.said


def test_a_title_that_the_console_cannot_show_stops_nothing(house, monkeypatch):
    def without(cells):
        gone = [cell.id for cell in cells].index("exercise-3")
        return cells[: gone - 1] + cells[gone + 2 :]

    nb = notebooks.read(house.copy)
    nb.metadata.practice.titles["exercise-3"] = "Ŷ \x1b[31m"
    notebooks.write(nb, house.copy)
    house.edit(answer(3, "learning_rate = 0.2"))
    house.change_lesson(without)
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    assert practice.main(["1.2"], house.root) == 0
    assert b"look: exercise 3 (? ) is gone" in raw.getvalue()


def test_a_write_that_fails_leaves_everything_as_it_was(house, capsys, monkeypatch):
    house.edit(answer(1, MINE))
    house.change_lesson(more_setup)
    before = sorted((p, p.read_bytes()) for p in house.copy.parent.iterdir())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert practice.main(["1.2"], house.root) == 1
    assert "No space left on device" in capsys.readouterr().out
    assert sorted((p, p.read_bytes()) for p in house.copy.parent.iterdir()) == before

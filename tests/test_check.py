"""check says what a learner has done, and is not to be talked out of it.

Most tests run the cells in this process; those about kernels start one.
"""

import nbformat
import pytest

from tests.planted import crafted
from utils.authoring import check, copies, exercises, judge, notebooks, practice

SOLUTIONS = {
    "exercise-1": crafted.PREDICT,
    "exercise-2": crafted.COST,
    "exercise-3": crafted.CHOOSE,
}
LINES = "course1_nn/02_lines"


@pytest.fixture
def copy(tmp_path):
    crafted.course(tmp_path)
    practice.main([LINES], tmp_path)
    return tmp_path / "practice" / f"{LINES}.ipynb"


def in_process(nb, folder, *, seconds, allow_errors):
    """As notebooks.run, without a kernel."""
    values = {}
    for count, cell in enumerate(notebooks.code_cells(nb), 1):
        cell.outputs, cell.execution_count = [], count
        try:
            exec(cell.source, values)
        except Exception as error:
            kind, says = type(error).__name__, str(error)
            output = nbformat.v4.new_output("error", ename=kind, evalue=says)
            cell.outputs.append(output)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(notebooks, "run", in_process)


def edit(copy, changes=(), **sources):
    """Change a copy: `sources` by id with _ for -, then `changes` of the cells."""
    nb = notebooks.read(copy)
    for cell in nb.cells:
        source = sources.get(cell.id.replace("-", "_"))
        cell.source = source if source is not None else cell.source
    for change in changes:
        nb.cells = change(nb.cells)
    notebooks.write(nb, copy)


def solve(copy, *but, changes=(), **sources):
    solved = {i.replace("-", "_"): s for i, s in SOLUTIONS.items() if i not in but}
    edit(copy, changes, **{**solved, **sources})


def states(copy, tmp_path, seconds=60):
    return [r.state for r in judge.check(copy, tmp_path, seconds).results]


def without(*ids):
    return lambda cells: [cell for cell in cells if cell.id not in ids]


def table(out):
    """The board as rows of words, without the lines before and after it."""
    lines = out.split("  state\n")[1].split("\nmin: ")[0].splitlines()
    return [line.replace("█", "").replace("░", "").split() for line in lines if line]


def test_a_new_copy_is_not_started_and_not_changed(quick, copy, tmp_path, capsys):
    before = copy.read_bytes()
    capsys.readouterr()
    assert check.main([], tmp_path) == 1
    assert copy.read_bytes() == before
    out = capsys.readouterr().out
    assert out.splitlines()[0] == f"1 of 1  {LINES}: 0 of 3 done, 0 s"
    heading = "1 · Neural networks and deep… 0 of 3 20 20 1 lesson"
    assert table(out) == [heading.split(), "0 of 3 exercises done".split()]


def test_an_untouched_copy_needs_no_kernel(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "run", None)
    assert states(copy, tmp_path) == ["not started"] * 3


def test_again_runs_an_untouched_copy(copy, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(notebooks, "run", lambda nb, folder, **_: seen.append(folder))
    check.main([], tmp_path)
    assert seen == []
    check.main(["--again"], tmp_path)
    assert seen == [copy.parent]


def test_solutions_put_back_pass(copy, tmp_path, capsys):
    solve(copy)
    assert check.main([LINES], tmp_path) == 0
    out = capsys.readouterr().out
    assert f"{LINES}: 3 of 3 done" in out
    assert table(out)[1] == "02 Fit a line by hand 3 of 3 20 0 done".split()
    assert "\n3 of 3 exercises done\n" in out


def test_a_wrong_answer_shows_the_words_of_the_check(quick, copy, tmp_path, capsys):
    solve(copy, exercise_1=crafted.PREDICT.replace("w.T", "-w.T"))
    assert check.main(["1.2"], tmp_path) == 1
    assert "\n     1 Predict · failing: mind the sum\n" in capsys.readouterr().out


def test_a_cell_that_fails_itself_says_so(quick, copy, tmp_path):
    solve(copy, exercise_1="def predict(X, w)\n    return w.T @ X")
    result = judge.check(copy, tmp_path).results[0]
    assert result.message.startswith("its cell fails: SyntaxError: expected ':'")


def test_a_weakened_check_is_run_as_the_lesson_has_it(quick, copy, tmp_path):
    wrong = crafted.PREDICT.replace("w.T", "-w.T")
    solve(copy, exercise_1=wrong, check_1="print('predict [[0. 1. 2. 3.]]')")
    assert states(copy, tmp_path) == ["failing", "failing", "failing"]


@pytest.mark.parametrize(
    "tamper",
    [
        without("check-1"),
        lambda cells: sorted(cells, key=lambda cell: cell.id != "check-1"),
        lambda cells: [_as_text(c) if c.id == "check-1" else c for c in cells],
        lambda cells: [_tagged(c, "skip-execution") for c in cells],
    ],
    ids=["deleted", "moved to the top", "made text", "tagged"],
)
@pytest.mark.parametrize("right", [True, False])
def test_a_check_cannot_be_got_rid_of(quick, copy, tmp_path, tamper, right):
    answer = crafted.PREDICT if right else crafted.PREDICT.replace("w.T", "0 * w.T")
    solve(copy, exercise_1=answer, changes=[tamper])
    assert (states(copy, tmp_path)[0] == "done") is right


def _as_text(cell):
    text = crafted.text(cell.source)
    text.id = cell.id
    return text


def _tagged(cell, tag):
    if cell.id == "check-1":
        cell.metadata["tags"] = [tag]
    return cell


@pytest.mark.parametrize(
    "change",
    [
        without("exercise-2"),
        lambda cells: [_as_text(c) if c.id == "exercise-2" else c for c in cells],
    ],
    ids=["deleted", "made text"],
)
def test_a_missing_exercise_is_reported(quick, copy, tmp_path, change):
    solve(copy, changes=[change])
    results = judge.check(copy, tmp_path).results
    assert [r.state for r in results] == ["done", "missing", "failing"]
    assert results[1].message.startswith("its code cell was deleted")


def test_own_cells_between_exercise_and_check_are_run(quick, copy, tmp_path):
    def add(cells):
        at = [c.id for c in cells].index("check-1")
        return [*cells[:at], crafted.code("predict = mine"), *cells[at:]]

    solve(copy, exercise_1="def mine(X, w):\n    return w.T @ X", changes=[add])
    assert states(copy, tmp_path) == ["done"] * 3


def test_an_exercise_that_needs_an_unwritten_one_says_so(quick, copy, tmp_path):
    solve(copy, "exercise-1")
    results = judge.check(copy, tmp_path).results
    assert [r.state for r in results] == ["not started", "failing", "failing"]
    assert results[1].message == "it needs an exercise that is not written yet"


def test_a_stub_left_in_is_said(quick, copy, tmp_path):
    stub = exercises.blank(crafted.PREDICT) + "\n    return w.T @ X"
    solve(copy, exercise_1=stub)
    result = judge.check(copy, tmp_path).results[0]
    assert (result.state, result.message) == (
        "failing",
        "`raise NotImplementedError` is still there",
    )


def without_figures(copy):
    """The id of the import cell: importing Matplotlib takes long on a busy machine."""
    imports = next(c for c in notebooks.read(copy).cells if "pyplot" in c.source)
    return {imports.id.replace("-", "_"): "import numpy as np"}


def test_a_runaway_loop_is_stopped_and_the_rest_is_checked(copy, tmp_path):
    loop = "while True:\n    pass"
    solve(copy, exercise_2=loop, **without_figures(copy))
    progress = judge.check(copy, tmp_path, seconds=3)
    assert [r.state for r in progress.results] == ["done", "failing", "failing"]
    assert progress.notes == ["stopped after 3 s: the cell `while True:`"]
    assert progress.results[2].message.startswith("NameError")  # cost is not there


def test_a_runaway_answer_is_stopped_in_its_check(copy, tmp_path):
    loop = """\
def descend(rate):
    while rate == 0.1 and "costs" not in globals():
        pass
    return 0.2"""
    descend = next(c for c in notebooks.read(copy).cells if "def descend" in c.source)
    source = {descend.id.replace("-", "_"): loop}
    solve(copy, **source, **without_figures(copy))
    results = judge.check(copy, tmp_path, seconds=2).results
    assert results[2].message == "it ran too long and was stopped"


def test_a_dead_kernel_is_said_and_stored_outputs_count_for_nothing(copy, tmp_path):
    def run_before(cells):
        for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
            cell.execution_count = count
        return cells

    solve(copy, exercise_2="import os\nos._exit(1)", changes=[run_before])
    progress = judge.check(copy, tmp_path)
    assert [r.state for r in progress.results] == ["done", "failing", "failing"]
    assert progress.notes == ["cell 13: the kernel died; nothing after it was checked"]
    assert progress.results[1].message == "the check was not reached"


def test_a_kernel_that_dies_in_a_check_does_not_pass_it(copy, tmp_path):
    solve(copy, exercise_1="def predict(X, w):\n    import os\n    os._exit(0)")
    assert states(copy, tmp_path) == ["failing"] * 3


def test_copies_of_one_lesson_are_all_checked(quick, copy, tmp_path, capsys):
    solve(copy)
    practice.main([LINES, "--fresh"], tmp_path)
    assert check.main([LINES], tmp_path) == 1
    out = capsys.readouterr().out
    assert "1 of 2  course1_nn/02_lines: 3 of 3 done" in out
    assert "2 of 2  course1_nn/02_lines.1: 0 of 3 done" in out
    assert "2 copies: 02_lines.ipynb counts, it has most done" in out
    assert check.main([str(copy)], tmp_path) == 0


def test_a_broken_copy_is_a_line_not_a_crash(quick, copy, tmp_path, capsys):
    copy.write_text("{")
    assert check.main([], tmp_path) == 1
    out = capsys.readouterr().out
    assert "course1_nn/02_lines: could not be checked" in out
    assert table(out)[1][-2:] == ["cannot", "run"]
    assert "02_lines.ipynb: not a valid notebook" in " ".join(out.split())


def test_other_notebooks_in_the_folder_are_left_alone(quick, copy, tmp_path, capsys):
    solve(copy)
    notebooks.write(crafted.neighbour("Try"), copy.with_name("scratch.ipynb"))
    assert check.main([], tmp_path) == 0
    assert "scratch.ipynb is not a practice copy" in capsys.readouterr().out


def test_a_renamed_copy_still_knows_its_lesson(quick, copy, tmp_path):
    renamed = copy.rename(copy.with_name("mine.ipynb"))
    assert copies.lesson_of(renamed, tmp_path) == tmp_path / f"{LINES}.ipynb"


def test_a_lesson_that_changed_since_is_noted(quick, copy, tmp_path):
    lesson = tmp_path / f"{LINES}.ipynb"
    nb = notebooks.read(lesson)
    nb.cells[1].source += " More."
    notebooks.write(nb, lesson)
    command = f"`course.py practice {LINES}`"
    notes = judge.check(copy, tmp_path).notes
    assert notes == [f"{judge.CHANGED}{command} puts a newer one beside it"]
    practice.main([LINES], tmp_path)
    notes = judge.check(copy, tmp_path).notes
    assert notes == [f"{judge.CHANGED}a newer copy is beside it: 02_lines.1.ipynb"]


def test_an_interrupt_that_leaves_no_trace_is_no_pass(copy, tmp_path, monkeypatch):
    """It may meet a check between two lines, which then shows no error."""
    solve(copy, **without_figures(copy))
    swallow = (
        "try:\n    while True:\n        pass\nexcept KeyboardInterrupt:\n    pass\n"
    )
    lesson = tmp_path / f"{LINES}.ipynb"
    nb = notebooks.read(lesson)
    for cell in nb.cells:
        cell.source = swallow if cell.id == "check-1" else cell.source
    notebooks.write(nb, lesson)
    results = judge.check(copy, tmp_path, seconds=2).results
    assert (results[0].state, results[0].message) == ("failing", judge.TOO_LONG)


@pytest.mark.parametrize("seconds", ["0", "-1", "inf", "nan", "soon"])
def test_a_time_that_no_cell_could_keep_is_refused(tmp_path, capsys, seconds):
    with pytest.raises(SystemExit):
        check.main(["--seconds", seconds], tmp_path)
    assert "--seconds" in capsys.readouterr().err


def test_a_broken_copy_comes_with_a_way_out(quick, copy, tmp_path):
    copy.write_text("")
    (note,) = judge.check(copy, tmp_path).notes
    assert "it is empty; it is left as it is, `course.py practice --fresh`" in note


@pytest.mark.parametrize(
    ("arguments", "says"),
    [([], "no practice copy"), (["1.2"], "no practice copy"), (["7"], "no notebook m")],
)
def test_nothing_to_check_is_said(tmp_path, capsys, arguments, says):
    crafted.course(tmp_path)
    assert check.main(arguments, tmp_path) == 1
    assert says in capsys.readouterr().out


NUMPY = "\nNot equal to tolerance rtol=1e-07, atol=0\n{}\nMismatched elements: 1 / 2"


@pytest.mark.parametrize(
    ("kind", "message", "expected"),
    [
        ("AssertionError", "mind the sign", "mind the sign"),
        ("AssertionError", "", "an assertion fails"),
        ("AssertionError", NUMPY.format("mind the sum"), "mind the sum"),
        (
            "AssertionError",
            "\nItems are not equal: why\n ACTUAL: 1\n DESIRED: 2",
            "why",
        ),
        (
            "AssertionError",
            NUMPY.format(""),
            "Not equal to tolerance rtol=1e-07, atol=0; Mismatched elements: 1 / 2",
        ),
        ("ValueError", "shapes\n(2,) (3,)", "ValueError: shapes; (2,) (3,)"),
        ("KeyError", "", "KeyError"),
        ("ValueError", "long " * 99, "ValueError: " + "long " * 31 + "..."),
    ],
)
def test_one_line_of_an_error(kind, message, expected):
    assert judge.one_line(kind, message) == expected

"""The bench on which planted wrong answers are tried.

The lessons are in test_planted_<folder>.py, one file per folder.
"""

import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest

from tests import planted
from tests.planted import Planted, crafted
from tests.planted.bench import Bench
from tests.planted.copies import copied
from tests.planted.crafted import code, text
from utils.authoring import exercises, notebooks


def bench(number, tmp_path, nb=None):
    nb = nb or crafted.lesson()
    exercise = exercises.find(nb)[number - 1]
    return Bench(nb, exercise, tmp_path), nb.cells[exercise.function].source


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_solution_passes_on_the_bench(tmp_path, number):
    solved = bench(number, tmp_path)[0].solved
    assert solved.error is None
    assert solved.cell is None


@pytest.mark.parametrize(
    ("number", "wrong", "cell", "kind", "says"),
    [
        (1, Planted("sign", "w.T", "-w.T"), "check", AssertionError, "mind the sum"),
        (1, Planted("swap", body="return X.T @ w"), "check", AssertionError, "(1, m)"),
        (1, Planted("shape", body="return w @ X"), "check", ValueError, "matmul"),
        (2, Planted("no mean", " / (2 * m)"), "check", AssertionError, "the m exa"),
        (3, Planted("slow", "0.1", "1e-4"), "check", AssertionError, "0.001"),
        (3, Planted("typo", "0.1", "0.1 +"), "exercise", SyntaxError, "invalid"),
    ],
)
def test_where_a_wrong_answer_is_caught(tmp_path, number, wrong, cell, kind, says):
    ready, source = bench(number, tmp_path)
    outcome = ready.attempt(planted.answer(wrong, source))
    assert outcome.cell == cell
    assert isinstance(outcome.error, kind)
    assert says in str(outcome.error)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_blanked_exercise_is_unwritten(tmp_path, number):
    ready, source = bench(number, tmp_path)
    error = ready.attempt(exercises.blank(source)).error
    assert isinstance(error, NotImplementedError)


def lesson_of(*before, answer="y = [3]", check="assert y == [3]"):
    solved = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
    head = text("## Exercise 1 · Three")
    cells = [*map(code, before), head, code(solved), code(check, "check")]
    return nbformat.v4.new_notebook(cells=cells)


def test_cells_that_are_not_needed_do_not_run(tmp_path):
    nb = lesson_of("import numpy as np", "raise SystemError('training')")
    assert bench(1, tmp_path, nb)[0].solved.error is None


def test_all_cells_run_where_a_change_was_not_seen(tmp_path):
    nb = lesson_of(
        "import heapq",
        "x = []",
        "heapq.heappush(x, 3)",
        answer="y = x",
        check="assert y",
    )
    ready, _ = bench(1, tmp_path, nb)
    assert ready.solved.error is None
    assert not ready.minimal


def test_a_failing_cell_is_named(tmp_path):
    with pytest.raises(exercises.ExerciseError, match="cell 2 fails: KeyError: 'a'"):
        bench(1, tmp_path, lesson_of("x = 1", "x = {}['a']", answer="y = [x]"))


ITEMS = "class Items:\n    def __init__(self, *items):\n        self.items = items"
KEEP = "def keep(items):\n    return lambda: items\nkept = keep([1])"


@pytest.mark.parametrize(
    ("given", "z", "copies"),
    [
        ("z = [1]", "z", True),
        (f"{ITEMS}\nz = Items([1])", "z.items[0]", True),
        (f"{KEEP}\nz = [1]", "z", True),  # what the answer cannot reach is shared
        (KEEP, "kept()", False),
    ],
    ids=["list", "own class", "out of reach", "closure"],
)
def test_an_answer_cannot_spoil_the_values_of_the_next(tmp_path, given, z, copies):
    nb = lesson_of("import math", given, answer=f"y = [2 + {z}[0]]")
    ready, source = bench(1, tmp_path, nb)
    spoil = planted.answer(Planted("spoil", body=f"{z}[0] = 5\ny = [3]"), source)
    assert ready.attempt(spoil).error is None
    assert ready.attempt(source).error is None
    ((values, _),) = ready.prepared.values()
    assert (copied(values, [source]) is not None) is copies


@pytest.mark.parametrize(
    ("earlier", "call"),
    [
        ("def g(): return h()", "g()"),
        ("def f(): return h()\ndef g(): return [f]", "g()[0]()"),
        ("class G:\n    def run(self): return h()\ng = G()", "g.run()"),
        ("class G:\n    def run(self): return h()\ng = [G().run]", "g[0]()"),
        ("g = {'k': lambda: h()}", "g['k']()"),
    ],
    ids=["function", "through another", "method", "bound method", "lambda"],
)
def test_earlier_code_calls_the_answer_that_is_tried(tmp_path, earlier, call):
    three = "def h(): return 3"
    nb = lesson_of("h = None", earlier, answer=three, check=f"assert {call} == 3")
    ready, source = bench(1, tmp_path, nb)
    assert ready.solved.error is None
    assert ready.attempt(source.replace("3", "4")).error is not None


def test_a_bench_leaves_no_trace_in_the_process(tmp_path, capsys):
    settings = "import numpy as np\nnp.set_printoptions(precision=2)\nprint(1)"
    nb = lesson_of(settings, answer="y = [3]; np.array(0.123)")
    before = os.getcwd(), np.get_printoptions(), plt.get_fignums()
    bench(1, tmp_path, nb)
    assert (os.getcwd(), np.get_printoptions(), plt.get_fignums()) == before
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (Planted("sign", "w.T", "-w.T"), "caught"),
        (Planted("equal", "w.T @ X", "np.dot(w.T, X)"), "slipped"),
        (Planted("name", "w.T", "v.T"), "name: does not run: NameError: .*"),
        (Planted("syntax", "w.T", "w.T @"), "syntax: does not run: Syntax.*"),
        (Planted("gone", "no such"), "gone: 'no such' occurs 0 times .* not 1"),
        (Planted("two", "w", "v", count=2), "two: 'w' occurs 1 times .* not 2"),
        (Planted("nothing", "w", "w"), "nothing: changes nothing"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_verdict_on_a_planted_answer(tmp_path, wrong, expected):
    ready, source = bench(1, tmp_path)
    assert re.fullmatch(expected, planted.verdict(ready, wrong, source))


def test_every_planted_module_is_found():
    assert "course1_nn_01" in planted.modules()
    assert "crafted" not in planted.modules()
    assert isinstance(planted.everything(), dict)


def test_every_folder_with_planted_answers_is_tested():
    planted_in = {name.rsplit("/", 1)[0] for name in planted.everything()}
    tested = {path.stem for path in Path(__file__).parent.glob("test_planted_*.py")}
    assert sorted(f for f in planted_in if f"test_planted_{f}" not in tested) == []


def test_every_planted_lesson_exists():
    lessons = {notebooks.name(path) for path in notebooks.lessons()}
    assert sorted(planted.everything().keys() - lessons) == []

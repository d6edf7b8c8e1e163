"""Exercises are found and blanked as DESIGN 6 says; what a cell needs is seen."""

import nbformat
import pytest

from tests.planted import crafted
from tests.planted.crafted import code, text
from tests.planted.slices import needed
from utils.authoring import exercises

SOLVED = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
FUNCTION = code(SOLVED)
HEAD = text("## Exercise 1 · Same")
CHECK = code("assert f(1) == 1", "check")


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def test_exercises_of_a_lesson():
    found = exercises.find(crafted.lesson())
    assert [tuple(e) for e in found] == [
        (1, "Predict", 8, 9),
        (2, "Measure", 11, 12),
        (3, "Choose", 18, 19),
    ]


def test_a_wrong_version_may_stand_between_title_and_exercise():
    shown = code("def f(x):\n    return -x")
    nb = notebook(HEAD, shown, text("It is upside down."), code(SOLVED), CHECK)
    assert exercises.find(nb) == [exercises.Exercise(1, "Same", 3, 4)]


def test_blank_keeps_the_rest_and_the_indent():
    assert exercises.blank(crafted.COST) == (
        "def cost(Y_hat, Y):\n"
        '    """Half the mean squared distance, and its derivative by Y_hat."""\n'
        "    m = Y.shape[1]\n"
        "    # YOUR CODE HERE\n"
        '    raise NotImplementedError("exercise")\n'
        "    # YOUR CODE HERE\n"
        '    raise NotImplementedError("exercise")\n'
        "    return loss, slope"
    )


def test_blank_leaves_a_cell_without_solution():
    assert exercises.blank("x = 1\n") == "x = 1\n"


def test_solutions_come_without_marks_and_indent():
    assert exercises.solutions(crafted.COST) == [
        "loss = np.sum((Y_hat - Y) ** 2) / (2 * m)",
        "slope = (Y_hat - Y) / m",
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["### BEGIN SOLUTION", "### BEGIN SOLUTION"], "line 2: .* inside a solution"),
        (["### END SOLUTION"], "line 1: .* without a '### BEGIN"),
        (["x", "### BEGIN SOLUTION"], "line 2: .* without an '### END"),
        (["## BEGIN SOLUTION"], "line 1: write '### BEGIN SOLUTION'"),
        (["### BEGIN SOLUTION", "### END SOLUTIONS"], "line 2: write"),
    ],
)
def test_marks_that_do_not_match(lines, says):
    with pytest.raises(exercises.ExerciseError, match=says):
        exercises.blank("\n".join(lines))


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([HEAD, FUNCTION], "cell 2: .* must be its check"),
        ([HEAD, FUNCTION, text("So:"), CHECK], "cell 2: .* must be its check"),
        ([HEAD, FUNCTION, code("x", "Check")], r"tagged 'check', it has \['Check'\]"),
        ([FUNCTION, CHECK], "cell 1: a solution without a title"),
        ([HEAD, text("## Data"), FUNCTION, CHECK], "cell 2: exercise 'Same' has no"),
        ([HEAD], "here: exercise 'Same' has no cell"),
        ([code("x = 1"), CHECK], "cell 2: a check with no exercise"),
        ([HEAD, FUNCTION, CHECK, code("x", "check")], "cell 4: a check with no exer"),
        ([HEAD, code(SOLVED, "check"), CHECK], "cell 2: a check must not hold"),
        ([text("## Exercise 2 · Same"), FUNCTION, CHECK], "write '## Exercise 1 · t"),
        ([text("## Exercise 1: Same"), FUNCTION, CHECK], "write '## Exercise 1 · t"),
        ([HEAD, code(SOLVED + "\n  x"), CHECK], "cell 2: the cell is not Python"),
        ([HEAD, code(SOLVED.replace("### E", "## E")), CHECK], "cell 2: line 4: write"),
    ],
)
def test_ill_formed_exercises_are_named(cells, says):
    with pytest.raises(exercises.ExerciseError, match=says):
        exercises.find(notebook(*cells), "here")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["import a", "x = 1", "y = 2", "print(x)"], {0, 1}),
        (["import a", "x = 1", "x = 2", "print(x)"], {0, 2}),
        (["import a", "x = []", "x.append(1)", "print(x)"], {0, 1, 2}),
        (["import a", "x = []", "x.index(1)", "print(x)"], {0, 1}),
        (["import a", "x = {}", "x['k'] = 1", "print(x)"], {0, 1, 2}),
        (["import a", "x = A()", "x.y.z = 1", "print(x)"], {0, 1, 2}),
        (["import a", "x = 1", "x += 1", "print(x)"], {0, 1, 2}),
        (["import a", "x = b()", "a.add(1, 2, out=x)", "print(x)"], {0, 1, 2}),
        (["import a", "a.add(1, 2)", "a.set_floatx(64)", "print(a)"], {0, 2}),
        (["import a", "x = 1", "import b\nx = b.c", "print(x)"], {0, 2}),
        (["import a", "x = 1", "def f():\n    return x", "f()"], {0, 1, 2}),
        (["import a", "x = 1", "def f(x):\n    return x", "f(2)"], {0, 2}),
        (["import a", "def f():\n    return g()", "def g(): 1", "f()"], {0, 1, 2}),
        (["import a", "x = 1", "def f():\n    x = [2]\n    x[0] = 3", "x"], {0, 1}),
        (["import a", "n = 3", "x = 2", "[n for x in [1]]"], {0, 1}),
        (["import a", "class A:\n    pass", "class B(A):\n    pass", "B"], {0, 1, 2}),
        (["import a", "x = y = 1", "def f(k=y):\n    pass", "f"], {0, 1, 2}),
        (["import a", "x = 1", "x = 2\ny = x", "print(y)"], {0, 2}),
        (["import a", "x = 1", "y = x\nx = 2", "print(y)"], {0, 1, 2}),
        (["import a", "i = 1", "for i in [1]:\n    y = i", "print(y)"], {0, 2}),
        (["import a", "x = 1", "for i in [1]:\n    x = i\ny = x", "y"], {0, 2}),
        (["import a", "x = 1", "if a.b:\n    x = 2\ny = x", "y"], {0, 1, 2}),
        (["import a", "x = 1", "if a.b:\n    x = 2\nelse:\n    x = 3", "x"], {0, 2}),
        (["import a", "f = 1", "with a.b() as f:\n    y = f", "y"], {0, 2}),
        (["import a", "x = 1", "try:\n    y = x\nexcept A:\n    pass", "y"], {0, 1, 2}),
        (["import a", "x = []", "x = []\nx.append(1)", "x"], {0, 2}),
        (["import a", "g = 1", "def g(): 1\ndef f(): g()", "f()"], {0, 2}),
    ],
)
def test_cells_that_the_last_one_needs(sources, expected):
    code_by_index = dict(enumerate(sources))
    assert set(needed(code_by_index, len(sources) - 1)) == expected

"""A small lesson in the house style, on which the authoring tools are tested."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from utils.authoring import notebooks, refresh

NAME = "course1_nn/02_lines"
# A picture of one grey pixel.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU"
    "5ErkJggg=="
)
OPENING = """\
# Fit a line by hand

A line through four points, found by gradient descent.

**You will be able to**

- predict, measure and improve

**You need** [arrays](01_arrays.ipynb), [notation](../notebooks/01_notation.ipynb)

**Time** 20 min reading, 2 s running"""

PREDICT = '''\
def predict(X, w):
    """The line w . X for every column of X (n_x, m)."""
    ### BEGIN SOLUTION
    return w.T @ X  # (1, m)
    ### END SOLUTION'''
PREDICT_CHECK = """\
assert predict(X, w).shape == (1, m), "one prediction per example, so (1, m)"
np.testing.assert_allclose(predict(X, w), [[0, 1, 2, 3]], err_msg="mind the sum")
print("predict", predict(X, w))"""
COST = '''\
def cost(Y_hat, Y):
    """Half the mean squared distance, and its derivative by Y_hat."""
    m = Y.shape[1]
    ### BEGIN SOLUTION
    loss = np.sum((Y_hat - Y) ** 2) / (2 * m)
    ### END SOLUTION
    ### BEGIN SOLUTION
    slope = (Y_hat - Y) / m
    ### END SOLUTION
    return loss, slope'''
COST_CHECK = """\
loss, slope = cost(predict(X, w), Y)
assert abs(loss - 0.5) < 1e-12, "the mean runs over the m examples"
assert np.allclose(slope, -0.25), "the slope is (Y_hat - Y) / m"
fig, ax = plt.subplots()
ax.plot(X[0], Y[0])
print("cost", loss)"""
CHOOSE = """\
### BEGIN SOLUTION
learning_rate = 0.1
### END SOLUTION"""
CHOOSE_CHECK = """\
assert descend(learning_rate) < 1e-3, "the cost must fall below 0.001 in 200 steps"
descend(learning_rate) < 1e-3"""
DESCEND = """\
def descend(rate):
    v = w.copy()
    for _ in range(200):
        v -= rate * (X @ cost(predict(X, v), Y)[1].T)
    return cost(predict(X, v), Y)[0]"""


def text(source: str) -> NotebookNode:
    """A text cell."""
    return nbformat.v4.new_markdown_cell(source)


def code(source: str, *tags: str) -> NotebookNode:
    """A code cell."""
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


def cells() -> list[NotebookNode]:
    """The cells of the lesson: thirteen of code, three exercises, ten headings."""
    return [
        text(OPENING),
        text("## Setup\n\nOne import for numbers, one for figures."),
        code("import matplotlib.pyplot as plt\nimport numpy as np"),
        text("## The data\n\nFour points, made by hand (CC0)."),
        code("X = np.array([[0.0, 1, 2, 3], [1, 1, 1, 1]])\nY = X[:1] + 1\nm = 4"),
        text("A first guess."),
        code("w = np.array([[1.0], [0.0]])  # (2, 1)"),
        text("## Exercise 1 · Predict\n\nWrite the line."),
        code(PREDICT),
        code(PREDICT_CHECK, "check"),
        text("## Exercise 2 · Measure\n\nWrite the cost."),
        code(COST),
        code(COST_CHECK, "check"),
        text("One run of gradient descent."),
        code(DESCEND),
        text("A rate that is too small leaves a distance."),
        code("slow = descend(1e-4)\nslow > 0.1"),
        text("## Exercise 3 · Choose\n\nA `learning_rate` that reaches 0.001."),
        code(CHOOSE),
        code(CHOOSE_CHECK, "check"),
        text("The list of costs is changed in place."),
        code("costs = [slow]\ncosts.append(descend(0.1))"),
        text("The line at last."),
        code("len(costs)"),
        text("## Recap\n\n- A line."),
        text("## In the lectures\n\nLinear regression."),
        text("## On your own\n\n1. Change the data."),
        text("## References\n\nGauss, 1809."),
    ]


def lesson(*, executed: bool = True) -> NotebookNode:
    """The lesson as refresh stores it, without starting a kernel.

    executed : whether it has the counts and outputs of a run
    """
    nb = nbformat.v4.new_notebook(cells=cells())
    refresh.normalise(nb)
    if executed:
        v4 = nbformat.v4
        for count, cell in enumerate(notebooks.code_cells(nb), 1):
            cell.execution_count = count
        by_id = {cell.id: cell for cell in nb.cells}
        printed = "predict [[0. 1. 2. 3.]]\n"
        by_id["check-1"].outputs = [v4.new_output("stream", text=printed)]
        figure = {"image/png": PIXEL, "text/plain": "<Figure size 640x480 with 1 Axes>"}
        by_id["check-2"].outputs = [
            v4.new_output("stream", text="cost 0.5\n"),
            v4.new_output("display_data", data=figure),
        ]
        shown = {"text/plain": "np.True_"}
        count = by_id["check-3"].execution_count
        by_id["check-3"].outputs = [
            v4.new_output("execute_result", data=shown, execution_count=count)
        ]
    return nb


def neighbour(title: str) -> NotebookNode:
    """A notebook without exercises that opens as a lesson does."""
    nb = nbformat.v4.new_notebook(cells=[text(OPENING.replace("Fit a line", title))])
    refresh.normalise(nb)
    return nb


def course(root: Path, *, executed: bool = True) -> Path:
    """Write the lesson and the two it links to below `root`; the path of the lesson."""
    path = root / f"{NAME}.ipynb"
    notebooks.write(lesson(executed=executed), path)
    notebooks.write(neighbour("Use arrays"), root / "course1_nn" / "01_arrays.ipynb")
    notebooks.write(neighbour("Read"), root / "notebooks" / "01_notation.ipynb")
    return path

"""A small project with every kind of page, on which the site is tested."""

from pathlib import Path

from nbformat import NotebookNode, v4

from tests.planted import crafted
from utils.authoring import catalogue, notebooks, refresh

INDEX = """\
# A small course

<!-- cards -->

## All lessons

<!-- lessons -->

<!-- toctree -->
"""
GLOSSARY = """\
# Glossary

:::{glossary}
Gradient descent
descent
  Steps downhill, as in [the lesson](../course1_nn/02_lines.ipynb).
:::
"""
MODULE = '''\
"""Lines through points."""

from typing import NamedTuple

import tensorflow_that_is_not_there


class Line(NamedTuple):
    """A line."""

    w: float  # its slope
    b: float = 0.0


def fit(X: list[float], *, rate: float = 0.1) -> Line:
    """Fit a line by <steps>.

    X       : (n_x, m) float   points
    returns  the Line, w_1 first
    raises   ValueError if X is empty

    Gauss 1809. Built in course1_nn/02_lines.
    """
    return Line(_slope(X))


def _slope(X):
    """Not public."""
'''
TEXT = """\
## A formula

The cost $J(w) = \\frac12 w^2$ has a slope. Gradient descent goes down; descent again.

$$\\frac{dJ}{dw} = w$$

Code does not count: `descent`. See [arrays](01_arrays.ipynb) and [the
licence](../LICENSE).

<details>
<summary>Hint 1</summary>

The *mean*.

</details>"""


def project(root: Path) -> Path:
    """Write the project below `root`; the path of its lesson."""
    path = crafted.course(root)
    nb = crafted.lesson()
    nb.cells.insert(3, crafted.text(TEXT))
    refresh.normalise(nb)
    notebooks.write(nb, path)
    start = _on_the_shelf("Start")
    start.cells.append(crafted.code("table()"))
    shown = {"text/markdown": "| a |\n|:--|\n| [lines](../course1_nn/02_lines.ipynb) |"}
    start.cells[-1].outputs = [v4.new_output("display_data", data=shown)]
    notebooks.write(start, root / f"{catalogue.START}.ipynb")
    notebooks.write(_on_the_shelf("Read"), root / "notebooks" / "01_notation.ipynb")
    files = {
        "docs/index.md": INDEX,
        "docs/glossary.md": GLOSSARY,
        "docs/reading.md": "# How to read\n\nFrom above to below.\n",
        "utils/nn/__init__.py": "",
        "utils/nn/lines.py": MODULE,
        "utils/plots.py": '"""Every figure."""\n',
        "LICENSE": "Free.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return path


def _on_the_shelf(title: str) -> NotebookNode:
    """A notebook without exercises, for the folder of the shelf."""
    nb = crafted.neighbour(title)
    nb.cells[0].source = nb.cells[0].source.replace("](01_", "](../course1_nn/01_")
    return nb

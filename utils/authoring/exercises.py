"""The exercises of a lesson: where they are and how they are blanked.

An exercise is a text cell `## Exercise k · title`, a code cell with solution marks (the
marks are nbgrader's) and directly behind it a cell tagged `check`.
"""

import ast
import re
import textwrap
from typing import NamedTuple

from nbformat import NotebookNode

from utils.authoring import notebooks

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = '# YOUR CODE HERE\nraise NotImplementedError("exercise")'
TITLE = re.compile(r"## Exercise (\d+) · (\S.*)")


class ExerciseError(ValueError):
    """An exercise that is not as the contract wants it; the message says where."""


class Exercise(NamedTuple):
    """One exercise: `function` and `check` are the indices of its two code cells."""

    number: int
    title: str
    function: int
    check: int


def _regions(source: str) -> list[tuple[int, int, str]]:
    """First and last line of each solution, marks included, and its indent."""
    found, begin = [], None
    for number, line in enumerate(source.split("\n")):
        if not re.search(r"(BEGIN|END) SOLUTION", line):
            continue
        mark, where = line.strip(), f"line {number + 1}"
        if mark not in (BEGIN, END):
            raise ExerciseError(f"{where}: write '{BEGIN}' or '{END}', not {mark!r}")
        if mark == BEGIN and begin is not None:
            raise ExerciseError(f"{where}: '{BEGIN}' inside a solution")
        if mark == END and begin is None:
            raise ExerciseError(f"{where}: '{END}' without a '{BEGIN}'")
        if mark == END:
            found.append((*begin, number))
        begin = (number, line[: line.index("#")]) if mark == BEGIN else None
    if begin is not None:
        raise ExerciseError(f"line {begin[0] + 1}: '{BEGIN}' without an '{END}'")
    return [(first, last, indent) for first, indent, last in found]


def solutions(source: str) -> list[str]:
    """The text of each solution in a cell, without its marks and indent."""
    lines = source.split("\n")
    return [
        textwrap.dedent("\n".join(lines[first + 1 : last]))
        for first, last, _ in _regions(source)
    ]


def replace(source: str, texts: list[str]) -> str:
    """The cell with each solution and its marks replaced by the text of its turn."""
    lines = source.split("\n")
    for (first, last, indent), text in reversed(
        list(zip(_regions(source), texts, strict=True))
    ):
        lines[first : last + 1] = textwrap.indent(text, indent).split("\n")
    return "\n".join(lines)


def blank(source: str) -> str:
    """The cell with each solution replaced by a stub that raises NotImplementedError.

    raises   ExerciseError if a mark is nested, missing or misspelt
    """
    return replace(source, [STUB] * len(_regions(source)))


def find(nb: NotebookNode, name: str = "the notebook") -> list[Exercise]:
    """The exercises of a lesson, in order.

    raises   ExerciseError naming `name` and the cell for marks that do not match, a
             missing title or check, a check without an exercise, or wrong numbers
    """
    found: list[Exercise] = []
    title = None
    for index, cell in enumerate(nb.cells):
        try:
            if cell.cell_type == "markdown":
                title = _next_title(cell.source, title, len(found) + 1)
            elif cell.cell_type == "code" and _regions(cell.source):
                after = nb.cells[index + 1] if index + 1 < len(nb.cells) else None
                _require_sound(cell, title, after)
                found.append(Exercise(len(found) + 1, title, index, index + 1))
                title = None
            elif "check" in notebooks.tags(cell):
                if not found or found[-1].check != index:
                    raise ExerciseError("a check with no exercise directly before it")
        except ExerciseError as error:
            raise ExerciseError(f"{name}, cell {index + 1}: {error}") from None
    if title:
        raise ExerciseError(f"{name}: exercise {title!r} has no cell with '{BEGIN}'")
    return found


def _next_title(text: str, title: str | None, number: int) -> str | None:
    """The title in force after the text cell `text`."""
    head = text.strip().partition("\n")[0].strip()
    if not head.startswith(("# ", "## ")):
        return title
    if title:
        raise ExerciseError(f"exercise {title!r} has no cell with '{BEGIN}' before it")
    match = TITLE.fullmatch(head)
    if head.startswith("## Exercise") and not (match and int(match[1]) == number):
        raise ExerciseError(f"write '## Exercise {number} · title', not {head!r}")
    return match[2] if match else None


def _require_sound(cell: NotebookNode, title: str | None, after: NotebookNode | None):
    if "check" in notebooks.tags(cell):
        raise ExerciseError("a check must not hold a solution")
    if title is None:
        raise ExerciseError("a solution without a title '## Exercise k · title' before")
    if after is None or after.cell_type != "code":
        raise ExerciseError("the cell behind an exercise must be its check")
    if "check" not in (tags := notebooks.tags(after)):
        raise ExerciseError(f"the cell behind must be tagged 'check', it has {tags}")
    for text, what in ((cell.source, "the cell"), (blank(cell.source), "its stub")):
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise ExerciseError(f"{what} is not Python: {error.msg}") from None

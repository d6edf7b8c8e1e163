"""Run a practice copy with the lesson's own checks and see which exercises are done.

Each check is run as it stands in the lesson, whatever the copy made of it; the copy
itself is not changed.
"""

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from utils.authoring import blanking, copies, exercises, notebooks
from utils.authoring.notebooks import CELL_SECONDS, ROOT, NotebookError

DONE, NOT_STARTED, FAILING, MISSING = "done", "not started", "failing", "missing"
CHANGED = "the lesson has changed since this copy was made; "
STOPPED = "KeyboardInterrupt"
_AS_IT_IS = "it is left as it is, `course.py practice --fresh` puts a new one beside it"
TOO_LONG = "it ran too long and was stopped"
# What would move the cursor or turn round the line it is shown in.
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# How NumPy opens the message of a failed comparison.
COMPARED = ("Not equal to tolerance", "Arrays are not", "Items are not")


class Result(NamedTuple):
    """How one exercise of a copy stands; `message` says why it is not done."""

    number: int
    title: str
    state: str
    message: str = ""


class Progress(NamedTuple):
    """How a practice copy stands; `notes` are about the copy as a whole.

    steady : whether another run would say the same: not after one that was stopped
    """

    copy: Path
    results: list[Result]
    notes: list[str]
    steady: bool = True

    @property
    def done(self) -> int:
        """The number of exercises whose checks pass."""
        return sum(result.state == DONE for result in self.results)

    @property
    def begun(self) -> bool:
        """Whether anything was written for any exercise."""
        return any(result.state != NOT_STARTED for result in self.results)

    @property
    def complete(self) -> bool:
        """Whether every exercise is done and nothing went wrong."""
        return bool(self.results) and self.done == len(self.results)


def check(
    copy: Path,
    root: Path = ROOT,
    seconds: float = CELL_SECONDS,
    *,
    untouched: bool = False,
) -> Progress:
    """Run the practice copy `copy`, in memory, and see which exercises are done.

    seconds    longest time a cell may run
    untouched  whether to run a copy in which nothing was changed, too
    returns  Progress; a copy that cannot be read or run has notes that say so
    """
    try:
        nb = notebooks.read(copy)
        lesson = copies.lesson_of(copy, root)
        solved, blank = notebooks.read(lesson), blanking.blanked(lesson, root)
        found = exercises.find(solved, notebooks.name(lesson, root))
    except (NotebookError, exercises.ExerciseError) as error:
        return Progress(copy, [], [f"{error}; {_AS_IT_IS}"])
    original = {cell.id: cell for cell in blank.cells}
    pairs = [(solved.cells[e.function].id, solved.cells[e.check].id) for e in found]
    notes, steady = [], True
    if copies.digest_of(nb) != copies.digest_of(blank):
        notes.append(CHANGED + _newer(copy, lesson, blank, root))
    if _cells(nb) == _cells(blank) and not untouched:  # all is as it was given
        new = [Result(e.number, e.title, NOT_STARTED) for e in found]
        return Progress(copy, new, notes)
    nb.cells = with_own_checks(nb.cells, original, pairs)
    end = len(nb.cells)
    try:
        notebooks.run(nb, copy.parent, seconds=seconds, allow_errors=True)
    except notebooks.Stopped as stopped:
        end = stopped.index
        notes.append(f"cell {end + 1}: {stopped}; nothing after it was checked")
        steady = False
    reached = {cell.id: cell for cell in nb.cells[:end]}
    present = {cell.id: cell for cell in nb.cells}
    for cell in reached.values():
        error = None if "check" in notebooks.tags(cell) else _error(cell)
        if error and error.ename == STOPPED:
            first = cell.source.strip().partition("\n")[0]
            notes.append(f"stopped after {seconds:g} s: the cell `{plain(first)}`")
            steady = False
    results = []
    for exercise, (function, check_id) in zip(found, pairs, strict=True):
        stub = original[function].source
        judged = _judge(present.get(function), reached.get(check_id), stub)
        results.append(Result(exercise.number, exercise.title, *judged))
    steady = steady and not any(result.message == TOO_LONG for result in results)
    return Progress(copy, results, notes, steady)


def _newer(copy: Path, lesson: Path, blank: NotebookNode, root: Path) -> str:
    """Where the newer copy is, or how to get it."""
    for other in sorted(copy.parent.glob(f"{lesson.stem}*.ipynb")):
        try:
            if copies.digest_of(notebooks.read(other)) == copies.digest_of(blank):
                return f"a newer copy is beside it: {other.name}"
        except NotebookError:  # its own line on the board says what is wrong with it
            continue
    command = f"course.py practice {notebooks.name(lesson, root)}"
    return f"`{command}` puts a newer one beside it"


def _cells(nb: NotebookNode) -> list[tuple[str, str]]:
    return [(cell.id, copies.cell_digest(cell)) for cell in nb.cells]


def with_own_checks(
    cells: list[NotebookNode],
    original: dict[str, NotebookNode],
    pairs: list[tuple[str, str]],
) -> list[NotebookNode]:
    """The learner's cells with the original checks in their places.

    original : cells of the untouched copy by id
    pairs    : ids of each exercise and its check; a check that was deleted, or moved to
               before its exercise, comes directly behind it
    """
    cells = list(cells)
    for function, check_id in pairs:
        ids = [cell.id for cell in cells]
        if function not in ids:
            cells = [cell for cell in cells if cell.id != check_id]
            continue
        at = ids.index(check_id) if check_id in ids else -1
        if at > ids.index(function):
            cells[at] = original[check_id]
        else:
            cells = [cell for cell in cells if cell.id != check_id]
            behind = [cell.id for cell in cells].index(function) + 1
            cells.insert(behind, original[check_id])
    return cells


def _judge(
    function: NotebookNode | None, check_cell: NotebookNode | None, blank: str
) -> tuple[str, str]:
    """State and message of an exercise whose cells have been run."""
    if function is None or function.cell_type != "code":
        return MISSING, "its code cell was deleted; --fresh makes a new copy"
    error = _error(check_cell) if check_cell else None
    if check_cell and check_cell.execution_count and not error:
        return DONE, ""
    if function.source.strip() == blank.strip():
        return NOT_STARTED, ""
    own_error = _error(function)
    if own_error and own_error.ename not in ("NotImplementedError", STOPPED):
        says = one_line(own_error.ename, own_error.evalue)
        return FAILING, f"its cell fails: {says}"
    if error is None:
        return FAILING, "the check was not reached"
    if error.ename == "NotImplementedError":
        own = "raise NotImplementedError" in function.source
        earlier = "it needs an exercise that is not written yet"
        return FAILING, "`raise NotImplementedError` is still there" if own else earlier
    if error.ename == STOPPED:
        return FAILING, TOO_LONG
    return FAILING, one_line(error.ename, error.evalue)


def _error(cell: NotebookNode) -> NotebookNode | None:
    errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
    return errors[-1] if errors else None


def one_line(kind: str, message: str, width: int = 160) -> str:
    """What an error says, in one line; of a NumPy comparison the author's words."""
    lines = [plain(line).strip() for line in message.split("\n")]
    if len(lines) > 2 and lines[1].startswith(COMPARED):
        own = lines[1].partition(": ")[2] or lines[2]
        lines = [own] if own and not own.startswith("ACTUAL") else lines[1:4]
    text = textwrap.shorten("; ".join(filter(None, lines)), width, placeholder=" ...")
    if kind == "AssertionError":
        return text or "an assertion fails"
    kind = plain(kind)[:width]
    return f"{kind}: {text}" if text else kind


def plain(text: str) -> str:
    """The text without what a terminal would obey: a message can hold anything."""
    return CONTROL.sub(" ", COLOURS.sub("", text))

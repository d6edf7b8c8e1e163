"""Run practice copies with the lessons' own checks and show what is done.

    python -m utils.authoring.check [LESSON ...] [--seconds N]

LESSON is a course (course1_nn, 1), a lesson (course1_nn/02, 1.2) or a copy; none means
every copy there is. The copies themselves are not changed. Each check is run as it
stands in the lesson, whatever the copy made of it. Exit status 0 only if all pass.
"""

import argparse
import re
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from utils.authoring import exercises, notebooks, practice
from utils.authoring.notebooks import CELL_SECONDS, ROOT, NotebookError

DONE, NOT_STARTED, FAILING, MISSING = "done", "not started", "failing", "missing"
# How NumPy opens the message of a failed comparison.
COMPARED = ("Not equal to tolerance", "Arrays are not", "Items are not")


class Result(NamedTuple):
    """How one exercise of a copy stands; `message` says why it is not done."""

    number: int
    title: str
    state: str
    message: str = ""


class Progress(NamedTuple):
    """How a practice copy stands; `notes` are about the copy as a whole."""

    copy: Path
    results: list[Result]
    notes: list[str]

    @property
    def done(self) -> int:
        """The number of exercises whose checks pass."""
        return sum(result.state == DONE for result in self.results)

    @property
    def complete(self) -> bool:
        """Whether every exercise is done and nothing went wrong."""
        return bool(self.results) and self.done == len(self.results)


def check(copy: Path, root: Path = ROOT, seconds: float = CELL_SECONDS) -> Progress:
    """Run the practice copy `copy`, in memory, and see which exercises are done.

    seconds  longest time a cell may run
    returns  Progress; a copy that cannot be read or run has notes that say so
    """
    try:
        nb = notebooks.read(copy)
        lesson = lesson_of(copy, root)
        solved, blank = notebooks.read(lesson), practice.blanked(lesson, root)
        found = exercises.find(solved, notebooks.name(lesson, root))
    except (NotebookError, exercises.ExerciseError) as error:
        return Progress(copy, [], [str(error)])
    original = {cell.id: cell for cell in blank.cells}
    pairs = [(solved.cells[e.function].id, solved.cells[e.check].id) for e in found]
    notes = []
    if nb.metadata.get("practice", {}).get("digest") != blank.metadata.practice.digest:
        notes.append("the lesson has changed since this copy was made")
    nb.cells = with_own_checks(nb.cells, original, pairs)
    end = len(nb.cells)
    try:
        notebooks.run(nb, copy.parent, seconds=seconds, allow_errors=True)
    except notebooks.Stopped as stopped:
        end = stopped.index
        notes.append(f"cell {end + 1}: {stopped}; nothing after it was checked")
    reached = {cell.id: cell for cell in nb.cells[:end]}
    present = {cell.id: cell for cell in nb.cells}
    for cell in reached.values():
        error = None if "check" in notebooks.tags(cell) else _error(cell)
        if error and error.ename == "KeyboardInterrupt":
            first = cell.source.strip().partition("\n")[0]
            notes.append(f"stopped after {seconds:g} s: the cell `{first}`")
    results = []
    for exercise, (function, check_id) in zip(found, pairs, strict=True):
        stub = original[function].source
        judged = _judge(present.get(function), reached.get(check_id), stub)
        results.append(Result(exercise.number, exercise.title, *judged))
    return Progress(copy, results, notes)


def lesson_of(copy: Path, root: Path = ROOT) -> Path:
    """The lesson that `copy` is a copy of, by what it says or by its name.

    raises   NotebookError if there is no such lesson
    """
    root = root.resolve()
    try:
        said = notebooks.read(copy).metadata.get("practice", {}).get("lesson", "")
    except NotebookError:  # a broken file still has its name
        said = ""
    beside = copy.resolve().relative_to(root / practice.FOLDER)
    named = beside.with_name(re.sub(r"\.\d+(?=\.ipynb$)", "", beside.name))
    for path in (root / said, root / named):
        if path in notebooks.lessons(root):
            return path
    raise NotebookError(f"{copy.name} is not a practice copy of any lesson")


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
    if error is None:
        return FAILING, "the check was not reached"
    if error.ename == "NotImplementedError":
        own = "raise NotImplementedError" in function.source
        earlier = "it needs an exercise that is not written yet"
        return FAILING, "`raise NotImplementedError` is still there" if own else earlier
    if error.ename == "KeyboardInterrupt":
        return FAILING, "it ran too long and was stopped"
    return FAILING, one_line(error.ename, error.evalue)


def _error(cell: NotebookNode) -> NotebookNode | None:
    errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
    return errors[-1] if errors else None


def one_line(kind: str, message: str, width: int = 160) -> str:
    """What an error says, in one line; of a NumPy comparison the author's words."""
    lines = [line.strip() for line in message.split("\n")]
    if len(lines) > 2 and lines[1].startswith(COMPARED):
        own = lines[1].partition(": ")[2] or lines[2]
        lines = [own] if own and not own.startswith("ACTUAL") else lines[1:4]
    text = textwrap.shorten("; ".join(filter(None, lines)), width, placeholder=" ...")
    if kind == "AssertionError":
        return text or "an assertion fails"
    return f"{kind}: {text}" if text else kind


def report(progress: Progress, root: Path = ROOT) -> str:
    """The progress of one copy as lines of text."""
    total, label = len(progress.results), notebooks.name(progress.copy, root)
    lines = [f"{label.removeprefix('practice/'):<50} {progress.done} of {total} done"]
    lines += [f"  ! {note}" for note in progress.notes]
    width = max((len(result.title) for result in progress.results), default=0)
    for number, title, state, message in progress.results:
        if state != DONE:
            tail = f": {message}" if message else ""
            lines.append(f"  {number} {title:<{width}}  {state}{tail}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Check the copies named on the command line; 0 if every exercise is done."""
    parser = argparse.ArgumentParser(
        prog="check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", nargs="*", help="course, lesson or copy")
    parser.add_argument(
        "--seconds", type=float, default=CELL_SECONDS, help="longest time of a cell"
    )
    chosen = parser.parse_args(arguments)
    try:
        named = notebooks.find(chosen.lesson, root) if chosen.lesson else None
    except NotebookError as error:
        print(error)
        return 1
    seen = []
    for copy in practice.copies(root):
        try:
            lesson = lesson_of(copy, root)
        except NotebookError as error:
            print(f"{error}: skipped")
            continue
        if named is None or copy in named or lesson in named:
            seen.append(check(copy, root, chosen.seconds))
            print(report(seen[-1], root), flush=True)
    if not seen:
        print(
            "no practice copy; `python course.py practice 1.2` makes that of lesson 1.2"
        )
        return 1
    done, total = sum(p.done for p in seen), sum(len(p.results) for p in seen)
    print(f"\n{done} of {total} exercises done")
    return 0 if all(progress.complete for progress in seen) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Run practice copies with the lessons' own checks and show what is done.

    python3 course.py check [LESSON ...] [--again] [--seconds N]

LESSON is a course (course1_nn, 1), a lesson (course1_nn/02, 1.2) or a copy; none means
every copy there is. The copies themselves are not changed. Each check is run as it
stands in the lesson, whatever the copy made of it. A copy that is as it was when it was
last checked is not run again, unless --again is given. Of several copies of a lesson
the one with most done counts on the board. The board is also written as a page,
practice/progress.html. Exit status 0 only if all the copies checked are done.
"""

import argparse
import sys
import time
from pathlib import Path

from utils.authoring import board, board_page, board_text, copies, judge, notebooks
from utils.authoring.console import Writer
from utils.authoring.judge import Progress
from utils.authoring.memory import Memory
from utils.authoring.notebooks import CELL_SECONDS, ROOT, NotebookError

Found = dict[Path, list[tuple[Path, Progress | None]]]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Check the copies named on the command line; 0 if every exercise is done."""
    chosen, writer = _parser().parse_args(arguments), Writer(sys.stdout)
    try:
        named = notebooks.find(chosen.lesson, root) if chosen.lesson else None
    except NotebookError as error:
        writer.line(str(error))
        return 1
    there, strangers = copies.by_lesson(root)
    for stranger in strangers:
        writer.line(stranger)
    wanted = [
        (copy, lesson)
        for lesson in notebooks.lessons(root)
        for copy in there.get(lesson, [])
        if named is None or copy in named or lesson in named
    ]
    if not wanted:
        asked = " ".join(chosen.lesson)
        of, make = (f" of {asked}", asked) if asked else ("", "1.2")
        writer.line(f"no practice copy{of}; `course.py practice {make}` makes one")
        return 1
    memory = Memory(root)
    try:
        checked = _check(wanted, memory, writer, root, chosen)
    except KeyboardInterrupt:
        writer.line("interrupted; the results above are remembered")
        return 130
    _show(there, checked, {lesson for _, lesson in wanted}, memory, chosen, root)
    return 0 if all(progress.complete for progress in checked.values()) else 1


def _check(
    wanted: list[tuple[Path, Path]],
    memory: Memory,
    writer: Writer,
    root: Path,
    chosen: argparse.Namespace,
) -> dict[Path, Progress]:
    """How each copy stands, given with its lesson; a line as each is known."""
    checked, quiet = {}, False
    for number, (copy, lesson) in enumerate(wanted, 1):
        label = f"{number} of {len(wanted)}  "
        digest = memory.digest(copy, lesson)
        known = None if chosen.again or not digest else memory.recall(copy, digest)
        start = time.monotonic()
        progress = known or judge.check(
            copy, root, chosen.seconds, untouched=chosen.again
        )
        took = "as checked before" if known else f"{time.monotonic() - start:.0f} s"
        checked[copy] = progress
        writer.line(label, _outcome(progress, root), f", {took}")
        if not known:
            quiet = _keep(memory, progress, digest, writer, quiet)
    return checked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="course.py check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", nargs="*", help="course, lesson or copy")
    parser.add_argument(
        "--again",
        action="store_true",
        help="run all, unchanged and untouched copies, too",
    )
    parser.add_argument(
        "--seconds", type=_seconds, default=CELL_SECONDS, help="longest time of a cell"
    )
    return parser


def _seconds(text: str) -> float:
    if not 1 <= (seconds := float(text)) < float("inf"):
        raise argparse.ArgumentTypeError(f"expected at least 1 second, got {text}")
    return seconds


def _outcome(progress: Progress, root: Path) -> str:
    label = notebooks.name(progress.copy, root).removeprefix(f"{copies.FOLDER}/")
    if not progress.results:
        return f"{label}: could not be checked"
    return f"{label}: {progress.done} of {len(progress.results)} done"


def _keep(
    memory: Memory, progress: Progress, digest: str, writer: Writer, quiet: bool
) -> bool:
    """Remember a result; True once it was said that this is not possible."""
    try:
        memory.keep(progress, digest)
    except OSError as error:
        if not quiet:
            writer.line(f"results are not remembered: {_reason(error)}")
        return True
    return quiet


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _show(
    there: dict[Path, list[Path]],
    checked: dict[Path, Progress],
    lessons: set[Path],
    memory: Memory,
    chosen: argparse.Namespace,
    root: Path,
) -> None:
    """Write the board of the lessons that were checked, and the page of all."""
    writer, changed = Writer(sys.stdout), set()
    found: Found = {}
    for lesson, its_copies in there.items():
        for copy in its_copies:
            progress = checked.get(copy) or memory.recall(copy)
            found.setdefault(lesson, []).append((copy, progress))
            if copy not in checked and progress:
                digest = memory.digest(copy, lesson)
                if not memory.fits(copy, digest):
                    changed.add(copy)
    everything = board.courses(found, changed, root)
    shown = everything
    if chosen.lesson:
        shown = [
            course._replace(rows=rows)
            for course in everything
            if (rows := [row for row in course.rows if row.lesson in lessons])
        ]
    try:  # before the board: whoever reads only its head shall have the page, too
        last = f"as a page: {board_page.write(everything, root)}"
    except OSError as error:
        last = f"the page was not written: {_reason(error)}"
    board_text.write(shown, writer)
    writer.line(last)


if __name__ == "__main__":
    sys.exit(main())

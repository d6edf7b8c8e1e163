"""Write practice copies of lessons: exercises blanked, expected outputs shown.

    python -m utils.authoring.practice LESSON ... [--fresh]

LESSON is a course (course1_nn, 1), a lesson (course1_nn/02, 1.2), a file, or `all`. The
copy of course1_nn/02_x.ipynb is practice/course1_nn/02_x.ipynb. A copy that exists is
never changed. If the lesson has changed since, a newer copy, 02_x.1.ipynb, is put
beside it with your answers and your own cells carried over; with --fresh an empty one.
"""

import argparse
import sys
from pathlib import Path

from nbformat import NotebookNode

from utils.authoring import blanking, carry, copies, exercises, notebooks
from utils.authoring.console import Writer
from utils.authoring.notebooks import ROOT, NotebookError


def make(
    lesson: Path,
    existing: list[Path],
    root: Path = ROOT,
    *,
    fresh: bool = False,
    also: frozenset[Path] = frozenset(),
) -> str:
    """Write a practice copy of `lesson` if there is none of today's; what was done.

    existing : the copies of the lesson that there are
    fresh : put a new, empty copy beside them in any case
    also  : lessons whose copies are about to be written
    raises   as `blanking.blanked` does; NotebookError if no copy can be read
    """
    nb = blanking.blanked(lesson, root, also)
    count = sum(cell.id.startswith("expected-") for cell in nb.cells)
    if not count:
        return f"{notebooks.name(lesson, root)}: no exercises, nothing to practise"
    if fresh or not existing:
        target = _write(nb, lesson, root)
        return f"{_shorten(target, root)}: {count} exercises"
    readable, unreadable = _readable(existing)
    if not readable:
        raise NotebookError(
            f"{unreadable[0]}; it is left as it is, --fresh puts a new copy beside it"
        )
    for path in reversed(list(readable)):
        if copies.digest_of(readable[path]) == copies.digest_of(nb):
            return f"{_shorten(path, root)}: exists and is left as it is"
    source = max(
        readable, key=lambda p: (carry.answered(readable[p]), _at(existing, p))
    )
    said = carry.carry(readable[source], nb, source.name)
    for path, other in readable.items():
        if path != source and carry.answered(other):
            said.append(f"look: {path.name} has answers too, they are not in it")
    target = _write(nb, lesson, root)
    line = f"{_shorten(target, root)}: new, for the lesson has changed since "
    return "\n    ".join(
        [line + f"{source.name} was made, which stays as it is", *said]
    )


def _readable(paths: list[Path]) -> tuple[dict[Path, NotebookNode], list[str]]:
    """The copies that can be read, in order, and what is wrong with the others."""
    readable, wrong = {}, []
    for path in paths:
        try:
            readable[path] = notebooks.read(path)
        except NotebookError as error:
            wrong.append(str(error))
    return readable, wrong


def _at(paths: list[Path], path: Path) -> int:
    return paths.index(path)


def _write(nb: NotebookNode, lesson: Path, root: Path) -> Path:
    """Write `nb` under the first name of a copy that is free; its path."""
    first = target = copies.copy_path(lesson, root)
    number = 0
    while target.exists():
        number += 1
        target = first.with_name(f"{lesson.stem}.{number}.ipynb")
    notebooks.write(nb, target)
    return target


def _shorten(path: Path, root: Path) -> str:
    return path.relative_to(root.resolve()).as_posix()


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the copies named on the command line; 1 if one could not be written."""
    parser = argparse.ArgumentParser(
        prog="course.py practice",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", nargs="+", help="course, lesson, file or `all`; 1.2")
    parser.add_argument(
        "--fresh", action="store_true", help="a new, empty copy beside the old"
    )
    chosen, writer = parser.parse_args(arguments), Writer(sys.stdout)
    try:
        lessons = notebooks.find(chosen.lesson, root)
    except NotebookError as error:
        writer.line(str(error))
        return 1
    failed, also = 0, frozenset(p for p in lessons if exercises.BEGIN in _text(p))
    there, _ = copies.by_lesson(root)
    for lesson in lessons:
        existing = there.get(lesson, [])
        try:
            done = make(lesson, existing, root, fresh=chosen.fresh, also=also)
            writer.line(done)
        except (NotebookError, exercises.ExerciseError, OSError) as error:
            failed += 1
            writer.line(str(error))
    return 1 if failed else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())

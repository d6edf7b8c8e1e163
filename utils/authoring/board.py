"""The progress board: every lesson with exercises, and how far its copies are."""

from pathlib import Path
from typing import NamedTuple

from utils.authoring import catalogue, copies, judge, notebooks
from utils.authoring.judge import Progress, Result
from utils.authoring.notebooks import ROOT, NotebookError

NO_COPY, NOT_BEGUN, BEGUN, DONE = "no copy", "not started", "in progress", "done"
NOT_CHECKED, BROKEN = "not checked", "cannot run"


class Row(NamedTuple):
    """A lesson on the board.

    number  : 2 for `02_...`                  minutes : of reading; 0 if it does not say
    total   : how many exercises it has       counted : the copy that counts, if checked
    others  : copies that do not count        unknown : copies never checked
    changed : whether the copy that counts was changed since its check
    """

    lesson: Path
    number: int
    title: str
    minutes: int
    total: int
    counted: Progress | None = None
    others: tuple[Progress, ...] = ()
    unknown: tuple[Path, ...] = ()
    changed: bool = False

    @property
    def done(self) -> int:
        """The number of exercises that are done in the copy that counts."""
        return self.counted.done if self.counted else 0

    @property
    def left(self) -> int:
        """The share of the minutes that falls to the exercises that are not done."""
        return round(self.minutes * (1 - self.done / self.total)) if self.total else 0

    @property
    def state(self) -> str:
        """How the lesson stands, in one of the words above."""
        if self.counted is None:
            return NOT_CHECKED if self.unknown else NO_COPY
        if not self.counted.results:
            return BROKEN
        if self.counted.complete:
            return DONE
        return BEGUN if self.counted.begun else NOT_BEGUN

    @property
    def failing(self) -> list[Result]:
        """The exercises that were begun, or lost, and are not done."""
        results = self.counted.results if self.counted else []
        return [r for r in results if r.state in (judge.FAILING, judge.MISSING)]

    @property
    def waiting(self) -> list[Result]:
        """The exercises that were not begun, of a copy that was."""
        begun = self.counted.results if self.counted and self.counted.begun else []
        return [r for r in begun if r.state == judge.NOT_STARTED]


class Course(NamedTuple):
    """A course on the board: its title and its lessons with exercises."""

    title: str
    rows: list[Row]

    @property
    def done(self) -> int:
        """The number of exercises done in all its lessons."""
        return sum(row.done for row in self.rows)

    @property
    def total(self) -> int:
        """The number of exercises in all its lessons."""
        return sum(row.total for row in self.rows)

    @property
    def begun(self) -> bool:
        """Whether there is more to say of it than that nothing was begun."""
        quiet = (NO_COPY, NOT_BEGUN)
        return any(r.state not in quiet or _said(r.counted) for r in self.rows)

    @property
    def state(self) -> str:
        """How the course stands."""
        if self.done == self.total and self.total:
            return DONE
        return BEGUN if self.begun else NOT_BEGUN


def _said(progress: Progress | None) -> bool:
    return bool(progress and progress.notes)


def courses(
    found: dict[Path, list[tuple[Path, Progress | None]]],
    changed: set[Path],
    root: Path = ROOT,
) -> list[Course]:
    """The board of all lessons that have exercises or copies.

    found   : the copies of each lesson and how they stood, None if never checked
    changed : copies that were changed since they were checked
    """
    board: dict[str, Course] = {}
    for path in notebooks.lessons(root):
        facts = _facts(path, root)
        row = _row(facts, path, found.get(path, []), changed)
        if row.total or path in found:
            folder = path.parent.name
            title = catalogue.COURSES.get(folder.partition("_")[0], folder)
            board.setdefault(folder, Course(title, []))
            board[folder].rows.append(row)
    return list(board.values())


def _facts(path: Path, root: Path) -> tuple[int, str, int, int]:
    """Number, title, minutes and exercises; a lesson may be in the making."""
    try:
        lesson = catalogue.lesson(path, root)
    except NotebookError:
        number, _, words = path.stem.partition("_")
        sound = number.isdecimal() and bool(words)
        title = words.replace("_", " ").capitalize() if sound else path.stem
        return (int(number) if sound else 0), title, 0, 0
    return lesson.number, lesson.title, lesson.reading_minutes, lesson.exercises


def _row(
    facts: tuple[int, str, int, int],
    path: Path,
    found: list[tuple[Path, Progress | None]],
    changed: set[Path],
) -> Row:
    number, title, minutes, total = facts
    known = [progress for _, progress in found if progress]
    # Of several copies the one with most done counts, the newest if they are equal.
    best = max(known, key=lambda p: (p.done, copies.number(p.copy)), default=None)
    return Row(
        lesson=path,
        number=number,
        title=title,
        minutes=minutes,
        total=len(best.results) if best and best.results else total,
        counted=best,
        others=tuple(progress for progress in known if progress is not best),
        unknown=tuple(copy for copy, progress in found if progress is None),
        changed=best is not None and best.copy in changed,
    )


def totals(board: list[Course]) -> tuple[int, int]:
    """How many exercises of how many are done."""
    return sum(course.done for course in board), sum(course.total for course in board)


def several(row: Row) -> str:
    """How the copies of a lesson count, if there are several; "" for one."""
    if not row.counted or not (row.others or row.unknown):
        return ""
    parts = [f"{p.copy.name}: {p.done} of {len(p.results)}" for p in row.others]
    parts += [f"{path.name}: not checked" for path in row.unknown]
    count = 1 + len(parts)
    name = row.counted.copy.name
    return f"{count} copies: {name} counts, it has most done; {', '.join(parts)}"

"""The progress board as text, for a terminal of 80 columns or more."""

import textwrap

from utils.authoring import board, judge
from utils.authoring.board import Course, Row
from utils.authoring.console import Writer

BAR = 8
NUMBERS = 44  # what a line has beside its title
COLOURS = {
    board.DONE: "green",
    board.BEGUN: "yellow",
    board.BROKEN: "red",
    board.NOT_BEGUN: "dim",
    board.NO_COPY: "dim",
    board.NOT_CHECKED: "yellow",
}
ABOUT = (
    "min: minutes of reading, as the lessons say. left: the share of them that falls "
    "to exercises not done, no forecast of yours."
)


def bar(done: int, total: int, width: int = BAR) -> str:
    """A bar that is full only if all is done and empty only if nothing is."""
    filled = width * done // total if total else 0
    filled = max(filled, 1) if done else 0
    return "█" * filled + "░" * (width - filled)


def write(shown: list[Course], writer: Writer) -> None:
    """Write the board: a heading for each course, below it what was begun."""
    title = writer.width - NUMBERS
    head = f"{'':<{title}} {'done':>8}  {'':<{BAR}} {'min':>5} {'left':>5}  state"
    writer.line("")
    writer.line((head, "dim"))
    after_lessons = False
    for course in shown:
        if course.begun or after_lessons:
            writer.line("")
        after_lessons = course.begun
        _write_line(writer, course.title, course, sum(r.minutes for r in course.rows))
        for row in course.rows if course.begun else []:
            _write_row(writer, row)
    done, total = board.totals(shown)
    writer.line("")
    writer.line((f"{done} of {total} exercises done", "bold"))
    for line in textwrap.wrap(ABOUT, writer.width):
        writer.line((line, "dim"))


def _write_line(writer: Writer, title: str, of: Course | Row, minutes: int) -> None:
    """A line of the table: of a course, or of a lesson."""
    course = isinstance(of, Course)
    left = sum(row.left for row in of.rows) if course else of.left
    room = writer.width - NUMBERS
    indent = "" if course else "  "
    title = indent + textwrap.shorten(title, room - len(indent), placeholder="…")
    counts = f"{of.done} of {of.total}"
    state = of.state
    if course and state == board.NOT_BEGUN:
        state = f"{len(of.rows)} lesson" + ("s" if len(of.rows) > 1 else "")
    writer.line(
        (f"{title:<{room}}", "bold" if course else ""),
        f" {counts:>8}  ",
        (bar(of.done, of.total), COLOURS[of.state]),
        f" {minutes or '?':>5} {left if minutes else '?':>5}  ",
        (state, COLOURS[of.state]),
    )


def _write_row(writer: Writer, row: Row) -> None:
    _write_line(writer, f"{row.number:02} {row.title}", row, row.minutes)
    notes = list(row.counted.notes) if row.counted else []
    if row.changed:
        notes.insert(0, "changed since this was checked")
    for note in [*notes, board.several(row)]:
        if note:
            _write_wrapped(writer, "     ! ", note, "yellow")
    for result in row.failing:
        text = f"{result.title} · {result.state}: {result.message}"
        _write_wrapped(writer, f"     {result.number} ", text, "red")
    if row.waiting:
        names = ", ".join(f"{r.number} {r.title}" for r in row.waiting)
        _write_wrapped(writer, "     ", f"{judge.NOT_STARTED}: {names}", "dim")


def _write_wrapped(writer: Writer, label: str, text: str, colour: str) -> None:
    room = writer.width - len(label)
    lines = textwrap.wrap(judge.plain(text), room) or [""]
    for index, line in enumerate(lines):
        writer.line(label if index == 0 else " " * len(label), (line, colour))

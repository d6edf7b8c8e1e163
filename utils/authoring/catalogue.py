"""The map of all lessons, read from the lessons themselves.

    python -m utils.authoring.catalogue

writes the table of lessons into README.md, between its two marks.
"""

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from utils.authoring import exercises, notebooks
from utils.authoring.notebooks import ROOT, NotebookError

START = "notebooks/00_start_here"
COURSES = {
    "notebooks": "The shared shelf",
    "course1": "1 · Neural networks and deep learning",
    "course2": "2 · Improving deep networks",
    "course3": "3 · Structuring machine-learning projects",
    "course4": "4 · Convolutional networks",
    "course5": "5 · Sequence models",
}
HEAD = (
    "| Lesson | Lectures | What you end with | Reading | Running | Exercises |\n"
    "|:--|:--|:--|--:|--:|--:|"
)
BEGIN, END = "<!-- lessons -->", "<!-- end of lessons -->"  # around the README's table
# The parts of a first cell, in order, and how each must look.
PARTS = (
    ("a title '# Verb + result'", r"# (?P<title>\S.*)"),
    ("one sentence naming the end product", r"(?P<end_product>[^#*\n](?:.|\n)*[.!?])"),
    ("'**You will be able to**'", r"\*\*You will be able to\*\*"),
    ("a list of what one will be able to do", r"[-*] (?:.|\n)+"),
    ("'**You need** ...'", r"\*\*You need\*\* \S(?:.|\n)*"),
    (
        "'**Time** 45 min reading, 15 s running'",
        r"\*\*Time\*\* (?P<reading>\d+) min reading, "
        r"(?P<running>\d+) (?P<unit>s|min) running",
    ),
)


class Lesson(NamedTuple):
    """What the first cell of a notebook says, and how many exercises it has.

    course   : folder, such as `course1_nn`     number : 2 for `02_...`
    lectures : "1, week 2", what its section "In the lectures" names first
    """

    course: str
    number: int
    path: Path
    title: str
    end_product: str
    reading_minutes: int
    running_seconds: int
    exercises: int
    lectures: str


def lessons(root: Path = ROOT) -> list[Lesson]:
    """Every lesson, in the order of the lectures.

    raises   NotebookError naming the notebook and what its first cell lacks
    """
    return [lesson(path, root) for path in notebooks.lessons(root)]


def lesson(path: Path, root: Path = ROOT) -> Lesson:
    """What the notebook at `path` says of itself.

    raises   NotebookError naming it and what its first cell lacks
    """
    nb, name = notebooks.read(path), notebooks.name(path, root)
    number = re.match(r"(\d\d)_", path.name)
    if not number:
        raise NotebookError(f"{name}: the file name must start like '02_'")
    said = opening(nb, name)
    try:
        count = len(exercises.find(nb, name))
    except exercises.ExerciseError as error:
        raise NotebookError(str(error)) from error
    return Lesson(
        course=path.parent.name,
        number=int(number[1]),
        path=path,
        title=said["title"],
        end_product=" ".join(said["end_product"].split()),
        reading_minutes=int(said["reading"]),
        running_seconds=int(said["running"]) * (60 if said["unit"] == "min" else 1),
        exercises=count,
        lectures=_lectures(nb),
    )


def _lectures(nb: NotebookNode) -> str:
    text = "\n".join(c.source for c in nb.cells if c.cell_type == "markdown")
    section = text.partition("## In the lectures")[2].partition("\n## ")[0]
    found = re.search(r"[Cc]ourse (\d,\s+weeks?\s+\d(?:(?:, | and | to )\d)*)", section)
    return " ".join(found[1].split()) if found else ""


def opening(nb: NotebookNode, name: str) -> dict[str, str]:
    """The fields of the first cell of a notebook.

    raises   NotebookError naming `name` and the first part that is not as it must be
    """
    first = nb.cells[0] if nb.cells else None
    if first is None or first.cell_type != "markdown":
        raise NotebookError(f"{name}: the first cell must be text")
    blocks, found = re.split(r"\n\s*\n", first.source.strip()), {}
    for index, (what, pattern) in enumerate(PARTS):
        block = blocks[index] if index < len(blocks) else ""
        match = re.fullmatch(pattern, block.strip())
        if not match:
            came = repr(block.strip().partition("\n")[0]) if block else "nothing"
            raise NotebookError(f"{name}: the first cell must have {what}, not {came}")
        found.update(match.groupdict())
    if len(blocks) > len(PARTS):
        more = blocks[len(PARTS)].partition("\n")[0]
        raise NotebookError(
            f"{name}: the first cell must end with the time, not {more!r}"
        )
    return found


class Table(str):
    """A Markdown text that a notebook shows rendered."""

    def _repr_markdown_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<a table of {self.count('](')} lessons>"


def table(root: Path = ROOT, start: str = notebooks.SHELF) -> Table:
    """All lessons but the start page as Markdown, one table for each course.

    start : the folder, relative to `root`, that links are relative to
    """
    parts, course = [], None
    for one in lessons(root):
        if notebooks.name(one.path, root) == START:
            continue
        if one.course != course:
            course = one.course
            parts.append(f"\n### {_course_title(course)}\n")
            parts.append(HEAD)
        link = Path(os.path.relpath(one.path, root.resolve() / start)).as_posix()
        cells = (
            f"[{one.number:02} {one.title}]({link})",
            one.lectures or "–",
            one.end_product,
            f"{one.reading_minutes} min",
            _duration(one.running_seconds),
            str(one.exercises or "–"),
        )
        parts.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    return Table("\n".join(parts).strip() + "\n")


def _course_title(folder: str) -> str:
    return COURSES.get(folder.partition("_")[0], folder)


def _duration(seconds: int) -> str:
    minutes = seconds // 60
    return f"{seconds} s" if seconds % 60 or not minutes else f"{minutes} min"


def with_table(text: str, root: Path = ROOT) -> str:
    """A page in the root with the table of all lessons between its marks.

    raises   NotebookError if `text` does not have each mark once, in their order
    """
    parts = text.split(BEGIN), text.split(END)
    if [len(p) for p in parts] != [2, 2] or text.index(BEGIN) > text.index(END):
        raise NotebookError(f"expected one line {BEGIN!r} and, below it, one {END!r}")
    return f"{parts[0][0]}{BEGIN}\n\n{table(root, '.')}\n{END}{parts[1][1]}"


def main(root: Path = ROOT) -> int:
    """Write the table into README.md; 1 if it has no place for it."""
    page = root / "README.md"
    text = page.read_text(encoding="utf-8")
    try:
        page.write_text(with_table(text, root), encoding="utf-8", newline="\n")
    except NotebookError as error:
        print(f"{page}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

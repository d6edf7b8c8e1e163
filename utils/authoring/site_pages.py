"""A lesson as a page of the site: what a reader needs is added, nothing is executed."""

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

import nbformat
from nbformat import NotebookNode

from utils.authoring import exercises, notebooks, refresh
from utils.authoring.notebooks import ROOT

LINK = re.compile(r"(\]\()([^)\s#]+)")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SHOW = "Show the solution"


def page(
    lesson: Path, staged: Path, root: Path = ROOT, library: tuple[str, ...] = ()
) -> NotebookNode:
    """The page of the notebook `lesson`, to be written to `staged`.

    Solutions are folded and their marks removed, a box says how to open the lesson,
    tables that code wrote in Markdown become text, every figure has a text for those
    who do not see it.
    library  links to the functions of utils that the lesson builds, in Markdown
    raises   NotebookError if the lesson cannot be read, ExerciseError if its marks do
             not match
    """
    nb, section = notebooks.read(lesson), ""
    count = len(exercises.find(nb, notebooks.name(lesson, root)))
    cells = []
    for cell in nb.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            heads = re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)
            section = heads[-1] if heads else section
            cell.source = relinked(cell.source, lesson.parent, staged.parent, root)
        elif cell.cell_type == "code":
            fold(cell)
            describe(cell, section)
            cells += texts(cell)
    box = opened(lesson, staged, root, count, library)
    cells.insert(1, nbformat.v4.new_markdown_cell(box, id="open-this-lesson"))
    nb.cells, nb.metadata = cells, refresh.METADATA
    return nb


def fold(cell: NotebookNode) -> None:
    """Remove the marks of the solution in a code cell and fold the cell away."""
    solutions = exercises.solutions(cell.source)
    if solutions:
        cell.source = exercises.replace(cell.source, solutions)
        cell.metadata["tags"] = [*notebooks.tags(cell), "solution", "hide-input"]
        cell.metadata.setdefault("mystnb", {})["code_prompt_show"] = SHOW


def describe(cell: NotebookNode, section: str) -> None:
    """Give the figures of a cell that has no text for them one that says where."""
    image = cell.metadata.setdefault("mystnb", {}).setdefault("image", {})
    image.setdefault("alt", f"Figure of the section {section}")


def texts(cell: NotebookNode) -> list[NotebookNode]:
    """Take the Markdown out of the outputs of a cell, as text cells to stand behind it.

    There it is read as all text is: its links lead to pages, its headings count. Of
    tables in colour, made for a white page, only the plain text stays.
    """
    found, kept = [], []
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/markdown" in data:
            found.append(data["text/markdown"])
            continue
        if data.get("text/html", "").startswith("<pre") and "text/plain" in data:
            del data["text/html"]
            data["text/plain"] = COLOUR.sub("", data["text/plain"])
        kept.append(output)
    cell.outputs = kept
    return [
        nbformat.v4.new_markdown_cell(text, id=f"{cell.id}-{k}")
        for k, text in enumerate(found)
    ]


def relinked(text: str, old: Path, new: Path, root: Path = ROOT) -> str:
    """The Markdown `text` of folder `old` with its links as they must be in `new`.

    Notebooks are pages in folders of the same names, so their links hold. Any other
    file of the project is reached where it is; Sphinx then offers it for download.
    """

    def relink(match: re.Match) -> str:
        there = (old / unquote(match[2])).resolve()
        other = there.is_relative_to(root.resolve()) and there.is_file()
        if ":" in match[2] or there.suffix == ".ipynb" or not other:
            return match[0]
        return match[1] + quote(Path(os.path.relpath(there, new)).as_posix())

    return LINK.sub(relink, text)


def short(lesson: Path) -> str:
    """How the commands call a lesson: `1.2`, and `0.2` on the shared shelf."""
    course = re.match(r"course(\d)_", lesson.parent.name)
    return f"{course[1] if course else 0}.{int(lesson.name.partition('_')[0])}"


def opened(
    lesson: Path, staged: Path, root: Path, count: int, library: tuple[str, ...] = ()
) -> str:
    """The box "Open this lesson" in MyST's Markdown."""
    source = Path(os.path.relpath(lesson, staged.parent)).as_posix()
    name = f"{notebooks.name(lesson, root)}.ipynb"
    lines = [
        f"**Run it:** `python3 course.py lab`, then open `{name}` "
        f"({{download}}`download <{source}>`)."
    ]
    if count:
        some = f"its {count} exercises" if count > 1 else "its exercise"
        lines.append(
            f"**Practise:** `python3 course.py practice {short(lesson)}` makes a copy "
            f"with {some} for you to solve."
        )
    if library:
        lines.append("**In the library:** " + ", ".join(library) + ".")
    body = "\n\n".join(lines)
    return f":::{{admonition}} Open this lesson\n:class: open-lesson\n\n{body}\n:::"

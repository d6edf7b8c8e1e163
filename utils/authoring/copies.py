"""Where practice copies are, of which lesson each is, and what was blank in it."""

import hashlib
import re
from pathlib import Path

from nbformat import NotebookNode

from utils.authoring import notebooks
from utils.authoring.notebooks import ROOT, NotebookError

FOLDER = "practice"


def copy_path(lesson: Path, root: Path = ROOT) -> Path:
    """Where the first practice copy of a lesson is.

    raises   NotebookError if `lesson` is not in the folder of a course
    """
    lesson, root = lesson.resolve(), root.resolve()
    if lesson.parent not in notebooks.folders(root):
        raise NotebookError(f"{lesson} is not a lesson: it is in no course folder")
    return root / FOLDER / lesson.relative_to(root)


def copies(root: Path = ROOT) -> list[Path]:
    """Every notebook in the practice folder; 02_x.2 stands before 02_x.10."""
    found = (root.resolve() / FOLDER).rglob("*.ipynb")
    kept = [path for path in found if ".ipynb_checkpoints" not in path.parts]
    return sorted(kept, key=lambda path: (path.parent, _base(path.name), number(path)))


def number(copy: Path) -> int:
    """2 of 02_x.2.ipynb, 0 of 02_x.ipynb: copies of a lesson are counted."""
    found = re.search(r"\.(\d+)\.ipynb$", copy.name)
    return int(found[1]) if found else 0


def _base(file: str) -> str:
    return re.sub(r"\.\d+(?=\.ipynb$)", "", file)


def lesson_of(copy: Path, root: Path = ROOT) -> Path:
    """The lesson that `copy` is a copy of, by what it says or by its name.

    raises   NotebookError if there is no such lesson
    """
    root = root.resolve()
    try:
        said = _text(_practice(notebooks.read(copy)).get("lesson"))
    except NotebookError:  # a broken file still has its name
        said = ""
    beside = copy.resolve().relative_to((root / FOLDER).resolve())
    named = beside.with_name(_base(beside.name))
    for path in (root / said, root / named):
        if path in notebooks.lessons(root):
            return path
    raise NotebookError(f"{copy.name} is not a practice copy of any lesson")


def by_lesson(root: Path = ROOT) -> tuple[dict[Path, list[Path]], list[str]]:
    """The practice copies of each lesson that has any, the oldest first.

    returns  these and what is to be said of notebooks that are no copies
    """
    found: dict[Path, list[Path]] = {}
    strangers = []
    for copy in copies(root):
        try:
            found.setdefault(lesson_of(copy, root), []).append(copy)
        except NotebookError as error:
            strangers.append(f"{error}: skipped")
    return found, strangers


def source_digest(nb: NotebookNode) -> str:
    """A short hash of the cells of a lesson, to see later that it has changed."""
    text = "\0".join(f"{cell.id}\n{cell.source}" for cell in nb.cells)
    return _short(text)


def cell_digest(cell: NotebookNode) -> str:
    """A short hash of a cell: of its kind and its source."""
    return _short(f"{cell.cell_type}\n{cell.source.strip()}")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def note(nb: NotebookNode, lesson: str, digest: str, titles: dict[str, str]) -> None:
    """Write into the copy `nb` what it is made of, before anybody changes it.

    lesson : its file, relative to the project       digest : its `source_digest`
    titles : the titles of the exercises by the ids of their cells
    """
    nb.metadata["practice"] = {
        "lesson": lesson,
        "digest": digest,
        # A list keeps the order of the cells, which nbformat would sort away in a dict.
        "cells": [f"{cell.id} {cell_digest(cell)}" for cell in nb.cells],
        "titles": titles,
    }


def digest_of(nb: NotebookNode) -> str:
    """The digest of the lesson that the copy `nb` was made of, "" if it has none."""
    return _text(_practice(nb).get("digest"))


def folder_of(nb: NotebookNode) -> str:
    """The folder of the lesson that the copy `nb` says it is made of, "" for none."""
    return _text(_practice(nb).get("lesson")).rpartition("/")[0]


def recorded_cells(nb: NotebookNode) -> dict[str, str]:
    """The `cell_digest` that each cell had when the copy was made, in order, by id.

    Empty for a copy made before this was recorded.
    """
    lines = _practice(nb).get("cells")
    lines = lines if isinstance(lines, list) else []
    pairs = [line.split(" ") for line in lines if isinstance(line, str)]
    return dict(pair for pair in pairs if len(pair) == 2)


def recorded_titles(nb: NotebookNode) -> dict[str, str]:
    """The titles that the exercises had when the copy was made, by the cells' ids."""
    titles = _practice(nb).get("titles")
    titles = titles if isinstance(titles, dict) else {}
    return {cell_id: _text(title) for cell_id, title in titles.items()}


def _practice(nb: NotebookNode) -> dict:
    """What a copy says of itself; a file can say anything."""
    said = nb.metadata.get("practice")
    return said if isinstance(said, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

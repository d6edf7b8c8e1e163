"""A lesson as a learner gets it: exercises blanked, expected outputs shown."""

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

import nbformat
from nbformat import NotebookNode

from utils.authoring import copies, exercises, notebooks
from utils.authoring.notebooks import ROOT, NotebookError

LINK = re.compile(r"""(\]\(|\b(?:src|href)=["'])([^)\s"'#]+)""")
CODE_PATH = re.compile(r"""(["'])\.\./""")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def blanked(
    lesson: Path, root: Path = ROOT, also: frozenset[Path] = frozenset()
) -> NotebookNode:
    """The practice copy of `lesson`: solutions blanked, outputs cleared, ids kept.

    Below each check a text cell `expected-k` shows the output stored in the lesson.
    Links and paths are as they must be in the folder of the copy; a link to a lesson
    with a practice copy of its own leads to that.
    also     lessons whose copies are about to be written
    raises   NotebookError if the lesson cannot be read or has no stored outputs,
             ExerciseError if one of its exercises is ill-formed
    """
    nb, name = notebooks.read(lesson), notebooks.name(lesson, root)
    digest, found = copies.source_digest(nb), exercises.find(nb, name)
    titles = {nb.cells[e.function].id: e.title for e in found}
    cells = with_expected(nb, found, name)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source = CODE_PATH.sub(r"\1../../", exercises.blank(cell.source))
            cell.outputs, cell.execution_count = [], None
        else:
            cell.source = _relinked(cell.source, lesson, root, also)
    nb.cells = cells
    copies.note(nb, f"{name}.ipynb", digest, titles)
    return nb


def with_expected(
    nb: NotebookNode, found: list[exercises.Exercise], name: str
) -> list[NotebookNode]:
    """The cells of a lesson, behind each check one that shows its stored output.

    found    : the exercises of `nb`
    raises   NotebookError naming `name` if a check has no stored output
    """
    cells = list(nb.cells)
    for exercise in reversed(found):
        cells.insert(exercise.check + 1, _expected(nb, exercise, name))
    return cells


def _expected(nb: NotebookNode, exercise: exercises.Exercise, name: str):
    check = nb.cells[exercise.check]
    if check.execution_count is None:
        raise NotebookError(f"{name}: check {exercise.number} has no stored output")
    text, attachments = ["*Expected output*"], {}
    for kind, content in _shown(check.outputs):
        if kind == "image/png":
            figure = f"figure-{len(attachments) + 1}.png"
            attachments[figure] = {"image/png": content}
            text.append(f"![{figure}](attachment:{figure})")
        else:
            text.append(fenced(content, "text"))
    if len(text) == 1:
        text.append("Nothing: the check only must not fail.")
    cell = nbformat.v4.new_markdown_cell("\n\n".join(text))
    cell.id = f"expected-{exercise.number}"
    if attachments:
        cell.attachments = attachments
    return cell


def fenced(content: str, language: str) -> str:
    """The text as a block of code in Markdown, whatever backticks it holds."""
    longest = max(map(len, re.findall("`+", content)), default=0)
    fence = "`" * max(3, 1 + longest)
    return f"{fence}{language}\n{content.rstrip()}\n{fence}"


def _shown(outputs: list[NotebookNode]) -> list[tuple[str, str]]:
    """What a reader sees of outputs: kind and content; texts in a row are joined."""
    seen: list[tuple[str, str]] = []
    for output in outputs:
        data = output.get("data", {"text/plain": output.get("text", "")})
        kind = "image/png" if "image/png" in data else "text/plain"
        content = ANSI.sub("", data.get(kind, ""))
        if kind == "text/plain" and seen and seen[-1][0] == kind:
            content = seen.pop()[1].rstrip("\n") + "\n" + content
        seen.append((kind, content))
    return [(kind, content) for kind, content in seen if content.strip()]


def _relinked(text: str, lesson: Path, root: Path, also: frozenset[Path]) -> str:
    """The text with links to files as they must be in the copy."""
    home, known = copies.copy_path(lesson, root).parent, notebooks.lessons(root)

    def relink(match: re.Match) -> str:
        there = (lesson.parent / unquote(match[2])).resolve()
        if ":" in match[2] or not there.exists():
            return match[0]
        own = there in known and copies.copy_path(there, root).exists()
        if there in also or own:
            there = copies.copy_path(there, root)
        return match[1] + quote(Path(os.path.relpath(there, home)).as_posix())

    return LINK.sub(relink, text)

"""Write practice copies of lessons: exercises blanked, expected outputs shown.

    python -m utils.authoring.practice LESSON ... [--fresh]

LESSON is a course (course1_nn, 1), a lesson (course1_nn/02, 1.2), a file, or `all`. The
copy of course1_nn/02_x.ipynb is practice/course1_nn/02_x.ipynb. A copy that exists is
never changed; with --fresh a new one, 02_x.1.ipynb, is put beside it.
"""

import argparse
import hashlib
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote

import nbformat
from nbformat import NotebookNode

from utils.authoring import exercises, notebooks
from utils.authoring.notebooks import ROOT, NotebookError

FOLDER = "practice"
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
    digest = source_digest(nb)
    cells = list(nb.cells)
    for exercise in reversed(exercises.find(nb, name)):
        cells.insert(exercise.check + 1, _expected(nb, exercise, name))
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source = CODE_PATH.sub(r"\1../../", exercises.blank(cell.source))
            cell.outputs, cell.execution_count = [], None
        else:
            cell.source = _relinked(cell.source, lesson, root, also)
    nb.cells = cells
    nb.metadata["practice"] = {"lesson": f"{name}.ipynb", "digest": digest}
    return nb


def source_digest(nb: NotebookNode) -> str:
    """A short hash of the cells of a lesson, to see later that it has changed."""
    text = "\0".join(f"{cell.id}\n{cell.source}" for cell in nb.cells)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


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
            fence = "`" * max(
                3, 1 + max(map(len, re.findall("`+", content)), default=0)
            )
            text.append(f"{fence}text\n{content.rstrip()}\n{fence}")
    if len(text) == 1:
        text.append("Nothing: the check only must not fail.")
    cell = nbformat.v4.new_markdown_cell("\n\n".join(text))
    cell.id = f"expected-{exercise.number}"
    if attachments:
        cell.attachments = attachments
    return cell


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
    home, known = copy_path(lesson, root).parent, notebooks.lessons(root)

    def relink(match: re.Match) -> str:
        there = (lesson.parent / unquote(match[2])).resolve()
        if ":" in match[2] or not there.exists():
            return match[0]
        if there in also or (there in known and copy_path(there, root).exists()):
            there = copy_path(there, root)
        return match[1] + quote(Path(os.path.relpath(there, home)).as_posix())

    return LINK.sub(relink, text)


def copy_path(lesson: Path, root: Path = ROOT) -> Path:
    """Where the first practice copy of a lesson is.

    raises   NotebookError if `lesson` is not in the folder of a course
    """
    lesson, root = lesson.resolve(), root.resolve()
    if lesson.parent not in notebooks.folders(root):
        raise NotebookError(f"{lesson} is not a lesson: it is in no course folder")
    return root / FOLDER / lesson.relative_to(root)


def copies(root: Path = ROOT) -> list[Path]:
    """Every practice copy there is."""
    found = sorted((root.resolve() / FOLDER).rglob("*.ipynb"))
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def make(
    lesson: Path,
    root: Path = ROOT,
    *,
    fresh: bool = False,
    also: frozenset[Path] = frozenset(),
) -> str:
    """Write the practice copy of `lesson` unless there is one; what was done, to print.

    fresh : put a new copy beside the one there is
    also  : lessons whose copies are about to be written
    raises   as `blanked` does
    """
    nb, target = blanked(lesson, root, also), copy_path(lesson, root)
    count = sum(cell.id.startswith("expected-") for cell in nb.cells)
    if not count:
        return f"{notebooks.name(lesson, root)}: no exercises, nothing to practise"
    if target.exists() and not fresh:
        made_from = notebooks.read(target).metadata.get("practice", {}).get("digest")
        changed = made_from != nb.metadata.practice.digest
        since = ", though the lesson has changed since it was made" if changed else ""
        return f"{_shorten(target, root)}: exists and is left as it is{since}"
    number = 0
    while target.exists():
        number += 1
        target = target.with_name(f"{lesson.stem}.{number}.ipynb")
    notebooks.write(nb, target)
    return f"{_shorten(target, root)}: {count} exercises"


def _shorten(path: Path, root: Path) -> str:
    return path.relative_to(root.resolve()).as_posix()


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the copies named on the command line; 1 if one could not be written."""
    parser = argparse.ArgumentParser(
        prog="practice",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", nargs="+", help="course, lesson, file or `all`")
    parser.add_argument(
        "--fresh", action="store_true", help="a new copy beside the old"
    )
    chosen = parser.parse_args(arguments)
    try:
        lessons = notebooks.find(chosen.lesson, root)
    except NotebookError as error:
        print(error)
        return 1
    failed, also = 0, frozenset(p for p in lessons if exercises.BEGIN in _text(p))
    for lesson in lessons:
        try:
            print(make(lesson, root, fresh=chosen.fresh, also=also))
        except (NotebookError, exercises.ExerciseError, OSError) as error:
            failed += 1
            print(error)
    return 1 if failed else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())

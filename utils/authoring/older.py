"""Which cells of an older practice copy are the lesson's, and where they are today."""

import hashlib
import re
from difflib import SequenceMatcher

from nbformat import NotebookNode

from utils.authoring import copies, notebooks

EXERCISE = re.compile(r"exercise-\d+")
# Ids as `refresh.cell_ids` and `blanking` give them; other cells are the learner's.
LESSONS = re.compile(
    r"(?:exercise|check|expected)-\d+|(?:code|markdown|raw)-([0-9a-f]{8})(?:-\d+)?"
)
HEADING = re.compile(r"## Exercise (\d+) · (\S.*)")


def titles(cells: list[NotebookNode]) -> dict[str, str]:
    """The title above each exercise, for a copy that did not record them."""
    found_titles, title = {}, ""
    for cell in cells:
        if found := HEADING.match(cell.source.strip()):
            title = found[2].strip()
        elif EXERCISE.fullmatch(cell.id):
            found_titles[cell.id] = title
    return found_titles


def as_its_id_says(cell: NotebookNode, folder: str) -> bool:
    """Whether a cell is as the lesson had it, where only its id tells.

    The id holds a hash of the source in the lesson, before links were changed.
    """
    found = LESSONS.fullmatch(cell.id)
    here = cell.source.replace(f"../../{folder}/", "").replace("../../", "../")
    hashes = (hashlib.sha256(s.encode("utf-8", "replace")) for s in (cell.source, here))
    return bool(found[1]) and found[1] in [one.hexdigest()[:8] for one in hashes]


def restore_ids(cells: list[NotebookNode], known: dict[str, str]) -> None:
    """Give cells whose ids an editor dropped the ids that they had.

    known : digests of the cells by id
    """
    missing = [cell_id for cell_id in known if cell_id not in {c.id for c in cells}]
    exercise = None
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        if found := HEADING.match(cell.source.strip()):
            exercise = f"exercise-{found[1]}"
        if cell.id in known or LESSONS.fullmatch(cell.id):
            continue
        digest = copies.cell_digest(cell)
        wanted = [i for i in missing if known[i] == digest]
        if after and "check" in notebooks.tags(after) and cell.cell_type == "code":
            wanted = [i for i in missing if i == exercise]
        if wanted:
            missing.remove(wanted[0])
            cell.id = wanted[0]


def places(before: list[str], after: list[str]) -> dict[str, str]:
    """Where each cell of the older lesson is in today's: by id, else by position.

    A cell that was rewritten has another id; it stands between the same neighbours.
    """
    found = {i: i for i in before if i in after}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a == d - c:
            for was, now in zip(before[a:b], after[c:d], strict=True):
                found.setdefault(was, now)
    return found

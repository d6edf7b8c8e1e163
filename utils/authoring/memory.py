"""Remember how practice copies stood, so that an unchanged one is not run again.

practice/.progress.json holds, for each copy, what its check said and a digest of all
that the result depends on: the cells of the copy and of the lesson, every module of
utils, the pinned versions, and the modules beside the copy. What is not as it was
written, or is not there, counts for nothing.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from utils.authoring import copies, judge, notebooks
from utils.authoring.judge import Progress, Result
from utils.authoring.notebooks import ROOT, NotebookError

FILE = ".progress.json"
FORMAT = 1
STATES = {judge.DONE, judge.NOT_STARTED, judge.FAILING, judge.MISSING}


class Memory:
    """What is known of the copies from earlier checks, and the file it is kept in."""

    def __init__(self, root: Path = ROOT):
        self.folder = root.resolve() / copies.FOLDER
        self.path = self.folder / FILE
        self.entries = _load(self.path)
        self.house = _digest([*_modules(root), root / "constraints.txt"])

    def digest(self, copy: Path, lesson: Path) -> str:
        """A hash of all that the result of a copy depends on; "" if it is unreadable.

        The longest time of a cell is not in it: a result is only sure if no cell was
        stopped.
        """
        try:
            sources = [_cells(path) for path in (copy, lesson)]
        except NotebookError:
            return ""
        beside = _digest(sorted(copy.parent.glob("*.py")))
        python = sys.version.split()[0]
        facts = json.dumps([*sources, self.house, beside, python])
        return hashlib.sha256(facts.encode("ascii")).hexdigest()

    def recall(self, copy: Path, digest: str = "") -> Progress | None:
        """What the last check of a copy said; with `digest` only if nothing changed."""
        entry = self.entries.get(self._key(copy))
        if entry is None or (
            digest and not (entry["sure"] and self.fits(copy, digest))
        ):
            return None
        results = [Result(*result) for result in entry["results"]]
        return Progress(copy, results, list(entry["notes"]), entry["sure"])

    def fits(self, copy: Path, digest: str) -> bool:
        """Whether a copy and all it depends on are as they were at its last check."""
        entry = self.entries.get(self._key(copy))
        return bool(entry and digest and entry["digest"] == digest)

    def keep(self, progress: Progress, digest: str) -> None:
        """Remember how a copy stands and write it down, so that Ctrl-C loses nothing.

        raises   OSError if the file cannot be written
        """
        self.entries[self._key(progress.copy)] = {
            "digest": digest,
            "sure": bool(digest) and progress.steady,
            "results": [list(result) for result in progress.results],
            "notes": progress.notes,
        }
        there = {k: v for k, v in self.entries.items() if (self.folder / k).exists()}
        text = json.dumps({"format": FORMAT, "copies": there}, indent=1, sort_keys=True)
        replace(self.path, f"{text}\n".encode("ascii"))

    def _key(self, copy: Path) -> str:
        if copy.is_relative_to(self.folder):
            return copy.relative_to(self.folder).as_posix()
        return copy.as_posix()


def replace(path: Path, content: bytes) -> None:
    """Write a file all at once or not at all.

    raises   OSError, then the file is as it was
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        if part.is_file():
            part.unlink()


def _load(path: Path) -> dict[str, dict]:
    """The entries of the file that are as `keep` writes them."""
    try:
        found = json.loads(path.read_bytes())
        entries = found["copies"] if found["format"] == FORMAT else {}
        return {key: entry for key, entry in entries.items() if _is_sound(entry)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _is_sound(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    results, notes = entry.get("results"), entry.get("notes")
    return (
        isinstance(entry.get("digest"), str)
        and isinstance(entry.get("sure"), bool)
        and isinstance(notes, list)
        and all(isinstance(note, str) for note in notes)
        and isinstance(results, list)
        and all(map(_is_result, results))
    )


def _is_result(found: object) -> bool:
    if not (isinstance(found, list) and len(found) == 4 and type(found[0]) is int):
        return False
    return all(isinstance(text, str) for text in found[1:]) and found[2] in STATES


def _cells(path: Path) -> list[list[str]]:
    nb = notebooks.read(path)
    return [[cell.id, cell.cell_type, cell.source] for cell in nb.cells]


def _modules(root: Path) -> list[Path]:
    return sorted((root / "utils").rglob("*.py"))


def _digest(paths: list[Path]) -> str:
    """A hash of the names and contents of the files that are there."""
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            # Git may check out other line ends on Windows.
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()

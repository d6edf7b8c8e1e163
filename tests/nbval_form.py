"""What must hold of a notebook before it is worth running: no output escapes.

nbval skips a cell without execution count, obeys marks that ignore its output, and
shows a result that a `;` hides in JupyterLab. Each of these fails the notebook here.
"""

from __future__ import annotations

import io
import math
import re
import tokenize
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

MARK = re.compile(r"\b(?:NBVAL_[A-Z_]+|PYTEST_VALIDATE_IGNORE_OUTPUT)\b")
ESCAPES = ("pytest-validate-ignore-output", "raises-exception", "skip-execution")
LIMITS = {"rtol": 1.0, "atol": math.inf, "rms": 255.0}
TOLERANCE_TAG = re.compile(r"\s*(?:rtol|atol|rms)\b", re.IGNORECASE)


class Problem(NamedTuple):
    """A reason not to run a notebook: where it is and what to do."""

    place: str
    message: str


def tags_of(cell: NotebookNode) -> list[str]:
    """The tags of a cell. Raises ValueError if they are not a list of strings."""
    tags = cell.metadata.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError(f"tags must be a list of strings, not {tags!r}")
    return tags


def tolerances(cell: NotebookNode) -> dict[str, float]:
    """The tolerances a cell's tags set, such as {'rtol': 0.01} for `rtol=1e-2`.

    raises  ValueError naming the tag if it is malformed, out of range or given twice
    """
    found = {}
    for tag in tags_of(cell):
        if "=" not in tag and not TOLERANCE_TAG.match(tag):
            continue
        name, _, text = tag.partition("=")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if name not in LIMITS or not 0 <= value < LIMITS[name]:
            allowed = ", ".join(
                f"{key}=NUMBER" + (f" below {top:g}" if top < math.inf else "")
                for key, top in LIMITS.items()
            )
            raise ValueError(f"the tag {tag!r} is none of {allowed}")
        if name in found:
            raise ValueError(f"two tags set {name}: {found[name]:g} and {value:g}")
        found[name] = value
    return found


def hides_result(source: str) -> bool:
    """True if the last token of a cell is ';', which hides the value in JupyterLab."""
    ignored = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT,
        tokenize.DEDENT, tokenize.ENDMARKER,
    }  # fmt: skip
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source.rstrip().endswith(";")
    last = [token.string for token in tokens if token.type not in ignored][-1:]
    return last == [";"]


def _escapes(cell: NotebookNode) -> list[str]:
    """The marks by which a cell asks not to be verified."""
    marks = MARK.findall(cell.source)
    tags = cell.metadata.get("tags", [])
    for tag in filter(lambda tag: isinstance(tag, str), tags):
        plain = tag.strip().lower().replace("_", "-")
        if plain.startswith("nbval-") or plain in ESCAPES:
            marks.append(tag)
    return marks


def read(path: Path) -> tuple[list[NotebookNode], list[Problem]]:
    """The code cells of a notebook and all reasons why they cannot be verified."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds
        # Not a collection error, which would keep pytest from running any test.
        return [], [Problem("file", f"{path.name} is no notebook: {error}")]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return cells, problems(cells)


def problems(code_cells: list[NotebookNode]) -> list[Problem]:
    """All reasons why the code cells of a notebook cannot be verified as they are."""
    counts = _count_problems(code_cells)
    found = [Problem("execution counts", "\n".join(counts))] if counts else []
    for number, cell in enumerate(code_cells, 1):
        if reasons := _cell_problems(cell):
            found.append(Problem(f"Cell {number}", "\n".join(reasons)))
    return found


def _cell_problems(cell: NotebookNode) -> list[str]:
    found = []
    try:
        tolerances(cell)
    except ValueError as error:
        found.append(str(error))
    if marks := _escapes(cell):
        found.append(
            f"holds {', '.join(marks)}, but every output is verified: remove the mark "
            "and rewrite the cell so that its output repeats"
        )
    if hides_result(cell.source):
        found.append(
            "ends with ';', which hides a value from the reader but not from nbval: "
            "assign it to a name (`_ = ...`) or show it"
        )
    return found


def _count_problems(code_cells: list[NotebookNode]) -> list[str]:
    counts = [cell.execution_count for cell in code_cells]
    if counts == list(range(1, len(counts) + 1)):
        return []
    null = [str(k) for k, count in enumerate(counts, 1) if count is None]
    other = [
        f"{count} at cell {k}"
        for k, count in enumerate(counts, 1)
        if count not in (None, k)
    ]
    found = ["they must run 1, 2, 3, ... from the first code cell to the last"]
    if null:
        found.append(
            f"never executed, or stripped of its outputs: code cell {', '.join(null)}"
        )
    if other:
        found.append(f"out of order: {', '.join(other)}")
    return [*found, "run `python course.py refresh` on the notebook"]

"""Run notebooks the way CI will, and store their outputs.

    python -m utils.authoring.refresh [NOTEBOOK ...]

A notebook is a file, a course (course1_nn, 1) or a lesson (course1_nn/02, 1.2); none
means all. A notebook that fails stays as it was. A second refresh changes no byte.
"""

import argparse
import ast
import base64
import hashlib
import re
import sys
import time
from collections import Counter
from pathlib import Path

from nbformat import NotebookNode

from utils.authoring import notebooks
from utils.authoring.notebooks import ROOT

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    # Without the version of Python: a refresh on 3.13 must not differ from one on 3.11.
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
PNG = b"\x89PNG\r\n\x1a\n"
PNG_NOISE = {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"}


def refresh(path: Path, seconds: float = notebooks.CELL_SECONDS) -> bool:
    """Run the notebook at `path` in a fresh kernel and store it; True if it changed.

    raises   notebooks.NotebookError if it cannot be read, notebooks.Stopped where it
             fails; the file is then untouched
    """
    nb = notebooks.read(path)
    for cell in nb.cells:
        cell.source = _tidy_source(cell)
    notebooks.run(nb, path.parent, seconds=seconds)
    normalise(nb)
    return notebooks.write(nb, path)


def normalise(nb: NotebookNode) -> None:
    """Keep of `nb` only what its sources and results decide: ids, metadata, outputs."""
    nb.metadata = METADATA
    nb.nbformat_minor = 5
    for cell, cell_id in zip(nb.cells, cell_ids(nb), strict=True):
        cell.id = cell_id
        tags = list(dict.fromkeys(notebooks.tags(cell)))
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        cell.metadata = {"tags": tags} if tags else {}
        if alt:  # what a reader who cannot see the figure hears
            cell.metadata["mystnb"] = {"image": {"alt": alt}}
        if cell.cell_type == "code":
            cell.outputs = _merge_streams(cell.outputs)
            for output in cell.outputs:
                _clean_png(output.get("data", {}))


def cell_ids(nb: NotebookNode) -> list[str]:
    """The id of each cell of `nb`, decided by its sources and tags alone.

    The k-th cell with a solution is `exercise-k`, the first check after it `check-k`;
    any other cell is its kind and a hash of its source.
    """
    ids, used, exercise, check = [], Counter(), 0, 0
    for cell in nb.cells:
        digest = hashlib.sha256(cell.source.encode("utf-8")).hexdigest()[:8]
        cell_id = f"{cell.cell_type}-{digest}"
        if cell.cell_type == "code" and "### BEGIN SOLUTION" in cell.source:
            exercise += 1
            cell_id = f"exercise-{exercise}"
        elif "check" in notebooks.tags(cell) and check < exercise:
            check = exercise
            cell_id = f"check-{check}"
        used[cell_id] += 1
        ids.append(cell_id if used[cell_id] == 1 else f"{cell_id}-{used[cell_id]}")
    return ids


def _tidy_source(cell: NotebookNode) -> str:
    """The source without space at the end of lines, where it means nothing."""
    lines = cell.source.replace("\r\n", "\n").rstrip().split("\n")
    if cell.cell_type != "code":  # two spaces before a line of text are a line break
        kept = [
            line.rstrip() + ("  " if line.endswith("  ") and after.strip() else "")
            for line, after in zip(lines, [*lines[1:], ""], strict=True)
        ]
        return "\n".join(line if line.strip() else "" for line in kept)
    tidy = "\n".join(line.rstrip() for line in lines)
    try:
        same = ast.dump(ast.parse(tidy)) == ast.dump(ast.parse(cell.source))
    except SyntaxError:
        return cell.source
    return tidy if same else cell.source  # a string over several lines keeps its spaces


def _merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join pieces of one stream that follow each other: where it is cut is chance."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def _clean_png(data: dict) -> None:
    if "image/png" in data:
        image = strip_png(base64.b64decode(data["image/png"]))
        data["image/png"] = base64.b64encode(image).decode("ascii")


def strip_png(image: bytes) -> bytes:
    """The PNG file `image` without texts and dates, such as Matplotlib's version."""
    if not image.startswith(PNG):
        return image
    kept, at = [PNG], len(PNG)
    while at < len(image):
        end = at + 12 + int.from_bytes(image[at : at + 4], "big")
        if image[at + 4 : at + 8] not in PNG_NOISE:
            kept.append(image[at:end])
        at = end
    return b"".join(kept)


def _report_failure(label: str, stopped: notebooks.Stopped) -> None:
    print(f"{label}: failed in cell {stopped.index + 1}, left as it was")
    print("\n".join(f"    | {line}" for line in stopped.cell.source.splitlines()))
    print(f"    {stopped}")
    for output in stopped.cell.outputs:
        if output.output_type == "error":
            print(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback)))
    sys.stdout.flush()


def _report_success(label: str, path: Path, seconds: float, changed: bool) -> None:
    cells = notebooks.code_cells(notebooks.read(path))
    figures = sum("image/png" in o.get("data", {}) for c in cells for o in c.outputs)
    size = path.stat().st_size / 1e3
    state = "changed" if changed else "unchanged"
    print(f"{label}: {seconds:.1f} s, {figures} figures, {size:.0f} kB, {state}")
    sys.stdout.flush()


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Refresh the notebooks named on the command line; 1 if any of them fails."""
    parser = argparse.ArgumentParser(
        prog="refresh",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebook", nargs="*", help="file, course or lesson")
    chosen = parser.parse_args(arguments)
    try:
        paths = notebooks.find(chosen.notebook, root)
    except notebooks.NotebookError as error:
        print(error)
        return 1
    failed = 0
    for path in paths:
        label, start = notebooks.name(path, root), time.perf_counter()
        try:
            changed = refresh(path)
        except notebooks.NotebookError as error:
            failed += 1
            print(error, flush=True)
        except notebooks.Stopped as stopped:
            failed += 1
            _report_failure(label, stopped)
        else:
            _report_success(label, path, time.perf_counter() - start, changed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

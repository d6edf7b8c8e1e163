"""What the authoring tools share: finding, reading, running and writing notebooks."""

import asyncio
import math
import os
import re
import warnings
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode
from traitlets import default

from utils.authoring import environment

ROOT = Path(__file__).resolve().parents[2]
SHELF = "notebooks"
CELL_SECONDS = 300  # a cell that runs longer is also ended by the tests
GRACE_SECONDS = 10  # what an interrupted cell has to stop


class NotebookError(ValueError):
    """A notebook that cannot be found, read or understood; the message says which."""


class Stopped(Exception):
    """A run that ended early, in `cell`, which is number `index` counted from 0.

    reason : 'error', 'timeout' or 'died'
    """

    def __init__(self, index: int, cell: NotebookNode, reason: str, message: str):
        super().__init__(message)
        self.index, self.cell, self.reason = index, cell, reason


def folders(root: Path = ROOT) -> list[Path]:
    """The folders that hold lessons: the shelf, then the courses in order."""
    root = root.resolve()
    shelf = [root / SHELF] if (root / SHELF).is_dir() else []
    return shelf + sorted(p for p in root.glob("course[0-9]_*") if p.is_dir())


def lessons(root: Path = ROOT) -> list[Path]:
    """Every lesson, in the order of the lectures."""
    return [path for folder in folders(root) for path in sorted(folder.glob("*.ipynb"))]


def name(path: Path, root: Path = ROOT) -> str:
    """The short name of a notebook, such as `course1_nn/02_logistic_regression`."""
    path = path.resolve()
    if path.is_relative_to(root.resolve()):
        path = path.relative_to(root.resolve())
    return path.with_suffix("").as_posix()


def find(selectors: list[str], root: Path = ROOT) -> list[Path]:
    """The notebooks that `selectors` name, each once, in the order given.

    A selector is a course (`course1_nn`, `1`; the shelf is `notebooks` or `0`), a
    lesson (`course1_nn/02`, `1.2`), a file or a folder. `all`, or none at all, means
    every lesson.
    raises   NotebookError listing what there is if a selector names nothing
    """
    if not selectors or selectors == ["all"]:
        return lessons(root)
    return list(dict.fromkeys(p for s in selectors for p in _match(s, root)))


def _match(selector: str, root: Path) -> list[Path]:
    text = selector.replace("\\", "/").rstrip("/")
    for base in (root, Path.cwd()):
        path = base / text
        if path.is_file() and path.suffix == ".ipynb":
            return [path.resolve()]
        if path.is_dir() and (found := sorted(path.glob("*.ipynb"))):
            return [p.resolve() for p in found]
    if number := re.fullmatch(r"(\d)(?:\.(\d+))?", text):
        course = SHELF if number[1] == "0" else f"course{number[1]}"
        lesson = f"{int(number[2]):02}" if number[2] else ""
    else:
        course, _, lesson = text.partition("/")
        lesson = lesson.removesuffix(".ipynb")
    inside = [p for p in lessons(root) if course in (p.parent.name, _prefix(p.parent))]
    found = [p for p in inside if lesson in ("", p.stem, _prefix(p))]
    if not found:
        raise NotebookError(_nothing(selector, text, inside, root))
    return found


def _nothing(selector: str, text: str, inside: list[Path], root: Path) -> str:
    """What to say of a selector that names nothing: what it may have meant."""
    near = [p for p in lessons(root) if text.rpartition("/")[2] in p.stem]
    if not inside and len(near) == 1:
        return f"no notebook matches {selector!r}; did you mean {name(near[0], root)}?"
    there = ", ".join(name(p, root) for p in inside) or (
        ", ".join(p.name for p in folders(root))
        + "; one lesson is 1.2 or course1_nn/02"
    )
    return f"no notebook matches {selector!r}; there are: {there}"


def _prefix(path: Path) -> str:
    return path.name.partition("_")[0]


def read(path: Path) -> NotebookNode:
    """The notebook at `path` in the current format, every cell with an id of its own.

    raises   NotebookError naming the file if it is missing or not a valid notebook
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing ids are mended below
            nb = nbformat.reads(path.read_bytes().decode("utf-8"), as_version=4)
        nb.nbformat_minor = max(nb.nbformat_minor, 5)
        seen = set()
        for index, cell in enumerate(nb.cells):
            if cell.setdefault("id", f"cell-{index}") in seen:
                cell.id = f"cell-{index}"
            seen.add(cell.id)
        nbformat.validate(nb)
    except OSError as error:
        raise NotebookError(f"{path}: cannot be read: {error.strerror}") from error
    except Exception as error:  # nbformat raises many kinds for a broken file
        reason = str(error).strip().splitlines()[0][:200]
        if not path.stat().st_size:
            reason = "it is empty"
        raise NotebookError(f"{path}: not a valid notebook: {reason}") from error
    return nb


def dumps(nb: NotebookNode) -> bytes:
    """The bytes of `nb` as files hold them: sorted keys, indent 1, a final newline."""
    nbformat.validate(nb)
    return (nbformat.writes(nb, version=4).rstrip("\n") + "\n").encode("utf-8")


def write(nb: NotebookNode, path: Path) -> bool:
    """Write `nb` to `path` all at once or not at all; True if the file changed."""
    content = dumps(nb)
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return True


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


def code_cells(nb: NotebookNode) -> list[NotebookNode]:
    """The code cells of a notebook, in order."""
    return [cell for cell in nb.cells if cell.cell_type == "code"]


class _ThisPython(AsyncKernelManager):
    """A kernel of the Python that runs this, whatever kernels the user installed."""

    @default("kernel_spec_manager")
    def _only_the_native_kernel(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])


def run(
    nb: NotebookNode,
    folder: Path,
    *,
    seconds: float = CELL_SECONDS,
    allow_errors: bool = False,
) -> None:
    """Run every code cell of `nb` in a fresh kernel in `folder`; outputs go into `nb`.

    A cell is interrupted after `seconds`; then it holds a KeyboardInterrupt.
    raises   Stopped at the first failing cell (unless `allow_errors`), at a cell that
             cannot be interrupted, or where the kernel dies
    """
    for cell in code_cells(nb):
        cell.outputs, cell.execution_count = [], None
    environment.apply()
    env = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}  # figures inline
    at, timer, interrupts, too_long = 0, None, [], set()

    def start(cell, cell_index):
        nonlocal at, timer
        at = cell_index
        timer = asyncio.get_running_loop().call_later(seconds, interrupt)

    def interrupt():  # the loop only holds tasks weakly, the list keeps them
        too_long.add(at)
        interrupts.append(asyncio.ensure_future(client.km.interrupt_kernel()))

    def stopped(reason, message):
        return Stopped(at, nb.cells[at], reason, message)

    client = NotebookClient(
        nb,
        timeout=math.ceil(seconds + GRACE_SECONDS),
        kernel_name="python3",
        kernel_manager_class=_ThisPython,
        resources={"metadata": {"path": str(folder)}},
        allow_errors=allow_errors,
        force_raise_errors=not allow_errors,
        skip_cells_with_tag="",
        record_timing=False,
        on_cell_execute=start,
        on_cell_executed=lambda **_: timer.cancel(),
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )
    try:
        client.execute(env=env)
    except CellExecutionError as error:
        if error.ename == "KeyboardInterrupt":
            raise stopped("timeout", f"ran longer than {seconds:g} s") from error
        raise stopped("error", f"{error.ename}: {error.evalue}") from error
    except CellTimeoutError as error:
        message = f"ran longer than {seconds:g} s and could not be stopped"
        raise stopped("timeout", message) from error
    except DeadKernelError as error:
        raise stopped("died", "the kernel died") from error
    finally:
        if timer:
            timer.cancel()
        _mark(nb, too_long)


def _mark(nb: NotebookNode, too_long: set[int]) -> None:
    """Say so in cells that were interrupted but do not show it.

    An interrupt that meets a cell between two of its lines may leave no error there.
    """
    for cell in (nb.cells[index] for index in too_long):
        if not any(output.output_type == "error" for output in cell.outputs):
            stop = {"ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
            cell.outputs.append(nbformat.v4.new_output("error", **stop))

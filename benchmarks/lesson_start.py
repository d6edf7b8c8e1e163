"""From starting a kernel to the first output of a lesson, cold and warm."""

import ast
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from jupyter_client import KernelManager
from side_by_side import rounds, table

ROOT = Path(__file__).resolve().parent.parent
LESSON = ROOT / "course1_nn" / "02_logistic_regression.ipynb"
NUM_ROUNDS = 3
NUMPY_CELL = "from utils.nn import activations, dense, gradcheck, losses"


def report() -> None:
    """Print the table.

    Cold: Python has to compile every imported module, as at the first start after
    installing. Warm: it finds them compiled. Both start a fresh process, with the files
    already in the memory of the operating system.
    """
    cell = lesson_imports()
    with tempfile.TemporaryDirectory() as empty_folders:
        compiled = Path(empty_folders) / "warm"

        def cold() -> None:
            first_output(cell, Path(tempfile.mkdtemp(dir=empty_folders)))

        first_output(cell, compiled)  # compiles everything for the warm starts
        times = rounds(
            {
                "warm": lambda: first_output(cell, compiled),
                "cold": cold,
                "warm, utils.nn only": lambda: first_output(NUMPY_CELL, compiled),
            },
            NUM_ROUNDS,
        )
    print(f"\nKernel start to first output, imports of {LESSON.stem}")
    print(table(times, unit="s"))


def lesson_imports() -> str:
    """Every import statement at the top level of the lesson's code cells."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    statements = [
        ast.unparse(node)
        for cell in cells
        if cell["cell_type"] == "code"
        for node in ast.parse("".join(cell["source"])).body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert statements, f"{LESSON} imports nothing"
    return "\n".join(statements)


def first_output(cell: str, pycache: Path) -> None:
    """Start a kernel, run `cell` in it, and return once its print has arrived."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(pycache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else no start is warm
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(
        env=environment, cwd=str(LESSON.parent), stderr=subprocess.DEVNULL
    )
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        request = client.execute(cell + "\nprint('ready')")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            message = client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "error":
                raise RuntimeError("\n".join(message["content"]["traceback"]))
            if message["content"].get("text", "").strip() == "ready":
                return
        raise TimeoutError("the first cell printed nothing within 120 s")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)

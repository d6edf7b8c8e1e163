"""The notebook plugin, judged from outside: pytest sessions on crafted notebooks."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests import nbval_tolerance
from tests.nbval_cases import MUST_FAIL, MUST_PASS, SETUP

ROOT = Path(__file__).parents[1]

# Cells that are never run: (source, execution count, tags); then a part of the report.
FORM = {
    "null count": ([("print(1)", None, [])], "code cell 1"),
    "stripped notebook": ([("a = 1", None, []), ("a", None, [])], "code cell 1, 2"),
    "count out of order": ([("a = 1", 1, []), ("a", 3, [])], "3 at cell 2"),
    "ignore mark": ([("# NBVAL_IGNORE_OUTPUT\nprint(1)", 1, [])], "IGNORE_OUTPUT"),
    "skip mark": ([("# NBVAL_SKIP\nprint(1)", 1, [])], "NBVAL_SKIP"),
    "old ignore mark": ([("#PYTEST_VALIDATE_IGNORE_OUTPUT\n1", 1, [])], "PYTEST_V"),
    "ignore tag": ([("print(1)", 1, ["nbval-ignore-output"])], "nbval-ignore-output"),
    "skip tag": ([("print(1)", 1, ["nbval-skip"])], "nbval-skip"),
    "exception mark": ([("# NBVAL_RAISES_EXCEPTION\n1 / 0", 1, [])], "NBVAL_RAISES"),
    "exception tag": ([("1 / 0", 1, ["raises-exception"])], "raises-exception"),
    "nbclient's skip tag": ([("1 / 0", 1, ["skip-execution"])], "skip-execution"),
    "trailing semicolon": ([("a = 1\na;", 1, [])], "ends with ';'"),
    "semicolon and comment": ([("a = 1\na;  # quiet", 1, [])], "ends with ';'"),
    "tag is no number": ([("1.0", 1, ["rtol=small"])], "'rtol=small'"),
    "tag is negative": ([("1.0", 1, ["atol=-1"])], "'atol=-1'"),
    "tag allows anything": ([("1.0", 1, ["rtol=10"])], "'rtol=10'"),
    "tag is nan": ([("1.0", 1, ["atol=nan"])], "'atol=nan'"),
    "tag has a colon": ([("1.0", 1, ["rms: 40"])], "'rms: 40'"),
    "tag has another name": ([("1.0", 1, ["tol=0.1"])], "'tol=0.1'"),
    "tag twice": ([("1.0", 1, ["rtol=0.1", "rtol=0.2"])], "0.1 and 0.2"),
}
DYING = ["print(1)", "import os; os._exit(3)", "print(1)", "print(1)"]
SLOW = ["print(1)", "import time; time.sleep(60)", "print(1)"]
STUBBORN = """\
import time
while True:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        pass
"""


def write(path: Path, cells: list) -> None:
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "x"}
    nbformat.write(notebook, path)


def handmade(source: str, count: int | None, tags: list[str] | tuple = ()):
    outputs = [new_output("stream", text="1\n")] if source == "print(1)" else []
    return new_code_cell(
        source, execution_count=count, metadata={"tags": list(tags)}, outputs=outputs
    )


def crafted(cases: list, folder: Path) -> list:
    """Cells that hold `case.now` with the outputs of `case.stored`, truly executed."""
    notebook = new_notebook(
        cells=[new_code_cell(SETUP), *(new_code_cell(case.stored) for case in cases)]
    )
    NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    for cell, case in zip(notebook.cells[1:], cases, strict=True):
        cell.source = case.now
        cell.outputs = case.tamper(cell.outputs)
        cell.metadata = {"tags": list(case.tags)}
    return notebook.cells


class Session(NamedTuple):
    """What a pytest session said: all it printed, and by test report and seconds."""

    output: str
    reports: dict[str, str]  # '' for a test that passed
    seconds: dict[str, float]


def run_pytest(folder: Path, *arguments: str) -> Session:
    """Run pytest in `folder` as if it were this repository."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    xml = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={xml}", *arguments]
    # Without the options and the worker's name of the session this test runs in.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )
    session = Session(done.stdout + done.stderr, {}, {})
    for case in ElementTree.parse(xml).getroot().iter("testcase"):
        test = f"{case.get('classname')}::{case.get('name')}"
        found = [*case.iter("failure"), *case.iter("error"), *case.iter("skipped")]
        texts = [f"{node.get('message')}\n{node.text}" for node in found]
        session.reports[test] = "\n".join(texts)
        session.seconds[test] = float(case.get("time"))
    return session


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    """One session on two workers over every notebook that needs no short timeout."""
    folder = tmp_path_factory.mktemp("session")
    lessons = folder / "course1_nn"
    lessons.mkdir()
    cells = crafted([*MUST_PASS, *MUST_FAIL], lessons)
    write(lessons / "crafted.ipynb", cells)
    dying = [handmade(source, count) for count, source in enumerate(DYING, 1)]
    write(lessons / "dying.ipynb", dying)
    for name, (rows, _) in FORM.items():
        write(lessons / f"{file_name(name)}.ipynb", [handmade(*row) for row in rows])
    (lessons / "broken.ipynb").write_text("{", encoding="utf-8")
    return run_pytest(folder, "-n2", "course1_nn")


@pytest.fixture(scope="module")
def slow_session(tmp_path_factory) -> Session:
    """One session without workers, with 2 s for each cell."""
    folder = tmp_path_factory.mktemp("slow")
    for name, sources in {"slow": SLOW, "stubborn": [STUBBORN, "print(1)"]}.items():
        cells = [handmade(source, count) for count, source in enumerate(sources, 1)]
        write(folder / f"{name}.ipynb", cells)
    return run_pytest(
        folder, "-o", "nbval_cell_timeout=2", "slow.ipynb", "stubborn.ipynb"
    )


def file_name(name: str) -> str:
    return re.sub(r"\W+", "_", name)


def report_of(session: Session, case) -> str:
    # The first cell is the set-up; cells count from 1.
    number = [*MUST_PASS, *MUST_FAIL].index(case) + 2
    return session.reports[f"course1_nn.crafted.ipynb::Cell {number}"]


@pytest.mark.parametrize("case", MUST_PASS, ids=lambda case: case.name)
def test_passes(session, case):
    assert report_of(session, case) == ""


@pytest.mark.parametrize("case", MUST_FAIL, ids=lambda case: case.name)
def test_fails(session, case):
    report = report_of(session, case)
    assert "Cell " in report
    assert case.message in report


@pytest.mark.parametrize("name", FORM)
def test_form_fails(session, name):
    file = f"course1_nn.{file_name(name)}.ipynb::"
    reports = [text for node, text in session.reports.items() if node.startswith(file)]
    assert len(reports) == 1
    assert FORM[name][1] in reports[0]


def test_unreadable_notebook_fails(session):
    report = session.reports["course1_nn.broken.ipynb::file"]
    assert "broken.ipynb is no notebook" in report


def test_dead_kernel_is_reported(session):
    report = session.reports["course1_nn.dying.ipynb::Cell 2"]
    assert "the kernel died: its process ended with status 3" in report


@pytest.mark.parametrize("number", [3, 4])
def test_cells_after_a_dead_kernel_fail(session, number):
    report = session.reports[f"course1_nn.dying.ipynb::Cell {number}"]
    assert "not run, because in cell 2 the kernel died" in report


def test_nothing_waits_for_a_dead_kernel(session):
    # The cell timeout is 300 s, and nbval alone waits all of it.
    assert session.seconds["course1_nn.dying.ipynb::Cell 2"] < 60


def test_timeout_is_reported(slow_session):
    assert "Timeout of 2 seconds" in slow_session.reports["slow.ipynb::Cell 2"]


def test_cells_after_a_timeout_fail(slow_session):
    report = slow_session.reports["slow.ipynb::Cell 3"]
    assert "not run, because in cell 2 the time ran out" in report


def test_cell_that_ignores_the_interrupt_is_killed(slow_session):
    assert "Timeout of 2 seconds" in slow_session.reports["stubborn.ipynb::Cell 1"]


def test_no_warnings(session, slow_session):
    assert "warning" not in session.output.lower() + slow_session.output.lower()


@pytest.mark.parametrize(
    "option", ["nbval_lax", "nbval_kernel_name", "nbval_sanitize_with"]
)
def test_options_that_weaken_are_refused(option):
    options = dict.fromkeys(nbval_tolerance.WEAKENING) | {option: "x"}
    config = SimpleNamespace(option=SimpleNamespace(**options))
    with pytest.raises(pytest.UsageError, match="would weaken the verification"):
        nbval_tolerance.pytest_configure(config)

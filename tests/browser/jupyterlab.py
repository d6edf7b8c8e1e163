"""JupyterLab as `course.py lab` starts it, and its pages as a learner sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nbformat import NotebookNode

from utils.authoring.notebooks import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TOKEN = "browser-tests"
START_SECONDS, STOP_SECONDS = 60, 30
RUN_SECONDS = 120
POLL_MILLISECONDS = 200  # at every frame, asking would slow the page down
# course.py's own function, in the environment that runs the tests.
START = """
import sys
from pathlib import Path
import course
course.ENV = Path(sys.prefix)
sys.exit(course.lab(sys.argv[1:]))
"""
OPTIONS = (
    "--no-browser",
    "--ServerApp.port=0",
    f"--IdentityProvider.token={TOKEN}",
)
# Whatever the user has set or left open must neither help nor be touched.
OWN_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
# A page that stays open for two minutes would be saved, with what this Python is.
NO_AUTOSAVE = {
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False}
}
CELLS_HAVE_RUN = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
    .map(prompt => prompt.textContent);
  const failed = document.querySelector('.jp-CodeCell [data-mime-type*="stderr"]');
  return !prompts.includes("[*]:") && (failed || /\\d/.test(prompts.at(-1)));
}"""
OUTPUTS = """cell => [...cell.querySelectorAll(".jp-OutputArea-output")].map(
  output => [output.dataset.mimeType, output.textContent])"""
RICHEST_FIRST = ("text/html", "text/markdown", "image/png", "text/plain")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running JupyterLab; its address. Its own files and its log go to `folder`."""
    own = {name: str(folder / name.lower()) for name in OWN_FOLDERS}
    for place, settings in NO_AUTOSAVE.items():
        path = Path(own["JUPYTERLAB_SETTINGS_DIR"], place)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))
    # Opening a lesson would leave a checkpoint beside it.
    checkpoints = f"--FileCheckpoints.checkpoint_dir={folder / 'checkpoints'}"
    log = folder / "jupyterlab.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", START, *OPTIONS, checkpoints],
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # to reach what course.py starts as well
        )
    address = ""
    try:
        address = _address(process, Path(own["JUPYTER_RUNTIME_DIR"]), log)
        yield address
    finally:
        _stop(process, address)


def _address(process: subprocess.Popen, runtime: Path, log: Path) -> str:
    """Wait until the server has written down where it listens."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        for path in runtime.glob("jpserver-*.json"):
            return json.loads(path.read_text())["url"]
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def _stop(process: subprocess.Popen, address: str) -> None:
    """Ask the server to end with all its kernels; kill it if it does not."""
    try:
        if address:
            headers = {"Authorization": f"token {TOKEN}"}
            url = f"{address}api/shutdown"
            request = urllib.request.Request(url, headers=headers, method="POST")
            urllib.request.urlopen(request, timeout=STOP_SECONDS).close()
            process.wait(STOP_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        pass
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def start_page(page: Page, address: str) -> None:
    """Open what `course.py lab` opens."""
    page.goto(f"{address}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell")


def open_notebook(page: Page, address: str, path: Path, cells: int) -> None:
    """Open the notebook at `path`, alone, and wait for all its cells."""
    place = path.relative_to(ROOT).as_posix()
    page.goto(f"{address}lab/tree/{place}?reset&token={TOKEN}")
    page.wait_for_function(
        f'document.querySelectorAll(".jp-Notebook .jp-Cell").length === {cells}'
    )


def run_all(page: Page) -> None:
    """Run > Run All Cells, and wait for the last cell or for an error."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        CELLS_HAVE_RUN, timeout=RUN_SECONDS * 1000, polling=POLL_MILLISECONDS
    )


def code_cells(page: Page) -> Locator:
    """The code cells of the open notebook, in order."""
    return page.locator(".jp-Notebook .jp-CodeCell")


class Shown(NamedTuple):
    """One thing that a reader sees below a cell."""

    kind: str  # a MIME type; "text" for what a cell prints
    text: str  # "" for a picture


def shown(cell: Locator) -> list[Shown]:
    """What the page shows below a code cell."""
    cell.scroll_into_view_if_needed()
    return _joined(Shown(kind, text) for kind, text in cell.evaluate(OUTPUTS))


def stored(cell: NotebookNode) -> list[Shown]:
    """What a page must show for the outputs that are stored in a notebook."""
    found = []
    for output in cell.outputs:
        if output.output_type == "stream":
            found.append(Shown("text/plain", output.text))
        else:
            kind = next(kind for kind in RICHEST_FIRST if kind in output.data)
            found.append(Shown(kind, output.data[kind]))
    return _joined(found)


def _joined(outputs) -> list[Shown]:
    """Printed texts in a row as one, pictures without their bytes or captions."""
    found: list[Shown] = []
    for kind, text in outputs:
        if kind.startswith("image/"):
            found.append(Shown(kind, ""))
        elif kind == "text/plain" or kind.endswith((".stdout", ".stderr")):
            before = found.pop().text if found and found[-1].kind == "text" else ""
            found.append(Shown("text", before + text))
        else:
            found.append(Shown(kind, text))
    return found

"""Pytest plugin: every collected notebook is run and all its outputs are compared.

It subclasses the items of nbval 0.11, always in strict mode and with this Python as the
kernel, started in the notebook's folder as JupyterLab does. What it adds:

* floats get slack and nothing else does (nbval_text.py), in every text: stdout,
  stderr, text/plain, text/html, text/markdown, text/latex, JSON;
* figures are compared in number, pixel size and content (nbval_figure.py);
* a notebook that escapes verification fails before it is run (nbval_form.py);
* a dead kernel and a cell out of time fail at once, as do the cells after it
  (nbval_kernel.py).

Outputs are compared in their order. As in nbval the stdout of a cell is joined before
that, likewise stderr, since the kernel cuts them at random. The settings in
pyproject.toml and the cell tags that override them:

    nbval_rtol          1e-3   `rtol=1e-2`   relative tolerance of floats
    nbval_atol          1e-6   `atol=1e-3`   absolute tolerance of floats
    nbval_rms           15     `rms=40`      largest local difference of figures, of 255
    nbval_cell_timeout  300                  seconds a cell may take

The tag `audio` excuses one thing only: the <audio> element in a cell's text/html. Cells
are named by their execution count: `Cell 3` is In [3].
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from tests import nbval_figure, nbval_form, nbval_text
from tests.nbval_kernel import KernelDied, WatchedKernel

SETTINGS = {
    "nbval_rtol": ("relative tolerance for floats in notebook outputs", 1e-3),
    "nbval_atol": ("absolute tolerance for floats in notebook outputs", 1e-6),
    "nbval_rms": ("largest local RMS difference of figures, 0 to 255", 15.0),
    "nbval_cell_timeout": ("seconds a notebook cell may take", 300.0),
}
AUDIO = re.compile(r"<audio\b.*?</audio>", re.DOTALL | re.IGNORECASE)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
OUTPUT_WAIT = 15  # seconds from the end of a cell to its last output
NBVAL_DEFAULT_TIMEOUT = 2000
WEAKENING = ("nbval_lax", "nbval_sanitize_with", "nbval_kernel_name")


class FormItem(pytest.Item):
    """Fails with a reason why the notebook cannot be verified as it is."""

    def __init__(self, *, message: str, **kwargs):
        super().__init__(**kwargs)
        self.message = message

    def runtest(self) -> None:
        pytest.fail(self.message, pytrace=False)

    def reportinfo(self) -> tuple:
        return self.path, None, f"{self.path.name}: {self.name}"


class Cell(IPyNbCell):
    """A code cell; its outputs are compared with tolerance for floats."""

    def setup(self) -> None:
        # nbval's version marks the cells after a timeout as expected to fail.
        pass

    def runtest(self) -> None:
        notebook = self.parent
        self.output_timeout = OUTPUT_WAIT
        if notebook.stopped:
            self.raise_cell_error(f"not run, because in {notebook.stopped}")
        try:
            super().runtest()
        except KernelDied as death:
            notebook.stopped = f"cell {self.cell_num} {death}"
            self.raise_cell_error(str(death))
        finally:
            if notebook.timed_out and not notebook.stopped:
                notebook.stopped = f"cell {self.cell_num} the time ran out"
                notebook.kernel.stop()

    def compare_outputs(self, test: list, ref: list, skip_compare=None) -> bool:
        """True if computed (`test`) and stored (`ref`) outputs agree."""
        self.comparison_traceback = self.differences(ref, test)
        return not self.comparison_traceback

    def differences(self, ref: list, test: list) -> list[str]:
        """Lines that explain why the outputs do not agree; an empty list if they do."""
        stored, computed = self.slots(ref), self.slots(test)
        kinds, new_kinds = ([kind for kind, _ in slots] for slots in (stored, computed))
        if kinds != new_kinds:
            return [
                "other outputs",
                f"  stored:   {', '.join(kinds) or 'none'}",
                f"  computed: {', '.join(new_kinds) or 'none'}",
                *(f"  + {text}" for kind, text in computed if kind == "stderr"),
            ]
        limits = {key: self.config.getini(f"nbval_{key}") for key in nbval_form.LIMITS}
        limits |= nbval_form.tolerances(self.cell)
        tolerance = nbval_text.Tolerance(limits["rtol"], limits["atol"])
        for (kind, old), (_, new) in zip(stored, computed, strict=True):
            if kind.endswith(("image/png", "image/jpeg")):
                found = nbval_figure.differences(old, new, limits["rms"])
            else:
                found = nbval_text.differences(old, new, tolerance)
            if found:
                return [f"{kind}: {found[0]}", *found[1:]]
        return []

    def slots(self, outputs: list) -> list[tuple[str, str]]:
        """Pairs (kind, text) of all outputs in order, stderr last."""
        found = []
        for output in outputs:
            if output.output_type == "stream":
                found.append((output.name, output.text))
            elif output.output_type == "error":
                found.append(("error", f"{output.ename}: {output.evalue}"))
            else:
                for mime, data in sorted(output.data.items()):
                    text = data if isinstance(data, str) else json.dumps(data, indent=1)
                    if mime == "text/html" and "audio" in nbval_form.tags_of(self.cell):
                        text = AUDIO.sub("<audio>", text)
                    found.append((f"{output.output_type} {mime}", text))
        # Which of the two streams comes first depends on the kernel's buffers.
        return sorted(found, key=lambda slot: slot[0] == "stderr")

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> str:
        error = excinfo.value
        if not isinstance(error, NbCellError):
            return str(super().repr_failure(excinfo))
        details = COLOURS.sub("", error.inner_traceback or "").strip("\n")
        headline, _, rest = details.partition("\n")
        if str(error) == "Cell outputs differ":
            parts = [f"Cell {self.cell_num}: {headline}", rest]
        else:
            last = details.rpartition("\n")[2]  # of a traceback, the exception
            parts = [f"Cell {self.cell_num}: {error} {last}".rstrip(), details]
        source = "\n".join(f"  {line}" for line in error.source.splitlines())
        return "\n".join([*filter(None, parts), "source of the cell:", source])

    def reportinfo(self) -> tuple:
        return self.path, None, f"{self.path.name}: {self.name}"


class Notebook(IPyNbFile):
    """A notebook: its cells, or what is wrong with its form."""

    broken = False  # has a form that is not worth a kernel
    stopped = ""  # which cell ended the kernel, and how

    def collect(self) -> Iterator[pytest.Item]:
        cells, problems = nbval_form.read(self.path)
        self.broken = bool(problems)
        for place, message in problems:
            yield FormItem.from_parent(self, name=place, message=f"{place}: {message}")
        if self.broken:
            return
        options = defaultdict(bool, check=True)
        for number, cell in enumerate(cells, 1):
            yield Cell.from_parent(
                self, name=f"Cell {number}", cell_num=number, cell=cell, options=options
            )

    def setup(self) -> None:
        if self.broken:
            return
        self.kernel = WatchedKernel(
            cwd=str(self.path.parent),
            cell_timeout=self.config.option.nbval_cell_timeout,
            startup_timeout=self.config.option.nbval_kernel_startup_timeout,
        )

    def teardown(self) -> None:
        if self.kernel is not None:
            self.kernel.stop()


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, (text, default) in SETTINGS.items():
        parser.addini(name, text, type="float", default=default)


def pytest_configure(config: pytest.Config) -> None:
    for name in WEAKENING:
        if getattr(config.option, name):
            option = f"--{name.replace('_', '-')}"
            raise pytest.UsageError(f"{option} would weaken the verification: drop it")
    if config.option.nbval_cell_timeout == NBVAL_DEFAULT_TIMEOUT:  # else from the shell
        config.option.nbval_cell_timeout = config.getini("nbval_cell_timeout")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    nodes = yield
    if file_path.suffix != ".ipynb":
        return nodes
    others = [node for node in nodes if not isinstance(node, IPyNbFile)]
    return [*others, Notebook.from_parent(parent, path=file_path)]

"""Try answers to an exercise quickly: run only the cells of a lesson that it needs."""

import builtins
import contextlib
import io
import linecache
import sys
import warnings
from pathlib import Path
from typing import NamedTuple

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from nbformat import NotebookNode

from tests.planted.copies import LESSON, copied
from tests.planted.slices import needed
from utils.authoring import environment
from utils.authoring.exercises import Exercise, ExerciseError

matplotlib.use("Agg")


class Outcome(NamedTuple):
    """How an answer fared: `error` was raised by its `cell`, 'exercise' or 'check'."""

    cell: str | None
    error: Exception | None
    printed: str


class Bench:
    """A lesson prepared up to one of its exercises, on which answers are tried.

    Only cells whose names the exercise and its check need are run, in this process,
    with the lesson's folder as working folder. If its own solution fails on these, a
    value changed in a way not seen; then all earlier cells are run. `solved` is the
    outcome of the lesson's own solution.
    raises   ExerciseError if an earlier cell fails
    """

    def __init__(self, nb: NotebookNode, exercise: Exercise, folder: Path):
        environment.apply()
        self.folder, self.prepared = folder, {}
        cells = enumerate(nb.cells[: exercise.check + 1])
        self.code = {i: c.source for i, c in cells if c.cell_type == "code"}
        self.function, self.check = exercise.function, exercise.check
        self.minimal = True
        try:
            self.solved = self.attempt(self.code[self.function])
        except ExerciseError:
            self.solved = None
        if self.solved is None or self.solved.error:
            self.minimal = False
            self.solved = self.attempt(self.code[self.function])

    def attempt(self, source: str) -> Outcome:
        """Run the exercise cell as `source` and then the check on fresh values."""
        before = tuple(i for i in self.code if i < self.function)
        if self.minimal:
            before = needed({**self.code, self.function: source}, self.function)
        if before not in self.prepared:
            self.prepared[before] = self._prepare(before)
        kept, floatx = self.prepared[before]
        cells = {"exercise": source, "check": self.code[self.check]}
        values = copied(kept, list(cells.values()))
        if values is None:
            values, floatx = self._prepare(before)
        with _as_in_a_kernel(self.folder, floatx) as printed:
            for cell, text in cells.items():
                try:
                    _execute(text, cell, values)
                except Exception as error:
                    return Outcome(cell, error, printed.getvalue())
        return Outcome(None, None, printed.getvalue())

    def _prepare(self, cells: tuple[int, ...]) -> tuple[dict, str | None]:
        """The values that `cells` leave, and the float type they chose for Keras."""
        values = {"__name__": LESSON, "display": lambda *objects: None}
        values["__builtins__"] = builtins
        with _as_in_a_kernel(self.folder, "float32"):
            # The first layer fixes the type of all later ones; a new kernel has none.
            if "keras" in sys.modules:
                sys.modules["keras"].utils.clear_session()
            for index in cells:
                try:
                    _execute(self.code[index], str(index + 1), values)
                except Exception as error:
                    text = f"cell {index + 1} fails: {type(error).__name__}: {error}"
                    raise ExerciseError(text) from error
            return values, _floatx()


def _execute(source: str, cell: str, values: dict) -> None:
    name = f"<lesson, cell {cell}>"
    lines = source.splitlines(True)
    linecache.cache[name] = (len(source), None, lines, name)  # for tracebacks
    exec(compile(source, name, "exec", dont_inherit=True), values)


@contextlib.contextmanager
def _as_in_a_kernel(folder: Path, floatx: str | None):
    """Run lesson code without leaving a trace in this process; gives what it prints."""
    outside, printed = _floatx(), io.StringIO()
    _set_floatx(floatx)
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(printed),
            warnings.catch_warnings(),
            np.printoptions(),
            matplotlib.rc_context(),
        ):
            warnings.simplefilter("ignore")
            yield printed
    finally:
        plt.close("all")
        _set_floatx(outside or "float32")


def _floatx() -> str | None:
    keras = sys.modules.get("keras")
    return keras.config.floatx() if keras else None


def _set_floatx(floatx: str | None) -> None:
    if floatx and "keras" in sys.modules:
        sys.modules["keras"].config.set_floatx(floatx)

"""Crafted cells for test_nbval_tolerance.py.

Each case holds two sources. The first is executed to make the stored output, the
second is what the notebook then holds. So every stored output is a true one, and the
two differ exactly in what the case is named after.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import NamedTuple

from nbformat import NotebookNode
from PIL import Image

SETUP = """\
import os, sys
from pathlib import Path
import numpy as np
import matplotlib.pyplot as plt
from IPython.display import HTML, JSON, Audio, Latex, Markdown, display

def figure(values=(1, 3, 2, 4), other=(4, 2, 3, 1), colours="br", title="costs fall",
           legend="upper center", size=(4, 3)):
    fig, ax = plt.subplots(figsize=size)
    if values:
        ax.plot(values, colours[0], label="train")
        ax.plot(other, colours[1], label="dev")
        ax.legend(loc=legend)
    ax.set(xlim=(0, 3), ylim=(0, 5), title=title)
    plt.show()
"""


class Case(NamedTuple):
    """A cell that holds the source `now` and the output of the source `stored`."""

    name: str
    stored: str
    now: str
    tags: tuple[str, ...] = ()
    tamper: Callable[[list[NotebookNode]], list[NotebookNode]] = lambda outputs: outputs
    message: str = ""  # must be in the failure's report


def same(name: str, source: str, **kwargs) -> Case:
    return Case(name, source, source, **kwargs)


def recompressed(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The same pixels in other bytes."""
    data = outputs[0].data
    file = io.BytesIO()
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    image.save(file, "png", compress_level=0)
    data["image/png"] = base64.b64encode(file.getvalue()).decode()
    return outputs


def cut_in_two(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The same stdout in two pieces, as the kernel's buffers may cut it."""
    first, second = outputs[0], outputs[0].copy()
    first.text, second.text = first.text[:5], first.text[5:]
    return [first, second]


def stripped(outputs: list[NotebookNode]) -> list[NotebookNode]:
    return []


TABLE = "HTML('<table><td>loss</td><td>{}</td></table>')"
TONE = "Audio(np.sin(np.arange(800) / {}), rate=8000)"

MUST_PASS = [
    same("no output", "x = 1"),
    same("nan and inf", "print(np.array([np.nan, np.inf, -np.inf, 1.5]))"),
    same("kernel runs in the folder of the notebook", "print(Path.cwd().name)"),
    same("utils can be imported", "from utils.nn import dense; print(dense.__name__)"),
    same("kernel settings", "print(os.environ['TF_ENABLE_ONEDNN_OPTS'])"),
    same("stdout cut at another place", "print('one\\ntwo')", tamper=cut_in_two),
    Case("float drifted by 8e-5", "print('cost', 0.693147)", "print('cost', 0.6932)"),
    Case("rounding splits", "print(f'{3.50049:.3f}')", "print(f'{3.50351:.3f}')"),
    Case("columns move", "print(np.array([0.0, 1.5]))", "print(np.array([-0.0, 1.5]))"),
    Case("noise near zero", "print(1.1e-16)", "print(-2.3e-12)"),
    Case("per cent", "print(f'{93.512} % right')", "print(f'{93.513} % right')"),
    Case("complex", "1.5 + 2.25j", "1.5 + 2.2501j"),
    Case("tuple", "(np.float64(0.12345), (3, 4))", "(np.float64(0.12346), (3, 4))"),
    Case("html", TABLE.format(0.31234), TABLE.format(0.31233)),
    Case("markdown", "Markdown('loss **0.31234**')", "Markdown('loss **0.31233**')"),
    Case("latex", "Latex('$w = 0.31234$')", "Latex('$w = 0.31233$')"),
    Case("json", "JSON({'a': [0.31234]})", "JSON({'a': [0.31233]})"),
    Case("tag rtol", "print(0.457)", "print(0.459)", tags=("rtol=1e-2",)),
    Case("tag atol", "print(0.0021)", "print(0.0029)", tags=("atol=1e-3",)),
    Case("audio", TONE.format(5), TONE.format(7), tags=("audio",)),
    same("figure", "figure()"),
    same("figure in other bytes", "figure()", tamper=recompressed),
    Case("figure drifted by 1e-5", "figure()", "figure(values=(1, 3.00003, 2, 4))"),
    Case("tag rms", "figure()", "figure(values=(1, 1, 2, 4))", tags=("rms=200",)),
]

ACCURACY = "print('accuracy', {})"
NET = "class {}: __repr__ = lambda self: type(self).__name__\n{}()"

MUST_FAIL = [
    Case("wrong class name", NET.format("Net", "Net"), NET.format("Nit", "Nit")),
    Case("changed integer", "print('93 of 100')", "print('94 of 100')"),
    Case("changed label", "print('cat 0.5')", "print('dog 0.5')"),
    Case("lost line", "print('a\\nb')", "print('a')"),
    Case("extra line", "print('a')", "print('a\\n')"),
    Case("drifted float", "print(0.9312)", "print(0.945)", message="relative 1.5e-02"),
    Case("accuracy one step up", ACCURACY.format(0.93), ACCURACY.format(0.94)),
    Case("accuracy in per cent", "print('93.1 %')", "print('93.2 %')"),
    Case("accuracy of 1000", ACCURACY.format(0.931), ACCURACY.format(0.932)),
    Case("sign flip", "print(0.25)", "print(-0.25)"),
    Case("float became integer", "print(1.0)", "print(1)"),
    Case("nan instead of a number", "print(0.5)", "print(np.nan)"),
    Case("number instead of inf", "print(np.inf)", "print(1e300)"),
    Case("overflowing spelling", "print('1e999')", "print('2e999')"),
    Case("changed version", "print('2.21.0')", "print('2.21.1')"),
    Case("changed shape", "print((3, 4))", "print((4, 3))"),
    Case("row became column", "print(np.ones(2))", "print(np.ones((2, 1)))"),
    Case("changed key order", "{'a': 1.0, 'b': 2.0}", "{'b': 2.0, 'a': 1.0}"),
    Case("only blanks differ", "print('a  b 0.5')", "print('a b 0.5')"),
    Case("tags have an end", "print(0.457)", "print(0.467)", tags=("rtol=1e-2",)),
    Case("tag atol=0", "print(1e-7)", "print(1e-8)", tags=("atol=0",)),
    Case("html", TABLE.format(0.31), TABLE.format(0.32)),
    Case("html label", "HTML('<b>cat</b>')", "HTML('<b>dog</b>')"),
    Case("markdown", "Markdown('loss **0.31**')", "Markdown('loss **0.32**')"),
    Case("latex", "Latex('$w = 0.31$')", "Latex('$w = -0.31$')"),
    Case("result became stdout", "0.5", "print(0.5)"),
    Case("stderr appears", "print(1)", "print(1); print('oh', file=sys.stderr)",
         message="+ oh"),
    Case("output disappears", "print(1)", "x = 1"),
    same("stripped outputs", "print('cost', 0.5)", tamper=stripped),
    Case("error", "print(1)", "1 / 0", message="ZeroDivisionError"),
    same("stored error", "1 / 0", message="ZeroDivisionError"),
    Case("audio without tag", TONE.format(5), TONE.format(7)),
    Case("tag audio excuses no text", "print(1)", "print(2)", tags=("audio",)),
    Case("blank figure", "figure()", "figure(values=())", message="local RMS"),
    Case("other data, same axes", "figure()", "figure(values=(1, 2, 3, 4))"),
    Case("one point moved by 3 %", "figure()", "figure(values=(1, 3.15, 2, 4))"),
    Case("swapped colours", "figure()", "figure(colours='rb')"),
    Case("moved legend", "figure()", "figure(legend='lower center')"),
    Case("other title", "figure()", "figure(title='costs rise')"),
    Case("one letter of the title", "figure()", "figure(title='casts fall')"),
    Case("lost figure", "figure(); figure()", "figure()"),
    Case("extra figure", "figure()", "figure(); figure()"),
    Case("other pixel size", "figure()", "figure(size=(4, 3.1))", message="pixels"),
    Case("text behind the figure", "print(1); figure()", "figure(); print(1)"),
]  # fmt: skip

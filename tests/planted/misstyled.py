"""Notebooks that break one rule of the house style each."""

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from tests.planted import crafted
from utils.authoring import notebooks, refresh

CODE, EXERCISE, CHECK = 2, 8, 9  # cells of the lesson
EXERCISES, FIGURE = (8, 11, 18), 12
ALT = "One grey pixel, as small as a picture can be."
HINT = """\
<details>
<summary>Hint 1</summary>

Which axis of `X` counts the examples?

<details>
<summary>Hint 2</summary>

The shapes are (1, n_x) and (n_x, m), in this order.

</details>
</details>"""
A_HOME = "/".join(["", "home", "me"])  # in parts: this file holds no such path either


def good() -> NotebookNode:
    """A course lesson with nothing to find."""
    nb = crafted.lesson()
    nb.cells[1].source += "\n\n" + "Words that explain. " * 160
    nb.cells[CODE].outputs = [new_output("display_data", {"image/png": crafted.PIXEL})]
    for at in EXERCISES:
        nb.cells[at - 1].source += "\n\n" + HINT
    for at in (CODE, FIGURE):
        nb.cells[at].metadata["mystnb"] = {"image": {"alt": ALT}}
    refresh.normalise(nb)
    return nb


def _code(source: str, at: int = CODE):
    def change(nb):
        nb.cells[at].source = source

    return change


def _without(heading: str):
    def change(nb):
        nb.cells = [c for c in nb.cells if not c.source.startswith(f"## {heading}")]

    return change


def _cell(at: int, **fields):
    return lambda nb: nb.cells[at].update(fields)


def _shows(kind: str = "stream", /, **fields):
    return lambda nb: nb.cells[CODE].outputs.append(new_output(kind, **fields))


def _text(old: str, new: str, at: int = 0):
    def change(nb):
        assert old in nb.cells[at].source
        nb.cells[at].source = nb.cells[at].source.replace(old, new)

    return change


def _insert(cell: NotebookNode, at: int):
    return lambda nb: nb.cells.insert(at, cell)


def _delete(start: int, stop: int):
    def change(nb):
        del nb.cells[start:stop]

    return change


def _many(nb):
    for cell in range(30):
        nb.cells += [crafted.text("More."), crafted.code(f"x = {cell}")]


def _six_more(nb):
    three = nb.cells[7:13]
    for number in (4, 6):
        for cell in three:
            nb.cells.append(cell.copy())
        for at, k in ((-6, number), (-3, number + 1)):
            nb.cells[at].source = f"## Exercise {k} · More"


def _retitled(nb):
    (cell,) = (c for c in nb.cells if c.source.startswith("## Exercise 3"))
    cell.source = "## Exercise 3 · Choose\n\nA rate that reaches 0.001."


def _side_by_side(nb):
    cell = nb.cells[EXERCISE - 1]
    first, second = cell.source.split("\n\n<details>\n<summary>Hint 2")
    second = second.removesuffix("\n</details>")
    cell.source = f"{first}\n\n</details>\n<details>\n<summary>Hint 2{second}"


# Rule, what is wrong, how to break the good notebook, what the rule says of it.
BAD = [
    ("verifiable", "stripped", _cell(CODE, execution_count=None), "never executed"),
    ("verifiable", "run twice", _cell(CODE, execution_count=20), "out of order"),
    ("verifiable", "mark", _code("# NBVAL_IGNORE_OUTPUT\n1"), "NBVAL_IGNORE_OUTPUT"),
    ("verifiable", "semicolon", _code("1 + 1;"), "ends with ';'"),
    ("short_cells", "31 lines", _code("x = 1\n" * 31), "31 lines, not at most 30"),
    ("short_cells", "wide", _code(f"x = '{'a' * 83}'"), "over 88 columns"),
    ("small_file", "heavy", _shows(text="a" * 600_000), "kB, not at most 600 kB"),
    ("stable_code", "magic", _code("%matplotlib inline"), "holds a magic"),
    ("stable_code", "cell magic", _code("%%capture\nx = 1"), "holds a magic"),
    ("stable_code", "shell", _code("!ls"), "holds a shell command"),
    ("stable_code", "clock", _code("import time"), "holds timing"),
    ("stable_code", "counter", _code("time.perf_counter()"), "holds timing"),
    ("stable_code", "show", _code("plt.show()"), "holds plt.show"),
    ("stable_code", "seed", _code("np.random.seed(1)"), "global random state"),
    ("stable_code", "draw", _code("np.random.randint(3)"), "global random state"),
    ("stable_code", "verbose", _code("m.fit(x, verbose=2)"), "a progress bar"),
    ("stable_code", "sys.path", _code("sys.path.append('..')"), "holds sys.path"),
    ("clean_outputs", "stderr", _shows(name="stderr", text="w"), "writes to stderr"),
    ("clean_outputs", "error", _shows("error", ename="E", evalue=""), "shows an error"),
    (
        "clean_outputs",
        "vector figure",
        _shows("display_data", data={"image/svg+xml": "<svg/>"}),
        "figures are PNG",
    ),
    (
        "clean_outputs",
        "widget",
        _shows("display_data", data={"application/vnd.jupyter.widget-view+json": {}}),
        "widgets are not kept",
    ),
    (
        "clean_outputs",
        "address",
        _shows("display_data", data={"text/plain": "<A at 0x7f2a10b3c4d0>"}),
        "shows the address",
    ),
    ("clean_outputs", "bar", _shows(text="1/2 ━━ 1s 5ms/step"), "a progress bar"),
    ("no_machine_paths", "code", _code(f"open('{A_HOME}/a')"), "a path of one mac"),
    ("no_machine_paths", "output", _shows(text="C:\\Users\\me"), "a path of one mach"),
    ("sound_exercises", "no check", _delete(CHECK, CHECK + 1), "must be its check"),
    ("sound_exercises", "no tag", _cell(CHECK, metadata={}), "must be tagged 'check'"),
    ("sound_exercises", "two", _delete(17, 20), "2 exercises, not 3 to 6"),
    ("sound_exercises", "seven", _six_more, "7 exercises, not 3 to 6"),
    ("answers_named", "unnamed", _retitled, "not say to define learning_rate"),
    ("hints", "none", _text(HINT, "", EXERCISE - 1), "exercise 1 has no hint"),
    ("hints", "open", _text("</details>\n</d", "</d", EXERCISE - 1), "one by one"),
    ("hints", "side by side", _side_by_side, "hints that do not open one by one"),
    ("hints", "text behind", _text(HINT, HINT + "\n\nx", EXERCISE - 1), "one by one"),
    (
        "hints",
        "empty",
        _text("Which axis of `X` counts the examples?", "Think.", EXERCISE - 1),
        "a hint of 6 letters",
    ),
    ("alternative_texts", "none", _cell(FIGURE, metadata={"tags": ["check"]}), "of 0 "),
    ("alternative_texts", "stale", _cell(CODE, outputs=[]), "but no figure"),
    ("checks_assert", "shows only", _code("predict(X, w)", CHECK), "asserts nothing"),
    ("checks_assert", "mute", _code("assert w.any()", CHECK), "without a message"),
    ("headings", "no setup", _without("Setup"), "headings ['Recap', 'In the"),
    ("headings", "no recap", _without("Recap"), "headings ['Setup', 'In the"),
    ("headings", "no lectures", _without("In the lectures"), "'Recap', 'On your own'"),
    ("headings", "no questions", _without("On your own"), "lectures', 'References'"),
    ("headings", "no papers", _without("References"), "'On your own'], not"),
    ("substance", "short", _delete(13, 17), "11 code cells, not 12 to 35"),
    ("substance", "long", _many, "43 code cells, not 12 to 35"),
    ("substance", "no picture", _cell(CODE, outputs=[]), "1 figures, not at least 2"),
    ("substance", "silent", _text("Words that", "", 1), "not at least 500"),
    ("text_before_code", "bare", _insert(crafted.code("x = 1"), 3), "cell 4 has no"),
    ("text_before_code", "first", _delete(0, CODE), "cell 1 has no text before it"),
    ("opening", "no time", _text("**Time**", "Time"), "must have '**Time**"),
    ("links_resolve", "gone", _text("01_arrays", "07_gone"), "link to 07_gone.ipynb"),
    (
        "links_resolve",
        "gone, in a table",
        _shows("display_data", data={"text/markdown": "[a](../x/01_a.ipynb)"}),
        "link to ../x/01_a.ipynb",
    ),
    ("as_refresh_writes", "random id", _cell(CODE, id="abc"), "ids are not those"),
    (
        "as_refresh_writes",
        "scrolled",
        _cell(CODE, metadata={"scrolled": True}),
        "metadata are not those",
    ),
    (
        "as_refresh_writes",
        "version of Python",
        lambda nb: nb.metadata.update(language_info={"name": "python", "version": "3"}),
        "metadata are not those",
    ),
]


def written(nb: NotebookNode, root: Path) -> Path:
    """Write `nb` as the lesson of a course below `root`, with what it links to."""
    path = crafted.course(root)
    notebooks.write(nb, path)
    return path

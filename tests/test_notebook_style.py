"""Every notebook follows the house style (DESIGN 4); each rule flags a bad notebook.

A rule is a function of a notebook and its path that yields what it finds. Nothing is
executed here.
"""

import ast
import functools
import re
from urllib.parse import unquote

import pytest

from tests import nbval_form
from tests.planted import misstyled
from tests.planted.misstyled import BAD
from utils.authoring import blanking, catalogue, exercises, notebooks, refresh
from utils.authoring.notebooks import code_cells, tags

HEADINGS = ("Setup", "Recap", "In the lectures", "On your own", "References")
MACHINE_PATH = re.compile(
    r"(?<![\w.~])(/(?:tmp|root|work|home|Users)/\w+|[A-Z]:\\Users)"
)
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
FORBIDDEN = {
    "a magic": r"^%{1,2}[a-zA-Z]|\bget_ipython\(",
    "a shell command": r"^!|\bos\.system\(",
    "timing": r"\bimport time\b|\btime\.\w*(?:time|counter)\w*\(|\btimeit\b|\.now\(\)",
    "plt.show": r"\.show\(\)",
    "NumPy's global random state": r"\bnp\.random\.(?!default_rng)[a-z]\w*\(",
    "a progress bar": r"\bverbose\s*=\s*(?:[12]|True|['\"]auto)|\btqdm\b",
    "sys.path": r"\bsys\.path\b",
}
# One or two hints at the end of an exercise's text, the second inside the first.
HINT = r"((?:(?!</?details>).)+?)"
HINTS = re.compile(
    rf"<details>\n<summary>Hint 1</summary>\n\n{HINT}\n\n"
    rf"(?:<details>\n<summary>Hint 2</summary>\n\n{HINT}\n\n</details>\n)?</details>",
    re.DOTALL,
)
RULES = {}


def rule(function):
    RULES[function.__name__] = function
    return function


def is_course(path):
    return path.parent.name.startswith("course")


def outputs(nb):
    for number, cell in enumerate(nb.cells, 1):
        for output in cell.get("outputs", []):
            yield number, output


def texts(output):
    """Everything in an output that is text."""
    data = output.get("data", {})
    shown = [data[kind] for kind in data if kind.startswith("text/")]
    return "\n".join([output.get("text", ""), *shown])


def prose(nb):
    return [cell.source for cell in nb.cells if cell.cell_type == "markdown"]


@rule
def verifiable(nb, path):
    for place, message in nbval_form.problems(code_cells(nb)):
        yield f"{place}: {message}"


@rule
def short_cells(nb, path):
    for cell in code_cells(nb):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if len(lines) > 30:
            yield f"a code cell has {len(lines)} lines, not at most 30: {lines[0]}"
        yield from (f"over 88 columns: {line}" for line in lines if len(line) > 88)


@rule
def small_file(nb, path):
    size = len(notebooks.dumps(nb))
    if size > 600_000:
        yield f"{size / 1e3:.0f} kB, not at most 600 kB: make figures smaller or fewer"


@rule
def stable_code(nb, path):
    for number, cell in enumerate(nb.cells, 1):
        if cell.cell_type == "code":
            for what, pattern in FORBIDDEN.items():
                if match := re.search(pattern, cell.source, re.MULTILINE):
                    yield f"cell {number} holds {what}: {match[0]}"


@rule
def clean_outputs(nb, path):
    for number, output in outputs(nb):
        kinds = [k for k in output.get("data", {}) if k.startswith(("image/", "appl"))]
        if output.output_type == "error" or output.get("name") == "stderr":
            yield f"cell {number} shows an error or writes to stderr"
        if kinds not in ([], ["image/png"]):
            yield f"cell {number} shows {kinds}: figures are PNG, widgets are not kept"
        if ADDRESS.search(texts(output)):
            yield f"cell {number} shows the address of an object"
        if re.search(r"[\r\x08]|/step\b", texts(output)):
            yield f"cell {number} shows a progress bar"


@rule
def no_machine_paths(nb, path):
    shown = [(number, texts(output)) for number, output in outputs(nb)]
    for number, text in [*enumerate((c.source for c in nb.cells), 1), *shown]:
        if match := MACHINE_PATH.search(text):
            yield f"cell {number} holds a path of one machine: {match[0]}"


@rule
def sound_exercises(nb, path):
    try:
        count = len(exercises.find(nb, path.stem))
    except exercises.ExerciseError as error:
        yield str(error)
    else:
        if is_course(path) and not 3 <= count <= 6:
            yield f"{count} exercises, not 3 to 6"


def top_level_names(source):
    """The names that a cell defines when it runs."""
    names, todo = set(), list(ast.parse(source).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        else:
            todo += ast.iter_child_nodes(node)
    return names


@rule
def answers_named(nb, path):
    """The solution is not in a practice copy, so the copy must name what to define."""
    try:
        found = exercises.find(nb, path.stem)
    except exercises.ExerciseError:
        return  # sound_exercises says it
    for exercise in found:
        title = max(
            index
            for index, cell in enumerate(nb.cells[: exercise.function])
            if cell.source.startswith("## Exercise")
        )
        given = exercises.blank(nb.cells[exercise.function].source) + "".join(
            cell.source
            for cell in nb.cells[title : exercise.function]
            if cell.cell_type == "markdown"
        )
        defined = top_level_names(nb.cells[exercise.function].source)
        later = {
            node.id
            for cell in nb.cells[exercise.check :]
            if cell.cell_type == "code"
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        for name in sorted(defined & later):
            if not re.search(rf"\b{name}\b", given):
                yield f"exercise {exercise.number} does not say to define {name}"


@rule
def hints(nb, path):
    try:
        found = exercises.find(nb, path.stem)
    except exercises.ExerciseError:
        return  # sound_exercises says it
    for exercise in found:
        source = nb.cells[exercise.function - 1].source
        at = source.find("<details>")
        if at < 0:
            yield f"exercise {exercise.number} has no hint"
        elif not (match := HINTS.fullmatch(source[at:])):
            yield f"exercise {exercise.number}: hints that do not open one by one"
        else:
            for hint in filter(None, match.groups()):
                if not 30 <= len(hint) <= 600:
                    yield f"exercise {exercise.number}: a hint of {len(hint)} letters"


@rule
def alternative_texts(nb, path):
    for cell in code_cells(nb):
        figures = sum("image/png" in o.get("data", {}) for o in cell.outputs)
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        if figures and not 40 <= len(alt) <= 450:
            yield f"{cell.id} has an alternative text of {len(alt)} letters"
        elif alt and not figures:
            yield f"{cell.id} has an alternative text but no figure"


@rule
def checks_assert(nb, path):
    for cell in code_cells(nb):
        if "check" not in tags(cell):
            continue
        nodes = list(ast.walk(ast.parse(cell.source)))
        asserts = [node for node in nodes if isinstance(node, ast.Assert)]
        calls = [ast.unparse(n.func) for n in nodes if isinstance(n, ast.Call)]
        # `cases.check` asserts inside, because its messages would tell the answers
        if not asserts and not [
            c for c in calls if "assert" in c or c == "cases.check"
        ]:
            yield f"{cell.id} asserts nothing"
        for node in asserts:
            if node.msg is None:
                yield f"{cell.id} asserts without a message: {ast.unparse(node)}"


@rule
def headings(nb, path):
    if is_course(path):
        found = re.findall(r"^## (.+?)\s*$", "\n".join(prose(nb)), re.MULTILINE)
        there = [heading for heading in found if heading in HEADINGS]
        if there != list(HEADINGS):
            yield f"headings {there}, not {list(HEADINGS)} in this order"


@rule
def substance(nb, path):
    if is_course(path):
        count, words = len(code_cells(nb)), len(" ".join(prose(nb)).split())
        figures = sum("image/png" in o.get("data", {}) for _, o in outputs(nb))
        if not 12 <= count <= 35:
            yield f"{count} code cells, not 12 to 35"
        if figures < 2:
            yield f"{figures} figures, not at least 2"
        if words < 500:
            yield f"{words} words of explanation, not at least 500"


@rule
def text_before_code(nb, path):
    for number, (before, cell) in enumerate(
        zip([None, *nb.cells], nb.cells, strict=False), 1
    ):
        text = before is not None and before.cell_type == "markdown"
        if cell.cell_type == "code" and "check" not in tags(cell) and not text:
            yield f"cell {number} has no text before it: {cell.source.splitlines()[:1]}"


@rule
def opening(nb, path):
    try:
        catalogue.opening(nb, path.stem)
    except notebooks.NotebookError as error:
        yield str(error)


@rule
def links_resolve(nb, path):
    shown = [o.get("data", {}).get("text/markdown", "") for _, o in outputs(nb)]
    for _, link in blanking.LINK.findall("\n".join(prose(nb) + shown)):
        is_path = link.endswith(".ipynb") or link.startswith(".")
        if is_path and ":" not in link and not (path.parent / unquote(link)).exists():
            yield f"a link to {link}, which does not exist"


@rule
def as_refresh_writes(nb, path):
    if [cell.id for cell in nb.cells] != refresh.cell_ids(nb):
        yield "cell ids are not those of refresh"
    more = [cell.id for cell in nb.cells if cell.metadata.keys() - {"tags", "mystnb"}]
    if nb.metadata != refresh.METADATA or more:
        yield "metadata are not those of refresh"
    if path.read_bytes() != notebooks.dumps(nb):
        yield "the file is not formatted as refresh formats it"


cached = functools.cache(notebooks.read)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("path", notebooks.lessons(), ids=notebooks.name)
def test_notebook(path, name):
    found = list(RULES[name](cached(path), path))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("name", RULES)
def test_a_good_notebook_is_left_in_peace(tmp_path, name):
    path = misstyled.written(misstyled.good(), tmp_path)
    assert list(RULES[name](notebooks.read(path), path)) == []


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [pytest.param(name, *rest, id=f"{name}-{what}") for name, what, *rest in BAD],
)
def test_a_bad_notebook_is_flagged(tmp_path, name, change, says):
    nb = misstyled.good()
    change(nb)
    path = misstyled.written(misstyled.good(), tmp_path)
    found = list(RULES[name](nb, path))
    assert says in "\n".join(found)


def test_another_form_of_the_file_is_flagged(tmp_path):
    path = misstyled.written(misstyled.good(), tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = RULES["as_refresh_writes"](notebooks.read(path), path)
    assert list(found) == ["the file is not formatted as refresh formats it"]


def test_every_rule_has_a_bad_notebook():
    assert {name for name, *_ in BAD} == set(RULES)

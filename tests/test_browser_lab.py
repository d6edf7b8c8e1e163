"""In a real JupyterLab a lesson runs as it is stored, and an exercise can be solved."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from tests import nbval_form, nbval_text
from tests.browser import chromium, jupyterlab
from utils.authoring import blanking, copies, exercises, notebooks, practice
from utils.authoring.notebooks import ROOT

# Measured: 8 s for nine figures, and the cheapest lesson with exercises, 5 s.
LESSON = ROOT / "course1_nn/01_numpy_for_networks.ipynb"
START = ROOT / "notebooks/00_start_here.ipynb"
PRACTISED = "notebooks/01_notation.ipynb"
DEFAULTS = {"rtol": 1e-3, "atol": 1e-6}  # as in pyproject.toml
LESSON_LINK = ".jp-OutputArea-output td a[href*='.ipynb']"
A_NUMBER = re.compile(r"\[\d+\]:")
PATIENCE = 120_000  # milliseconds; a slow machine needs more than the usual 30,000


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):
    with jupyterlab.server(tmp_path_factory.mktemp("jupyterlab")) as started:
        yield started


@pytest.fixture(scope="module")
def folder():
    """A folder that JupyterLab can see and git cannot, for copies."""
    (ROOT / "_build").mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="browser-", dir=ROOT / "_build"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def tab(browser, address):
    """An empty page and the watch over it."""
    page = browser.new_page(viewport=chromium.WIDE)
    page.set_default_timeout(PATIENCE)
    yield page, chromium.Watch(page, address)
    page.close()


@pytest.fixture(scope="module")
def ran(browser, address, folder):
    """A lesson without outputs after Run All Cells, and what went wrong meanwhile."""
    copy, path = cleared(LESSON), folder / LESSON.name
    notebooks.write(copy, path)
    page = browser.new_page(viewport=chromium.WIDE)
    page.set_default_timeout(PATIENCE)
    watch = chromium.Watch(page, address)
    jupyterlab.open_notebook(page, address, path, len(copy.cells))
    jupyterlab.run_all(page)
    yield page, watch
    page.close()


@pytest.fixture
def copy(folder):
    """The path of a practice copy, in a course of its own below the real one."""
    lesson = folder / PRACTISED
    lesson.parent.mkdir(parents=True)
    shutil.copy(ROOT / PRACTISED, lesson)
    assert practice.main([PRACTISED], folder) == 0
    yield copies.copy_path(lesson, folder)
    shutil.rmtree(lesson.parent)
    shutil.rmtree(folder / "practice")


def cleared(lesson):
    """A practice copy in which the solutions are back: links and paths fit the copy."""
    solved = {cell.id: cell.source for cell in notebooks.read(lesson).cells}
    copy = blanking.blanked(lesson)
    copy.cells = [cell for cell in copy.cells if cell.id in solved]
    for cell in copy.cells:
        if cell.id.startswith("exercise-"):
            cell.source = solved[cell.id]
    return copy


def differences(cell, page_cell):
    """Why the page does not show what is stored for a code cell; empty if it does."""
    stored, shown = jupyterlab.stored(cell), jupyterlab.shown(page_cell)
    if [output.kind for output in stored] != [output.kind for output in shown]:
        return [f"stored {stored}", f"shown {shown}"]
    tolerance = nbval_text.Tolerance(**{**DEFAULTS, **nbval_form.tolerances(cell)})
    return [
        line
        for old, new in zip(stored, shown, strict=True)
        for line in nbval_text.differences(old.text, new.text, tolerance)
    ]


def position(nb, cell_id):
    return [cell.id for cell in nb.cells].index(cell_id)


def test_the_start_page_lists_every_lesson(tab, address):
    page, watch = tab
    jupyterlab.start_page(page, address)
    assert page.url.endswith("/lab/tree/notebooks/00_start_here.ipynb")
    page.wait_for_selector(LESSON_LINK)
    assert page.locator(LESSON_LINK).count() == len(notebooks.lessons()) - 1
    assert watch.problems == []


def test_a_link_of_the_start_page_opens_the_lesson_beside_it(tab, address):
    page, watch = tab
    # Not `start_page`: while JupyterLab restores what an earlier test had open, it may
    # bring the start page to the front again, over the lesson.
    jupyterlab.open_notebook(page, address, START, len(notebooks.read(START).cells))
    page.locator(LESSON_LINK).first.click()
    page.wait_for_url("**/lab/tree/" + PRACTISED)
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) h1 >> text=symbol")
    assert watch.problems == []


def test_the_outputs_of_a_run_are_the_stored_ones(ran):
    page, _ = ran
    cells = notebooks.code_cells(notebooks.read(LESSON))
    shown = jupyterlab.code_cells(page).all()
    wrong = {
        f"cell {number}": found
        for number, (cell, page_cell) in enumerate(zip(cells, shown, strict=True), 1)
        if (found := differences(cell, page_cell))
    }
    assert wrong == {}


def test_every_figure_of_a_run_is_drawn(ran):
    page, _ = ran
    sizes = page.locator(".jp-OutputArea-output img").evaluate_all(
        "images => images.map(image => image.naturalWidth)"
    )
    cells = notebooks.code_cells(notebooks.read(LESSON))
    figures = sum("image/png" in o.get("data", {}) for c in cells for o in c.outputs)
    assert len(sizes) == figures and min(sizes) > 100


def test_mathematics_of_a_lesson_is_rendered(ran):
    page, _ = ran
    assert page.locator(".jp-MarkdownOutput mjx-container").count() > 0
    assert page.locator("mjx-merror, [data-mjx-error]").count() == 0


def test_nothing_goes_wrong_behind_a_run(ran):
    _, watch = ran
    assert watch.problems == []


def test_a_practice_copy_is_solved_by_typing(tab, address, copy):
    from playwright.sync_api import expect

    page, watch = tab
    nb, solved = notebooks.read(copy), notebooks.read(ROOT / PRACTISED)
    jupyterlab.open_notebook(page, address, copy, len(nb.cells))
    jupyterlab.run_all(page)
    cells = page.locator(".jp-Notebook .jp-Cell")
    exercise = cells.nth(position(nb, "exercise-1"))
    expect(exercise.locator("[data-mime-type$=stderr]")).to_contain_text(
        "NotImplementedError"
    )

    solution = exercises.solutions(solved.cells[position(solved, "exercise-1")].source)
    exercise.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    for number, line in enumerate(solution[0].splitlines()):
        if number:
            page.keyboard.press("Enter")  # the editor indents by itself
        page.keyboard.type(line.strip())
    page.keyboard.press("Shift+Enter")
    expect(exercise.locator(".jp-OutputArea-output")).to_have_count(0)

    check = cells.nth(position(nb, "check-1"))
    page.keyboard.press("Shift+Enter")  # the first one has moved on to the check
    expect(check.locator(".jp-InputPrompt")).to_have_text(A_NUMBER)
    assert differences(solved.cells[position(solved, "check-1")], check) == []
    assert watch.problems == []


def test_hints_open_one_inside_the_other(tab, address, copy):
    from playwright.sync_api import expect

    page, watch = tab
    nb = notebooks.read(copy)
    jupyterlab.open_notebook(page, address, copy, len(nb.cells))
    hints = page.locator(".jp-Notebook .jp-MarkdownCell details")
    first, second = hints.nth(0), hints.nth(1)
    expect(second).to_be_hidden()
    first.locator("summary").first.click()
    expect(first).to_have_js_property("open", True)
    expect(second).to_have_js_property("open", False)
    second.locator("summary").click()
    expect(second.locator("p").first).to_be_visible()
    assert watch.problems == []

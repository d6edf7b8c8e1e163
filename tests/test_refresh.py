"""refresh stores what a fresh kernel gives, always as the same bytes; notebooks.py."""

import base64
import io
import json
import os
import subprocess
import sys

import nbformat
import pytest
from PIL import Image

from tests.planted import crafted
from utils.authoring import notebooks, refresh


def write(path, *cells):
    notebooks.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


def outputs(path):
    return [o for c in notebooks.code_cells(notebooks.read(path)) for o in c.outputs]


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A draft in py:percent, converted by jupytext, and refreshed."""
    root = tmp_path_factory.mktemp("root")
    (root / "course1_nn").mkdir()
    path = root / "course1_nn" / "02_draft.ipynb"
    draft = root / "draft.py"
    draft.write_text(
        "# %% [markdown]\n# ## Exercise 1 · Twice\n\n"
        "# %%\ndef twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n"
        "    ### END SOLUTION\n\n"
        '# %% tags=["check"]\n'
        "import os\nimport matplotlib.pyplot as plt\n"
        "assert twice(2) == 4\n"
        'print(os.path.basename(os.getcwd()), os.environ["OPENBLAS_NUM_THREADS"])\n'
        'print("second", flush=True)\nprint("third")\n'
        "_ = plt.plot([1, 2])\n\n"
        "# %%\n1 + 1\n\n# %%\n1 + 1\n"
    )
    command = [sys.executable, "-m", "jupytext", "--quiet", "--to", "ipynb"]
    subprocess.run([*command, "--output", str(path), str(draft)], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENBLAS_NUM_THREADS", "7")  # environment.py says 1
        assert refresh.main([str(path)], root) == 0
    return path


def test_outputs_of_a_fresh_kernel_in_the_folder_of_the_notebook(refreshed):
    stream = outputs(refreshed)[0]
    assert stream.text == "course1_nn 1\nsecond\nthird\n"
    counts = [
        c.execution_count for c in notebooks.code_cells(notebooks.read(refreshed))
    ]
    assert counts == [1, 2, 3, 4]


def test_the_second_refresh_changes_no_byte(refreshed, capsys):
    before = refreshed.read_bytes()
    assert refresh.main([str(refreshed)], refreshed.parents[1]) == 0
    assert refreshed.read_bytes() == before
    line = capsys.readouterr().out
    assert line.startswith("course1_nn/02_draft: ")
    assert ", 1 figures, " in line
    assert line.endswith(", unchanged\n")


def test_ids_and_tags_survive_the_way_from_a_draft(refreshed):
    cells = notebooks.read(refreshed).cells
    assert [c.id for c in cells[1:3]] == ["exercise-1", "check-1"]
    assert [c.metadata for c in cells[1:3]] == [{}, {"tags": ["check"]}]
    assert cells[4].id == cells[3].id + "-2"  # equal sources are counted


def test_form_of_the_file(refreshed):
    content = refreshed.read_text(encoding="utf-8")
    nb = json.loads(content)
    form = json.dumps(nb, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert content == form
    assert nb["metadata"] == refresh.METADATA
    assert (nb["nbformat"], nb["nbformat_minor"]) == (4, 5)
    assert not [line for line in content.splitlines() if line != line.rstrip()]


def test_figures_lose_their_texts_but_no_pixel(refreshed):
    figure = next(o for o in outputs(refreshed) if o.output_type == "display_data")
    stored = base64.b64decode(figure.data["image/png"])
    assert b"tEXt" not in stored
    with_text = io.BytesIO()
    image = Image.open(io.BytesIO(stored))
    image.save(with_text, "png", pnginfo=_text_chunk())
    assert b"matplotlib" in with_text.getvalue()
    stripped = refresh.strip_png(with_text.getvalue())
    assert b"matplotlib" not in stripped
    assert Image.open(io.BytesIO(stripped)).tobytes() == image.tobytes()


def _text_chunk():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Software", "matplotlib 3.11")
    return info


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def f():\n    return 1 / 0\nf()", "ZeroDivisionError: division by zero"),
        ("import os\nos._exit(1)", "the kernel died"),
    ],
    ids=["error", "dead kernel"],
)
def test_a_failing_cell_is_shown_and_the_file_left(tmp_path, capsys, source, says):
    failing = crafted.code(source, "raises-exception")  # the tag excuses nothing
    path = write(tmp_path / "bad.ipynb", crafted.code("x = 1"), failing)
    before = path.read_bytes()
    assert refresh.main([str(path)], tmp_path) == 1
    assert path.read_bytes() == before
    out = capsys.readouterr().out
    assert "bad: failed in cell 2, left as it was" in out
    assert says in out
    assert f"    | {source.splitlines()[-1]}" in out
    assert os.listdir(tmp_path) == ["bad.ipynb"]


def test_a_cell_that_runs_too_long_is_named(tmp_path):
    path = write(tmp_path / "loop.ipynb", crafted.code("while True:\n    pass"))
    with pytest.raises(notebooks.Stopped, match="ran longer than 1 s") as caught:
        refresh.refresh(path, seconds=1)
    assert (caught.value.index, caught.value.reason) == (0, "timeout")


def test_space_at_line_ends_goes_where_it_means_nothing():
    nb = nbformat.v4.new_notebook(
        cells=[
            crafted.text("one \nline break  \nhere\n\n"),
            crafted.code("x = 1  \ny = 2\n\n"),
            crafted.code("x = '''a  \n'''"),
        ]
    )
    tidy = [refresh._tidy_source(cell) for cell in nb.cells]
    assert tidy == ["one\nline break  \nhere", "x = 1\ny = 2", "x = '''a  \n'''"]


@pytest.mark.parametrize(
    "selector",
    [
        "course1_nn/02",
        "course1_nn/02_lines",
        "course1_nn/02_lines.ipynb",
        "course1_nn\\02",
        "course1/02",
        "1.2",
        "1.02",
    ],
)
def test_ways_to_name_a_lesson(tmp_path, selector):
    path = crafted.course(tmp_path)
    assert notebooks.find([selector], tmp_path) == [path]


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ([], ["notebooks/01_notation", "course1_nn/01_arrays", "course1_nn/02_lines"]),
        (["1"], ["course1_nn/01_arrays", "course1_nn/02_lines"]),
        (["course1_nn/"], ["course1_nn/01_arrays", "course1_nn/02_lines"]),
        (["notebooks", "0.1"], ["notebooks/01_notation"]),
        (["1.2", "1"], ["course1_nn/02_lines", "course1_nn/01_arrays"]),
    ],
)
def test_ways_to_name_several(tmp_path, selectors, expected):
    crafted.course(tmp_path)
    found = notebooks.find(selectors, tmp_path)
    assert [notebooks.name(path, tmp_path) for path in found] == expected


def test_a_path_from_the_working_folder_names_a_notebook(tmp_path, monkeypatch):
    path = crafted.course(tmp_path)
    monkeypatch.chdir(path.parent)
    assert notebooks.find(["02_lines.ipynb"], tmp_path) == [path]
    assert notebooks.find([str(path)], tmp_path) == [path]


@pytest.mark.parametrize(
    ("selector", "there"),
    [
        ("1.7", "there are: course1_nn/01_arrays, course1_nn/02_lines$"),
        ("course9_x", "there are: notebooks, course1_nn; one lesson is 1.2 or"),
        ("02_lines", r"did you mean course1_nn/02_lines\?$"),
        ("lines.ipynb", r"there are: notebooks, course1_nn;"),
    ],
)
def test_an_unknown_name_lists_what_there_is(tmp_path, selector, there):
    crafted.course(tmp_path)
    with pytest.raises(notebooks.NotebookError, match=there):
        notebooks.find([selector], tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"cells": 1}', "\udcff"])
def test_a_broken_file_is_named(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(notebooks.NotebookError, match=r"broken\.ipynb: not a valid"):
        notebooks.read(path)

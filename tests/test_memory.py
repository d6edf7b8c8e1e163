"""An unchanged copy is not run again, a changed one is, and no file breaks a check."""

import json
import os

import pytest

from tests.planted import crafted
from utils.authoring import check, copies, judge, memory, notebooks, practice

LINES = "course1_nn/02_lines"


@pytest.fixture
def copy(tmp_path):
    lesson = crafted.course(tmp_path)
    practice.main([LINES], tmp_path)
    found = copies.copy_path(lesson, tmp_path)
    nb = notebooks.read(found)
    nb.cells[1].source += " Begun."
    notebooks.write(nb, found)
    return found


@pytest.fixture
def runs(monkeypatch):
    """The copies that were run; the first exercise passes, the others fail."""
    seen = []

    def run(nb, folder, *, seconds, allow_errors):
        seen.append(folder)
        for count, cell in enumerate(notebooks.code_cells(nb), 1):
            cell.outputs, cell.execution_count = [], count

    monkeypatch.setattr(notebooks, "run", run)
    return seen


def run_twice(tmp_path, runs, between=lambda: None, *options):
    check.main([], tmp_path)
    between()
    check.main(list(options), tmp_path)
    return len(runs)


def test_an_unchanged_copy_is_not_run_again_and_stands_as_it_stood(
    copy, tmp_path, runs, capsys
):
    capsys.readouterr()
    first = check.main([], tmp_path)
    before = capsys.readouterr().out
    second = check.main([], tmp_path)
    after = capsys.readouterr().out
    assert len(runs) == 1
    assert f"{LINES}: 3 of 3 done, as checked before\n" in after
    assert first == second == 0
    board = [text.split("\n", 1)[1].split("as a page")[0] for text in (before, after)]
    assert board[0] == board[1]


def test_again_runs_all(copy, tmp_path, runs):
    assert run_twice(tmp_path, runs, lambda: None, "--again") == 2


def change_copy(copy, tmp_path):
    nb = notebooks.read(copy)
    nb.cells[2].source += "\n"
    notebooks.write(nb, copy)


def change_lesson(copy, tmp_path):
    nb = crafted.lesson()
    nb.cells[-1].source += " And more."
    notebooks.write(nb, tmp_path / f"{LINES}.ipynb")


def change_house(copy, tmp_path):
    module = tmp_path / "utils" / "nn" / "dense.py"
    module.parent.mkdir(parents=True)
    module.write_text("x = 1")


def change_versions(copy, tmp_path):
    (tmp_path / "constraints.txt").write_text("numpy==3")


def change_beside(copy, tmp_path):
    (copy.parent / "helpers.py").write_text("x = 1")


@pytest.mark.parametrize(
    "change",
    [change_copy, change_lesson, change_house, change_versions, change_beside],
)
def test_whatever_a_result_depends_on_makes_it_run_again(copy, tmp_path, runs, change):
    assert run_twice(tmp_path, runs, lambda: change(copy, tmp_path)) == 2


def test_stored_outputs_do_not_matter(copy, tmp_path, runs):
    def as_if_run():
        nb = notebooks.read(copy)
        for cell in notebooks.code_cells(nb):
            cell.execution_count = 3
        notebooks.write(nb, copy)

    assert run_twice(tmp_path, runs, as_if_run) == 1


def test_a_run_that_was_stopped_is_run_again(copy, tmp_path, monkeypatch):
    seen = []

    def die(nb, folder, *, seconds, allow_errors):
        seen.append(folder)
        raise notebooks.Stopped(0, nb.cells[0], "died", "the kernel died")

    monkeypatch.setattr(notebooks, "run", die)
    assert run_twice(tmp_path, seen) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format": 2, "copies": {}}',
        b'{"format": 1, "copies": []}',
        b"[" * 100_000,
        b'{"format": 1, "copies": {"course1_nn/02_lines.ipynb": {"digest": "x"}}}',
    ],
)
def test_a_file_that_is_not_ours_is_ignored_and_written_anew(
    copy, tmp_path, runs, content
):
    path = tmp_path / "practice" / memory.FILE
    path.write_bytes(content)
    check.main([], tmp_path)
    assert len(runs) == 1
    assert list(json.loads(path.read_bytes())["copies"]) == [f"{LINES}.ipynb"]


SOUND = {"digest": "d", "sure": True, "results": [[1, "A", "done", ""]], "notes": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": 1},
        {"sure": "yes"},
        {"notes": "text"},
        {"notes": [1]},
        {"results": {}},
        {"results": [[1, "A", "done"]]},
        {"results": [[1, "A", "<b>", ""]]},
        {"results": [["1", "A", "done", ""]]},
        {"results": [[1, 2, "done", ""]]},
    ],
)
def test_an_entry_that_is_not_as_written_counts_for_nothing(copy, tmp_path, wrong):
    for entry, there in ((SOUND, True), (SOUND | wrong, False)):
        text = json.dumps({"format": 1, "copies": {f"{LINES}.ipynb": entry}})
        (tmp_path / "practice" / memory.FILE).write_text(text)
        assert (memory.Memory(tmp_path).recall(copy) is not None) is there


def test_a_result_is_kept_as_soon_as_it_is_there(copy, tmp_path, monkeypatch):
    practice.main([LINES, "--fresh"], tmp_path)
    second = copy.with_name("02_lines.1.ipynb")
    check_one = judge.check

    def interrupted(path, *rest, **options):
        if path == second:
            raise KeyboardInterrupt
        return check_one(path, *rest, **options)

    monkeypatch.setattr(notebooks, "run", lambda *_, **__: None)
    monkeypatch.setattr(judge, "check", interrupted)
    assert check.main([], tmp_path) == 130
    assert memory.Memory(tmp_path).recall(copy) is not None


def test_entries_of_copies_that_are_gone_are_dropped(copy, tmp_path, runs):
    practice.main([LINES, "--fresh"], tmp_path)
    check.main([], tmp_path)
    copy.unlink()
    check.main(["--again"], tmp_path)
    file = json.loads((tmp_path / "practice" / memory.FILE).read_bytes())
    assert list(file["copies"]) == ["course1_nn/02_lines.1.ipynb"]


def test_a_folder_that_cannot_be_written_is_said_once(
    copy, tmp_path, runs, capsys, monkeypatch
):
    practice.main([LINES, "--fresh"], tmp_path)
    capsys.readouterr()

    def refuse(path, content):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "write_bytes", refuse)
    assert check.main([], tmp_path) == 1
    out = capsys.readouterr().out
    assert out.count("results are not remembered: Permission denied") == 1
    assert out.count("the page was not written: Permission denied") == 1
    assert "3 of 3 exercises done" in out


@pytest.mark.skipif(os.name != "posix", reason="needs the permissions of POSIX")
def test_a_read_only_folder_is_borne(copy, tmp_path, runs, capsys):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "practice"
    folder.chmod(0o555)
    try:
        assert check.main([], tmp_path) == 0
    finally:
        folder.chmod(0o755)
    assert "Permission denied" in capsys.readouterr().out


def test_replace_is_all_or_nothing(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    memory.replace(path, b"old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        memory.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_keys_are_the_same_on_every_system(copy, tmp_path, runs):
    check.main([], tmp_path)
    text = (tmp_path / "practice" / memory.FILE).read_text()
    assert "\\\\" not in text
    assert str(tmp_path) not in text

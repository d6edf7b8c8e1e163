"""The progress plugin, judged by what real pytest sessions print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = 12
MIXED = """
import pytest

def test_one(): pass
def test_two(): pass
def test_wrong(): assert 1 == 2, "one is not two"
def test_skipped(): pytest.skip("not now")
@pytest.mark.xfail
def test_expected(): assert False
@pytest.fixture
def broken(): raise RuntimeError("no fixture today")
def test_broken(broken): pass
"""
SLOW = "import time\ndef test_slow(): time.sleep(0.7)\n"
CRASH = "import os\ndef test_a(): pass\ndef test_b(): os._exit(1)\n"


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(ROOT)
    plugins = ["-p", "tests.progress", "-p", "no:cacheprovider", "-p", "no:nbval"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def line_of(output: str, file: str) -> str:
    """The only line of `output` that begins with `file` and a blank, squeezed."""
    lines = [line for line in output.splitlines() if line.startswith(f"{file} ")]
    assert len(lines) == 1, output
    return " ".join(lines[0].split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (folder / "test_mixed.py").write_text(MIXED, encoding="utf-8")
    (folder / "test_slow.py").write_text(SLOW, encoding="utf-8")
    for number in range(FILES - 2):
        file = folder / f"test_{number:02}.py"
        file.write_text("def test_a(): pass\ndef test_b(): pass\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["plain", "quiet", "workers"])
def session(request, folder) -> subprocess.CompletedProcess:
    arguments = {"plain": [], "quiet": ["-q"], "workers": ["-n2", "--dist=loadfile"]}
    return run_pytest(folder, *arguments[request.param])


def test_each_file_has_its_line(session):
    for number in range(FILES - 2):
        line = line_of(session.stdout, f"test_{number:02}.py")
        assert re.fullmatch(r"\S+ 2 passed \d+\.\d s", line)


def test_line_counts_every_outcome(session):
    line = line_of(session.stdout, "test_mixed.py")
    for outcome in ("2 passed", "1 failed", "1 skipped", "1 xfailed", "1 error"):
        assert outcome in line


def test_failures_are_named_before_their_file_is_finished(session):
    before = session.stdout.partition("\ntest_mixed.py ")[0].splitlines()
    assert "FAILED test_mixed.py::test_wrong" in before
    assert "       AssertionError: one is not two" in before
    assert "       RuntimeError: no fixture today" in before


def test_short_summary_is_pytest_s_own(session):
    assert "\nFAILED test_mixed.py::test_wrong - AssertionError" in session.stdout
    assert "\nERROR test_mixed.py::test_broken - RuntimeError" in session.stdout


def test_no_dots(session):
    assert not re.search(r"^[.FEsx]+(\s+\[ *\d+%\])?$", session.stdout, re.MULTILINE)


def test_slowest_ten_files_are_listed(session):
    listed = session.stdout.partition("slowest files")[2].partition("short test")[0]
    rows = re.findall(r"^ +(\d+\.\d) s   (\S+)$", listed, re.MULTILINE)
    assert len(rows) == 10
    assert rows[0][1] == "test_slow.py"
    assert float(rows[0][0]) >= 0.7
    seconds = [float(row[0]) for row in rows]
    assert seconds == sorted(seconds, reverse=True)


def test_closing_line_and_exit_status_are_pytest_s_own(session):
    last = session.stdout.rstrip().splitlines()[-1]
    expected = r"=* ?1 failed, 23 passed, 1 skipped, 1 xfailed, 1 error in [\d.]+s ?=*"
    assert re.fullmatch(expected, last)
    assert session.returncode == 1


def test_verbose_shows_pytest_s_own_lines(folder):
    done = run_pytest(folder, "-v", "test_00.py", "test_01.py")
    assert "test_00.py::test_a PASSED" in done.stdout
    assert "slowest files" in done.stdout
    assert not re.search("2 passed +0", done.stdout)


def test_interrupted_file_is_shown_as_not_finished(folder):
    done = run_pytest(folder, "-x", "test_mixed.py")
    assert "2 passed, 1 failed, 3 not finished" in line_of(done.stdout, "test_mixed.py")


def test_crashed_worker_is_shown(tmp_path):
    (tmp_path / "test_crash.py").write_text(CRASH, encoding="utf-8")
    done = run_pytest(tmp_path, "-n1", "--dist=loadfile", "--max-worker-restart=0")
    assert "1 passed, 1 failed" in line_of(done.stdout, "test_crash.py")
    assert done.returncode != 0

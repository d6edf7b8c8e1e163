"""course.py: what it refuses, what it installs, what it repairs, what it calls."""

import ast
import subprocess
import sys

import pytest

import course


class Calls(list):
    """The commands that were called, and what their processes answer."""

    pip_status = 0
    version = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def house(tmp_path, monkeypatch):
    """An empty project in a temporary folder, with every process call recorded."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("numpy==2")
    calls = Calls()

    def call(command, **options):
        calls.append([str(part) for part in command])
        if "venv" in command:
            course.environment_python().parent.mkdir(parents=True, exist_ok=True)
            course.environment_python().touch()
        return calls.pip_status if "pip" in command else 0

    def ask(command, **options):
        return subprocess.CompletedProcess(command, 0, calls.version + "\n", "")

    monkeypatch.setattr(course, "ROOT", tmp_path)
    monkeypatch.setattr(course, "ENV", tmp_path / ".venv")
    monkeypatch.setattr(course, "STAMP", tmp_path / ".venv" / "stamp.txt")
    needs = (tmp_path / "pyproject.toml", tmp_path / "constraints.txt")
    monkeypatch.setattr(course, "NEEDS", needs)
    monkeypatch.setattr(course, "NEEDED_GB", 0)
    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(subprocess, "run", ask)
    return calls


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_other_pythons_are_refused_with_a_way_out(version):
    with pytest.raises(course.CourseError, match=r"3\.11, 3\.12 or 3\.13.*python3\.13"):
        course.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons_are_accepted(version):
    course.check_python(version)


def test_parses_on_old_pythons():
    """An old Python must reach the message instead of stopping at a SyntaxError."""
    ast.parse(course.Path(course.__file__).read_text(), feature_version=(3, 6))


def test_only_the_standard_library_is_imported():
    tree = ast.parse((course.Path(course.__file__)).read_text())
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= set(sys.stdlib_module_names)


def test_first_run_makes_the_environment_then_installs_pinned(house):
    course.prepare()
    make, install = house
    assert make[1:4] == ["-m", "venv", "--clear"]
    assert install[0] == str(course.environment_python())
    assert install[install.index("-c") + 1] == str(course.NEEDS[1])
    assert install[install.index("-e") + 1] == str(course.ROOT)


def test_second_run_installs_nothing(house):
    course.prepare()
    house.clear()
    course.prepare()
    assert house == []


@pytest.mark.parametrize("changed", [0, 1])
def test_changed_requirements_install_again(house, changed):
    course.prepare()
    house.clear()
    course.NEEDS[changed].write_text("something else")
    course.prepare()
    assert any("pip" in call for call in house)


def test_line_ends_of_another_system_install_nothing(house):
    course.NEEDS[1].write_bytes(b"numpy==2\nkeras==3\n")
    course.prepare()
    house.clear()
    course.NEEDS[1].write_bytes(b"numpy==2\r\nkeras==3\r\n")
    course.prepare()
    assert house == []


def test_a_failed_install_is_reported_and_done_again(house):
    house.pip_status = 1
    with pytest.raises(course.CourseError, match="run the same command again"):
        course.prepare()
    assert not course.STAMP.exists()
    house.clear()
    house.pip_status = 0
    course.prepare()
    assert any("pip" in call for call in house)


@pytest.mark.parametrize("version", ["", "3.10"])
def test_an_environment_that_cannot_serve_is_made_anew(house, version):
    course.prepare()
    course.STAMP.unlink()
    house.clear()
    house.version = version
    course.prepare()
    assert house[0][1:4] == ["-m", "venv", "--clear"]


def test_an_interrupted_install_goes_on_in_the_same_environment(house):
    course.prepare()
    course.STAMP.unlink()
    house.clear()
    course.prepare()
    assert [call[2] for call in house] == ["pip"]


def test_a_python_that_does_not_start_has_no_version(tmp_path, monkeypatch):
    monkeypatch.setattr(course, "ENV", tmp_path)
    assert course.environment_version() == ""


def test_too_little_disk_is_said_before_anything_is_made(house, monkeypatch):
    monkeypatch.setattr(course, "NEEDED_GB", 1e9)
    with pytest.raises(course.CourseError, match="GB of free disk"):
        course.prepare()
    assert house == []


def test_windows_keeps_python_elsewhere(monkeypatch):
    # Only the name is switched: a WindowsPath cannot be made on another system.
    monkeypatch.setattr(course, "os", type("os", (), {"name": "nt"}))
    assert course.environment_python().parts[-2:] == ("Scripts", "python.exe")


def test_an_unknown_command_lists_the_known_ones(capsys):
    assert course.main(["labs"]) == 2
    known = "lab, test, practice, check, assets, site, teach, refresh"
    assert known in capsys.readouterr().err


def test_asking_for_help_installs_nothing(house, capsys):
    assert course.main(["practice", "--help"]) == 0
    assert "make a practice copy" in capsys.readouterr().out
    assert house == []


@pytest.fixture
def ran(monkeypatch):
    """The arguments given to the environment's Python."""
    seen = []
    monkeypatch.setattr(course, "run", lambda arguments: seen.extend(arguments) or 0)
    return seen


def test_lab_opens_the_start_page_and_calls_nobody(ran, monkeypatch, tmp_path):
    monkeypatch.setattr(course, "ENV", tmp_path)
    course.lab(["--no-browser"])
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in ran
    (settings,) = tmp_path.rglob("overrides.json")
    assert '"fetchNews": "false"' in settings.read_text()
    assert ran[-1] == "--no-browser"


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_lab_starts_for_root_as_in_containers(
    ran, monkeypatch, tmp_path, user, allowed
):
    monkeypatch.setattr(course, "ENV", tmp_path)
    monkeypatch.setattr(course.os, "geteuid", lambda: user, raising=False)
    course.lab([])
    assert ("--allow-root" in ran) is allowed


def test_a_notebook_is_named_from_where_the_caller_is(ran, monkeypatch, tmp_path):
    (tmp_path / "02_x.ipynb").touch()
    monkeypatch.chdir(tmp_path)
    course.module("utils.authoring.practice", ["02_x.ipynb", "1.2", "gone.ipynb"])
    assert ran[2:] == [str(tmp_path / "02_x.ipynb"), "1.2", "gone.ipynb"]


def test_practise_is_understood(ran, monkeypatch):
    monkeypatch.setattr(course, "prepare", lambda: None)
    assert course.main(["practise", "1.2"]) == 0
    assert ran == ["-m", "utils.authoring.practice", "1.2"]


def test_test_without_a_place_takes_everything(ran):
    course.test([])
    assert ran[:2] == ["-m", "pytest"]
    assert not [a for a in ran if str(course.ROOT) in a]


def test_test_finds_a_lesson_by_its_beginning(ran):
    course.test(["course1_nn/02"])
    assert ran[-1].endswith("02_logistic_regression.ipynb")
    assert course.find("1.2") == course.find("course1_nn/02")
    assert "-n" not in ran, "one notebook has one kernel, more workers would idle"


def test_test_hands_options_through(ran):
    course.test(["-k", "stamp", "-n", "0", "tests"])
    assert ran[-1] == str(course.ROOT / "tests")
    assert ran[-5:-1] == ["-k", "stamp", "-n", "0"]


def test_test_names_a_place_that_is_not_there(ran):
    with pytest.raises(course.CourseError, match="course9"):
        course.test(["course9"])
    assert ran == []


def test_the_kernel_settings_reach_the_process(monkeypatch, house):
    course.run(["-c", "pass"])
    assert course.os.environ["TF_ENABLE_ONEDNN_OPTS"] == "0"

"""Code, spelling and pinned versions of the whole repository are in order."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.planted import crafted
from utils.authoring import notebooks
from utils.authoring.notebooks import ROOT

PLATFORMS = {  # what markers ask about
    name: {"sys_platform": system, "platform_machine": machine, "os_name": os_name}
    for name, system, machine, os_name in (
        ("linux", "linux", "x86_64", "posix"),
        ("macos", "darwin", "arm64", "posix"),
        ("windows", "win32", "AMD64", "nt"),
    )
}


def tool(*arguments):
    """Run a tool of this Python in the root of the project: (passed, its output)."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def spelling(folder, lessons):
    """Check the texts and code of notebooks, cell by cell: images would be noise."""
    for path in lessons:
        label = notebooks.name(path).replace("/", "-")
        for number, cell in enumerate(notebooks.read(path).cells, 1):
            file = folder / f"{label}-cell-{number}.txt"
            file.write_text(cell.source, encoding="utf-8")
    return tool("codespell_lib", folder)


def unpinned(dependencies, constraints, python, platform):
    """Dependencies that one platform would install in another version than tested."""
    where = {"python_version": python, "python_full_version": f"{python}.0", **platform}
    where["implementation_name"] = "cpython"
    where["platform_python_implementation"] = "CPython"

    def applies(requirement):
        return requirement.marker is None or requirement.marker.evaluate(where)

    pins = {}
    for pin in filter(applies, map(Requirement, constraints)):
        pins.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier))
    for wanted in filter(applies, map(Requirement, dependencies)):
        found = pins.get(canonicalize_name(wanted.name), [])
        exact = len(found) == 1 and found[0].startswith("==") and "*" not in found[0]
        if not exact:
            yield f"{wanted.name}: {found or 'no version'} in constraints.txt, not one"
        elif not wanted.specifier.contains(found[0][2:]):
            yield f"{wanted.name}: {found[0]} is outside {wanted.specifier}"


def constraints():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_ruff_finds_nothing_in_code_and_notebooks():
    passed, said = tool("ruff", "check", "--no-cache", ".")
    assert passed, said


def test_modules_are_formatted():
    lessons_aside = ("--config", 'format.exclude = ["*.ipynb"]')
    passed, said = tool("ruff", "format", "--no-cache", "--check", ".", *lessons_aside)
    assert passed, said


def test_spelling_of_files():
    passed, said = tool("codespell_lib")
    assert passed, said


def test_spelling_of_notebooks(tmp_path):
    passed, said = spelling(tmp_path, notebooks.lessons())
    assert passed, said


def test_a_misspelt_notebook_is_flagged(tmp_path):
    path = crafted.course(tmp_path / "root")
    nb = notebooks.read(path)
    nb.cells[1].source += "\n" + "het"[::-1]  # a slip this file does not make
    notebooks.write(nb, path)
    texts = tmp_path / "texts"
    texts.mkdir()
    passed, said = spelling(texts, [path])
    assert not passed
    assert "02_lines-cell-2.txt:4: " in said


def test_pre_commit_configuration_is_valid():
    if not (ROOT / ".pre-commit-config.yaml").exists():
        pytest.skip("there is no .pre-commit-config.yaml")
    passed, said = tool("pre_commit", "validate-config")
    assert passed, said


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_dependency_is_pinned_within_its_bounds(platform, python):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"]
    assert list(unpinned(wanted, constraints(), python, PLATFORMS[platform])) == []


@pytest.mark.parametrize(
    ("pins", "says"),
    [
        (["other==1.0"], "some: no version in"),
        (["some>=1.5"], r"some: \['>=1.5'\] in"),
        (["some==1.*"], r"some: \['==1.\*'\] in"),
        (["some==1.5", "some==1.6"], r"some: \['==1.5', '==1.6'\] in"),
        (["some==1.5; sys_platform == 'win32'"], "some: no version in"),
        (["some==2.0"], "some: ==2.0 is outside"),
    ],
)
def test_a_dependency_that_is_not_pinned_is_flagged(pins, says):
    found = list(unpinned(["some>=1,<2"], pins, "3.11", PLATFORMS["linux"]))
    assert len(found) == 1
    assert re.match(says, found[0])


def test_conda_environment_is_a_shell_over_the_same_files():
    file = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = {"pip": ["-c constraints.txt", "-e ."]}
    assert file["dependencies"] == ["python=3.11", "pip", pip]


def test_the_python_of_conda_is_one_the_project_supports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    supported = Requirement(f"python{project['project']['requires-python']}").specifier
    assert supported.contains("3.11")

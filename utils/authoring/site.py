"""Build the site: every lesson as a page, from the stored outputs, nothing executed.

    python -m utils.authoring.site [--fresh]

Pages are staged in _build/pages and built into _build/site, which opens from the disk
without a network. A second build does only what changed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from utils.authoring import (
    exercises,
    notebooks,
    site_landing,
    site_links,
    site_pages,
    site_reference,
)
from utils.authoring.notebooks import ROOT

FOLDER = "_build"
SETTINGS = ROOT / "docs"  # conf.py and what belongs to it
JOBS = "2"


def stage(root: Path = ROOT) -> dict[Path, bytes]:
    """All files that Sphinx reads, by where they are staged; nothing is written.

    raises   NotebookError or ExerciseError naming the notebook that is not in order
    """
    root = root.resolve()
    pages = root / FOLDER / "pages"
    files = {}
    for path in sorted((root / "docs").glob("*.md")):
        # In the repository they stand one folder deeper than on the site.
        text = path.read_text(encoding="utf-8").replace("](../", "](")
        files[pages / path.name] = text.encode("utf-8")
    template = files[pages / "index.md"].decode("utf-8")
    others = [path.stem for path in files if path.stem not in ("index", "glossary")]
    others.sort(key=lambda name: (name != "reading", name))
    files |= site_landing.write(template, others, pages, root)
    library = site_reference.builders(root)
    for lesson in notebooks.lessons(root):
        name = notebooks.name(lesson, root)
        staged = pages / f"{name}.ipynb"
        built = tuple(site_reference.mention(one) for one in library.get(name, ()))
        files[staged] = notebooks.dumps(site_pages.page(lesson, staged, root, built))
    return files | site_reference.write(pages, root)


def write(files: dict[Path, bytes], pages: Path) -> int:
    """Make `pages` hold `files` and nothing else; how many had to be written."""
    written = 0
    for path in list(pages.rglob("*")):
        if path.is_file() and path not in files:
            path.unlink()
    for path, content in files.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(content)
            os.replace(part, path)
            written += 1
    return written


def clear(files: dict[Path, bytes], pages: Path, site: Path) -> None:
    """Remove from `site` the pages of files that are no longer staged."""
    built = {site / path.relative_to(pages).with_suffix(".html") for path in files}
    for path in set(site.rglob("*.html")) - built - {site / "search.html"}:
        path.unlink()


def build(root: Path = ROOT, *, fresh: bool = False) -> int:
    """Stage and build the site of the lessons below `root`; Sphinx's exit status.

    fresh    build everything anew
    """
    base = root.resolve() / FOLDER
    pages, site, memory = base / "pages", base / "site", base / "doctrees"
    with alone(base):
        files = stage(root)
        write(files, pages)
        for folder in (site, memory) if fresh else ():
            shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-m", "sphinx", "-b", "html", "-c", str(SETTINGS)]
        command += ["-W", "--keep-going", "-q", "-j", JOBS, "-d", str(memory)]
        status = subprocess.call([*command, str(pages), str(site)])
        clear(files, pages, site)
        return status


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process builds in `folder`, and keep others waiting."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "site.lock", "a+b") as file:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file lets the next one in


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Build the site and check its links; 1 if Sphinx warns or a link is broken."""
    parser = argparse.ArgumentParser(
        prog="site",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--fresh", action="store_true", help="build everything anew")
    chosen = parser.parse_args(arguments)
    start, site = time.perf_counter(), root.resolve() / FOLDER / "site"
    print("Building the site: about a minute the first time ...", flush=True)
    try:
        if build(root, fresh=chosen.fresh):
            print("The site is not in order: Sphinx's messages stand above.")
            return 1
    except (notebooks.NotebookError, exercises.ExerciseError) as error:
        print(error)
        return 1
    wrong = site_links.broken(site)
    for line in wrong:
        print(line)
    if wrong:
        print(f"Broken links: {len(wrong)}.")
        return 1
    count, seconds = len(list(site.rglob("*.html"))), time.perf_counter() - start
    print(f"{count} pages in {seconds:.0f} s, all links checked. Open this file:")
    print(site / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())

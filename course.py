"""One command for everything, with nothing but Python 3.11 to 3.13.

python3 course.py lab               open the lessons in JupyterLab
python3 course.py test [PLACE...]   run the tests and re-execute every notebook
python3 course.py practice LESSON   make a practice copy, for example of course1_nn/02
python3 course.py check [LESSON]    check your practice copies, show what is done
python3 course.py assets [NAME...]  fetch all data and weights ahead, to work offline
python3 course.py site              build the pages to read, in _build/site
python3 course.py teach COURSE      write a course as nbgrader's source folder
python3 course.py refresh [LESSON]  execute lessons and store their outputs

The first run installs everything into the folder .venv beside this file. A LESSON or a
PLACE is a path, the beginning of one (course1_nn/02) or a number (1.2). Options go to
the tool behind the command: `lab --no-browser`, `test -n 0`, `assets --list`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
STAMP = ENV / "course-installed.txt"
NEEDS = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
START = "notebooks/00_start_here.ipynb"
GIGABYTE = 1e9
INSTALLED_GB, NEEDED_GB = 2.1, 3.0  # measured on Linux; pip unpacks before it copies
OLDEST, NEWEST = (3, 11), (3, 13)


class CourseError(Exception):
    """Something the person at the keyboard can mend; the message says how."""


def main(arguments):
    """Run one command and return its exit status.

    arguments : list of str   command line without the program name
    """
    commands = {
        "lab": lab,
        "test": test,
        "practice": lambda rest: module("utils.authoring.practice", rest),
        "check": lambda rest: module("utils.authoring.check", rest),
        "assets": lambda rest: module("utils.data.assets", rest),
        "site": lambda rest: module("utils.authoring.site", rest),
        "teach": lambda rest: module("utils.authoring.teach", rest),
        "refresh": lambda rest: module("utils.authoring.refresh", rest),
    }
    command = arguments[0] if arguments else "--help"
    command = {"practise": "practice"}.get(command, command)  # as the lessons spell it
    if command in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if command not in commands:
        print(
            "course.py has no command {!r}, only: {}".format(
                command, ", ".join(commands)
            ),
            file=sys.stderr,
        )
        return 2
    try:
        check_python(sys.version_info[:2])
        if {"-h", "--help"} & set(arguments) and not installed():
            print(__doc__)  # asking is no reason to install
            return 0
        prepare()
        return commands[command](arguments[1:])
    except CourseError as error:
        print(f"course.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; running the same command again goes on", file=sys.stderr)
        return 130


def check_python(version):
    """Refuse a Python that TensorFlow has no wheel for, with what to do instead."""
    if not OLDEST <= tuple(version) <= NEWEST:
        raise CourseError(
            "the course needs Python 3.11, 3.12 or 3.13, this is "
            f"{version[0]}.{version[1]} ({sys.executable}). Install one of them and "
            "start course.py with it, for example `python3.13 course.py lab`, or on "
            "Windows `py -3.13 course.py lab`."
        )


def environment_python():
    """Return the path of the environment's Python on this system."""
    windows = os.name == "nt"
    return ENV / ("Scripts/python.exe" if windows else "bin/python")


def fingerprint():
    """Return a text that changes when another set of packages must be installed."""
    # The folder counts: a moved environment still points at its old place.
    digest = hashlib.sha256(str(ROOT).encode())
    for path in NEEDS:
        # Git may check out other line ends on Windows.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return "{}.{} {}".format(*sys.version_info[:2], digest.hexdigest())


def installed():
    """Tell whether `.venv` holds what pyproject.toml and constraints.txt ask for."""
    return STAMP.is_file() and STAMP.read_text() == fingerprint()


def prepare():
    """Create or repair `.venv`; return at once if it is complete.

    The stamp is written last, so an interrupted install is seen and done again.
    """
    if installed():
        return
    free = shutil.disk_usage(str(ROOT)).free / GIGABYTE
    if free < NEEDED_GB and not environment_python().exists():
        raise CourseError(
            f"the install needs {NEEDED_GB:.0f} GB of free disk, {ROOT} has "
            f"{free:.1f} GB. Free some space and run the same command again."
        )
    print(
        f"Installing the course into {ENV}: about {INSTALLED_GB:.1f} GB on disk, "
        "one to ten minutes. This happens once.",
        flush=True,
    )
    STAMP.unlink(missing_ok=True)
    make_environment()
    print("Installing packages (exact versions of constraints.txt) ...", flush=True)
    install = [str(environment_python()), "-m", "pip", "install", "--quiet"]
    install += ["--disable-pip-version-check", "-c", str(NEEDS[1]), "-e", str(ROOT)]
    if subprocess.call(install, cwd=str(ROOT)) != 0:
        raise CourseError(
            "pip could not install the packages; its message stands above. Check the "
            "network and the free disk, then run the same command again: it goes on."
        )
    STAMP.write_text(fingerprint())
    print("Installed.", flush=True)


def environment_version():
    """Return the version of the environment's Python, or "" if it cannot install."""
    probe = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    try:
        asked = subprocess.run(
            [str(environment_python()), "-c", probe], capture_output=True, text=True
        )
    except OSError:
        return ""
    return asked.stdout.strip()


def make_environment():
    """Create the virtual environment unless a working one of this Python is there."""
    if environment_python().exists():
        if environment_version() == "{}.{}".format(*sys.version_info[:2]):
            return
        print("The environment is broken or of another Python: making it anew.")
    # `-m venv` instead of the module: on Debian it says which package is missing.
    make = [sys.executable, "-m", "venv", "--clear", str(ENV)]
    if subprocess.call(make) != 0:
        raise CourseError(
            "the virtual environment could not be made; Python's message stands above. "
            "On Debian and Ubuntu, `sudo apt install python3-venv` provides it."
        )


def run(arguments):
    """Run the environment's Python with the kernel settings; return its exit status."""
    sys.path.insert(0, str(ROOT))
    from utils.authoring import environment

    try:
        environment.apply()
    except ValueError as error:
        raise CourseError(str(error)) from None
    return subprocess.call([str(environment_python()), *arguments], cwd=str(ROOT))


def module(name, rest):
    """Run one of the course's own modules as a command.

    It runs in the course's folder, so files are named from there.
    """
    files = [a if not a.endswith(".ipynb") else whole(a) for a in rest]
    return run(["-m", name, *files])


def whole(path):
    """The path as it is from anywhere, if there is such a file here; else as it is."""
    return str(Path(path).resolve()) if Path(path).is_file() else path


def lab(rest):
    """Open JupyterLab on the start page; no calls home, the course works offline."""
    # Without this, JupyterLab asks every newcomer whether it may fetch news.
    settings = ENV / "share/jupyter/lab/settings/overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    settings.write_text(
        json.dumps({"@jupyterlab/apputils-extension:notification": quiet})
    )
    # In containers everybody is root, and JupyterLab would refuse to start.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    print("Opening JupyterLab; stop it here with Ctrl-C.", flush=True)
    return run(
        [
            "-m",
            "jupyterlab",
            f"--ServerApp.root_dir={ROOT}",
            "--LabApp.default_url=/lab/tree/" + START,
            *root,
            *rest,
        ]
    )


def test(rest):
    """Run pytest over the tests and notebooks, or over the places named.

    A place is a path or the beginning of one, such as `course1_nn/02`.
    """
    places, options = [], []
    for argument in rest:
        # A bare word behind an option, like the 0 of `-n 0`, belongs to the option.
        follows_option = options and options[-1].startswith("-") and not places
        if argument.startswith("-") or (follows_option and not find(argument)):
            options.append(argument)
        else:
            found = find(argument)
            if not found:
                raise CourseError(
                    f"there is nothing to test at {argument!r}; try `course1_nn` or "
                    "`course1_nn/02`"
                )
            places += found
    one_file = len(places) == 1 and Path(places[0]).is_file()
    # A file is the unit of work: its cells share a kernel.
    spread = [] if one_file else ["-n", str(workers()), "--dist", "loadfile"]
    return run(["-m", "pytest", *spread, *options, *places])


def find(place):
    """Return the paths that `place` names: a path, its beginning, or 1.2."""
    number = re.fullmatch(r"(\d)\.(\d+)", place)
    if number:
        place = f"course{number[1]}_*/{int(number[2]):02d}"
    elif (ROOT / place).exists():
        return [str((ROOT / place).resolve())]
    return [str(path) for path in sorted(ROOT.glob(place + "*.ipynb"))]


def workers():
    """Return how many files to run at once: one per core, four at most for memory."""
    if hasattr(os, "sched_getaffinity"):
        return min(4, len(os.sched_getaffinity(0)))
    return min(4, os.cpu_count() or 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

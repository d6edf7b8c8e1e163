"""Write a course folder for nbgrader: what a teacher needs to hand out and to grade.

    python -m utils.authoring.teach COURSE [--to FOLDER] [--replace]

COURSE is a course (course1_nn, 1) or a lesson (1.2). Each lesson with exercises becomes
an assignment, source/02_x/02_x.ipynb: its exercises are answers, each of its checks is
worth one point. Beside it are nbgrader_config.py and the kernel that nbgrader runs them
in, this Python. FOLDER is teach/course1_nn if it is not given; a path that is not whole
begins in the project. A file that is there and differs is left as it is, unless
--replace is given. Then, where nbgrader is installed:

    cd FOLDER && nbgrader generate_assignment 02_x
"""

import argparse
import json
import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote

from nbformat import NotebookNode

from utils.authoring import blanking, exercises, memory, notebooks
from utils.authoring.environment import KERNEL_ENVIRONMENT
from utils.authoring.notebooks import CELL_SECONDS, ROOT, NotebookError

FOLDER = "teach"
MARKDOWN_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s#]+)([^)]*)\)")
CONFIG = '''\
"""Settings of nbgrader for this folder; written by the course, yours to change."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# nbgrader calls programs that are installed beside it.
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
)
# The kernel `python3` is that of the course, which has what the lessons import.
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    [str(HERE / "jupyter"), os.environ.get("JUPYTER_PATH", "")]
).strip(os.pathsep)

c = get_config()
c.CourseDirectory.root = str(HERE)
c.CourseDirectory.course_id = {course!r}
c.ClearSolutions.code_stub = {{"python": {stub!r}}}
c.Execute.timeout = {seconds}
'''


def assignment(
    lesson: Path, root: Path = ROOT, also: frozenset[Path] = frozenset()
) -> NotebookNode | None:
    """The lesson as nbgrader's source of an assignment; None if it has no exercises.

    also     lessons that become assignments, too: links to them are kept
    raises   NotebookError if the lesson cannot be read or has no stored outputs,
             ExerciseError if one of its exercises is ill-formed
    """
    nb, name = notebooks.read(lesson), notebooks.name(lesson, root)
    found = exercises.find(nb, name)
    if not found:
        return None
    cells = blanking.with_expected(nb, found, name)
    for exercise in found:
        answer, check = nb.cells[exercise.function], nb.cells[exercise.check]
        _mark(answer, f"exercise-{exercise.number}", solution=True)
        _mark(check, f"check-{exercise.number}", points=1)
        if any(o.output_type == "execute_result" for o in check.outputs):
            # nbgrader would take a value that is shown for the points reached.
            check.source += "\nNone"
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = _relinked(cell.source, lesson, also)
        elif cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nb.cells = cells
    return nb


def _mark(cell: NotebookNode, name: str, *, solution=False, points: int = 0) -> None:
    """Say in nbgrader's words what a cell is: an answer, or a test worth points."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "cell_type": cell.cell_type,
        "solution": solution,
        "grade": bool(points),
        "locked": bool(points),
        "task": False,
    }
    if points:
        cell.metadata["nbgrader"]["points"] = points


def _relinked(text: str, lesson: Path, also: frozenset[Path]) -> str:
    """The text with links as they must be in the folder of an assignment.

    A link to a file that is not handed out becomes its words.
    """

    def relink(match: re.Match) -> str:
        there = (lesson.parent / unquote(match[2])).resolve()
        if ":" in match[2] or not there.exists():
            return match[0]
        if there not in also:
            return match[1]
        where = quote(f"../{there.stem}/{there.name}")
        return f"[{match[1]}]({where}{match[3]})"

    return MARKDOWN_LINK.sub(relink, text)


def kernel(root: Path = ROOT) -> str:
    """The file kernel.json of a kernel of this Python that finds the course's utils."""
    start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {
        "argv": start,
        "display_name": "Python 3",
        "language": "python",
        "env": {**KERNEL_ENVIRONMENT, "PYTHONPATH": str(root.resolve())},
    }
    return json.dumps(spec, indent=1) + "\n"


def export(
    lessons: list[Path], folder: Path, root: Path = ROOT, *, replace: bool = False
) -> list[str]:
    """Write the course folder of nbgrader; what was done, one line for each file.

    replace : whether files that are there and differ are written anew
    raises   as `assignment` does, before anything is written; OSError
    """
    texts = {path: path.read_text("utf-8", "replace") for path in lessons}
    also = frozenset(p for p, text in texts.items() if exercises.BEGIN in text)
    made = {path: assignment(path, root, also) for path in lessons}
    files = {
        Path("source", path.stem, path.name): notebooks.dumps(nb)
        for path, nb in made.items()
        if nb
    }
    course = lessons[0].parent.name if lessons else "course"
    config = CONFIG.format(course=course, stub=exercises.STUB, seconds=CELL_SECONDS)
    files[Path("nbgrader_config.py")] = config.encode("utf-8")
    files[Path("jupyter/kernels/python3/kernel.json")] = kernel(root).encode("utf-8")
    return [
        f"{place.as_posix()}: {_write(folder / place, content, replace)}"
        for place, content in files.items()
    ]


def _write(path: Path, content: bytes, replace: bool) -> str:
    """Write a file unless another is there; what was done."""
    if path.exists():
        if path.read_bytes() == content:
            return "unchanged"
        if not replace:
            return "differs and is left as it is; --replace writes it anew"
    path.parent.mkdir(parents=True, exist_ok=True)
    memory.replace(path, content)
    return "written"


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Export what is named on the command line; 1 if that is not possible."""
    parser = argparse.ArgumentParser(
        prog="course.py teach",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("course", nargs="+", help="course or lesson")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to write")
    parser.add_argument(
        "--replace", action="store_true", help="write files anew that differ"
    )
    chosen = parser.parse_args(arguments)
    try:
        lessons = notebooks.find(chosen.course, root)
        courses = list(dict.fromkeys(path.parent for path in lessons))
        if len(courses) > 1:
            names = ", ".join(path.name for path in courses)
            print(f"one folder holds one course; these are several: {names}")
            return 1
        folder = chosen.to or root / FOLDER / courses[0].name
        done = export(lessons, folder, root, replace=chosen.replace)
    except (NotebookError, exercises.ExerciseError, OSError) as error:
        print(error)
        return 1
    print("\n".join(done))
    print("next, where nbgrader is installed (docs/reading.md says how):")
    print(f"    cd {folder.resolve()}")
    print(f"    nbgrader generate_assignment {lessons[0].stem}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

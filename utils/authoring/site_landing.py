"""The landing page of the site: a card per course, all lessons, the order of pages."""

import base64
import os
from pathlib import Path

from nbformat import NotebookNode

from utils.authoring import catalogue, notebooks, site_pages
from utils.authoring.catalogue import COURSES, Lesson
from utils.authoring.notebooks import ROOT

FIGURES = "figures"
# The figure that stands for a course: the number of the lesson, of the figure in it, a
# text for those who do not see it, and what one can do at the end.
CARDS = {
    "course1": (4, 4, "Two spirals of points, told apart by a network built by hand",
                "From arrays to a deep network in NumPy, every gradient checked."),
    "course2": (6, 5, "Points of three and of four classes, parted by a softmax",
                "What makes training work: starts, penalties, steps, search."),
    "course3": (2, 0, "Ten rendered hands, five that sign stop and five that do not",
                "Which change next? Decisions that are measured, and case studies."),
    "course4": (6, 4, "A cat and an astronaut, found and boxed by a detector",
                "Convolutions by hand, then real networks on real photos."),
    "course5": (9, 3, "Sound, its spectrogram and the probability of a trigger word",
                "Sequences: music, words, speech and a transformer from scratch."),
    "notebooks": (2, 0, "A formula drawn as a graph, its slopes found backwards",
                  "What belongs to no single course: symbols, graphs, exact numbers."),
}  # fmt: skip


def write(
    template: str, others: list[str], pages: Path, root: Path = ROOT
) -> dict[Path, bytes]:
    """The landing page and its pictures, as files below `pages`.

    template : Markdown with the comments `cards`, `lessons` and `toctree`
    others   : pages that are neither lessons nor for looking up, such as `reading`
    """
    every = catalogue.lessons(root)
    shown, files = [], {}
    folders = list(dict.fromkeys(one.course for one in every))
    for course in sorted(folders, key=lambda name: name == notebooks.SHELF):
        ours = [one for one in every if one.course == course]
        picture = pages / FIGURES / f"{course}.png"
        image = figure(ours)
        if image:
            files[picture] = image
        shown.append(card(ours, picture.relative_to(pages) if image else None))
    text = template
    for name, part in (
        ("cards", "::::{container} cards\n" + "\n".join(shown) + "\n::::"),
        ("lessons", table(every, root)),
        ("toctree", toctrees(every, others)),
    ):
        text = text.replace(f"<!-- {name} -->", part)
    return {pages / "index.md": text.encode("utf-8"), **files}


def chosen(lessons: list[Lesson]) -> tuple[int, int, str, str]:
    """What `CARDS` says of the course of `lessons`; the first figure if nothing."""
    unknown = 0, 0, f"A figure of {lessons[0].title}", ""
    return CARDS.get(lessons[0].course.partition("_")[0], unknown)


def figure(lessons: list[Lesson]) -> bytes | None:
    """The stored figure that stands for a course, or its first one, or None."""
    number, index, *_ = chosen(lessons)
    order = sorted(lessons, key=lambda one: one.number != number)
    for one in order:
        found = figures(notebooks.read(one.path))
        if found:
            best = index if one.number == number and index < len(found) else 0
            return base64.b64decode(found[best])
    return None


def figures(nb: NotebookNode) -> list[str]:
    """The stored PNG figures of a notebook in base64, in order."""
    outputs = [o for cell in notebooks.code_cells(nb) for o in cell.outputs]
    return [o.data["image/png"] for o in outputs if "image/png" in o.get("data", {})]


def card(lessons: list[Lesson], picture: Path | None) -> str:
    """The card of a course: its figure, its title, what there is and for how long."""
    _, _, alt, about = chosen(lessons)
    title = course_title(lessons[0].course)
    hours = max(1, round(sum(one.reading_minutes for one in lessons) / 60))
    time = f"{hours} hours" if hours > 1 else "1 hour"
    image = f"![{alt}]({picture.as_posix()})\n\n" if picture else ""
    exercises = sum(one.exercises for one in lessons)
    return (
        f":::{{container}} card\n{image}[{title}]({address(lessons[0])})\n\n{about}\n\n"
        f"{len(lessons)} lessons · {exercises} exercises · {time}\n:::"
    )


def course_title(folder: str) -> str:
    """The title of the course in `folder`."""
    return COURSES.get(folder.partition("_")[0], folder)


def address(one: Lesson) -> str:
    """Where a lesson is, seen from the landing page."""
    return f"{one.course}/{one.path.name}"


def table(lessons: list[Lesson], root: Path = ROOT) -> str:
    """All lessons but the start page: what one ends with and how long it takes."""
    lines, course = [], None
    for one in lessons:
        if notebooks.name(one.path, root) == catalogue.START:
            continue
        if one.course != course:
            course = one.course
            lines += ["", f"### {course_title(course)}", ""]
            lines += ["| Lesson | What you end with | Minutes |", "|:--|:--|--:|"]
        link = f"{site_pages.short(one.path)} [{one.title}]({address(one)})"
        minutes = one.reading_minutes + round(one.running_seconds / 60)
        cells = (link, one.end_product, str(minutes))
        lines.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    return "\n".join(lines).strip()


def toctrees(lessons: list[Lesson], others: list[str]) -> str:
    """The order of all pages, which previous and next follow, as Sphinx reads it.

    others   further pages, to stand in front
    """
    parts = [("", others)]
    for course in dict.fromkeys(one.course for one in lessons):
        ours = [one for one in lessons if one.course == course]
        rows = [f"{number(one)}{one.title} <{_document(one)}>" for one in ours]
        parts.append((course_title(course), rows))
    parts.append(("Look up", ["Glossary <glossary>", "The library <reference/index>"]))
    return "\n\n".join(
        "```{toctree}\n:hidden:\n"
        + (f":caption: {caption}\n\n" if caption else "\n")
        + "\n".join(rows)
        + "\n```"
        for caption, rows in parts
    )


def number(one: Lesson) -> str:
    """The number of a lesson as the contents show it; the start page has none."""
    return f"{site_pages.short(one.path)} " if one.number else ""


def _document(one: Lesson) -> str:
    return os.path.splitext(address(one))[0]

"""The progress board as a page: static HTML that needs nothing but a browser."""

import os
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from utils.authoring import board, copies, judge
from utils.authoring.board import Course, Row
from utils.authoring.board_style import STYLE
from utils.authoring.memory import replace
from utils.authoring.notebooks import ROOT

PAGE = "progress.html"
# Nothing may be loaded and nothing may run, whatever got into the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
SIGNS = {
    board.DONE: "✓",
    board.BEGUN: "◐",
    board.NOT_BEGUN: "○",
    board.NO_COPY: "–",
    board.NOT_CHECKED: "?",
    board.BROKEN: "!",
}
ABOUT = """\
<p>Minutes are the time for reading that each lesson gives. <em>Left</em> is the share
of them that falls to the exercises not done: no forecast of the time you need.</p>
<p>The links lead to files: open them in JupyterLab, with
<code>course.py lab</code>. A lesson is solved; <em>your copy</em> is where you work.
<code>course.py practice 1.2</code> makes the copy of lesson 1.2, and
<code>course.py check</code> writes this page anew.</p>"""


def write(shown: list[Course], root: Path = ROOT, now: datetime | None = None) -> Path:
    """Write practice/progress.html, all at once; its path.

    now      the time that the page gives
    raises   OSError, then an earlier page is as it was
    """
    path = root.resolve() / copies.FOLDER / PAGE
    text = html(shown, path.parent, now or datetime.now())
    replace(path, text.encode("utf-8", "replace"))
    return path


def html(shown: list[Course], folder: Path, now: datetime) -> str:
    """The page.

    folder : where it will be, because its links are relative
    """
    done, total = board.totals(shown)
    when = f"{now.day} {now:%B %Y, %H:%M}"
    sections = "\n".join(_section(i, one, folder) for i, one in enumerate(shown, 1))
    links = "\n".join(
        f'<li><a href="#course-{index}">{_text(course.title)}</a> '
        f"<span>{course.done} of {course.total}</span></li>"
        for index, course in enumerate(shown, 1)
    )
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{done} of {total} exercises done · Practice progress</title>
<style>
{STYLE}</style>
</head>
<body>
<a class="skip" href="#board">To the lessons</a>
<header>
<h1>Practice progress</h1>
<p class="total"><strong>{done}</strong> of {total} exercises done</p>
{_bar(done, total)}
<p class="quiet">As of {_text(when)}</p>
</header>
<nav aria-label="Courses">
<ul>
{links}
</ul>
</nav>
<main id="board">
{sections}
</main>
<footer>
{ABOUT}
</footer>
</body>
</html>
"""


def _section(index: int, course: Course, folder: Path) -> str:
    minutes = sum(row.minutes for row in course.rows)
    left = sum(row.left for row in course.rows)
    rows = "\n".join(_row(row, folder) for row in course.rows)
    table = f"""\
<table>
<caption>Lessons of {_text(course.title)}</caption>
<thead>
<tr><th scope="col">Lesson</th><th scope="col">Exercises</th>
<th scope="col">Minutes</th><th scope="col">State</th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>"""
    if not course.begun:
        count = f"{len(course.rows)} lessons, nothing begun"
        table = f"<details>\n<summary>{count}</summary>\n{table}\n</details>"
    return f"""\
<section aria-labelledby="course-{index}">
<h2 id="course-{index}">{_text(course.title)}</h2>
<p class="sum">{course.done} of {course.total} exercises done, {minutes} minutes of \
reading, {left} left</p>
{_bar(course.done, course.total)}
{table}
</section>"""


def _row(row: Row, folder: Path) -> str:
    found = [p.copy for p in (row.counted, *row.others) if p] + list(row.unknown)
    # With several copies their names are needed to tell them apart.
    links = ", ".join(
        _link(copy, folder, "your copy" if len(found) == 1 else copy.name)
        for copy in found
    )
    links = f'<span class="copies">{links}</span>' if links else ""
    minutes = f"{row.minutes}" if row.minutes else "?"
    left = f'<span class="left">{row.left} left</span>' if row.minutes else ""
    kind = row.state.replace(" ", "-")
    sign = f'<span class="sign" aria-hidden="true">{SIGNS[row.state]}</span>'
    count = f'<span class="count">{row.done} of {row.total}</span>'
    line = f"""\
<tr class="{kind}">
<th scope="row"><div><span class="number">{row.number:02}</span>
<span>{_link(row.lesson, folder, row.title)}{links}</span></div></th>
<td>{count} {_bar(row.done, row.total)}</td>
<td>{minutes} {left}</td>
<td><span class="state">{sign} {row.state}</span></td>
</tr>"""
    details = _details(row)
    if details:
        line += f'\n<tr class="more"><td colspan="4">{details}</td></tr>'
    return line


def _details(row: Row) -> str:
    """Below a lesson: what is to be said of the copy, and what fails and why."""
    notes = list(row.counted.notes) if row.counted else []
    if row.changed:
        notes.insert(0, "changed since this was checked")
    notes += [board.several(row)]
    parts = [f'<p class="note">{_text(note)}</p>' for note in notes if note]
    failing = "\n".join(
        f"<li><b>{r.number} {_text(r.title)}</b> "
        f'<span class="bad">{r.state}</span>: {_text(r.message)}</li>'
        for r in row.failing
    )
    if failing:
        parts.append(f"<ul>\n{failing}\n</ul>")
    if row.waiting:
        names = ", ".join(f"{r.number} {_text(r.title)}" for r in row.waiting)
        parts.append(f'<p class="quiet">{judge.NOT_STARTED.capitalize()}: {names}</p>')
    return "\n".join(parts)


def _link(path: Path, folder: Path, text: str) -> str:
    where = quote(Path(os.path.relpath(path, folder)).as_posix())
    return f'<a href="{where}">{_text(text)}</a>'


def _bar(done: int, total: int) -> str:
    share = 100 * done // total if total else 0
    fill = f'<span style="width: {share}%"></span>'
    return f'<span class="bar" aria-hidden="true">{fill}</span>'


def _text(text: str) -> str:
    """The text as HTML: nothing in it is a tag, and nothing turns the line round."""
    return escape(judge.plain(text))

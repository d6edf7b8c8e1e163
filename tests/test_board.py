"""The progress board counts right, fits its terminal, and is a sound, safe page."""

import io
import os
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.planted import crafted
from utils.authoring import (
    board,
    board_page,
    board_style,
    board_text,
    check,
    console,
    copies,
    judge,
    notebooks,
    practice,
)
from utils.authoring.console import Writer
from utils.authoring.judge import DONE, FAILING, MISSING, NOT_STARTED, Progress, Result

EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\x1b[31m\x07\u202eabc"
NOW = datetime(2026, 2, 3, 4, 5)


@pytest.fixture
def root(tmp_path):
    """Two courses; the first has one lesson with exercises, the second has two."""
    crafted.course(tmp_path)
    for name in ("01_first", "02_second"):
        path = tmp_path / "course2_improving" / f"{name}.ipynb"
        notebooks.write(crafted.lesson(), path)
    return tmp_path


def lesson(root, name="course1_nn/02_lines"):
    return root / f"{name}.ipynb"


def progress(root, states, *, name="course1_nn/02_lines", notes=(), message="why"):
    results = [
        Result(k, f"Title {k}", state, message if state in (FAILING, MISSING) else "")
        for k, state in enumerate(states, 1)
    ]
    return Progress(root / "practice" / f"{name}.ipynb", results, list(notes))


def made(root, *states, changed=(), **options):
    """The board with one copy, of the lesson of course 1."""
    one = progress(root, states, **options)
    found = {lesson(root): [(one.copy, one)]}
    return board.courses(found, set(changed), root)


def printed(shown, encoding="utf-8", terminal=False):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    stream.isatty = lambda: terminal
    board_text.write(shown, Writer(stream))
    stream.flush()
    return raw.getvalue().decode(encoding)


def page(shown, root):
    return board_page.html(shown, root / "practice", NOW)


def test_lessons_without_exercises_are_not_on_the_board(root):
    shown = board.courses({}, set(), root)
    assert [(c.title, [r.number for r in c.rows]) for c in shown] == [
        ("1 · Neural networks and deep learning", [2]),
        ("2 · Improving deep networks", [1, 2]),
    ]
    assert board.totals(shown) == (0, 9)


@pytest.mark.parametrize(
    ("states", "state", "done", "left"),
    [
        ([NOT_STARTED] * 3, "not started", 0, 20),
        ([DONE, NOT_STARTED, NOT_STARTED], "in progress", 1, 13),
        ([DONE, FAILING, MISSING], "in progress", 1, 13),
        ([FAILING, NOT_STARTED, NOT_STARTED], "in progress", 0, 20),
        ([DONE] * 3, "done", 3, 0),
        ([], "cannot run", 0, 20),
    ],
)
def test_state_and_minutes_of_a_lesson(root, states, state, done, left):
    row = made(root, *states)[0].rows[0]
    assert (row.state, row.done, row.total, row.left) == (state, done, 3, left)
    assert row.minutes == 20


def test_of_several_copies_the_one_with_most_done_counts(root):
    first = progress(root, [DONE, DONE, NOT_STARTED])
    second = progress(root, [DONE, FAILING, FAILING], name="course1_nn/02_lines.1")
    unknown = root / "practice" / "course1_nn" / "02_lines.2.ipynb"
    listed = [(first.copy, first), (second.copy, second), (unknown, None)]
    row = board.courses({lesson(root): listed}, set(), root)[0].rows[0]
    assert row.counted is first
    assert board.several(row) == (
        "3 copies: 02_lines.ipynb counts, it has most done; "
        "02_lines.1.ipynb: 1 of 3, 02_lines.2.ipynb: not checked"
    )


def test_of_equal_copies_the_newest_counts(root):
    names = ("02_lines", "02_lines.2", "02_lines.10")
    equal = [progress(root, [DONE] * 3, name=f"course1_nn/{name}") for name in names]
    listed = [(one.copy, one) for one in equal]
    row = board.courses({lesson(root): listed}, set(), root)[0].rows[0]
    assert row.counted is equal[2]


def test_a_copy_that_was_never_checked(root):
    copy = root / "practice" / "course1_nn" / "02_lines.ipynb"
    row = board.courses({lesson(root): [(copy, None)]}, set(), root)[0].rows[0]
    assert row.state == "not checked"


def test_a_lesson_in_the_making_does_not_break_the_board(root):
    nb = crafted.lesson()
    nb.cells[0].source = "No title."
    notebooks.write(nb, lesson(root))
    row = made(root, DONE, NOT_STARTED, FAILING)[0].rows[0]
    assert (row.title, row.minutes, row.done, row.total) == ("Lines", 0, 1, 3)
    assert " ?     ?  in progress" in printed([board.Course("A", [row])])


def test_the_text_of_a_board(root):
    shown = made(
        root, DONE, FAILING, NOT_STARTED, message="mind the sum", notes=["A note."]
    )
    assert printed(shown).split("\nmin: ")[0] == (
        "\n"
        "                                        done             min  left  state\n"
        "\n"
        "1 · Neural networks and deep…         1 of 3  ██░░░░░░    20    13  "
        "in progress\n"
        "  02 Fit a line by hand               1 of 3  ██░░░░░░    20    13  "
        "in progress\n"
        "     ! A note.\n"
        "     2 Title 2 · failing: mind the sum\n"
        "     not started: 3 Title 3\n"
        "\n"
        "2 · Improving deep networks           0 of 6  ░░░░░░░░    40    40  "
        "2 lessons\n"
        "\n"
        "1 of 9 exercises done"
    )


@pytest.mark.parametrize("message", ["word " * 60, "x" * 300, EVIL * 5])
def test_the_text_fits_80_columns(root, message):
    text = printed(made(root, FAILING, DONE, MISSING, message=message))
    assert max(map(len, text.splitlines())) <= 79


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "ascii", "latin-1"])
def test_consoles_that_know_few_signs_get_others(root, encoding):
    text = printed(made(root, DONE, FAILING, DONE, message="Ŷ ≠ 中 \ud800"), encoding)
    blocks = encoding in ("cp437", "cp850")
    assert ("█████░░░" if blocks else "#####---") in text
    assert "failing: ? ? ? ?" in text.replace("≠", "?")
    assert max(map(len, text.splitlines())) <= 79


def test_a_message_cannot_command_the_terminal(root):
    text = printed(made(root, FAILING, DONE, DONE, message=EVIL), terminal=False)
    assert not set(text) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("terminal", "environment", "system", "expected"),
    [
        (True, {"TERM": "xterm"}, "posix", True),
        (False, {"TERM": "xterm"}, "posix", False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, "posix", False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, "posix", True),
        (True, {"TERM": "dumb"}, "posix", False),
        (True, {}, "posix", False),
        (True, {}, "nt", False),
        (True, {"WT_SESSION": "1"}, "nt", True),
        (True, {"WT_SESSION": "1", "NO_COLOR": "1"}, "nt", False),
    ],
)
def test_colour_only_where_it_shows(terminal, environment, system, expected):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    assert console.shows_colour(stream, environment, system) is expected


def test_colour_changes_no_word(root, monkeypatch):
    shown = made(root, DONE, FAILING, NOT_STARTED)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed(shown, terminal=True)
    assert "\x1b[31mTitle 2 · failing: why\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == printed(shown)


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [(0, 6, 0), (1, 250, 1), (3, 6, 4), (249, 250, 7), (6, 6, 8), (0, 0, 0)],
)
def test_a_bar_is_full_only_at_the_end(done, total, expected):
    assert board_text.bar(done, total) == "█" * expected + "░" * (8 - expected)


class Page(HTMLParser):
    """What a test asks of a page: tags with attributes, and nesting that closes."""

    VOID = ("meta", "link", "br", "img", "hr", "input")

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.texts = [], [], {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in set(self.open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def full(root):
    """A page with everything on it, and hostile words wherever words can come from."""
    second = progress(root, [DONE] * 3, name="course1_nn/02_lines.1")
    first = progress(root, [DONE, FAILING, NOT_STARTED], message=EVIL, notes=[EVIL])
    results = [one._replace(title=EVIL) for one in first.results]
    third = progress(root, [DONE, FAILING, NOT_STARTED], name="course2_improving/a&b #")
    third = third._replace(results=results, notes=[EVIL])
    found = {
        lesson(root): [(first.copy, first), (second.copy, second)],
        lesson(root, "course2_improving/01_first"): [(third.copy, third)],
    }
    return board.courses(found, {third.copy}, root)


def test_the_page_runs_and_loads_nothing(full, root):
    found = Page(page(full, root))
    assert {tag for tag, _ in found.tags}.isdisjoint(
        {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    )
    named = {name for _, attributes in found.tags for name in attributes}
    assert not [name for name in named if name.startswith("on")]
    assert "url(" not in board_style.STYLE
    assert "@import" not in board_style.STYLE
    policy = [m["content"] for m in found.all("meta") if "http-equiv" in m]
    assert policy[0].startswith("default-src 'none'")


def test_hostile_words_are_shown_as_words(full, root):
    text = page(full, root)
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") >= 4
    assert not set(text) & set("\x1b\x07\u202e")


def test_words_that_no_encoding_has_are_written(root):
    (root / "practice").mkdir()
    path = board_page.write(made(root, FAILING, message="\ud800 lone"), root, NOW)
    assert "? lone" in path.read_text(encoding="utf-8")


def test_links_lead_to_the_lessons_and_copies(full, root):
    links = [one["href"] for one in Page(page(full, root)).all("a")]
    files = [link for link in links if not link.startswith("#")]
    assert files == [
        "../course1_nn/02_lines.ipynb",
        "course1_nn/02_lines.1.ipynb",
        "course1_nn/02_lines.ipynb",
        "../course2_improving/01_first.ipynb",
        "course2_improving/a%26b%20%23.ipynb",
        "../course2_improving/02_second.ipynb",
    ]
    copied = root / "practice" / unquote(files[4])
    assert copied == full[1].rows[0].counted.copy


def test_links_within_the_page_have_a_goal(full, root):
    found = Page(page(full, root))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = [a["href"][1:] for a in found.all("a") if a["href"].startswith("#")]
    labels = [a["aria-labelledby"] for a in found.all("section")]
    assert set(inner + labels) <= set(ids)


def test_landmarks_headings_and_tables_can_be_heard(full, root):
    found = Page(page(full, root))
    for landmark in ("header", "nav", "main", "footer"):
        assert len(found.all(landmark)) == 1
    assert found.all("html")[0]["lang"] == "en"
    assert [tag for tag, _ in found.tags if re.fullmatch(r"h\d", tag)] == [
        "h1",
        "h2",
        "h2",
    ]
    assert len(found.all("caption")) == len(found.all("table")) == 2
    assert [a.get("scope") for a in found.all("th")] == [
        *["col"] * 4,
        "row",
        *["col"] * 4,
        *["row"] * 2,
    ]


def test_states_are_words_not_colours(full, root):
    text = page(full, root)
    for word in ("in progress", "done", "no copy", "failing"):
        assert f"{word}<" in text
    assert text.count('aria-hidden="true"') == text.count('class="bar"') + text.count(
        'class="sign"'
    )


def test_a_course_that_nobody_began_is_folded(root):
    text = page(made(root, DONE, DONE, DONE), root)
    assert text.count("<details>") == 1
    assert "2 lessons, nothing begun" in text


def test_a_copy_changed_since_its_check_is_said(root):
    one = progress(root, [DONE, DONE, FAILING])
    shown = made(root, DONE, DONE, FAILING, changed=[one.copy])
    assert "changed since this was checked" in page(shown, root)
    assert "changed since this was checked" in printed(shown)


def luminance(colour):
    """Relative luminance of #rrggbb as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough(scheme):
    blocks = re.findall(r":root \{(.*?)\}", board_style.STYLE, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[scheme]))
    assert len(blocks) == 2
    for name in ("text", "quiet", "link", "done", "begun", "bad"):
        for ground in ("page", "raised"):
            ratio = contrast(colours[name], colours[ground])
            assert ratio >= 4.5, f"{name} on {ground}: {ratio:.2f}"
    assert contrast(colours["done"], colours["track"]) >= 3


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.fixture
def quick(monkeypatch):
    def run(nb, folder, *, seconds, allow_errors):
        for count, cell in enumerate(notebooks.code_cells(nb), 1):
            cell.execution_count = count

    monkeypatch.setattr(notebooks, "run", run)


def begin(root, name):
    """Make a copy of a lesson and change a cell of it."""
    practice.main([name], root)
    copy = copies.copy_path(lesson(root, name), root)
    nb = notebooks.read(copy)
    nb.cells[1].source += " Begun."
    notebooks.write(nb, copy)


def test_check_of_one_lesson_shows_it_and_the_page_shows_all(quick, root, capsys):
    begin(root, "course1_nn/02_lines")
    begin(root, "course2_improving/01_first")
    assert check.main([], root) == 0
    capsys.readouterr()
    assert check.main(["2.1"], root) == 0
    out = capsys.readouterr().out
    assert "1 · Neural networks" not in out
    assert "\n3 of 3 exercises done\n" in out
    text = (root / "practice" / "progress.html").read_text(encoding="utf-8")
    assert "<strong>6</strong> of 9 exercises done" in text
    assert "changed since" not in text
    assert out.endswith(f"as a page: {root / 'practice' / 'progress.html'}\n")


def test_the_page_says_what_was_changed_since_it_was_checked(quick, root):
    begin(root, "course1_nn/02_lines")
    begin(root, "course2_improving/01_first")
    check.main([], root)
    begin(root, "course1_nn/02_lines")
    check.main(["2.1"], root)
    text = (root / "practice" / "progress.html").read_text(encoding="utf-8")
    assert text.count("changed since this was checked") == 1


def test_a_page_that_cannot_be_written_leaves_the_exit_status(quick, root, capsys):
    begin(root, "course1_nn/02_lines")
    (root / "practice" / "progress.html").mkdir()
    assert check.main([], root) == 0
    assert "the page was not written: " in capsys.readouterr().out


def test_one_line_is_free_of_what_a_terminal_obeys():
    line = judge.one_line("ValueError", f"{EVIL}\x9b31m\rback\x00")
    assert not set(line) & set("\x1b\x07\u202e\x9b\r\x00")
    assert "<script>alert(1)</script>" in line


def test_the_board_of_the_project_can_be_made():
    shown = board.courses({}, set())
    assert [course.title[0] for course in shown] == list("T12345")
    text = board_page.html(shown, Path(notebooks.ROOT / "practice"), NOW)
    for link in Page(text).all("a"):
        if not link["href"].startswith("#"):
            # By name: a clean clone has no folder `practice` to go up from.
            target = os.path.normpath(
                f"{notebooks.ROOT}/practice/{unquote(link['href'])}"
            )
            assert os.path.exists(target), target

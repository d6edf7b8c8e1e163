"""A small course becomes a site that needs no network, and only changes are built."""

import re
from html.parser import HTMLParser

import pytest

from tests.planted import crafted_site
from utils.authoring import notebooks, site, site_links


def snapshot(root):
    """Every file below `root` but those that a build writes."""
    return {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and site.FOLDER not in path.parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project whose site is built, and what was there before."""
    root = tmp_path_factory.mktemp("project").resolve()
    crafted_site.project(root)
    before = snapshot(root)
    assert site.main([], root) == 0
    return root, before


@pytest.fixture
def html(built):
    """What reads a page of the site."""
    folder = built[0] / site.FOLDER / "site"
    return lambda name: (folder / name).read_text(encoding="utf-8")


def test_nothing_of_the_project_is_changed(built):
    root, before = built
    assert snapshot(root) == before


def test_every_lesson_is_a_page(built):
    folder = built[0] / site.FOLDER / "site"
    for path in notebooks.lessons(built[0]):
        page = folder / f"{notebooks.name(path, built[0])}.html"
        assert page.is_file()


def test_outputs_are_shown(html):
    assert "predict [[0. 1. 2. 3.]]" in html("course1_nn/02_lines.html")


def test_a_solution_is_folded_and_its_marks_are_gone(html):
    text = html("course1_nn/02_lines.html")
    assert text.count("Show the solution") == 3
    assert "SOLUTION" not in re.sub("<[^>]*>", "", text)


def test_a_hint_is_folded_and_its_markdown_rendered(html):
    text = html("course1_nn/02_lines.html")
    hint = text.partition("<summary>Hint 1</summary>")[2].partition("</details>")[0]
    assert "<em>mean</em>" in hint


def test_mathematics_is_rendered_by_the_file_in_the_site(built, html):
    text = html("course1_nn/02_lines.html")
    (script,) = re.findall(r'src="([^"]*tex-svg[^"?]*)', text)
    folder = built[0] / site.FOLDER / "site" / "course1_nn"
    assert (folder / script).is_file()
    assert "\\(J(w) = \\frac12 w^2\\)" in text


def test_the_first_mention_of_a_term_is_a_link_and_no_other(html):
    text = html("course1_nn/02_lines.html")
    links = re.findall(r'<a class="term-link[^"]*" href="([^"]*)">([^<]*)', text)
    assert links == [("../glossary.html#term-Gradient-descent", "gradient descent")]


def test_the_notebook_itself_is_offered(built, html):
    text = html("course1_nn/02_lines.html")
    link = re.search(r'href="([^"]*_downloads[^"]*)"', text)[1]
    there = built[0] / site.FOLDER / "site" / "course1_nn" / link
    lesson = built[0] / "course1_nn" / "02_lines.ipynb"
    assert there.read_bytes() == lesson.read_bytes()


def test_another_file_of_the_project_is_offered(built):
    folder = built[0] / site.FOLDER / "site" / "_downloads"
    assert [path.read_text() for path in folder.rglob("LICENSE")] == ["Free.\n"]


def test_a_table_written_by_code_has_links_between_pages(html):
    assert 'href="../course1_nn/02_lines.html"' in html("notebooks/00_start_here.html")


def test_a_lesson_links_to_what_it_builds_and_back(html):
    assert "reference/nn/lines.html#utils.nn.lines.fit" in html(
        "course1_nn/02_lines.html"
    )
    assert 'href="../../course1_nn/02_lines.html"' in html("reference/nn/lines.html")


def test_previous_and_next_cross_the_courses(html):
    text = html("notebooks/01_notation.html")
    assert '<link rel="next" title="Use arrays by hand"' in text
    assert '<link rel="prev" title="Start by hand"' in text


class _Loads(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "link", "img", "source", "iframe"):
            self.found += [v for n, v in attrs if n in ("src", "href") and v]


def test_no_page_loads_anything_from_a_host(built):
    for page in (built[0] / site.FOLDER / "site").rglob("*.html"):
        reader = _Loads()
        reader.feed(page.read_text(encoding="utf-8"))
        assert [a for a in reader.found if "http" in a or a.startswith("//")] == []


def test_styles_load_nothing_from_a_host(built):
    for sheet in (built[0] / site.FOLDER / "site").rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", sheet.read_text())


def test_search_fetches_nothing(html):
    assert "SHOW_SEARCH_SUMMARY: false" in html("_static/documentation_options.js")
    assert "searchindex.js" in html("search.html")


@pytest.fixture(scope="module")
def rebuilt(built):
    """Two pages after one of their lessons has changed: is each written anew?"""
    root = built[0]
    folder = root / site.FOLDER / "site"
    pages = [folder / f"course1_nn/{name}.html" for name in ("01_arrays", "02_lines")]
    times = [page.stat().st_mtime_ns for page in pages]
    lesson = root / "course1_nn" / "02_lines.ipynb"
    whole = lesson.read_bytes()
    lesson.write_bytes(whole.replace(b"A first guess.", b"A second guess."))
    try:
        assert site.main([], root) == 0
    finally:
        lesson.write_bytes(whole)
    after = [page.stat().st_mtime_ns for page in pages]
    return [new > old for new, old in zip(after, times, strict=True)]


def test_a_second_build_writes_only_what_changed(rebuilt, html):
    assert rebuilt == [False, True]
    assert "A second guess." in html("course1_nn/02_lines.html")


def test_a_second_build_keeps_the_terms_in_the_search(rebuilt, html):
    index = html("searchindex.js")
    assert '"gradient descent":' in index.partition('"indexentries":')[2]


@pytest.fixture
def fresh(tmp_path):
    crafted_site.project(tmp_path)
    return tmp_path.resolve()


def test_a_warning_of_sphinx_is_an_error(fresh, capfd):
    (fresh / "docs/reading.md").write_text("# A\n\n[no](absent.md)\n", encoding="utf-8")
    assert site.main([], fresh) == 1
    said = capfd.readouterr()
    assert "absent.md" in said.err
    assert "Sphinx's messages stand above" in said.out


def test_a_lesson_that_is_not_in_order_is_named(fresh, capsys):
    lesson = fresh / "course1_nn/02_lines.ipynb"
    text = lesson.read_text(encoding="utf-8").replace("END SOLUTION", "END", 1)
    lesson.write_text(text, encoding="utf-8")
    assert site.main([], fresh) == 1
    assert "course1_nn/02_lines" in capsys.readouterr().out


def test_a_broken_link_is_an_error(built, monkeypatch, capfd):
    monkeypatch.setattr(site_links, "broken", lambda _: ["a.html: b: no such file"])
    assert site.main([], built[0]) == 1
    assert "a.html: b: no such file\nBroken links: 1." in capfd.readouterr().out


def test_staged_files_are_written_only_when_they_differ(tmp_path):
    files = {tmp_path / "a" / "b.md": b"1", tmp_path / "c.md": b"2"}
    assert site.write(files, tmp_path) == 2
    assert site.write(files, tmp_path) == 0
    assert site.write({tmp_path / "c.md": b"3"}, tmp_path) == 1
    assert [path.name for path in tmp_path.rglob("*.md")] == ["c.md"]


def test_the_page_of_a_lesson_that_is_gone_is_removed(tmp_path):
    pages, folder = tmp_path / "pages", tmp_path / "site"
    for name in ("a/b.html", "old.html", "search.html", "_static/a.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    site.clear({pages / "a" / "b.ipynb": b""}, pages, folder)
    left = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert left == {"a/b.html", "search.html", "_static/a.css"}

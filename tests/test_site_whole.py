"""The site of the whole project is built without a warning and every link holds.

It is left in _build/site, where the browser tests find it: a fixture of theirs may call
`site.main([])` too. A lock in _build keeps the two apart, and the second has nothing
left to do.
"""

import pytest

from utils.authoring import notebooks, site
from utils.authoring.notebooks import ROOT


@pytest.fixture(scope="module")
def status():
    """The exit status of the build."""
    return site.main([])


def test_the_site_is_in_order(status):
    assert status == 0


def test_every_lesson_and_every_module_has_a_page(status):
    folder = ROOT / site.FOLDER / "site"
    pages = [f"{notebooks.name(path)}.html" for path in notebooks.lessons()]
    for path in (ROOT / "utils").rglob("*.py"):
        if path.name != "__init__.py":
            name = path.relative_to(ROOT / "utils").with_suffix(".html")
            pages.append(f"reference/{name.as_posix()}")
    assert [page for page in pages if not (folder / page).is_file()] == []

"""The site in a real browser: complete, readable, searchable, without a network."""

from collections import Counter

import pytest

from tests.browser import chromium, site
from utils.authoring import notebooks

LESSON = "notebooks/01_notation.html"
# One page of each kind; colours and layout come from the same templates.
KINDS = ("index.html", LESSON, "reference/nn/dense.html", "glossary.html")
TERM = "vanishing gradient"
SEARCHED, FOUND = "analogies", "course5_sequence/05_word_vectors.html"


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(browser, tmp_path_factory):
    return site.pages(site.build(tmp_path_factory.mktemp("built")))


def judged_by_rules(name):
    """Whether axe reads a page: of the reference's 110, those of one package do."""
    return not name.startswith("reference/") or name.startswith("reference/nn/")


@pytest.fixture(scope="module")
def visits(browser, pages):
    """Every page, visited once on the screen of a phone."""
    page = browser.new_page(viewport=site.NARROW)
    watch, found = chromium.Watch(page, site.HOME), {}
    for name, path in pages.items():
        site.open_page(page, path)
        facts = page.evaluate(site.FACTS)
        # What stands around the article is the same everywhere, see KINDS.
        judged = judged_by_rules(name) and not site.axe_missing()
        violations = site.violations(page, "article") if judged else []
        found[name] = site.Visit(facts, watch.problems[:], violations)
        watch.problems.clear()
    page.close()
    return found


@pytest.fixture
def tab(browser):
    """An empty page, as wide as a desk's, and the watch over it."""
    page = browser.new_page(viewport=site.WIDE)
    yield page, chromium.Watch(page, site.HOME)
    page.close()


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory):
    """Where to look at the pages afterwards: pytest keeps the last three runs."""
    return tmp_path_factory.mktemp("screenshots")


def where(visits, seen):
    """The pages on which something was seen, and what."""
    return {name: found for name, visit in visits.items() if (found := seen(visit))}


def test_every_lesson_is_a_page(pages):
    lessons = {f"{notebooks.name(path)}.html" for path in notebooks.lessons()}
    assert lessons <= set(pages)


def test_no_page_reports_an_error_or_asks_the_network(visits):
    assert where(visits, lambda visit: visit.problems) == {}


def test_no_formula_is_left_as_it_was_typed(visits):
    assert where(visits, lambda visit: visit.facts["raw"]) == {}


def test_every_formula_is_rendered(visits):
    assert sum(visit.facts["formulas"] for visit in visits.values()) > 0
    wrong = where(
        visits, lambda visit: visit.facts["formulas"] != visit.facts["rendered"]
    )
    assert wrong == {}


def test_every_formula_is_understood(visits):
    assert where(visits, lambda visit: visit.facts["misread"]) == {}


def test_no_page_scrolls_sideways_on_a_phone(visits):
    assert where(visits, lambda visit: visit.facts["overflow"] > 0) == {}


def test_every_picture_is_there(visits):
    def lost(visit):
        return [one["text"] for one in visit.facts["pictures"] if not one["width"]]

    assert where(visits, lost) == {}


def test_every_picture_has_a_text(visits):
    def unnamed(visit):
        return sum(not one["text"] for one in visit.facts["pictures"])

    assert where(visits, unnamed) == {}


def test_no_two_pictures_share_a_text(visits):
    def shared(visit):
        # The figures of one cell do: MyST-NB keeps one text, about all of them.
        texts = {(one["cell"], one["text"]) for one in visit.facts["pictures"]}
        counts = Counter(text for _, text in texts)
        return [text for text, count in counts.items() if count > 1]

    assert where(visits, shared) == {}


def test_solutions_and_hints_are_folded(visits):
    assert where(visits, lambda visit: visit.facts["unfolded"]) == {}


def test_no_page_breaks_a_rule_of_accessibility(visits):
    chromium.require(site.axe_missing())
    assert sum(map(judged_by_rules, visits)) > len(notebooks.lessons())
    assert where(visits, lambda visit: visit.violations) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_a_wide_page_is_accessible_in_light_and_dark(tab, pages, name, scheme):
    chromium.require(site.axe_missing())
    page, _ = tab
    page.emulate_media(color_scheme=scheme)
    site.open_page(page, pages[name])
    assert site.violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [site.NARROW, site.WIDE], ids=["400", "1400"])
@pytest.mark.parametrize("name", KINDS)
def test_a_page_fits_its_window(tab, pages, screenshots, name, size, scheme):
    page, _ = tab
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    site.open_page(page, pages[name])
    picture = f"{name.replace('/', '-')}-{size['width']}-{scheme}.png"
    page.screenshot(path=screenshots / picture)
    assert site.overflow(page) <= 0


def test_the_dark_page_is_dark(tab, pages):
    page, _ = tab
    page.emulate_media(color_scheme="dark")
    site.open_page(page, pages["index.html"])
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (int(part) for part in colour[4:-1].split(","))
    assert max(red, green, blue) < 64


def test_search_finds_a_lesson(tab, pages):
    from playwright.sync_api import expect

    page, watch = tab
    site.open_page(page, pages["index.html"])
    page.locator(".sidebar-search").fill(SEARCHED)
    page.keyboard.press("Enter")
    result = page.locator(f"#search-results a[href*='{FOUND}']").first
    expect(result).to_contain_text("5.5 ")  # the lesson's number in the table
    result.click()
    page.wait_for_url(f"**/{FOUND}*")
    assert watch.problems == []


def test_search_finds_a_term_of_the_glossary(tab, pages):
    from playwright.sync_api import expect

    page, watch = tab
    site.open_page(page, pages["index.html"])
    page.locator(".sidebar-search").fill(TERM)
    page.keyboard.press("Enter")
    entry = "glossary.html#term-" + TERM.replace(" ", "-")
    result = page.locator(f"#search-results a[href$='{entry}']").first
    expect(result).to_contain_text(f": {TERM}")
    result.click()
    page.wait_for_url(f"**/{entry}")
    assert watch.problems == []


def test_hints_open_one_inside_the_other(tab, pages):
    from playwright.sync_api import expect

    page, _ = tab
    site.open_page(page, pages[LESSON])
    hints = page.locator("section[id^=exercise-1] details:has(> summary:text('Hint'))")
    first, second = hints.nth(0), hints.nth(1)
    first.locator("summary").first.click()
    expect(first).to_have_js_property("open", True)
    expect(second).to_have_js_property("open", False)
    second.locator("summary").click()
    expect(second.locator("p").first).to_be_visible()


def test_the_solution_opens_without_the_marks(tab, pages):
    from playwright.sync_api import expect

    page, _ = tab
    site.open_page(page, pages[LESSON])
    exercise = page.locator("section[id^=exercise-1]")
    code = exercise.locator("details.hide pre").first
    expect(code).to_be_hidden()
    exercise.get_by_text("Show the solution").click()
    expect(code).to_be_visible()
    expect(code).not_to_contain_text("SOLUTION")

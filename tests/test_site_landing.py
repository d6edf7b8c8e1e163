"""The landing page shows what the lessons say of themselves."""

import base64

import pytest

from tests.planted import crafted, crafted_site
from utils.authoring import catalogue, notebooks, site_landing


@pytest.fixture
def files(tmp_path):
    crafted_site.project(tmp_path)
    made = site_landing.write(
        crafted_site.INDEX, ["reading"], tmp_path / "pages", tmp_path
    )
    pages = tmp_path / "pages"
    return {path.relative_to(pages).as_posix(): made[path] for path in made}


def test_every_place_of_the_template_is_filled(files):
    assert "<!--" not in files["index.md"].decode()


def test_a_card_shows_a_stored_figure_with_a_text(files):
    assert files["figures/course1_nn.png"] == base64.b64decode(crafted.PIXEL)
    assert "](figures/course1_nn.png)" in files["index.md"].decode()
    assert "![](" not in files["index.md"].decode()


def test_a_course_without_figures_has_a_card_without_one(files):
    assert "figures/notebooks.png" not in files
    assert "[The shared shelf](notebooks/00_start_here.ipynb)" in str(files["index.md"])


def test_a_card_counts_lessons_and_exercises(files):
    assert "2 lessons · 3 exercises · 1 hour\n" in files["index.md"].decode()


def test_the_table_has_end_product_and_minutes(files):
    assert (
        "| 1.2 [Fit a line by hand](course1_nn/02_lines.ipynb) | A line through four "
        "points, found by gradient descent. | 20 |"
    ) in files["index.md"].decode()


def test_pages_are_in_the_order_of_the_lectures(files):
    text = files["index.md"].decode()
    order = [
        "\nreading\n",
        "<notebooks/00_start_here>",
        "<notebooks/01_notation>",
        "<course1_nn/01_arrays>",
        "<course1_nn/02_lines>",
        "<glossary>",
        "<reference/index>",
    ]
    assert [text.index(name) for name in order] == sorted(map(text.index, order))


@pytest.mark.parametrize("course", site_landing.CARDS)
def test_the_figure_chosen_for_a_course_exists(course):
    number, index, alt, about = site_landing.CARDS[course]
    (path,) = notebooks.find([f"{0 if course == 'notebooks' else course[-1]}.{number}"])
    assert index < len(site_landing.figures(notebooks.read(path)))
    assert alt
    assert about.endswith(".")


def test_every_course_has_a_card():
    assert set(site_landing.CARDS) == set(catalogue.COURSES)

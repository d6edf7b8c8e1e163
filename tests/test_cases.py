"""utils.data.cases: what a choice is told, and whether every case is whole."""

import re
from collections import Counter

import pytest

from utils.authoring import notebooks
from utils.data import cases

pytestmark = pytest.mark.filterwarnings("error")

LESSONS = notebooks.find(["course3_structuring"])
OWN = cases.Case(
    "b", 12.5, 0.1, "50 / 4 is 12.5.", {"a": "It costs more.", "b": "It is cheap."}
)


@pytest.fixture
def own(monkeypatch):
    monkeypatch.setattr(cases, "every", lambda: {"own case": OWN})


@pytest.mark.parametrize("number", [12.5, 12.41, 12.59])
def test_the_best_option_passes(own, capsys, number):
    cases.check("own case", "b", number)
    assert capsys.readouterr().out == "solved: (b), and the number is 12.5\n"


@pytest.mark.parametrize(
    ("choice", "number", "message"),
    [
        ("b", 12.39, "the number is too small: 12.39"),
        ("b", 12.61, "the number is too large: 12.61"),
        ("a", 0.125, "the number is too small: 0.125"),
        ("a", 12.5, r"\(a\) It costs more\."),
    ],
)
def test_other_answers_are_told_why(own, choice, number, message):
    with pytest.raises(AssertionError, match=f"^{message}$"):
        cases.check("own case", choice, number)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("own", "b", 12.5), "no case 'own'; there are own case"),
        (("own case", "c", 12.5), "choice must be one of a, b, got 'c'"),
        (("own case", ..., 12.5), "choice must be one of a, b, got Ellipsis"),
        (("own case", "b", ...), "number must be a number, got Ellipsis"),
        (("own case", "b", float("nan")), "number must be a number, got nan"),
    ],
)
def test_what_is_no_answer_is_refused(own, arguments, message):
    with pytest.raises(ValueError, match=message):
        cases.check(*arguments)


def test_all_reasons_are_told(own):
    assert cases.reasons("own case").split("\n") == [
        "The number: 50 / 4 is 12.5.",
        "(a) It costs more.",
        "(b) (best) It is cheap.",
    ]


@pytest.mark.parametrize("name", cases.every())
def test_a_case_is_whole(name):
    case = cases.every()[name]
    assert list(case.reasons) == list("abcd")[: len(case.reasons)]
    assert len(case.reasons) in (3, 4) and case.best in case.reasons
    assert 0 < case.within < abs(case.number) / 10
    assert all(len(reason) > 80 for reason in case.reasons.values())
    assert all(len(line) <= 88 for line in cases.reasons(name).split("\n"))


def test_no_letter_is_a_good_guess():
    counts = Counter(case.best for case in cases.every().values())
    assert max(counts.values()) <= 0.4 * len(cases.every())


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_three_cases_and_names_their_options(path):
    text = "\n".join(cell.source for cell in notebooks.read(path).cells)
    asked = re.findall(r'cases\.check\("([^"]+)"', text)
    assert len(asked) == 3
    assert re.findall(r'cases\.reasons\("([^"]+)"', text) == asked
    for name, part in zip(asked, text.split("· Case study: ")[1:], strict=True):
        options = re.findall(r"^- \(([a-d])\) ", part, re.MULTILINE)
        assert options == list(cases.every()[name].reasons)


def test_every_case_is_asked_once():
    asked = [
        name
        for path in LESSONS
        for cell in notebooks.read(path).cells
        for name in re.findall(r'cases\.check\("([^"]+)"', cell.source)
    ]
    assert sorted(asked) == sorted(cases.every())

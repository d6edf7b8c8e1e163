"""utils.data.dates against the calendar, hand-written dates and an edit distance."""

import datetime
import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import dates

pytestmark = pytest.mark.filterwarnings("error")

EVERY = dates.STYLES | dates.UNSEEN_STYLES
WORDS = {w: name for name in dates.MONTHS + dates.WEEKDAYS for w in (name, name[:3])}


def generator(seed=0):
    return np.random.default_rng(seed)


def distance(a, b):
    """Fewest letters to add, drop, change or swap with the neighbour."""
    table = np.add.outer(np.arange(len(a) + 1), np.arange(len(b) + 1))
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        table[i, j] = min(
            table[i - 1, j] + 1,
            table[i, j - 1] + 1,
            table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
        )
        if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[-1, -1]


@pytest.mark.parametrize("name", EVERY)
def test_a_style_is_named_by_what_it_writes(name):
    assert EVERY[name](datetime.date(2031, 3, 14)) == name


# From a printed calendar: 7 January 1953 was a Wednesday.
@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("14 march 2031", "7 january 1953"),
        ("mar 14, 2031", "jan 7, 1953"),
        ("14 mar 31", "7 jan 53"),
        ("friday, march 14, 2031", "wednesday, january 7, 1953"),
        ("fri 14 mar 31", "wed 7 jan 53"),
        ("3/14/31", "1/7/53"),
        ("03/14/2031", "01/07/1953"),
        ("14.3.2031", "7.1.1953"),
        ("14.03.31", "07.01.53"),
        ("march 14th, 2031", "january 7th, 1953"),
        ("14mar2031", "7jan1953"),
        ("14/03/2031", "07/01/1953"),
    ],
)
def test_a_day_with_one_digit(style, written):
    assert EVERY[style](datetime.date(1953, 1, 7)) == written


def test_ordinals_of_a_whole_month():
    style = dates.UNSEEN_STYLES["the 14th of march 2031"]
    march = [style(datetime.date(2031, 3, day)) for day in range(1, 32)]
    odd = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st"}
    expected = [odd.get(day, f"{day}th") for day in range(1, 32)]
    assert [words.split()[1] for words in march] == expected


def test_every_day_of_the_century_is_in_one_part():
    parts = [dates.days(split) for split in ("train", "dev", "test")]
    first = datetime.date(1950, 1, 1).toordinal()
    together = np.sort(np.concatenate(parts))
    np.testing.assert_array_equal(together, first + np.arange(36525))
    np.testing.assert_allclose([len(p) / 36525 for p in parts], [0.8, 0.1, 0.1], 1e-3)
    again = dates.days("dev")
    again[:] = 0  # a caller's change must not reach the next one
    np.testing.assert_array_equal(dates.days("dev"), parts[1])


@settings(deadline=None, max_examples=30)
@given(
    split=st.sampled_from(["train", "dev", "test"]),
    unseen=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_human_and_iso_are_the_same_day_of_that_part(split, unseen, seed):
    styles = dates.UNSEEN_STYLES if unseen else dates.STYLES
    found = dates.draw(split, 50, generator(seed), styles)
    assert found == dates.draw(split, 50, generator(seed), styles)
    allowed = set(dates.days(split).tolist())
    for human, iso, style in zip(*found, strict=True):
        day = datetime.date.fromisoformat(iso)
        assert len(iso) == 10 and day.toordinal() in allowed
        assert human == styles[style](day)


def test_no_text_stands_for_two_days():
    """All days in all styles to learn from: the answer follows from the text."""
    meaning = {}
    span = range(dates.FIRST.toordinal(), dates.LAST.toordinal() + 1)
    for day in map(datetime.date.fromordinal, span):
        for style in dates.STYLES.values():
            assert meaning.setdefault(style(day), day) == day


def test_british_slashes_contradict_american_ones():
    british = dates.UNSEEN_STYLES["14/03/2031"](datetime.date(2031, 3, 4))
    american = dates.STYLES["03/14/2031"](datetime.date(2031, 4, 3))
    assert british == american == "04/03/2031"


def test_all_days_and_styles_come():
    found = dates.draw("train", 6000, generator())
    share = {s: found.styles.count(s) / 6000 for s in dates.STYLES}
    np.testing.assert_allclose(list(share.values()), 1 / 12, atol=0.015)
    assert len({iso[:4] for iso in found.iso}) == 100
    assert len(set(found.iso)) > 5000
    own = dates.draw("train", 3, generator(), {"iso": datetime.date.isoformat})
    assert own.human == own.iso and own.styles == ("iso",) * 3


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), unseen=st.booleans())
def test_one_error_in_one_word(seed, unseen):
    styles = dates.UNSEEN_STYLES if unseen else dates.STYLES
    right = dates.draw("test", 40, generator(seed), styles)
    with_words = [k for k, human in enumerate(right.human) if re.search("[a-z]", human)]
    wrong = dates.misspell(right, generator(seed))
    assert wrong == dates.misspell(right, generator(seed))
    assert wrong.iso == tuple(right.iso[k] for k in with_words)
    assert wrong.styles == tuple(right.styles[k] for k in with_words)
    for k, spoiled in zip(with_words, wrong.human, strict=True):
        assert distance(right.human[k], spoiled) == 1
        assert re.findall("[^a-z]+", right.human[k]) == re.findall("[^a-z]+", spoiled)
        before, after = (re.findall("[a-z]+", h) for h in (right.human[k], spoiled))
        ((old, new),) = [p for p in zip(before, after, strict=True) if p[0] != p[1]]
        near = {name for word, name in WORDS.items() if distance(word, new) <= 1}
        assert near == {WORDS[old]} and new not in WORDS


def test_all_kinds_of_errors_come_and_other_words_stay():
    one = dates.Dates(("the 14th of march 2031",), ("2031-03-14",), ("own",))
    seen = {dates.misspell(one, generator(seed)).human[0] for seed in range(400)}
    words = {human.split()[3] for human in seen}
    assert {human.replace(human.split()[3], "march") for human in seen} == {*one.human}
    # neighbours swapped, a letter missing, twice, and beside its key
    assert {"amrch", "marhc", "mach", "marrch", "msrch", "narch"} <= words
    assert not words & {"march", "mar"}


def test_dates_without_words_are_left_out():
    numbers = dates.Dates(("3/14/31",), ("2031-03-14",), ("3/14/31",))
    assert dates.misspell(numbers, generator()) == dates.Dates((), (), ())


@pytest.mark.parametrize("loose", [False, True])
@pytest.mark.parametrize("name", dates.STYLES)
def test_both_rules_read_the_styles_they_were_written_for(name, loose):
    for ordinal in range(dates.FIRST.toordinal(), dates.LAST.toordinal() + 1, 11):
        day = datetime.date.fromordinal(ordinal)
        assert dates.by_rule(dates.STYLES[name](day), loose=loose) == day.isoformat()


@pytest.mark.parametrize("name", dates.UNSEEN_STYLES)
def test_what_the_rules_make_of_other_styles(name):
    """Numbers with slashes are read the American way as long as that makes a month."""
    for ordinal in range(dates.FIRST.toordinal(), dates.LAST.toordinal() + 1, 101):
        day = datetime.date.fromordinal(ordinal)
        human = dates.UNSEEN_STYLES[name](day)
        swapped = f"{day.year}-{day:%d-%m}"
        slashes = name == "14/03/2031"
        assert dates.by_rule(human, loose=False) == (swapped if slashes else "")
        expected = swapped if slashes and day.day <= 12 else day.isoformat()
        assert dates.by_rule(human, loose=True) == expected


def test_the_loose_rule_reads_every_typing_error():
    for styles in (dates.STYLES, dates.UNSEEN_STYLES):
        wrong = dates.misspell(
            dates.draw("dev", 2000, generator(), styles), generator()
        )
        for human, iso in zip(wrong.human, wrong.iso, strict=True):
            assert dates.by_rule(human, loose=True) == iso, human


@settings(deadline=None, max_examples=40)
@given(word=st.text("abdejlnrtuy", min_size=2, max_size=5))
def test_the_loose_rule_takes_the_nearest_month(word):
    months = [(w, k) for k, n in enumerate(dates.MONTHS, 1) for w in (n, n[:3])]
    edits, month = min((distance(word, form), k) for form, k in months)
    weekday = word in WORDS and WORDS[word] in dates.WEEKDAYS
    expected = f"1999-{month:02d}-07" if edits <= 1 and not weekday else ""
    assert dates.by_rule(f"{word}! 7 99", loose=True) == expected


@pytest.mark.parametrize(
    ("human", "strict", "loose"),
    [
        ("7 mar 53", "1953-03-07", "1953-03-07"),
        ("7 mar 49", "2049-03-07", "2049-03-07"),
        ("49 mar 7", "2007-03-49", "2007-03-49"),  # no such day, and no complaint
        ("2 mat 1999", "", "1999-03-02"),  # mar and may are as near: the earlier
        ("sun 2 june 1999", "1999-06-02", "1999-06-02"),  # sun is near jun
        ("may 2 mar 1999", "1999-03-02", "1999-03-02"),  # two months: the earlier
        ("14/3/31", "2031-14-03", "2031-03-14"),
        ("14.14.31", "2031-14-14", "2031-14-14"),
        ("2 brumaire 1999", "", ""),
        ("march 1999", "", ""),
        ("", "", ""),
    ],
)
def test_rules_at_their_edges(human, strict, loose):
    assert dates.by_rule(human, loose=False) == strict
    assert dates.by_rule(human, loose=True) == loose


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match=r"\['train', 'dev', 'test'\], got 'valid'"):
        dates.days("valid")
    with pytest.raises(ValueError, match="got 'valid'"):
        dates.draw("valid", 3, generator())
    with pytest.raises(ValueError, match="got 0 dates and 12 styles"):
        dates.draw("train", 0, generator())
    with pytest.raises(ValueError, match="got 5 dates and 0 styles"):
        dates.draw("train", 5, generator(), {})

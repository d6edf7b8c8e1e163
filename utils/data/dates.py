"""Dates as people write them, and as ISO 8601 has them: 2031-03-14.

Every day from 1950 to 2049 belongs to one part, train, dev or test, so a date of the
test part was never seen in any style. The window is a century, so that a year of two
digits means one year only: 50 to 99 the last century, 00 to 49 this one. `by_rule` is
the baseline that learns nothing.
"""

import datetime
import re
import string
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

FIRST, LAST = datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)
SHARES = {"train": 0.8, "dev": 0.1, "test": 0.1}
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Style = Callable[[datetime.date], str]


class Dates(NamedTuple):
    """m dates, one after another in every field."""

    human: tuple[str, ...]  # as somebody wrote it, lower case
    iso: tuple[str, ...]  # ten characters, yyyy-mm-dd
    styles: tuple[str, ...]  # which style was used


def _month(day: datetime.date) -> str:
    return MONTHS[day.month - 1]


def _weekday(day: datetime.date) -> str:
    return WEEKDAYS[day.weekday()]


def _ordinal(number: int) -> str:
    ending = ("th", "st", "nd", "rd", *6 * ("th",))[number % 10]  # codespell:ignore nd
    return f"{number}{'th' if number in (11, 12, 13) else ending}"


# The styles to learn from. An example is their name: the 14th of March 2031, a Friday.
STYLES: Mapping[str, Style] = {
    "14 march 2031": lambda d: f"{d.day} {_month(d)} {d.year}",
    "march 14, 2031": lambda d: f"{_month(d)} {d.day}, {d.year}",
    "14 mar 2031": lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    "mar 14, 2031": lambda d: f"{_month(d)[:3]} {d.day}, {d.year}",
    "14 mar 31": lambda d: f"{d.day} {_month(d)[:3]} {d:%y}",
    "friday 14 march 2031": lambda d: f"{_weekday(d)} {d.day} {_month(d)} {d.year}",
    "friday, march 14, 2031": lambda d: f"{_weekday(d)}, {_month(d)} {d.day}, {d.year}",
    "fri 14 mar 31": lambda d: f"{_weekday(d)[:3]} {d.day} {_month(d)[:3]} {d:%y}",
    "3/14/31": lambda d: f"{d.month}/{d.day}/{d:%y}",
    "03/14/2031": lambda d: f"{d:%m/%d}/{d.year}",
    "14.3.2031": lambda d: f"{d.day}.{d.month}.{d.year}",
    "14.03.31": lambda d: f"{d:%d.%m.%y}",
}
# Styles to test on. The last one means another day where its first number is a month.
UNSEEN_STYLES: Mapping[str, Style] = {
    "14 march, 2031": lambda d: f"{d.day} {_month(d)}, {d.year}",
    "14mar2031": lambda d: f"{d.day}{_month(d)[:3]}{d.year}",
    "14-mar-2031": lambda d: f"{d.day}-{_month(d)[:3]}-{d.year}",
    "march 14th, 2031": lambda d: f"{_month(d)} {_ordinal(d.day)}, {d.year}",
    "the 14th of march 2031": lambda d: (
        f"the {_ordinal(d.day)} of {_month(d)} {d.year}"
    ),
    "2031 march 14": lambda d: f"{d.year} {_month(d)} {d.day}",
    "14 march 31, friday": lambda d: f"{d.day} {_month(d)} {d:%y}, {_weekday(d)}",
    "14/03/2031": lambda d: f"{d:%d/%m}/{d.year}",
}


def days(split: str) -> np.ndarray:
    """The days of one part, always the same ones.

    split   : "train", "dev" or "test"
    returns  (n,) int64   proleptic ordinals, as `datetime.date.fromordinal` takes them
    raises   ValueError for another name
    """
    if split not in SHARES:
        raise ValueError(f"split must be one of {list(SHARES)}, got {split!r}")
    every = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    mixed = np.random.default_rng(0).permutation(every)
    stops = np.round(np.cumsum(list(SHARES.values())) * len(every)).astype(int)
    parts = np.split(mixed, stops[:-1])
    return np.sort(parts[list(SHARES).index(split)])


def draw(
    split: str,
    num_dates: int,
    rng: np.random.Generator,
    styles: Mapping[str, Style] = STYLES,
) -> Dates:
    """Draw days of one part, and a style for each, all equally likely.

    split     : "train", "dev" or "test"
    num_dates : int >= 1        a day may come more than once
    rng       : draws days and styles
    styles    : STYLES, UNSEEN_STYLES, or your own name -> (date -> str)
    returns    Dates
    raises     ValueError for an unknown split, no date or no style
    """
    if num_dates < 1 or not styles:
        raise ValueError(
            f"expected at least one date and one style, got {num_dates} dates and "
            f"{len(styles)} styles"
        )
    chosen = rng.choice(days(split), num_dates)
    names = [list(styles)[k] for k in rng.integers(len(styles), size=num_dates)]
    found = [datetime.date.fromordinal(int(day)) for day in chosen]
    human = [styles[name](day) for name, day in zip(names, found, strict=True)]
    return Dates(tuple(human), tuple(d.isoformat() for d in found), tuple(names))


def misspell(dates: Dates, rng: np.random.Generator) -> Dates:
    """Put one typing error into a word of each date, never into its digits.

    Two neighbours swapped, a letter left out, struck twice, or hit beside its key. The
    word can still be told: no other month or weekday, long or short, is within one
    swapped, missing, added or changed letter of what stands there now.

    dates   : Dates; those without a word are left out
    rng     : draws the place and the error
    returns  Dates
    """
    rows = []
    for human, iso, style in zip(*dates, strict=True):
        options = sorted(_misspellings(human))
        if options:
            rows.append((options[rng.integers(len(options))], iso, style))
    human, iso, styles = zip(*rows, strict=True) if rows else ((), (), ())
    return Dates(human, iso, styles)


def by_rule(human: str, *, loose: bool) -> str:
    """Translate a date with rules that a programmer writes who has seen STYLES.

    human   : a date in lower case, in any style
    loose   : False, the strict rule: one pattern for each family of STYLES, no others.
              True: the month is the word that is one, or at most one letter added,
              dropped, changed or swapped away from one (exact words first, then the
              earlier month); the year is the number of four digits, else the last one;
              the day is the other number. Unless that finds a month and two numbers,
              it is the strict rule, with day and month of slashes swapped if there is
              no such month.
    returns  yyyy-mm-dd, which need not be a day that exists, or "" where no rule fits

    Explained in course5_sequence/08_translation_with_attention.
    """
    if loose:
        words = set(re.findall("[a-z]+", human)) - _WEEKDAY_FORMS  # sun is near jun
        months = [(w not in _NUMBER, _NEAR[w]) for w in words if w in _NEAR]
        numbers = re.findall(r"\d+", human)
        if months and len(numbers) == 2:
            year = next((n for n in numbers if len(n) == 4), numbers[-1])
            numbers.remove(year)
            return _iso(numbers[0], min(months)[1], year)
        human = re.sub(r"^(1[3-9]|[23]\d)/(\d+)/", r"\2/\1/", human)
    for pattern in _PATTERNS:
        found = re.fullmatch(pattern, human)
        if found and (found["m"].isdigit() or found["m"] in _NUMBER):
            month = _NUMBER.get(found["m"]) or int(found["m"])
            return _iso(found["d"], month, found["y"])
    return ""


def _iso(day: str, month: int, year: str) -> str:
    century = 0 if len(year) > 2 else 1900 if int(year) >= FIRST.year % 100 else 2000
    return f"{century + int(year)}-{month:02d}-{int(day):02d}"


def _misspellings(human: str) -> Iterator[str]:
    """All ways to spoil one word of a date."""
    for match in re.finditer("[a-z]+", human):
        for wrong in _SAFE.get(match.group(), ()):
            yield human[: match.start()] + wrong + human[match.end() :]


def _near() -> dict[str, str]:
    """For each letter the keys left, right, above and below of it."""
    near: dict[str, str] = {letter: "" for row in KEYBOARD for letter in row}
    for k, row in enumerate(KEYBOARD):
        for i, letter in enumerate(row):
            above = KEYBOARD[k - 1][i : i + 2] if k else ""
            near[letter] += row[max(i - 1, 0) : i] + row[i + 1 : i + 2] + above
            for key in above:
                near[key] += letter
    return near


def _errors(word: str, near: Mapping[str, str]) -> set[str]:
    """Everything that one typing error can make of a word."""
    made = set()
    for i, letter in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        made |= {before + after, before + 2 * letter + after}
        made |= {before + other + after for other in near[letter]}
        made.add(before + after[:1] + letter + after[1:])
    return made - {word}


def _edits(word: str) -> set[str]:
    """Everything one edit away, with any letter: a speller's idea of an error."""
    letters = string.ascii_lowercase
    made = _errors(word, dict.fromkeys(letters, letters))
    for i in range(len(word) + 1):
        made |= {word[:i] + letter + word[i:] for letter in letters}
    return made


def _safe() -> dict[str, tuple[str, ...]]:
    """For each month and weekday, long or short, the errors that leave it certain."""
    near, forms = _near(), {name: {name, name[:3]} for name in (*MONTHS, *WEEKDAYS)}
    close = {name: words.union(*map(_edits, words)) for name, words in forms.items()}
    safe = {}
    for name, words in forms.items():
        others = words.union(*(close[other] for other in close if other != name))
        for word in words:
            safe[word] = tuple(sorted(_errors(word, near) - others))
    return safe


_SAFE = _safe()
# What the rules know: the number of each month's forms, and of all words near them.
_NUMBER = {f: k for k, name in enumerate(MONTHS, 1) for f in (name, name[:3])}
_WEEKDAY_FORMS = {form for name in WEEKDAYS for form in (name, name[:3])}
_NEAR = {w: k for f, k in reversed(_NUMBER.items()) for w in _edits(f)} | _NUMBER
_PATTERNS = (
    r"(?:[a-z]+,? )?(?P<d>\d\d?) (?P<m>[a-z]+) (?P<y>\d+)",
    r"(?:[a-z]+, )?(?P<m>[a-z]+) (?P<d>\d\d?), (?P<y>\d+)",
    r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d+)",
    r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d+)",
)

"""Answers to the case studies of course 3, with the reasons for every option.

The situations stand in the lessons; here is what a lesson shows only after a choice.
"""

import functools
import math
import textwrap
import tomllib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "files" / "cases"
WIDTH = 88


class Case(NamedTuple):
    """One case study; the number is what the choice rests on."""

    best: str  # letter of the best option
    number: float  # asked for in the situation, in the unit it names
    within: float  # how far off a number may be and still count as right
    working: str  # how the number comes about
    reasons: dict[str, str]  # letter -> why this option is, or is not, the best


def check(name: str, choice: str, number: float) -> None:
    """Say whether a case is solved: the number first, then the choice.

    name    : of the case, such as "harbour fog"
    choice  : letter of an option
    number  : what the situation asks for
    raises   AssertionError with a hint if the number is wrong, or with the reason
             against the option if another one is better; ValueError naming what came
             if there is no such case or option, or the number is none
    """
    case = _find(name)
    options = ", ".join(case.reasons)
    if choice not in case.reasons:
        raise ValueError(f"choice must be one of {options}, got {choice!r}")
    try:
        off = float(number) - case.number
    except (TypeError, ValueError):
        off = math.nan
    if not math.isfinite(off):
        raise ValueError(f"number must be a number, got {number!r}")
    side = "large" if off > 0 else "small"
    assert abs(off) <= case.within, f"the number is too {side}: {number}"
    assert choice == case.best, _wrap(f"({choice}) {case.reasons[choice]}")
    print(f"solved: ({choice}), and the number is {case.number:g}")


def reasons(name: str) -> str:
    """Tell how the number comes about, and what speaks for and against each option.

    name    : of the case
    returns  text to print, 88 columns wide
    raises   ValueError naming what came if there is no such case
    """
    case = _find(name)
    lines = [_wrap(f"The number: {case.working}")]
    for letter, reason in case.reasons.items():
        mark = " (best)" if letter == case.best else ""
        lines.append(_wrap(f"({letter}){mark} {reason}"))
    return "\n".join(lines)


@functools.cache
def every() -> dict[str, Case]:
    """All cases by name, in the order of the lessons."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, table in tables.items():
            if name in found:
                raise ValueError(f"{path}: a second case {name!r}")
            found[name] = Case(**table)
    return found


def _find(name: str) -> Case:
    if name not in every():
        raise ValueError(f"there is no case {name!r}; there are {', '.join(every())}")
    return every()[name]


def _wrap(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, subsequent_indent="    ")

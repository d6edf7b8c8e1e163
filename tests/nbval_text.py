r"""Compare two texts that may differ only in floats, and there only a little.

A float is a decimal number that shows itself as one: it has a point or an exponent and
stands alone. `1.0  1.  .5  -.5  1e-5  2.5E+3` are floats, also inside arrays, tuples
and `np.float64(...)`, before a per cent sign (`93.5 %`), in `w=0.5` and as the parts
of `1.5+2.j`. Everything else must be equal letter by letter:

* integers (`93`), hence shapes, counts, labels and dates as `2024-05-01`, also an
  integer that ends a sentence: two numbers without decimals, `1000.` and `1001.`, have
  equal values or differ (`1000.` and `999.98` in an array are floats);
* what continues after the number: versions `2.21.0`, dates `12.05.2024`, addresses;
* what touches a letter or an underscore: `W1.5`, `2.5x`, `8.3px`, `1_000.5`;
* `nan` and `inf`: a nan that became a number, or the reverse, is no rounding error.

Two floats agree when |computed - stored| <= t with t = atol + rtol |stored|. On top
comes one unit u of the last printed place, but only if u <= t. The reason: two values
within t of each other can print one unit further apart because rounding to the
display splits them. Where u is much smaller than t this changes nothing, and where u
is larger than t a flip needs a value within t of a rounding boundary, while a unit
of slack would let a wrong answer pass. So no pair further apart than 2 t passes, and
an accuracy of 0.93 never equals 0.94, nor 0.931 equal 0.932, nor 93.1 % equal 93.2 %.
float32 results printed to 3 decimals do sit near such boundaries; their cells
carry a tag (`rtol=1e-2`).

Values below `atol` count as zero, so 1e-7 and 1e-8 agree by default. This is meant for
rounding noise such as a gradient check. A cell that prints such small numbers as
its subject carries the tag `atol=0`.

A float that changes its length moves the columns of a table. Only then may runs of
blanks differ. Lines are never joined or split.
"""

from __future__ import annotations

import difflib
import math
import re
from typing import NamedTuple

FLOAT = re.compile(
    r"""(?<![\w.])                        # nothing that could belong to the number
    ( [-+]?
      (?: (?:\d+\.(?!\.)\d*|\.\d+) (?:[eE][-+]?\d+)?  |  \d+[eE][-+]?\d+ ) )
    (?!\.\d) (?=[jJ]?(?!\w))              # no version, no unit; a complex part may end
    """,
    re.VERBOSE,
)
BLANKS = re.compile(r"[ \t]+")
MAX_DIFF_LINES = 40


class Tolerance(NamedTuple):
    """How far a computed float may lie from the stored one."""

    rtol: float
    atol: float

    def slack(self, stored: str) -> float:
        """The largest accepted difference from the float printed as `stored`."""
        tolerance = self.atol + self.rtol * abs(float(stored))
        unit = display_unit(stored)
        return tolerance + unit if unit <= tolerance else tolerance

    def accepts(self, stored: str, computed: str) -> bool:
        """True if both spellings are the same or their values are close."""
        if stored == computed:
            return True
        a, b = float(stored), float(computed)
        if not (math.isfinite(a) and math.isfinite(b)):  # 1e999 overflows to inf
            return False
        if stored.endswith(".") and computed.endswith("."):
            return a == b
        # The factor covers the error of subtracting two decimals in binary.
        return abs(a - b) <= self.slack(stored) * (1 + 1e-9)


def display_unit(token: str) -> float:
    """One unit in the last printed place: 0.01 for '3.14', 1e-7 for '1.25e-5'."""
    mantissa, _, exponent = token.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 10.0 ** max(-400, min(int(exponent or 0) - decimals, 308))


def differences(stored: str, computed: str, tolerance: Tolerance) -> list[str]:
    """Lines that explain why two texts do not agree; an empty list if they do.

    The first line is a summary, the others show stored (-) and computed (+) lines.
    """
    if stored == computed:
        return []
    old, new = stored.split("\n"), computed.split("\n")
    if len(old) != len(new):
        return [f"{_lines(old)} stored, {_lines(new)} computed", *_diff(old, new)]
    pairs = [(FLOAT.split(a), FLOAT.split(b)) for a, b in zip(old, new, strict=True)]
    columns_move = any(
        len(a) != len(b)
        for left, right in pairs
        for a, b in zip(left[1::2], right[1::2], strict=False)
    )
    reasons = [_line_reason(a, b, tolerance, columns_move) for a, b in pairs]
    wrong = [k for k, reason in enumerate(reasons) if reason]
    if not wrong:
        return []
    k = wrong[0]
    found = [f"line {k + 1}: {reasons[k]}", f"  - {old[k]}", f"  + {new[k]}"]
    if wrong[1:]:
        found.append(f"  and {_lines(wrong[1:])} more")
    return found


def _line_reason(
    stored: list[str], computed: list[str], tolerance: Tolerance, columns_move: bool
) -> str:
    """Why two lines, split at their floats, do not agree; empty if they do."""
    if len(stored) != len(computed):
        return "the text differs"
    for k, (a, b) in enumerate(zip(stored, computed, strict=True)):
        if k % 2 == 0:  # the text between the floats
            if _squeezed(a) != _squeezed(b):
                return "the text differs"
            if a != b and not columns_move:
                return "only blanks differ"
        elif not tolerance.accepts(a, b):
            return _float_reason(a, b, tolerance)
    return ""


def _float_reason(stored: str, computed: str, tolerance: Tolerance) -> str:
    if not math.isfinite(float(stored)) or not math.isfinite(float(computed)):
        return f"{stored} stored, {computed} computed: too large to compare"
    value, gap = float(stored), abs(float(computed) - float(stored))
    relative = f"relative {gap / abs(value):.1e}" if value else "from zero"
    return (
        f"{stored} stored, {computed} computed: difference {gap:.1e} ({relative}), "
        f"allowed {tolerance.slack(stored):.1e}"
    )


def _squeezed(text: str) -> str:
    return BLANKS.sub(" ", text).strip(" ")


def _lines(lines: list) -> str:
    return "1 line" if len(lines) == 1 else f"{len(lines)} lines"


def _diff(old: list[str], new: list[str]) -> list[str]:
    lines = list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]
    extra = len(lines) - MAX_DIFF_LINES
    kept = [f"  {line}" for line in lines[:MAX_DIFF_LINES]]
    return [*kept, f"  and {extra} more"] if extra > 0 else kept

"""The text comparison of the notebook plugin; tolerances recomputed in fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.nbval_text import FLOAT, Tolerance, differences, display_unit

DEFAULT = Tolerance(rtol=1e-3, atol=1e-6)
RTOL, ATOL = Fraction(1, 1000), Fraction(1, 10**6)

finite = st.floats(-1e12, 1e12, allow_nan=False)
floats_as_printed = st.builds(
    lambda value, style: format(value, style),
    finite,
    st.sampled_from([".1f", ".2f", ".3f", ".6f", ".2e", ".5e"]),
)


def close(stored: str, computed: str, tolerance: Tolerance = DEFAULT) -> bool:
    return not differences(stored, computed, tolerance)


def tolerance_of(stored: str) -> Fraction:
    return ATOL + RTOL * abs(Fraction(stored))


@pytest.mark.parametrize(
    ("text", "floats"),
    [
        ("1.0 1. .5 -.5 +2.5", ["1.0", "1.", ".5", "-.5", "+2.5"]),
        ("1e-5 2.5E+3 -1.e-05", ["1e-5", "2.5E+3", "-1.e-05"]),
        ("[0.1, 0.2](0.3)", ["0.1", "0.2", "0.3"]),
        ("np.float64(0.93)", ["0.93"]),
        ("w=0.5, b:-0.5.", ["0.5", "-0.5"]),
        ("93.5 % 93.5%", ["93.5", "93.5"]),
        ("1.5+2.j", ["1.5", "2."]),
        ("0.2-0.3", ["0.2", "0.3"]),
        ("<td>0.5</td> $e^{-0.5}$ **0.5**", ["0.5", "-0.5", "0.5"]),
        ("3 -4 (3, 4) 1_000", []),
        ("nan inf -inf", []),
        ("2.21.0 v2.21 127.0.0.1 1.0rc1", []),
        ("2024-05-01 12.05.2024", []),
        ("W1.5 2.5x 8.3px 1_000.5 0x1e5 5e", []),
        ("range 1...5, see below.", []),
    ],
)
def test_which_spellings_are_floats(text, floats):
    assert FLOAT.findall(text) == floats


@pytest.mark.parametrize(
    ("token", "unit"),
    [("3.14", 1e-2), ("1.", 1.0), ("-.500", 1e-3), ("1.25e-5", 1e-7), ("1e3", 1e3)],
)
def test_display_unit(token, unit):
    assert display_unit(token) == pytest.approx(unit, rel=1e-12)


@pytest.mark.parametrize(
    ("stored", "computed", "agree"),
    [
        ("0.93", "0.94", False),
        ("0.931", "0.932", False),
        ("0.9310", "0.9311", True),
        ("93.1 %", "93.2 %", False),
        ("0.012", "0.013", False),
        ("1.000", "1.001", True),
        ("3.500", "3.504", True),  # within t before rounding, beyond it after
        ("3.500", "3.505", False),
        ("1e-09", "-3e-12", True),
        ("0.000002", "0.000005", False),
        ("100.0", "99.9", True),
        ("100.0", "99.7", False),
    ],
)
def test_default_tolerance(stored, computed, agree):
    assert close(stored, computed) is agree


@pytest.mark.parametrize(
    ("stored", "computed", "agree"),
    [
        ("93 cats of 2000.", "93 cats of 2001.", False),
        ("[2000. 0.5]", "[2001. 0.5]", False),
        ("[2000. 0.5]", "[1999.9 0.5]", True),
        ("[0. 1.]", "[-0. 1.]", True),
        ("of 2000.", "of 1999.9.", False),
    ],
)
def test_numbers_without_decimals_are_integers(stored, computed, agree):
    assert close(stored, computed) is agree


def test_zero_tolerance_is_exact():
    assert not close("1.0000000000000002", "1.0", Tolerance(0.0, 0.0))


def test_other_spelling_of_the_same_value_agrees():
    assert close("1.50", "1.5")


def test_line_break_is_no_blank():
    assert not close("0.10 0.20", "0.1\n0.2")


def test_report_names_line_float_and_allowance():
    found = differences("cost\nw 0.5000", "cost\nw 0.5100", DEFAULT)
    assert found == [
        "line 2: 0.5000 stored, 0.5100 computed: difference 1.0e-02 (relative 2.0e-02),"
        " allowed 6.0e-04",
        "  - w 0.5000",
        "  + w 0.5100",
    ]


def test_report_counts_further_lines():
    found = differences("a\nb\nc", "x\ny\nc", DEFAULT)
    assert found[-1] == "  and 1 line more"


def test_long_diff_is_cut():
    found = differences("a\n" * 500, "b\n" * 600, DEFAULT)
    assert len(found) < 50
    assert found[0] == "501 lines stored, 601 lines computed"


@given(st.text())
def test_equal_texts_agree(text):
    assert close(text, text)


@given(st.text("ab 12\n%[],:-"), st.text("ab 12\n%[],:-"))
def test_texts_without_floats_must_be_equal(stored, computed):
    assert close(stored, computed) is (stored == computed)


@given(st.integers(), st.integers(), st.sampled_from(["n={}", "({}, 4)", "{} of 0.5"]))
def test_integers_are_never_tolerated(a, b, form):
    assume(a != b)
    assert not close(form.format(a), form.format(b))


@given(finite, st.floats(-0.9, 0.9))
def test_drift_within_the_tolerance_agrees(value, share):
    stored = f"loss {value:.12e}"
    drifted = float(f"{value:.12e}")
    drifted += share * float(tolerance_of(f"{value:.12e}"))
    assert close(stored, f"loss {drifted:.12e}")


@given(floats_as_printed, floats_as_printed)
def test_nothing_beyond_twice_the_tolerance_agrees(stored, computed):
    gap = abs(Fraction(computed) - Fraction(stored))
    assume(gap > 2 * tolerance_of(stored) * (1 + Fraction(1, 10**6)))
    assert not close(f"loss {stored}", f"loss {computed}")


@given(finite, st.sampled_from([".3f", ".6f", ".3e"]), st.floats(-0.9, 0.9))
def test_rounding_for_display_never_separates_close_values(value, style, share):
    stored = format(value, style)
    assume(Fraction(display_unit(stored)) <= tolerance_of(stored))
    # As close as the tolerance, which is judged by the printed value, with a margin.
    computed = format(value + share * float(tolerance_of(stored)), style)
    assert close(stored, computed)


@given(st.lists(st.floats(0.1, 9.0), min_size=1, max_size=4), st.floats(-9e-4, 9e-4))
def test_arrays_agree_when_their_columns_move(values, drift):
    stored = np.array(values)
    assert close(str(stored), str(stored * (1 + drift)))


@given(st.floats(0.01, 1e6), st.sampled_from([".4f", ".6e", ".2f"]))
def test_sign_flips_never_agree(value, style):
    assert not close(format(value, style), format(-value, style))

"""Wrong answers to the exercises of course3_structuring/05_error_analysis."""

from tests.planted import Planted
from tests.planted.letters import letters

EXCESS = "wrong.mean() - wrong[~inside].mean()"
REST = "wrong[~inside].mean()"
CEILING = "errors / len(wrong), excess"
FACTOR = "left *= 1 - share * np.asarray(inside, float)"
GAIN = "(~np.asarray(right, bool)).mean() - left.mean()"
SEEN = "0.897 * 0.9 + 0.103 * 0.1 / 5"
GAP = "(0.897 - 0.742) * (1 - 0.1 * 6 / 5)"
BLAMED = "0.1 * (0.897 + 0.103 * 4 / 5) / (1 - seen)"


PLANTED = {
    "course3_structuring/05_error_analysis": {
        1: [
            Planted("rate of the slice", REST, "wrong[inside].mean()"),
            Planted("the rest counted", REST, "wrong[~inside].sum()"),
            Planted("the rest of all", REST, "wrong[~inside].sum() / len(wrong)"),
            Planted(
                "rates only", EXCESS, "wrong[inside].mean() - wrong[~inside].mean()"
            ),
            Planted("against all", EXCESS, "wrong[inside].mean() - wrong.mean()"),
            Planted("sign", EXCESS, f"-({EXCESS})"),
            Planted("never negative", EXCESS, f"max(0, {EXCESS})"),
            Planted("counts", EXCESS, f"len(wrong) * ({EXCESS})"),
            Planted("size", EXCESS, f"abs({EXCESS})"),
            Planted("relative", EXCESS, f"({EXCESS}) / wrong.mean()"),
            Planted("share of errors", CEILING, "errors / wrong.sum(), excess"),
            Planted("rate for ceiling", CEILING, "errors / inside.sum(), excess"),
            Planted("accuracy", "wrong = ~np.asarray", "wrong = np.asarray"),
            Planted("outside", "np.asarray(inside, bool)", "~np.asarray(inside, bool)"),
            Planted("swapped", CEILING, "excess, errors / len(wrong)"),
            Planted(
                "all errors", "errors = wrong[inside].sum()", "errors = wrong.sum()"
            ),
        ],
        2: [
            Planted("added up", body="pass"),
            Planted("shares ignored", "share * np", "1.0 * np"),
            Planted("intersection", "1 - share * np", "share * np"),
            Planted(
                "the best only", FACTOR, "left = np.minimum(left, 1 - share * inside)"
            ),
            Planted("last measure", FACTOR, "left = (~right) * (1 - share * inside)"),
            Planted("what is left", GAIN, "left.mean()"),
            Planted("share of the errors", GAIN, "1 - left.sum() / (~right).sum()"),
            Planted("count", GAIN, "(~right).sum() - left.sum()"),
            Planted("right answers", "left = (~np", "left = (np"),
            Planted("at most the error", body="gain = min(gain, (~right).mean())"),
            Planted("mean share", body="gain = np.mean(shares) * (~right).mean()"),
            Planted(
                "each error once, in full",
                body="gain = (~right & np.any(slices, axis=0)).mean()",
            ),
            Planted(
                "union, mean share",
                body="gain = np.mean(shares) * (~right & np.any(slices, 0)).mean()",
            ),
        ],
        3: letters(
            "a",
            {
                "gross": 9.6,
                "the change": 2.3,
                "count": 97,
                "a share": 0.097,
                "broken taken off": 9.5,
                "brighter pictures": 10.3,
            },
        ),
        4: letters(
            "b",
            {
                "ceiling": 2.4,
                "leaf": 1.39,
                "against the mean rate": 1.84,
                "a share": 0.0198,
                "relative": 24.73,
                "leaf's ceiling": 5.2,
                "of the tagged": 0.19,
                "rounded": 2.0,
            },
        ),
        5: [
            Planted("no chance agreement", SEEN, "0.897 * 0.9"),
            Planted("a sixth", SEEN, "0.897 * 0.9 + 0.103 * 0.1 / 6"),
            Planted("all wrong ones agree", SEEN, "0.897 * 0.9 + 0.103 * 0.1"),
            Planted("true accuracy", SEEN, "0.897"),
            Planted("subtracted", SEEN, "0.897 - 0.1"),
            Planted("error", SEEN, "1 - 0.897 * 0.9 - 0.103 * 0.1 / 5"),
            Planted("gap as it is", GAP, "0.897 - 0.742"),
            Planted("gap times 0.9", GAP, "(0.897 - 0.742) * 0.9"),
            Planted("gap, two classes", GAP, "(0.897 - 0.742) * (1 - 2 * 0.1)"),
            Planted("sign of the gap", GAP, f"-{GAP}"),
            Planted("blamed, all mistakes", BLAMED, "0.1 / (1 - seen)"),
            Planted("blamed, right ones", BLAMED, "0.1 * 0.897 / (1 - seen)"),
            Planted("blamed, of all", BLAMED, "0.1 * (0.897 + 0.103 * 4 / 5)"),
            Planted("blamed, q", BLAMED, "0.1"),
            Planted("sloppy half", BLAMED, "0.5"),
        ],
        6: letters(
            "c",
            {
                "M": 8.12,
                "errors corrected only": 5.3,
                "agreements added only": 10.05,
                "as counted": 9.6,
                "a share": 0.0575,
                "count": 115.04,
                "agreements not scaled": 5.55,
            },
        ),
    },
}

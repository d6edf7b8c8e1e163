"""Wrong answers to the exercises of course3_structuring/02_one_metric."""

from tests.planted import Planted
from tests.planted.letters import letters

PRECISION = "0.73 / 60 / (0.73 / 60 + 0.032 * 59 / 60)"
ODDS = "(0.079 - 0.032) / (10 * (0.86 - 0.73))"
SHARE = "ratio / (1 + ratio)"
F = "(1 + beta**2) * P * R / (beta**2 * P + R)"
SUMS = "np.abs(sums).sum() / len(p)"
INDEX = "np.minimum((p * bins).astype(int), bins - 1)"

PLANTED = {
    "course3_structuring/02_one_metric": {
        1: [
            Planted("swapped", "return P, R,", "return R, P,"),
            Planted("arithmetic mean", F, "(P + R) / 2"),
            Planted("geometric mean", F, "np.sqrt(P * R)"),
            Planted("always F_1", F, "2 * P * R / (P + R)"),
            Planted("beta not squared", F, "(1 + beta) * P * R / (beta * P + R)"),
            Planted(
                "beta at the recall", F, "(1 + beta**2) * P * R / (P + beta**2 * R)"
            ),
            Planted("no factor", F, "2 * P * R / (beta**2 * P + R)"),
            Planted(
                "accuracy for precision", "hits / np.sum(yes)", "np.mean(yes == truth)"
            ),
            Planted(
                "no guard",
                "if not hits:\n    return 0.0, 0.0, 0.0\n",
                "",
            ),
            Planted("one where nothing is", "0.0, 0.0, 0.0", "1.0, 0.0, 0.0"),
            Planted("share of all", "hits / np.sum(truth)", "hits / len(truth)"),
            Planted("rounded", F, "round(" + F + ", 2)"),
            Planted(
                "specificity for recall",
                "hits / np.sum(truth)",
                "np.sum(~yes & ~truth) / np.sum(~truth)",
            ),
        ],
        2: [
            Planted("precision of the lab", PRECISION, "0.82"),
            Planted("recall", PRECISION, "0.73"),
            Planted("lab's share", PRECISION, "0.73 / (0.73 + 0.032 * 5)"),
            Planted("without the rest", PRECISION, "0.73 / (0.73 + 0.032)"),
            Planted("sixty others", PRECISION, "0.73 / 60 / (0.73 / 60 + 0.032 / 60)"),
            Planted("the other detector", PRECISION, "0.86 / (0.86 + 59 * 0.079)"),
            Planted("odds for a share", SHARE, "ratio"),
            Planted("from the rounded one in 29", SHARE, "1 / 29"),
            Planted("cost on the alarms", ODDS, "10 * (0.079 - 0.032) / (0.86 - 0.73)"),
            Planted("without the cost", ODDS, "(0.079 - 0.032) / (0.86 - 0.73)"),
            Planted("upside down", ODDS, "10 * (0.86 - 0.73) / (0.079 - 0.032)"),
            Planted("one in thirty", SHARE, "1 / 30"),
            Planted("work's share", SHARE, "1 / 60"),
            Planted("always equal", SHARE, "0"),
        ],
        3: letters(
            "c",
            {
                "A": 18200,
                "C": 30040,
                "only false reports": 60 * 80 + 4 * 1500,
                "misses only": 6000,
                "reports only": 7680,
                "with two cameras": 15780,
                "in thousands": 13.68,
            },
        ),
        4: [
            Planted("signed", "np.abs(sums).sum()", "abs(sums.sum())"),
            Planted("no weights", SUMS, "np.mean(np.abs(sums) / len(p))"),
            Planted(
                "mean over bins",
                SUMS,
                "np.mean([abs(np.mean((p - y)[index == k])) for k in set(index)])",
            ),
            Planted(
                "the last bin forgotten",
                "index = " + INDEX,
                "index = (p * bins).astype(int)\nkept = index < bins\n"
                "p, y, index = p[kept], y[kept], index[kept]",
            ),
            Planted("a bin of its own", INDEX, "(p * bins).astype(int)"),
            Planted(
                "an edge to the bin below",
                INDEX,
                "np.maximum(np.ceil(p * bins).astype(int) - 1, 0)",
            ),
            Planted("always ten bins", INDEX, "np.minimum((p * 10).astype(int), 9)"),
            Planted("rounded to a bin", INDEX, "np.round(p * (bins - 1)).astype(int)"),
            Planted("each picture", SUMS, "np.abs(p - y).mean()"),
            Planted("squared", SUMS, "(sums**2).sum() / len(p)"),
            Planted("the largest gap", SUMS, "np.abs(sums).max() / len(p)"),
            Planted("not divided", SUMS, "np.abs(sums).sum()"),
        ],
        5: letters(
            "a",
            {
                "as it is": 640,
                "the rival": 620,
                "misses only": 120,
                "in euros": 520000,
                "looks in the bin only": 320,
                "all shown": 1000,
                "looks at the urgent only": 194,
            },
        ),
        6: letters(
            "d",
            {
                "as (a)": 11.2,
                "scaled with the side": 8.4,
                "without the filters": 0.70,
                "the budget": 6.4,
                "no first layer": 5.31,
                "grey pictures": 5.64,
            },
        ),
    },
}

"""Wrong answers to the exercises of course3_structuring/06_mismatched_data."""

from tests.planted import Planted
from tests.planted.letters import letters

SPLIT = """inside = rng.permutation(np.flatnonzero(in_studio))
cut = len(inside) // 4
return inside[cut:], inside[:cut], np.flatnonzero(~in_studio)"""
HIGH = "evaluation.t_interval(np.asarray(values)).high"
KEY = "(prices[p], np.mean(errors[p]))"


PLANTED = {
    "course3_structuring/06_mismatched_data": {
        1: [
            Planted("as given", body=SPLIT),
            Planted(
                "as given, sorted by hand",
                body=SPLIT.replace(
                    "rng.permutation(np.flatnonzero(in_studio))",
                    "np.flatnonzero(in_studio)[np.argsort(hand[in_studio])]",
                ),
            ),
            Planted("always the same hands", "rng.permutation(", "("),
            Planted(
                "own generator",
                "rng.permutation(",
                "np.random.default_rng().permutation(",
            ),
            Planted("a quarter of all hands", "hand[in_studio]", "hand"),
            Planted("three quarters kept", "len(inside) // 4", "3 * len(inside) // 4"),
            Planted("rounded up", "len(inside) // 4", "-(-len(inside) // 4)"),
            Planted(
                "a quarter of the pictures",
                "len(inside) // 4",
                "in_studio.sum() // 4",
            ),
            Planted(
                "train-dev from home",
                "np.flatnonzero(in_studio & kept)",
                "np.flatnonzero(~in_studio)",
            ),
            Planted(
                "training holds train-dev",
                "in_studio & ~kept",
                "in_studio",
            ),
            Planted("training from home, too", "in_studio & ~kept", "~kept"),
            Planted(
                "half of the pictures",
                "inside = rng",
                "in_studio = in_studio & (np.arange(len(hand)) % 2 == 0)\ninside = rng",
            ),
        ],
        2: [
            Planted("links swapped", "links[firm][1]", "links[firm][0]"),
            Planted("paint leaves the mismatch", "links[firm][0]", "links[firm][1]"),
            Planted(
                "the measured ones",
                'left[firm, "more"] = base + links[firm][1].mean()',
                'left[firm, "more"] = after[firm, "more"].mean()',
            ),
            Planted("sign", "base + links[firm][1]", "base - links[firm][1]"),
            Planted(
                "rounded",
                "base + links[firm][0].mean()",
                "round(base + links[firm][0].mean(), 1)",
            ),
            Planted("one draw", "links[firm][1].mean()", "links[firm][1][0]"),
            Planted(
                "worst: few, more",
                '("few, clutter", "paint")',
                '("few, clutter", "more")',
            ),
            Planted("worst: lamp, paint", '("few, clutter",', '("lamp",'),
            Planted("worst: clutter, paint", '("few, clutter",', '("clutter",'),
            Planted(
                "worst: stripes, more",
                '("few, clutter", "paint")',
                '("stripes", "more")',
            ),
        ],
        3: letters(
            "c",
            {
                "mismatch forgotten": 3.6,
                "as painted": 7.2,
                "one doubling": 6.3,
                "all halves": 4.2,
                "steps do not shrink": 5.1,
                "share": 0.048,
                "as with L2": 7.7,
            },
        ),
        4: letters(
            "d",
            {
                "what is won": 6.3,
                "as the doctors": 3.0,
                "variance": 10.4,
                "both hospital links": 9.3,
                "the gap taken for it": 11.6,
                "the easier place taken for it": 5.3,
                "half of it": 8.6,
                "share": 0.055,
            },
        ),
        5: [
            Planted("mean only", HIGH, "np.mean(values)"),
            Planted("lower end", ".high", ".low"),
            Planted(
                "normal",
                HIGH,
                "np.mean(values) + 1.96 * np.std(values, ddof=1) / len(values) ** 0.5",
            ),
            Planted(
                "population's deviation",
                HIGH,
                "np.mean(values) + evaluation.T_975[len(values) - 2]"
                " * np.std(values) / len(values) ** 0.5",
            ),
            Planted(
                "without the root",
                HIGH,
                "np.mean(values) + evaluation.T_975[len(values) - 2]"
                " * np.std(values, ddof=1)",
            ),
            Planted("the best", KEY, "np.mean(errors[p])"),
            Planted("price only", KEY, "prices[p]"),
            Planted("dearest", KEY, "(-prices[p], np.mean(errors[p]))"),
            Planted("no None", ", default=None", ""),
            Planted("above the goal", "<= goal", ">= goal"),
            Planted("the worse of equals", "np.mean(errors[p])", "-np.mean(errors[p])"),
        ],
        6: letters(
            "a",
            {
                "the whole gap": 1.6,
                "what is won": 8.2,
                "the gap's share": 0.88,
                "real pictures": 9.8,
                "from training": 1.5,
                "moved": 8.0,
                "labels": 6.1,
                "apples": 9.7,
            },
        ),
    },
}

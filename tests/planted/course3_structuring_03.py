"""Wrong answers to the exercises of course3_structuring/03_splits_and_how_much_data."""

from tests.planted import Planted
from tests.planted.letters import letters

SHARE = "568 / 10000 * 7000 / 9999"
LEAK = "share * (1 - 0.84)"
INDEX = "_, index, sizes = np.unique(groups, return_inverse=True, return_counts=True)"


PLANTED = {
    "course3_structuring/03_splits_and_how_much_data": {
        1: [
            Planted(
                "by example",
                body="drawn = rng.permutation(len(groups))\n"
                "cut = int(share * len(groups))\n"
                "return np.sort(drawn[cut:]), np.sort(drawn[:cut])",
            ),
            Planted(
                "a share of the groups",
                "np.cumsum(sizes[drawn]) <= share * len(index)",
                "np.arange(len(drawn)) < share * len(drawn)",
            ),
            Planted("sizes in another order", "sizes[drawn]", "sizes"),
            Planted(
                "more than the share",
                "<= share * len(index)",
                "<= 1.5 * share * len(index)",
            ),
            Planted(
                "one group too few", "<= share * len(index)", "< share * len(index)"
            ),
            Planted(
                "sides swapped",
                "np.flatnonzero(~chosen), np.flatnonzero(chosen)",
                "np.flatnonzero(chosen), np.flatnonzero(~chosen)",
            ),
            Planted(
                "not random", "rng.permutation(len(sizes))", "np.arange(len(sizes))"
            ),
            Planted(
                "the generator is not used",
                "rng.permutation",
                "np.random.default_rng(0).permutation",
            ),
            Planted(
                "masks, not indices",
                "np.flatnonzero(~chosen), np.flatnonzero(chosen)",
                "~chosen, chosen",
            ),
            Planted(
                "goes on with smaller ones",
                "taken = drawn[np.cumsum(sizes[drawn]) <= share * len(index)]",
                "taken, left = [], share * len(index)\n"
                "for group in drawn:\n"
                "    if sizes[group] <= left:\n"
                "        taken.append(group)\n"
                "        left -= sizes[group]",
            ),
            Planted(
                "the smallest first",
                "rng.permutation(len(sizes))",
                "np.argsort(sizes + rng.random(len(sizes)))",
            ),
            Planted("test is all", "np.flatnonzero(~chosen)", "np.arange(len(chosen))"),
        ],
        2: [
            Planted("pairs, not pictures", SHARE, "284 / 10000 * 7000 / 9999"),
            Planted("the twin always trained on", SHARE, "568 / 10000"),
            Planted("a fifth for test", SHARE, "568 / 10000 * 8000 / 9999"),
            Planted("share of the training set", SHARE, "568 / 7000"),
            Planted("all twins gain", LEAK, "share"),
            Planted("those that were right gain", LEAK, "share * 0.84"),
            Planted("in points", LEAK, "100 * share * (1 - 0.84)"),
            Planted("without the share", LEAK, "1 - 0.84"),
            Planted("sloppy", LEAK, "0.0064 + 0.0001"),
            Planted("both twins", SHARE, "2 * 568 / 10000 * 7000 / 9999"),
        ],
        3: [
            Planted("no power", "2.80 /", "1.96 /"),
            Planted(
                "factor not squared",
                "(2.80 / (p_A - p_B)) ** 2",
                "2.80 / abs(p_A - p_B)",
            ),
            Planted(
                "delta not squared",
                "differ - (p_A - p_B) ** 2",
                "differ - abs(p_A - p_B)",
            ),
            Planted("plus", "differ - (p_A - p_B) ** 2", "differ + (p_A - p_B) ** 2"),
            Planted("one variance only", " + p_B * (1 - p_B)", ""),
            Planted("variances differ", "p_A) + p_B", "p_A) - p_B"),
            Planted(
                "swapped",
                "int(np.ceil(paired)), int(np.ceil(unpaired))",
                "int(np.ceil(unpaired)), int(np.ceil(paired))",
            ),
            Planted(
                "not rounded",
                "int(np.ceil(paired)), int(np.ceil(unpaired))",
                "paired, unpaired",
            ),
            Planted(
                "rounded to the nearest",
                "int(np.ceil(paired)), int(np.ceil(unpaired))",
                "round(paired), round(unpaired)",
            ),
            Planted(
                "one more",
                "int(np.ceil(paired)), int(np.ceil(unpaired))",
                "int(np.ceil(paired)) + 1, int(np.ceil(unpaired)) + 1",
            ),
            Planted(
                "both sets together",
                "int(np.ceil(unpaired))",
                "int(np.ceil(2 * unpaired))",
            ),
            Planted(
                "standard deviation", "factor * (differ", "np.sqrt(factor) * (differ"
            ),
        ],
        4: letters(
            "b",
            {
                "unpaired": 2.26,
                "a share": 0.013,
                "one deviation": 0.66,
                "old reader's": 1.68,
                "independent": 1.52,
                "rounded": 1,
                "the difference": 1.6,
            },
        ),
        5: letters(
            "c",
            {
                "P at work": 18.8,
                "Q at work": 17.8,
                "pooled": 9.5,
                "plain mean": 13.2,
                "weights swapped": 12.4,
                "a share": 0.141,
                "half the interval": 2.9,
            },
        ),
        6: letters(
            "a",
            {
                "fruit, not rotten": 29800,
                "of 98/1/1": 20,
                "of 84/8/8": 160,
                "rounded down": 148,
                "one deviation": 38.8,
                "worst case p": 784,
                "half width 0.035 not squared": 5.2,
            },
        ),
    },
}

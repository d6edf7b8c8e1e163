"""Wrong answers to the exercises of course3_structuring/01_orthogonalization."""

from tests.planted import Planted
from tests.planted.letters import letters

LUCK = "1 / 2 - ((1 / 4) ** 3 + (3 / 4) ** 3) / 2"
WORDS = '("up", "up", "up", "up", "still", "down")'


PLANTED = {
    "course3_structuring/01_orthogonalization": {
        1: [
            Planted("chooses on test", "dev.mean(axis=1)", "test.mean(axis=1)"),
            Planted("chooses on training", "dev.mean(axis=1)", "train.mean(axis=1)"),
            Planted("chooses in the field", "dev.mean(axis=1)", "field.mean(axis=1)"),
            Planted("the worst", ".argmin()", ".argmax()"),
            Planted("mean of all candidates", "wrong[best].mean()", "wrong.mean()"),
            Planted("the first candidate", "wrong[best].mean()", "wrong[0].mean()"),
            Planted(
                "the best of each set",
                "wrong[best].mean()",
                "wrong.mean(axis=1).min()",
            ),
            Planted("accuracy", "wrong[best].mean()", "1 - wrong[best].mean()"),
            Planted("counts, not shares", "wrong[best].mean()", "wrong[best].sum()"),
            Planted(
                "sign", "np.diff(errors, prepend=0)", "-np.diff(errors, prepend=0)"
            ),
            Planted("errors, not links", "np.diff(errors, prepend=0)", "errors"),
            Planted("no fit", "np.diff(errors, prepend=0)", "np.diff(errors)"),
            Planted(
                "all gaps to training",
                "np.diff(errors, prepend=0)",
                "np.array([errors[0]] + [e - errors[0] for e in errors[1:]])",
            ),
            Planted(
                "sizes of the gaps",
                "np.diff(errors, prepend=0)",
                "np.abs(np.diff(errors, prepend=0))",
            ),
            Planted(
                "the last of equals",
                "dev.mean(axis=1).argmin()",
                "len(dev) - 1 - dev.mean(axis=1)[::-1].argmin()",
            ),
            Planted("wrong axis", "dev.mean(axis=1)", "dev.mean(axis=0)"),
            Planted(
                "dev and test swapped",
                "(train, dev, test, field)",
                "(train, test, dev, field)",
            ),
        ],
        2: [
            Planted(
                "updates leave the gap", WORDS, WORDS.replace('"up"', '"still"', 1)
            ),
            Planted(
                "more data lower the training error",
                WORDS,
                '("up", "down", "up", "up", "still", "down")',
            ),
            Planted(
                "copies leave the fit",
                WORDS,
                '("up", "up", "still", "up", "still", "down")',
            ),
            Planted(
                "a larger dev set moves its link only",
                WORDS,
                '("up", "up", "up", "still", "still", "down")',
            ),
            Planted(
                "a larger dev set helps the field",
                WORDS,
                '("up", "up", "up", "up", "down", "down")',
            ),
            Planted(
                "fewer candidates, more luck",
                WORDS,
                '("up", "up", "up", "up", "still", "up")',
            ),
            Planted("all up", WORDS, '("up",) * 6'),
            Planted("one picture", LUCK, "1 / 2 - 1 / 8"),
            Planted("two candidates", LUCK, "1 / 2 - ((1 / 4)**2 + (3 / 4)**2) / 2"),
            Planted("not halved", LUCK, "1 / 2 - ((1 / 4) ** 3 + (3 / 4) ** 3)"),
            Planted("dev error, not the link", LUCK, "((1 / 4)**3 + (3 / 4)**3) / 2"),
            Planted("sign", LUCK, "((1 / 4) ** 3 + (3 / 4) ** 3) / 2 - 1 / 2"),
            Planted("sloppy", LUCK, "0.28"),
            Planted("no chance of two wrong", LUCK, "1 / 2 - (3 / 4) ** 3 / 2"),
        ],
        3: letters(
            "b",
            {
                "sum of (a)": 8.6,
                "its link only": 6.4,
                "the change": -2.0,
                "a share": 0.07,
                "sign of the fit": 5.2,
            },
        ),
        4: letters(
            "d",
            {
                "best of thirty": 10.488,
                "mean": 11.1,
                "fit": 9.8,
                "from the winner": 10.136,
                "added": 11.964,
                "spread of 100 photographs": 2.1,
                "a share": 0.102,
            },
        ),
        5: letters(
            "a",
            {
                "as it is": 14.1,
                "from 0.92": 11.9,
                "the wider network": 10.3,
                "costs swapped": 54.3,
                "one kind only": 3.6,
            },
        ),
    },
}

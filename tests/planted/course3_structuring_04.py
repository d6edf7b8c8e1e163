"""Wrong answers to the exercises of course3_structuring/04_human_level_and_bias."""

from tests.planted import Planted
from tests.planted.letters import letters

LEAST = "1 - sum(joint[view == v].sum(axis=0).max() for v in np.unique(view))"
WORDS = '("down", "up", "down", "up", "down", "up")'
MAJORITY = "3 * 0.13**2 * 0.87 + 0.13**3"


PLANTED = {
    "course3_structuring/04_human_level_and_bias": {
        1: [
            Planted("everybody sees all", LEAST, "1 - joint.max(axis=1).sum()"),
            Planted("blind", LEAST, "1 - joint.sum(axis=0).max()"),
            Planted("share of right answers", LEAST, LEAST.removeprefix("1 - ")),
            Planted(
                "best class of each point",
                LEAST,
                LEAST.replace(".sum(axis=0).max()", ".max(axis=1).sum()"),
            ),
            Planted("wrong axis", LEAST, LEAST.replace("axis=0", "axis=1")),
            Planted("the rarest class", LEAST, LEAST.replace(".max()", ".min()")),
            Planted(
                "mean, not sum", LEAST, LEAST.replace(".sum(axis=0)", ".mean(axis=0)")
            ),
            Planted(
                "guesses by the odds",
                LEAST,
                "1 - (joint**2 / joint.sum(axis=1, keepdims=True)).sum()",
            ),
        ],
        2: [
            Planted("updates harm A", WORDS, WORDS.replace('"down"', '"up"', 1)),
            Planted("L2 helps A", WORDS, WORDS.replace('"up"', '"down"', 1)),
            Planted("L2 does nothing to A", WORDS, WORDS.replace('"up"', '"still"', 1)),
            Planted(
                "the labels of B are learned already",
                WORDS,
                WORDS.replace(
                    '"down", "up", "down", "up")', '"still", "up", "down", "up")'
                ),
            ),
            Planted(
                "more points are easier to fit",
                WORDS,
                '("down", "up", "down", "down", "down", "up")',
            ),
            Planted(
                "more points leave the training error",
                WORDS,
                '("down", "up", "down", "still", "down", "up")',
            ),
            Planted(
                "points do nothing for B",
                WORDS,
                WORDS.replace('"down", "up")', '"still", "up")'),
            ),
            Planted("L2 helps variance", WORDS, WORDS.replace('"up")', '"down")')),
            Planted("L2 does nothing to B", WORDS, WORDS.replace('"up")', '"still")')),
            Planted("all down", WORDS, WORDS.replace("up", "down")),
            Planted("two wrong only", MAJORITY, "3 * 0.13**2 * 0.87"),
            Planted("all wrong", MAJORITY, "0.13**3"),
            Planted("two given ones", MAJORITY, "0.13**2"),
            Planted("pairs not counted", MAJORITY, "0.13**2 * 0.87 + 0.13**3"),
            Planted("overlap forgotten", MAJORITY, "3 * 0.13**2"),
            Planted("like one of them", MAJORITY, "0.13"),
            Planted("majority right", MAJORITY, f"1 - ({MAJORITY})"),
            Planted("divided by three", MAJORITY, "0.13 / 3"),
            Planted("sloppy", MAJORITY, "0.046"),
        ],
        3: letters(
            "d",
            {
                "with the film": 2.44,
                "the guard": 7.14,
                "plain mean": 7.05,
                "of the network": 5.91,
                "shares swapped": 8.63,
                "a share": 0.0547,
            },
        ),
        4: letters(
            "b",
            {
                "the network": 10.0,
                "against the doctor": 4.0,
                "copied mistakes only": 7.0,
                "a share": 0.08,
                "count": 320,
                "what is left": 3.0,
            },
        ),
        5: letters(
            "c",
            {
                "a only": 4.0,
                "narrow at 160,000": 9.5,
                "narrow": 11.0,
                "line in m": -23.0,
                "a share": 0.085,
                "halved gap of one step": 10.75,
            },
        ),
    },
}

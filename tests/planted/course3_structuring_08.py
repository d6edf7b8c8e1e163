"""Wrong answers to the exercises of course3_structuring/08_end_to_end_or_pipeline."""

from tests.planted import Planted
from tests.planted.letters import letters

BOUNDS = "0.93 + 0.96 - 1, min(0.93, 0.96)"
SHARED = "(0.86 * 0.92 + 1) / 2"
HIT = "(hit & on_delivered).mean()"
MISS = "(~hit & on_delivered).mean()"
BEST = "(plans[plan], -costs[plan])"


PLANTED = {
    "course3_structuring/08_end_to_end_or_pipeline": {
        1: [
            Planted(
                "both in place of the product", "hit.mean() * on_true", "hit * on_true"
            ),
            Planted(
                "product in place of both",
                "(hit & on_true).mean()",
                "hit.mean() * on_true.mean()",
            ),
            Planted(
                "product with delivered",
                "hit.mean() * on_true.mean()",
                "hit.mean() * on_delivered.mean()",
            ),
            Planted("rate among the hits", HIT, "on_delivered[hit].mean()"),
            Planted("true in place of delivered", HIT, "(hit & on_true).mean()"),
            Planted("all that is right after a hit", HIT, "on_delivered.mean()"),
            Planted("true after a miss", MISS, "(~hit & on_true).mean()"),
            Planted("wrong after a miss", MISS, "(~hit & ~on_delivered).mean()"),
            Planted("misses", MISS, "(~hit).mean()"),
            Planted("wrong after a hit", MISS, "(hit & ~on_delivered).mean()"),
            Planted("counts", HIT, "(hit & on_delivered).sum()"),
            Planted("one or the other", "(hit & on_true)", "(hit | on_true)"),
        ],
        2: [
            Planted("lowest is the product", BOUNDS, "0.93 * 0.96, min(0.93, 0.96)"),
            Planted("lowest is 0", BOUNDS, "0, min(0.93, 0.96)"),
            Planted("highest is the larger", BOUNDS, "0.93 + 0.96 - 1, 0.96"),
            Planted("highest is the product", BOUNDS, "0.93 + 0.96 - 1, 0.93 * 0.96"),
            Planted("highest is 1", BOUNDS, "0.93 + 0.96 - 1, 1"),
            Planted("lowest of failures", BOUNDS, "0.07 + 0.04, 0.93"),
            Planted("product of the means", SHARED, "0.93 * 0.96"),
            Planted("small hands only", SHARED, "0.86 * 0.92"),
            Planted("the bound", SHARED, "0.93"),
            Planted("sloppy", SHARED, "0.9"),
            Planted("sum", SHARED, "0.86 * 0.92 + 1"),
        ],
        3: letters(
            "d",
            {
                "as it is": 77.8,
                "the product": 0.96 * 95,
                "a share": 0.855,
                "rows not weighted": (93 + 84 + 10) / 3,
                "without the missed": 85.1,
                "the reader of (b)": 80.2,
            },
        ),
        4: letters(
            "b",
            {
                "(a) at 99 %": 78.2,
                "of the direct network": 89.2,
                "yellow only": 55,
                "shares swapped": 0.4 * 94 + 0.6 * 55,
                "a share": 0.784,
                "perfect on red, too": 82,
            },
        ),
        5: [
            Planted("squares are free", "n + price * b", "n"),
            Planted("signs are free", "n + price * b", "price * b"),
            Planted("price on the signs", "n + price * b", "price * n + b"),
            Planted("price of one sort", "n + price * b", "price * (n + b)"),
            Planted("price ignored", "n + price * b", "n + b"),
            Planted("less than the budget", "<= budget", "< budget"),
            Planted("budget ignored", "if costs[plan] <= budget", "if True"),
            Planted("the dearer of equals", BEST, "(plans[plan], costs[plan])"),
            Planted("the first of equals", BEST, "plans[plan]"),
            Planted("the cheapest", BEST, "-costs[plan]"),
            Planted("share per money", BEST, "plans[plan] / costs[plan]"),
            Planted("the worst", "max(fit", "min(fit"),
            Planted("n and b swapped", "for b, n in plans", "for n, b in plans"),
            Planted("no plan", ", default=None", ", default=(0, 0)"),
        ],
        6: letters(
            "c",
            {
                "direct": 86.0,
                "both labels": 84.8,
                "if found": 93.0,
                "found": 96,
                "a share": 0.8928,
                "sloppy": 89,
            },
        ),
    },
}

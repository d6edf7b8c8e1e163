"""Wrong answers planted in course2_improving/07_hyperparameter_search."""

from tests.planted import Planted

DRAW = "low * (high / low) ** rng.random(size)"
FLOOR = "np.floor(log_uniform(low, high + 1, rng, size))"
SLICES = "np.stack([rng.permutation(n) for _ in range(k)], axis=1)"
CHANCE = "[comb(i - 1, n - 1) / comb(N, n) for i in range(1, N + 1)]"


def numbers(uniform=302, log=5, memory_uniform=19.8, memory_log=100):
    return (
        f"tries_needed, tries_needed_log = {uniform}, {log}\n"
        f"memory_uniform, memory_log = {memory_uniform}, {memory_log}"
    )


def plan(rungs, keep):
    return f"my_rungs, my_keep = {rungs}, {keep}"


PLANTED = {
    "course2_improving/07_hyperparameter_search": {
        1: [
            Planted("uniform", DRAW, "rng.uniform(low, high, size)"),
            Planted("upside down", "(high / low)", "(low / high)"),
            Planted("starts at high", "low * (", "high * ("),
            Planted("range from 0", DRAW, "high * rng.random(size)"),
            Planted(
                "bases mixed",
                DRAW,
                "np.exp(rng.uniform(np.log10(low), np.log10(high), size))",
            ),
            Planted(
                "exponents not logarithms", DRAW, "10 ** rng.uniform(low, high, size)"
            ),
            Planted("squared", "** rng.random(size)", "** rng.random(size) ** 2"),
            Planted("difference", "(high / low)", "(high - low)"),
            Planted("uniform in 1/x", DRAW, "1 / rng.uniform(1 / high, 1 / low, size)"),
            Planted(
                "normal",
                DRAW,
                "np.exp(np.clip((np.log(low) + np.log(high)) / 2 + "
                "rng.standard_normal(size), np.log(low), np.log(high)))",
            ),
            Planted("size forgotten", "rng.random(size)", "rng.random()"),
            Planted("always one", "rng.random(size)", "rng.random(size or 1)"),
            Planted("own generator", "rng.random(", "np.random.default_rng().random("),
            Planted(
                "whole exponents",
                DRAW,
                "10.0 ** rng.integers(int(np.log10(low)), int(np.log10(high)) + 1, "
                "size)",
            ),
        ],
        2: [
            Planted("one over the chance", body=numbers(uniform=101)),
            Planted("95 % of that", body=numbers(uniform=96)),
            Planted("an even chance", body=numbers(uniform=70)),
            Planted("99 %", body=numbers(uniform=463)),
            Planted("round guess", body=numbers(uniform=320)),
            Planted("below 0.001 instead", body=numbers(uniform=3325)),
            Planted("one decade of four", body=numbers(log=11)),
            Planted("not rounded up", body=numbers(log=4)),
            Planted("a part of a try", body=numbers(log=4.32)),
            Planted("a part of a try too", body=numbers(uniform=301.1)),
            Planted("two tries for two halves", body=numbers(log=2)),
            Planted("one more to be sure", body=numbers(log=6)),
            Planted("scales swapped", body=numbers(5, 302, 100, 19.8)),
            Planted("middle of the memories", body=numbers(memory_uniform=505)),
            Planted("mean memory", body=numbers(memory_uniform=46.5)),
            Planted("geometric for both", body=numbers(memory_uniform=100)),
            Planted("arithmetic for both", body=numbers(memory_log=19.8)),
            Planted("beta, not 1 - beta", body=numbers(memory_log=19.3)),
            Planted("middle of the range", body=numbers(memory_log=505)),
            Planted("mean for median", body=numbers(memory_log=215)),
        ],
        3: [
            Planted("as the first colleague", "high + 1, rng", "high, rng"),
            Planted(
                "as the second", FLOOR, "np.rint(log_uniform(low, high, rng, size))"
            ),
            Planted("rounded up", FLOOR, "np.ceil(log_uniform(low, high, rng, size))"),
            Planted("rounded, one more", "np.floor(", "np.rint("),
            Planted(
                "half a step around",
                FLOOR,
                "np.rint(log_uniform(low - 0.5, high + 0.5, rng, size))",
            ),
            Planted(
                "one more below",
                FLOOR,
                "np.floor(log_uniform(low, high, rng, size)) + 1",
            ),
            Planted("uniform", FLOOR, "rng.integers(low, high + 1, size)"),
            Planted("too far", "high + 1, rng", "high + 2, rng"),
            Planted(
                "the top keeps what is too far",
                FLOOR,
                "np.floor(log_uniform(low, 2 * high, rng, size))",
            ),
            Planted("floats", ".astype(int)", ""),
            Planted(
                "always an array",
                "int(drawn) if size is None else drawn",
                "np.atleast_1d(drawn)",
            ),
            Planted(
                "wrong clip", "np.minimum(drawn, high)", "np.minimum(drawn, high - 1)"
            ),
        ],
        4: [
            Planted(
                "random points",
                "(slices + rng.random((n, k))) / n",
                "rng.random((n, k))",
            ),
            Planted("middles", "rng.random((n, k))", "0.5"),
            Planted("left edges", "slices + rng.random((n, k))", "slices"),
            Planted("one offset for all", "rng.random((n, k))", "rng.random()"),
            Planted("one offset per axis", "rng.random((n, k))", "rng.random((1, k))"),
            Planted("one offset per point", "rng.random((n, k))", "rng.random((n, 1))"),
            Planted("not shuffled", "rng.permutation(n)", "np.arange(n)"),
            Planted(
                "one order for all axes",
                SLICES,
                "np.stack([rng.permutation(n)] * k, axis=1)",
            ),
            Planted(
                "shifted, not shuffled",
                "rng.permutation(n)",
                "np.roll(np.arange(n), rng.integers(n))",
            ),
            Planted(
                "slices drawn with repeats",
                "rng.permutation(n)",
                "rng.integers(0, n, n)",
            ),
            Planted("transposed", SLICES, SLICES.replace("axis=1", "axis=0")),
            Planted(
                "rows shuffled together",
                SLICES,
                "rng.permutation(np.stack([np.arange(n)] * k, axis=1))",
            ),
            Planted("not scaled", ") / n", ")"),
            Planted("n - 1", ") / n", ") / (n - 1)"),
            Planted("leaves its slice", "rng.random((n, k))", "2 * rng.random((n, k))"),
            Planted(
                "only half a slice", "rng.random((n, k))", "rng.random((n, k)) / 2"
            ),
        ],
        5: [
            Planted(
                "with repeats",
                CHANCE,
                "[(i / N) ** n - ((i - 1) / N) ** n for i in range(1, N + 1)]",
            ),
            Planted("one of the rest too many", "comb(i - 1, n - 1)", "comb(i, n)"),
            Planted("order counts below", "comb(i - 1, n - 1)", "comb(i - 1, n)"),
            Planted("off by one", "range(1, N + 1)", "range(N, 0, -1)"),
            Planted(
                "worst for best", "np.sort(scores)", "-np.sort(-np.asarray(scores))"
            ),
            Planted("not sorted", "np.sort(scores)", "np.asarray(scores)"),
            Planted("smaller world", "comb(N, n)", "comb(N - 1, n)"),
            Planted("not divided by n", "comb(N, n)", "comb(N, n - 1)"),
            Planted("best of the first n", body="return float(np.max(scores[:n]))"),
            Planted("the best", body="return float(np.max(scores))"),
            Planted(
                "top n averaged", body="return float(np.mean(np.sort(scores)[-n:]))"
            ),
            Planted(
                "a quantile", body="return float(np.quantile(scores, n / (n + 1)))"
            ),
            Planted(
                "spoils the scores", "N = len(scores)", "scores.sort()\nN = len(scores)"
            ),
            Planted(
                "by drawing",
                body=(
                    "draw = np.random.default_rng(0)\n"
                    "return float(np.mean([draw.choice(scores, n, False).max()"
                    " for _ in range(500)]))"
                ),
            ),
        ],
        6: [
            Planted("as in the report", body=plan((1, 2, 4), 1 / 2)),
            Planted("in haste", body=plan((1, 2, 4), 1 / 4)),
            Planted("the pencil plan", body=plan((1, 3), 1 / 3)),
            Planted("one cut", body=plan((1,), 1 / 3)),
            Planted("one hard cut", body=plan((1,), 1 / 10)),
            Planted("waits for 2", body=plan((2,), 1 / 4)),
            Planted("waits for 3", body=plan((3,), 1 / 4)),
            Planted("waits for 2, twice", body=plan((2, 4), 1 / 4)),
            Planted("a third thrice", body=plan((1, 2, 4), 1 / 3)),
            Planted("half, four times", body=plan((1, 2, 4, 8), 1 / 2)),
            Planted("share to drop", body=plan((1, 2), 2 / 3)),
            Planted("no cut", body=plan((), 1 / 3)),
            Planted("every epoch", body=plan(tuple(range(1, 12)), 3 / 4)),
            Planted("keeps nobody", body=plan((1, 2), 0)),
            Planted("in per cent", body=plan((1, 2), 33)),
        ],
    }
}

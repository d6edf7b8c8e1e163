"""Wrong answers to the exercises of notebooks/03_numbers_that_repeat."""

from tests.planted import Planted

SPAWNED = "np.random.default_rng(seed).spawn(3)"

PLANTED = {
    "notebooks/03_numbers_that_repeat": {
        1: [
            Planted("no hidden digit", "0 if exponent == 0 else 1", "0"),
            Planted("always a hidden digit", "0 if exponent == 0 else 1", "1"),
            Planted("subnormal exponent", "max(exponent, 1)", "exponent"),
            Planted("bias one too large", "- 1)) - 1", "- 1))"),
            Planted("bias of float32", "(1 << (exponent_bits - 1)) - 1", "127"),
            Planted("no bias", "max(exponent, 1) - bias", "max(exponent, 1)"),
            Planted("sign of the bias", "- bias", "+ bias"),
            Planted("no sign", "sign * digits", "digits"),
            Planted("sign turned", "-1.0 if", "1.0 if not"),
            Planted("sign at the wrong bit", "(exponent_bits + fraction_bits)", "31"),
            Planted("fraction not scaled", " / (1 << fraction_bits)", ""),
            Planted("fraction scaled once too often", "/ (1 <<", "/ (2 <<"),
            Planted(
                "sign bit left in the exponent", " & ((1 << exponent_bits) - 1)", ""
            ),
            Planted("in float32", "sign * digits *", "sign * np.float32(digits) *"),
        ],
        2: [
            Planted("one more", "2.0**24", "2.0**24 + 1"),
            Planted("one less", "2.0**24", "2.0**24 - 1"),
            Planted("off by a power", "2.0**24", "2.0**23"),
            Planted("float64", "2.0**24", "2.0**53"),
            Planted("seven digits", "2.0**24", "1e7"),
            Planted("next exponent", "(9 - 23)", "(10 - 23)"),
            Planted("gap at 1", "(9 - 23)", "(0 - 23)"),
            Planted("relative", "2.0 ** (9 - 23)", "700 * 2.0**-23"),
            Planted("bits counted as 24", "(9 - 23)", "(9 - 24)"),
            Planted("sloppy", "2.0 ** (9 - 23)", "6.1e-5"),
            Planted("half the gap above", "2.0**-25", "2.0**-24"),
            Planted("epsilon", "2.0**-25", "2.0**-23"),
            Planted("a tie moves it", "2.0**-25", "2.0**-26"),
            Planted("sign", "2.0**-25", "-(2.0**-25)"),
        ],
        3: [
            Planted("running", body="return running(x)"),
            Planted("library", body="return np.sum(x)"),
            Planted("odd ones cut", "np.append(x, x.dtype.type(0))", "x[:-1]"),
            Planted("padded with a one", "x.dtype.type(0)", "x.dtype.type(1)"),
            Planted("float64", "return x[0]", "return float(x[0])"),
            Planted(
                "float64 inside",
                body="x = np.asarray(x, float)\n"
                "while len(x) > 1:\n"
                "    x = np.append(x, 0.0) if len(x) % 2 else x\n"
                "    x = x[0::2] + x[1::2]\n"
                "return np.float32(x[0])",
            ),
            Planted("exact", body="return np.float32(math.fsum(x.tolist()))"),
            Planted("an array", "return x[0]", "return x[:0]"),
            Planted("stops early", "len(x) > 1", "len(x) > 2"),
            Planted(
                "first and rest",
                body="return x[0] + (pairwise(x[1:]) if len(x) > 1 else 0)",
            ),
            Planted("one round", "while len(x)", "if len(x)"),
            Planted(
                "blocks of running sums",
                body="if len(x) < 4:\n"
                "    return running(x)\n"
                "blocks = np.array_split(x, int(len(x) ** 0.5))\n"
                "return running(np.array([running(b) for b in blocks]))",
            ),
            Planted(
                "pairs, then the library",
                body="if len(x) < 4:\n"
                "    return running(x)\n"
                "return np.sum(x[: len(x) // 2]) + np.sum(x[len(x) // 2 :])",
            ),
            Planted(
                "three rounds of pairs",
                body="for _ in range(3):\n"
                "    x = np.append(x, x.dtype.type(0)) if len(x) % 2 else x\n"
                "    x = x[0::2] + x[1::2]\n"
                "return running(x)",
            ),
            Planted("always float32", "while len", "x = np.float32(x)\nwhile len"),
            Planted(
                "short pieces exact",
                body="if len(x) <= 8:\n"
                "    return x.dtype.type(math.fsum(x.tolist()))\n"
                "h = len(x) // 2\n"
                "return pairwise(x[:h]) + pairwise(x[h:])",
            ),
        ],
        4: [
            Planted("one generator", SPAWNED, "[np.random.default_rng(seed)] * 3"),
            Planted(
                "the same seed three times",
                SPAWNED,
                "[np.random.default_rng(seed) for _ in range(3)]",
            ),
            Planted(
                "neighbouring seeds",
                SPAWNED,
                "[np.random.default_rng(seed + k) for k in range(3)]",
            ),
            Planted(
                "jumps of ten",
                SPAWNED,
                "[np.random.default_rng(seed + 10 * k) for k in range(3)]",
            ),
            Planted("spawned from outside", "np.random.default_rng(seed)", "rng"),
            Planted("no seed", "default_rng(seed)", "default_rng()"),
            Planted("a fixed seed", "default_rng(seed)", "default_rng(0)"),
            Planted(
                "jumps of a thousand",
                SPAWNED,
                "[np.random.default_rng(seed + 1000 * k) for k in range(3)]",
            ),
            Planted(
                "jumps of a million",
                SPAWNED,
                "[np.random.default_rng(seed + 10**6 * k) for k in range(3)]",
            ),
            Planted(
                "first columns",
                "for_figure.choice(m, num_shown, replace=False)",
                ":num_shown",
            ),
            Planted(
                "figure from a fixed seed",
                "for_figure.choice",
                "np.random.default_rng(0).choice",
            ),
            Planted(
                "weights drawn before the figure",
                body="rng = np.random.default_rng(seed)\n"
                "X, W = rng.random((2, m)), rng.random((n_h, 2))\n"
                "return X, X[:, rng.choice(m, num_shown, replace=False)], W",
            ),
            Planted(
                "figure from the weights'", "for_figure.choice", "for_weights.choice"
            ),
            Planted("with replacement", "replace=False", "replace=True"),
            Planted(
                "shown not from X",
                "X[:, for_figure.choice(m, num_shown, replace=False)]",
                "for_figure.random((2, num_shown))",
            ),
            Planted(
                "figure skipped",
                "X[:, for_figure.choice(m, num_shown, replace=False)]",
                "X[:, :0]",
            ),
            Planted("weights transposed", "(n_h, 2)", "(2, n_h)"),
            Planted(
                "one seeded draw for all",
                "for_weights.random((n_h, 2))",
                "X[:, :1].T * np.ones((n_h, 1))",
            ),
        ],
        5: [
            Planted("sign", "risk / D", "D / risk"),
            Planted("no risk", "risk / D", "1 / D"),
            Planted("rounded up", "math.floor", "math.ceil"),
            Planted("rounded", "math.floor", "round"),
            Planted("natural logarithm", "math.log10", "math.log"),
            Planted("base 2", "math.log10", "math.log2"),
            Planted(
                "first two only",
                "max(answers) - min(answers)",
                "abs(answers[1] - answers[0])",
            ),
            Planted(
                "from the first",
                "max(answers) - min(answers)",
                "max(abs(a - answers[0]) for a in answers)",
            ),
            Planted(
                "of neighbours",
                "max(answers) - min(answers)",
                "float(np.abs(np.diff(answers)).max())",
            ),
            Planted(
                "standard deviation",
                "max(answers) - min(answers)",
                "float(np.std(answers))",
            ),
            Planted(
                "relative",
                "max(answers) - min(answers)",
                "(max(answers) - min(answers)) / abs(answers[0])",
            ),
            Planted("may be negative", "max(0, ", "max(-9, "),
            Planted("no upper end", "min(15, ", "min(99, "),
            Planted("equal answers forgotten", "D == 0", "D < 0"),
            Planted("always three", body="return 3"),
            Planted(
                "one digit spared", "math.log10(risk / D)", "math.log10(risk / D) - 1"
            ),
            Planted("signed", "max(answers) - min(answers)", "answers[1] - answers[0]"),
        ],
        6: [
            Planted("float32 is a bug", '"A": "rounding"', '"A": "bug"'),
            Planted("all digits lost is a bug", '"B": "rounding"', '"B": "bug"'),
            Planted("a small factor is rounding", '"C": "bug"', '"C": "rounding"'),
            Planted("an equal start is rounding", '"D": "bug"', '"D": "rounding"'),
            Planted("all bugs", "rounding", "bug", count=2),
            Planted("one left out", ', "D": "bug"'),
            Planted("another word", '"C": "bug"', '"C": "m - 1"'),
        ],
    }
}

"""Wrong answers to the exercises of course4_cnn/09_face_recognition."""

from tests.planted import Planted

NUMBERS = """collapsed_cost = {cost}
collapsed_slope = {slope}
halved_share = {share}
worst_cost = {worst}"""

DOOR = """rate_needed = {rate}
comparisons_needed = {comparisons}
orl_is_enough = {enough}"""

PLANTED = {
    "course4_cnn/09_face_recognition": {
        1: [
            Planted("K are drawn", "K - 1", "K", count=2),
            Planted("K - 2 are drawn", "K - 1", "K - 2", count=2),
            Planted("K of n choices", "math.comb(n, K - 1)", "math.comb(n, K)"),
            Planted("right photo among the n", "math.comb(n, ", "math.comb(n + 1, "),
            Planted("avoids the others", "n - int(r)", "int(r)"),
            Planted("one too many avoided", "n - int(r)", "n - int(r) - 1"),
            Planted("one too few avoided", "n - int(r)", "n - int(r) + 1"),
            Planted("not the mean", "np.mean(", "np.sum("),
            Planted(
                "drawn with repetition",
                "math.comb(n - int(r), K - 1) / choices",
                "(1 - int(r) / n) ** (K - 1)",
            ),
            Planted(
                "chance of the average probe",
                body="choices = math.comb(n, K - 1)\n"
                "return math.comb(n - round(np.mean(nearer)), K - 1) / choices",
            ),
            Planted(
                "the complement",
                "return float(np.mean(",
                "return 1 - float(np.mean(",
            ),
            Planted(
                "whole gallery only",
                body="return float(np.mean(np.asarray(nearer) == 0))",
            ),
            Planted("list of chances", "float(np.mean(", "np.array((", count=1),
        ],
        2: [
            Planted("mean is a sum", "np.maximum(g, 0)) / m", "np.maximum(g, 0))"),
            Planted("no 1/m in the slopes", "2 * (g > 0) / m", "2 * (g > 0)"),
            Planted("no factor 2", "2 * (g > 0) / m", "(g > 0) / m"),
            Planted("m is the features", "A.shape[1]", "A.shape[0]"),
            Planted("no hinge in the cost", "np.maximum(g, 0)", "g"),
            Planted("no hinge in the slopes", "2 * (g > 0) / m", "2 / m"),
            Planted("slope at the kink", "(g > 0)", "(g >= 0)"),
            Planted("sign of the margin", "+ margin", "- margin"),
            Planted("margin forgotten", " + margin", " + 0.2"),
            Planted(
                "P and N swapped",
                "(A - P) ** 2, axis=0) - np.sum((A - N)",
                "(A - N) ** 2, axis=0) - np.sum((A - P)",
            ),
            Planted("sign of dA", "(N - P) * active", "(P - N) * active"),
            Planted("sign of dP", "(P - A) * active", "(A - P) * active"),
            Planted("sign of dN", "(A - N) * active", "(N - A) * active"),
            Planted("dA forgets N", "(N - P) * active", "(A - P) * active"),
            Planted("axis", "axis=0", "axis=1", count=2),
            Planted(
                "distances not squared",
                body="m = A.shape[1]\n"
                "to_P = np.sqrt(np.sum((A - P) ** 2, axis=0))\n"
                "to_N = np.sqrt(np.sum((A - N) ** 2, axis=0))\n"
                "g = to_P - to_N + margin\n"
                "active = (g > 0) / m\n"
                "dP = (P - A) / to_P * active\n"
                "dN = (A - N) / to_N * active\n"
                "return np.sum(np.maximum(g, 0)) / m, -dP - dN, dP, dN",
            ),
            Planted(
                "hinge over the whole batch",
                "np.sum(np.maximum(g, 0)) / m",
                "max(np.sum(g) / m, 0)",
            ),
            Planted(
                "loss as a slope",
                "active = 2 * (g > 0)",
                "active = 2 * np.maximum(g, 0)",
            ),
        ],
        3: [
            Planted(
                "collapsed costs nothing",
                body=NUMBERS.format(cost=0.0, slope=0.0, share=0.25, worst=4.2),
            ),
            Planted(
                "margin as slope",
                body=NUMBERS.format(cost=0.2, slope=0.2, share=0.25, worst=4.2),
            ),
            Planted(
                "twice the margin as slope",
                body=NUMBERS.format(cost=0.2, slope=0.4, share=0.25, worst=4.2),
            ),
            Planted(
                "distances not squared",
                body=NUMBERS.format(cost=0.2, slope=0.0, share=0.5, worst=4.2),
            ),
            Planted(
                "shrinking changes nothing",
                body=NUMBERS.format(cost=0.2, slope=0.0, share=1.0, worst=4.2),
            ),
            Planted(
                "no margin in the worst",
                body=NUMBERS.format(cost=0.2, slope=0.0, share=0.25, worst=4.0),
            ),
            Planted(
                "worst not squared",
                body=NUMBERS.format(cost=0.2, slope=0.0, share=0.25, worst=2.2),
            ),
            Planted(
                "at right angles",
                body=NUMBERS.format(cost=0.2, slope=0.0, share=0.25, worst=2.2 - 2),
            ),
            Planted(
                "about",
                body=NUMBERS.format(cost=0.21, slope=0.0, share=0.25, worst=4.2),
            ),
        ],
        4: [
            Planted("hard negatives", "others & (D[a] > D[a, p][:, None])", "others"),
            Planted("only nearer ones", "D[a] > D[a, p]", "D[a] < D[a, p]"),
            Planted("as far is farther", "D[a] > D[a, p]", "D[a] >= D[a, p]"),
            Planted("same person as negative", "others = ~same[a]", "others = same[a]"),
            Planted("any photo beyond", "fits = others & ", "fits = "),
            Planted(
                "the anchor is its own positive",
                " & ~np.eye(len(owner), dtype=bool)",
                "",
            ),
            Planted("fallback is the nearest", "-np.inf).argmax", "np.inf).argmin"),
            Planted(
                "no fallback",
                "np.where(fits.any(axis=1), nearest, farthest)",
                "nearest",
            ),
            Planted(
                "always the farthest",
                "np.where(fits.any(axis=1), nearest, farthest)",
                "farthest",
            ),
            Planted("fallback of anybody", "np.where(others, D[a], -np.inf)", "D[a]"),
            Planted(
                "distances from p",
                "fits = others & (D[a] > D[a, p][:, None])",
                "fits = others & (D[p] > D[a, p][:, None])",
            ),
            Planted(
                "nearest to p",
                "np.where(fits, D[a], np.inf)",
                "np.where(fits, D[p], np.inf)",
            ),
            Planted(
                "each pair once",
                "same & ~np.eye(len(owner), dtype=bool)",
                "np.triu(same, 1)",
            ),
            Planted(
                "farthest beyond",
                "np.where(fits, D[a], np.inf).argmin",
                "np.where(fits, D[a], -1).argmax",
            ),
            Planted("columns swapped", "return a, p, np", "return p, a, np"),
        ],
        5: [
            Planted(
                "still photos, stratified",
                body="test = np.arange(len(owner)) % 4 == 3\nreturn ~test, test",
            ),
            Planted(
                "shuffled photos",
                body="test = draw.permutation(len(owner)) < len(owner) // 4\n"
                "return ~test, test",
            ),
            Planted("parts swapped", "return ~test, test", "return test, ~test"),
            Planted("overlap", "return ~test, test", "return np.ones_like(test), test"),
            Planted(
                "the first people",
                "draw.choice(np.unique(owner), num_new, replace=False)",
                "np.unique(owner)[:num_new]",
            ),
            Planted("people drawn twice", ", replace=False", ""),
            Planted("drawn among photos", "np.unique(owner)", "owner"),
            Planted("fixed seed", "draw.choice", "np.random.default_rng(0).choice"),
            Planted("always ten", "num_new, replace", "10, replace"),
            Planted("numbers 1 to 40", "np.unique(owner)", "np.arange(1, 41)"),
            Planted(
                "places, not masks",
                "return ~test, test",
                "return np.flatnonzero(~test), np.flatnonzero(test)",
            ),
            Planted(
                "forgets the rest",
                "return ~test, test",
                "return ~test & (np.arange(len(owner)) > 0), test",
            ),
        ],
        6: [
            Planted(
                "per stranger only",
                "1 - (1 - per_stranger) ** (1 / 500)",
                "per_stranger",
            ),
            Planted("one comparison per stranger", "1 / (100 * 200)", "1 / 100"),
            Planted("a year of strangers", "1 / (100 * 200)", "1 / (365 * 200)"),
            Planted("one a day", "1 / (100 * 200)", "1 / 200"),
            Planted("gallery of strangers", "1 / (100 * 200)", "1 / (100 * 500)"),
            Planted("pairs of employees", "(1 / 500)", "(1 / (500 * 499 / 2))"),
            Planted("times, not the root", "** (1 / 500)", "** 500"),
            Planted(
                "accept for reject",
                "1 - (1 - per_stranger) ** (1 / 500)",
                "(1 - per_stranger) ** (1 / 500)",
            ),
            Planted("one over n", "3 / rate_needed", "1 / rate_needed"),
            Planted("a third of the rate", "3 / rate_needed", "rate_needed / 3"),
            Planted("ORL is enough", ">= comparisons_needed", "< comparisons_needed"),
            Planted(
                "sloppy",
                body=DOOR.format(rate=1e-6, comparisons=3e6, enough=False),
            ),
            Planted(
                "only the pairs of the test",
                body=DOOR.format(rate=1e-3, comparisons=3e3, enough=True),
            ),
        ],
    },
}

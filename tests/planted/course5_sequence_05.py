"""Wrong answers to the exercises of course5_sequence/05_word_vectors."""

from tests.planted import Planted

PLANTED = {
    "course5_sequence/05_word_vectors": {
        1: [
            Planted("plain products", "(U / lengths_U) @ (V / lengths_V).T", "U @ V.T"),
            Planted("lengths of U only", "(V / lengths_V).T", "V.T"),
            Planted("lengths of V only", "(U / lengths_U)", "U"),
            Planted(
                "squared lengths",
                "(U / lengths_U) @ (V / lengths_V).T",
                "(U / lengths_U**2) @ (V / lengths_V**2).T",
            ),
            Planted(
                "one length for the whole table",
                "np.linalg.norm(U, axis=1, keepdims=True)",
                "np.linalg.norm(U)",
            ),
            Planted(
                "lengths of the columns",
                "np.linalg.norm(U, axis=1, keepdims=True)",
                "np.linalg.norm(U, axis=0, keepdims=True)",
            ),
            Planted(
                "transposed",
                "return (U / lengths_U) @ (V / lengths_V).T",
                "return (V / lengths_V) @ (U / lengths_U).T",
            ),
            Planted(
                "sums of absolute values for lengths",
                "np.linalg.norm(U, axis=1, keepdims=True)",
                "np.abs(U).sum(axis=1, keepdims=True)",
            ),
            Planted(
                "row with the row of equal number only",
                body=(
                    "k = min(len(U), len(V))\n"
                    "top = (U[:k] * V[:k]).sum(axis=1)\n"
                    "return top / np.linalg.norm(U[:k], axis=1)"
                    " / np.linalg.norm(V[:k], axis=1)"
                ),
            ),
            Planted(
                "U scaled in place",
                body=(
                    "U /= np.linalg.norm(U, axis=1, keepdims=True)\n"
                    "return U @ (V / np.linalg.norm(V, axis=1, keepdims=True)).T"
                ),
            ),
            Planted(
                "sizes of the cosines",
                "return (U / lengths_U) @ (V / lengths_V).T",
                "return np.abs((U / lengths_U) @ (V / lengths_V).T)",
            ),
            Planted(
                "correlation, means taken off",
                "(U / lengths_U) @ (V / lengths_V).T",
                "np.corrcoef(U, V)[: len(U), len(U) :]",
            ),
        ],
        2: [
            Planted("sign of a", '"a": 0.6 - 1 + 0.7', '"a": 0.6 + 1 + 0.7'),
            Planted("a and b exchanged", '"b": 1 - 0.6 + 0.5', '"b": 0.6 - 1 + 0.5'),
            Planted("b without itself", '"b": 1 - 0.6 + 0.5', '"b": 0 - 0.6 + 0.5'),
            Planted("c subtracted", '"c": 0.5 - 0.7 + 1', '"c": 0.5 + 0.7 - 1'),
            Planted("only b + c", "0.7 - 0.45 + 0.7}", "0.7 + 0.7}"),
            Planted("off by .01", "0.7 - 0.45 + 0.7}", "0.96}"),
            Planted("b wins", 'winner = "d"', 'winner = "b"'),
            Planted("c wins", 'winner = "d"', 'winner = "c"'),
            Planted("the given cosine", "needed = 0.9 - 0.7 + 0.45", "needed = 0.7"),
            Planted("beats c only", "needed = 0.9 - 0.7 + 0.45", "needed = 0.55"),
            Planted("sign", "needed = 0.9 - 0.7 + 0.45", "needed = 0.9 - 0.7 - 0.45"),
            Planted("nearly", "needed = 0.9 - 0.7 + 0.45", "needed = 0.649"),
            Planted("a score", "needed = 0.9 - 0.7 + 0.45", "needed = 0.9"),
            Planted("no cosine", "needed = 0.9 - 0.7 + 0.45", "needed = 1.5"),
            Planted("too careful", "needed = 0.9 - 0.7 + 0.45", "needed = 0.651"),
        ],
        3: [
            Planted(
                "a - b + c",
                "directions[b] - directions[a] + directions[c]",
                "directions[a] - directions[b] + directions[c]",
            ),
            Planted(
                "b + c",
                "directions[b] - directions[a] + directions[c]",
                "directions[b] + directions[c]",
            ),
            Planted(
                "c subtracted",
                "directions[b] - directions[a] + directions[c]",
                "directions[b] - directions[a] - directions[c]",
            ),
            Planted("only c barred", "for given in (a, b, c)", "for given in (c,)"),
            Planted("a may answer", "for given in (a, b, c)", "for given in (b, c)"),
            Planted("no word barred", "for given in (a, b, c)", "for given in ()"),
            Planted(
                "barred for all questions",
                "nearness[np.arange(len(given)), given]",
                "nearness[:, given]",
            ),
            Planted("least", "nearness.argmax(axis=1)", "nearness.argmin(axis=1)"),
            Planted(
                "over the questions",
                "nearness.argmax(axis=1)",
                "nearness.argmax(axis=0)",
            ),
            Planted("barred with 0", "= -np.inf", "= 0"),
            Planted("barred with -1", "= -np.inf", "= -1"),
            Planted(
                "b - a alone",
                "directions[b] - directions[a] + directions[c]",
                "directions[b] - directions[a]",
            ),
            Planted(
                "words of the first question",
                "nearness[np.arange(len(given)), given]",
                "nearness[:, given[0]]",
            ),
            Planted(
                "far counts as near",
                "targets @ directions.T",
                "np.abs(targets @ directions.T)",
            ),
        ],
        4: [
            Planted("mean of each word", "X.mean(axis=0)", "X.mean(axis=1)[:, None]"),
            Planted("one mean for all", "X.mean(axis=0)", "X.mean()"),
            Planted("not centred", "X = X - X.mean(axis=0)", "X = X * 1.0"),
            Planted(
                "map moved afterwards, axes not",
                body=(
                    "_, sizes, axes = np.linalg.svd(X, full_matrices=False)\n"
                    "places = (X - X.mean(axis=0)) @ axes[:2].T\n"
                    "return places, sizes[:2] ** 2 / np.sum(sizes**2)"
                ),
            ),
            Planted(
                "first axis dropped in place of the mean",
                body=(
                    "_, sizes, axes = np.linalg.svd(X, full_matrices=False)\n"
                    "places = (X - X.mean(axis=0)) @ axes[1:3].T\n"
                    "return places, sizes[1:3] ** 2 / np.sum(sizes[1:] ** 2)"
                ),
            ),
            Planted(
                "shares not squared",
                "sizes[:2] ** 2 / np.sum(sizes**2)",
                "sizes[:2] / np.sum(sizes)",
            ),
            Planted(
                "shares of the two only",
                "np.sum(sizes**2)",
                "np.sum(sizes[:2] ** 2)",
            ),
            Planted(
                "divided by the spread",
                "X.mean(axis=0)\n",
                "X.mean(axis=0)\nX = X / X.std(axis=0)\n",
            ),
            Planted("columns for axes", "axes[:2].T", "axes[:, :2]"),
            Planted("median", "X.mean(axis=0)", "np.median(X, axis=0)"),
            Planted(
                "axes brought to one width",
                "return X @ axes[:2].T, sizes",
                "return X @ axes[:2].T / sizes[:2], sizes",
            ),
            Planted(
                "rows brought to length 1",
                "X = X - X.mean(axis=0)",
                "X = word_vectors.unit(X - X.mean(axis=0))",
            ),
            Planted(
                "in place",
                "X = X - X.mean(axis=0)",
                "X -= X.mean(axis=0)",
            ),
        ],
        5: [
            Planted(
                "any length taken for 1",
                "axis = g / np.linalg.norm(g)\nreturn",
                "axis = g\nreturn",
            ),
            Planted(
                "divided by the length once",
                "return vectors - np.outer(vectors @ axis, axis)",
                "return vectors - np.outer(vectors @ g, axis)",
            ),
            Planted(
                "added",
                "return vectors - np.outer",
                "return vectors + np.outer",
            ),
            Planted(
                "mirrored",
                "np.outer(vectors @ axis, axis)",
                "2 * np.outer(vectors @ axis, axis)",
            ),
            Planted(
                "only the part along g",
                "return vectors - np.outer",
                "return np.outer",
            ),
            Planted(
                "brought to length 1 besides",
                "return vectors - np.outer(vectors @ axis, axis)",
                "return word_vectors.unit(vectors - np.outer(vectors @ axis, axis))",
            ),
            Planted(
                "pair: g not of length 1",
                "axis = g / np.linalg.norm(g)\nshared",
                "axis = g\nshared",
            ),
            Planted(
                "each on the side of its sign",
                "1 if pair[0] @ axis > pair[1] @ axis else -1",
                "1 if pair[0] @ axis > 0 else -1",
            ),
            Planted(
                "first always towards g",
                "1 if pair[0] @ axis > pair[1] @ axis else -1",
                "1",
            ),
            Planted(
                "sides exchanged",
                "1 if pair[0] @ axis > pair[1] @ axis else -1",
                "-1 if pair[0] @ axis > pair[1] @ axis else 1",
            ),
            Planted("no root", "np.sqrt(1 - shared @ shared)", "1 - shared @ shared"),
            Planted(
                "root from the uncut mean",
                "s = np.sqrt(1 - shared @ shared)",
                "s = np.sqrt(1 - pair.mean(axis=0) @ pair.mean(axis=0))",
            ),
            Planted(
                "sum for the mean",
                "shared = pair.mean(axis=0)",
                "shared = pair.sum(axis=0)",
            ),
            Planted(
                "mean not made neutral",
                "shared = shared - (shared @ axis) * axis",
                "shared = shared * 1.0",
            ),
            Planted(
                "the old distance along g",
                "s = np.sqrt(1 - shared @ shared)",
                "s = abs(pair[0] @ axis - pair[1] @ axis) / 2",
            ),
            Planted(
                "the first word for the mean",
                "shared = pair.mean(axis=0)",
                "shared = pair[0]",
            ),
        ],
    },
}

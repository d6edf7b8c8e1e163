"""Wrong answers to the exercises of course1_nn/01_numpy_for_networks."""

from tests.planted import Planted

COLUMN = "(4, 5),  # the column is stretched over 5 columns"
MEANS = "(4, 5),  # the means are (5,)"
TABLE = "(5, 5),  # (1, 5) against (5, 1): a table of all differences"
PRODUCT = "(4,),  # a matrix product, not a broadcast: one number per row"
SIGMOID = "np.where(z >= 0, 1.0, e) / (1.0 + e)"
SLOPE = "return e / (1.0 + e) ** 2"
FORTH = "pictures.reshape(len(pictures), -1).T"
BACK = "X.T.reshape(-1, *shape)"

PLANTED = {
    "course1_nn/01_numpy_for_networks": {
        1: [
            Planted("the column shrinks it", COLUMN, "(4, 1),"),
            Planted("flush left", '"error",', "(4, 5),"),
            Planted("the mean is one number", '"error",', "(1,),"),
            Planted("the mean keeps its axis", MEANS, '"error",  # (5,)'),
            Planted("the mean of columns", MEANS, "(5,),  # (5,)"),
            Planted("elementwise", TABLE, "(5,),"),
            Planted("a column", TABLE, "(5, 1),"),
            Planted("needs all axes", "(32, 28, 28, 3),", '"error",'),
            Planted("only the channels", "(32, 28, 28, 3),", "(3,),"),
            Planted("broadcast", PRODUCT, "(4, 5),"),
            Planted("no row", PRODUCT, '"error",'),
            Planted("transposed", PRODUCT, "(5,),"),
            Planted("kept axis", PRODUCT, "(4, 1),"),
            Planted("a number, no tuple", PRODUCT, "(4),"),
            Planted("one answer short", PRODUCT, ""),
        ],
        2: [
            Planted("overflows", "np.exp(-np.abs(z))  #", "np.exp(-z)  #"),
            Planted("sign", "z >= 0, 1.0, e", "z < 0, 1.0, e"),
            Planted("tanh", SIGMOID, "np.tanh(z)"),
            Planted("tanh loses small ones", SIGMOID, "0.5 * (1 + np.tanh(z / 2))"),
            Planted("no numerator", "np.where(z >= 0, 1.0, e)", "1.0"),
            Planted("clipped", "np.abs(z))  #", "np.clip(np.abs(z), 0, 20))  #"),
            Planted("clipped late", "np.abs(z))  #", "np.clip(np.abs(z), 0, 709))  #"),
            Planted(
                "silenced",
                f"return {SIGMOID}",
                "with np.errstate(all='ignore'):\n    return 1 / (1 + np.exp(-z))",
            ),
            Planted(
                "both branches, silenced",
                f"return {SIGMOID}",
                "with np.errstate(all='ignore'):\n"
                "    u = np.exp(z)\n    return np.where(z < 0, u, u) / (1 + u)",
            ),
            Planted("in place", f"return {SIGMOID}", f"z[...] = {SIGMOID}\nreturn z"),
            Planted("flattened", f"return {SIGMOID}", f"return np.ravel({SIGMOID})"),
            Planted("slope of tanh", SLOPE, "return 4 * e**2 / (1 + e**2) ** 2"),
            Planted("slope sign", SLOPE, "return -e / (1.0 + e) ** 2"),
            Planted("no square", SLOPE, "return e / (1.0 + e)"),
            Planted("s (1 - s)", SLOPE, "return sigmoid(z) * (1.0 - sigmoid(z))"),
            Planted("slope from z", SLOPE, "return z * (1.0 - z)"),
            Planted(
                "slope at sigmoid of z",
                SLOPE,
                "return (lambda t: t * (1 - t))(sigmoid(sigmoid(z)))",
            ),
            Planted(
                "slope cut off",
                SLOPE,
                "return np.where(np.abs(z) > 6, 0.0, e / (1.0 + e) ** 2)",
            ),
            Planted(
                "slope by differences",
                SLOPE,
                "return (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6",
            ),
            Planted("slope in place", SLOPE, "z[...] = e / (1.0 + e) ** 2\nreturn z"),
        ],
        3: [
            Planted("not stable", "Z - Z.max(axis=0, keepdims=True)", "Z"),
            Planted("minus the mean", "Z.max(", "Z.mean("),
            Planted("minus the smallest", "Z.max(", "Z.min("),
            Planted("axis of the sum", "E.sum(axis=0", "E.sum(axis=1"),
            Planted("sum of everything", "E.sum(axis=0, keepdims=True)", "E.sum()"),
            Planted("rows", "axis=0", "axis=1", count=2),
            Planted("maximum of everything", "Z.max(axis=0, keepdims=True)", "Z.max()"),
            Planted("sign", "np.exp(Z - Z.max", "np.exp(Z.max"),
            Planted("no exponential", body="return Z / Z.sum(axis=0, keepdims=True)"),
            Planted("by the largest", "E.sum(axis=0", "E.max(axis=0"),
            Planted("sigmoid", body="return sigmoid(Z)"),
            Planted(
                "clipped",
                body="E = np.exp(np.clip(Z, -500, 500))\nreturn E / E.sum(axis=0)",
            ),
            Planted(
                "in place",
                body="Z -= Z.max(axis=0)\nE = np.exp(Z)\nreturn E / E.sum(axis=0)",
            ),
            Planted(
                "silenced",
                body="with np.errstate(all='ignore'):\n"
                "    return np.exp(Z) / np.exp(Z).sum(axis=0)",
            ),
        ],
        4: [
            Planted("the colleague's", FORTH, "pictures.reshape(-1, len(pictures))"),
            Planted("his way back", BACK, "X.reshape(-1, *shape)"),
            Planted("not transposed", FORTH, "pictures.reshape(len(pictures), -1)"),
            Planted("transposed first", FORTH, "pictures.T.reshape(-1, len(pictures))"),
            Planted(
                "column by column",
                FORTH,
                "pictures.reshape(len(pictures), -1, order='F').T",
            ),
            Planted(
                "channels first",
                FORTH,
                "np.moveaxis(pictures, -1, 1).reshape(len(pictures), -1).T",
            ),
            Planted(
                "upside down", FORTH, "pictures[:, ::-1].reshape(len(pictures), -1).T"
            ),
            Planted("one picture only", BACK, "X[:, 0].reshape(*shape)"),
            Planted("examples last", BACK, "X.reshape(*shape, -1)"),
            Planted("width first", BACK, "X.T.reshape(-1, *shape).swapaxes(1, 2)"),
            Planted("order of the axes", BACK, "X.T.reshape(-1, *shape, order='F')"),
            Planted("only for colour", BACK, "X.T.reshape(-1, *shape[:2], 3)"),
        ],
        5: [
            Planted("L1 at the mean", "best_l1 = 4.0", "best_l1 = 12.0"),
            Planted("L2 at the median", "best_l2 = 12.0", "best_l2 = 4.0"),
            Planted("swapped", "best_l1 = 4.0", "best_l1 = 12.0; best_l2 = 4.0; #"),
            Planted("middle of the range", "best_l2 = 12.0", "best_l2 = 23.5"),
            Planted("without the outlier", "best_l2 = 12.0", "best_l2 = 15.0"),
            Planted("a sloppy guess", "best_l2 = 12.0", "best_l2 = 12.1"),
            Planted("the other loss", '"L1"  #', '"L2"  #'),
            Planted("off by one", "best_l1 = 4.0", "best_l1 = 5.0"),
        ],
        6: [
            Planted("too bold", "0.985", "0.5"),
            Planted("still too bold", "0.985", "0.9"),
            Planted("what softmax says", "0.985", "0.95"),
            Planted("a little too bold", "0.985", "0.97"),
            Planted("too careful", "0.985", "0.99"),
            Planted("much too careful", "0.985", "0.999"),
            Planted("nobody is that sure", "0.985", "1.0"),
            Planted("per cent", "0.985", "98.5"),
        ],
    },
}

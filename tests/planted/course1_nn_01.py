"""Wrong answers to the exercises of course1_nn/01_numpy_for_networks."""

from tests.planted import Planted

COLUMN = "(4, 5),  # the column is stretched over 5 columns"
TABLE = "(5, 5),  # (1, 5) against (5, 1): a table of all differences"
PRODUCT = "(4,),  # a matrix product, not a broadcast: one number per row"

PLANTED = {
    "course1_nn/01_numpy_for_networks": {
        1: [
            Planted("the column shrinks it", COLUMN, "(4, 1),"),
            Planted("flush left", '"error",', "(4, 5),"),
            Planted("per row", "(4, 5),  # (1, 5)", '"error",  # (1, 5)'),
            Planted("elementwise", TABLE, "(5,),"),
            Planted("a column", TABLE, "(5, 1),"),
            Planted("needs all axes", "(32, 28, 28, 3),", '"error",'),
            Planted("broadcast", PRODUCT, "(4, 5),"),
            Planted("transposed", PRODUCT, "(5,),"),
            Planted("kept axis", PRODUCT, "(4, 1),"),
        ],
        2: [
            Planted("forgotten keepdims", ", keepdims=True", ""),
            Planted("axis", "axis=1", "axis=0"),
            Planted("all of it", "axis=1, keepdims=True", ""),
            Planted("sum", "X.mean", "X.sum"),
            Planted("sign", "X - X.mean", "X + X.mean"),
            Planted("divides", "X - X.mean", "X / X.mean"),
            Planted("transposed", body="return (X - X.mean(axis=1, keepdims=True)).T"),
            Planted("in place", body="X -= X.mean(axis=1, keepdims=True)\nreturn X"),
            Planted(
                "also scales",
                body="X = X - X.mean(axis=1, keepdims=True)\n"
                "return X / np.maximum(X.std(axis=1, keepdims=True), 1e-9)",
            ),
        ],
        3: [
            Planted("overflows", "np.exp(-np.abs(z))", "np.exp(-z)"),
            Planted("sign", "z >= 0, 1.0, e", "z < 0, 1.0, e"),
            Planted("tanh", "np.where(z >= 0, 1.0, e) / (1.0 + e)", "np.tanh(z)"),
            Planted("no numerator", "np.where(z >= 0, 1.0, e)", "1.0"),
            Planted(
                "clipped",
                "np.exp(-np.abs(z))",
                "np.exp(-np.abs(np.clip(z, -2, 2)))",
            ),
            Planted("slope of tanh", "s * (1.0 - s)", "1.0 - s**2"),
            Planted("slope sign", "s * (1.0 - s)", "s * (s - 1.0)"),
            Planted(
                "slope at sigmoid of z", "s = sigmoid(z)", "s = sigmoid(sigmoid(z))"
            ),
            Planted("slope from z", "s * (1.0 - s)", "z * (1.0 - z)"),
        ],
        4: [
            Planted("not stable", "Z - Z.max(axis=0, keepdims=True)", "Z"),
            Planted("axis of the sum", "E.sum(axis=0", "E.sum(axis=1"),
            Planted("sum of everything", "E.sum(axis=0, keepdims=True)", "E.sum()"),
            Planted("rows", "axis=0", "axis=1", count=2),
            Planted("maximum of everything", "Z.max(axis=0, keepdims=True)", "Z.max()"),
            Planted("sign", "np.exp(Z - Z.max", "np.exp(Z.max", count=1),
            Planted("no exponential", body="return Z / Z.sum(axis=0, keepdims=True)"),
            Planted("by the largest", "E.sum(axis=0", "E.max(axis=0"),
            Planted("sigmoid", body="return sigmoid(Z)"),
        ],
        5: [
            Planted("L1 at the mean", "best_l1 = 4.0", "best_l1 = 12.0"),
            Planted("L2 at the median", "best_l2 = 12.0", "best_l2 = 4.0"),
            Planted("swapped", "best_l1 = 4.0", "best_l1 = 12.0; best_l2 = 4.0; #"),
            Planted("middle of the range", "best_l2 = 12.0", "best_l2 = 23.5"),
            Planted("without the outlier", "best_l2 = 12.0", "best_l2 = 15.0"),
            Planted("the other loss", '"L1"  #', '"L2"  #'),
            Planted("off by one", "best_l1 = 4.0", "best_l1 = 5.0"),
        ],
        6: [
            Planted("too bold", "0.99", "0.5"),
            Planted("still too bold", "0.99", "0.9"),
            Planted("too careful", "0.99", "0.9999"),
            Planted("nobody is that sure", "0.99", "1.0"),
            Planted("per cent", "0.99", "99"),
        ],
    },
}

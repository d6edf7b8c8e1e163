"""Wrong answers to the exercises of course4_cnn/07_segmentation."""

from tests.planted import Planted

EMPTY = """    if either == 0:
        return 1.0, 1.0
"""
STACK = """                    to_visit += [(row + 1, column), (row - 1, column),
                                 (row, column + 1), (row, column - 1)]
"""
JUDGE = """Y = rng.standard_normal((2, 4, 5, W.shape[3]))
sides = 3 * stride + W.shape[0], 4 * stride + W.shape[1]
X = rng.standard_normal((2, *sides, W.shape[2]))
down, _ = conv.forward(X, W, np.zeros(W.shape[3]), stride)
"""

PLANTED = {
    "course4_cnn/07_segmentation": {
        1: [
            Planted(
                "empty masks give nan",
                body="both = np.sum(found & truth)\n"
                "either = np.sum(found | truth)\nwith np.errstate(all='ignore'):\n"
                "    return both / either, 2 * both / (either + both)",
            ),
            Planted("empty masks get 0", "return 1.0, 1.0", "return 0.0, 0.0"),
            Planted("empty truth alone counts as right", "either == 0", "both == 0"),
            Planted(
                "sum instead of union", "found | truth", "found.astype(int) + truth"
            ),
            Planted("accuracy", "np.sum(found & truth)", "np.sum(found == truth)"),
            Planted("no factor 2", "float(2 * both", "float(both"),
            Planted("Dice over the union", "(either + both)", "either"),
            Planted(
                "order swapped",
                body="both = np.sum(found & truth)\n"
                "either = np.sum(found | truth)\nif either == 0:\n"
                "    return 1.0, 1.0\n"
                "return 2 * both / (either + both), both / either",
            ),
            Planted("recall for IoU", "both / either)", "both / max(truth.sum(), 1))"),
            Planted(
                "per row", "np.sum(found & truth)", "np.sum(found & truth, axis=0)"
            ),
            Planted(
                "changes the mask",
                body="both = np.sum(found & truth)\n"
                "found |= truth\neither = np.sum(found)\nif either == 0:\n"
                "    return 1.0, 1.0\n"
                "return both / either, 2 * both / (either + both)",
            ),
        ],
        2: [
            Planted("one half", "J / (1 + J)", "0.5"),
            Planted("J itself", "J / (1 + J)", "J"),
            Planted("half of J", "J / (1 + J)", "J / 2"),
            Planted("Dice of J", "J / (1 + J)", "2 * J / (1 + J)"),
            Planted("IoU of a Dice", "J / (1 + J)", "J / (2 - J)"),
            Planted("the other side", "J / (1 + J)", "1 / (1 + J)"),
            Planted("the rest", "J / (1 + J)", "1 - J"),
            Planted("union grows by each pixel", "J / (1 + J)", "J * 1.0"),
            Planted("inverted", "J / (1 + J)", "(1 + J) / 2"),
        ],
        3: [
            Planted("overwrites", "+= W @ A[i, j]", "= W @ A[i, j]"),
            Planted("turned filter", "W @ A[i, j]", "W[::-1, ::-1] @ A[i, j]"),
            Planted(
                "transposed filter",
                "W @ A[i, j]",
                "W.transpose(1, 0, 2, 3)[:f_H, :f_W] @ A[i, j]"
                " if f_H == f_W else W @ A[i, j]",
            ),
            Planted("no stride", "i * stride, j * stride", "i, j"),
            Planted(
                "off by one",
                "i * stride, j * stride",
                "i * stride - (i > 0), j * stride",
            ),
            Planted("rows and columns", "A[i, j]", "A[j % n_H, i % n_W]"),
            Planted(
                "size n s",
                "((n_H - 1) * stride + f_H, (n_W - 1) * stride + f_W, c_out)",
                "(n_H * stride + f_H - 1, n_W * stride + f_W - 1, c_out)",
            ),
            Planted("first channel only", "W @ A[i, j]", "W[..., :1] @ A[i, j, :1]"),
            Planted(
                "channels added up", "W @ A[i, j]", "W.sum(axis=-1) * A[i, j].sum()"
            ),
            Planted("averages channels", "W @ A[i, j]", "W @ A[i, j] / A.shape[2]"),
            Planted("leaves the last column", "range(n_W)", "range(max(n_W - 1, 1))"),
            Planted("evened out", "return Z", "return Z / max(1, f_H // stride)"),
        ],
        4: [
            Planted(
                "ones for both",
                body="Y = np.ones((2, 4, 5, W.shape[3]))\n"
                "X = np.ones((2, 3 * stride + W.shape[0], 4 * stride + W.shape[1],"
                " W.shape[2]))\n"
                "down, _ = conv.forward(X, W, np.zeros(W.shape[3]), stride)\n"
                "return bool(np.isclose(np.sum(down * Y),"
                " np.sum(X * up(Y, W, stride)), rtol=1e-4))",
            ),
            Planted(
                "ones for X",
                body=JUDGE.replace("X = rng.standard_normal", "X = np.ones")
                + "return bool(np.isclose(np.sum(down * Y),"
                " np.sum(X * up(Y, W, stride)), rtol=1e-3))",
            ),
            Planted(
                "one bright pixel",
                body="Y = np.zeros((1, 3, 3, W.shape[3]))\n"
                "Y[0, 1, 1, 0] = 1\n"
                "Z = transposed.forward(Y, W, np.zeros(W.shape[2]), stride)[0]\n"
                "return bool(np.allclose(up(Y, W, stride), Z, atol=1e-4))",
            ),
            Planted(
                "only the shape",
                body=JUDGE + "return up(Y, W, stride).shape == X.shape",
            ),
            Planted("as exact as float64", "1e-5", "1e-13"),
            Planted("any size of gap", "1e-5", "1.0"),
            Planted(
                "always stride 1",
                body=JUDGE.replace("stride)", "1)").replace("* stride", "* 1")
                + "return bool(np.isclose(np.sum(down * Y), np.sum(X * up(Y, W, 1)),"
                " rtol=1e-3, atol=1e-3))",
            ),
            Planted(
                "only the sizes of the numbers",
                body=JUDGE
                + "gap = abs(np.sum(down * Y)) - abs(np.sum(X * up(Y, W, stride)))\n"
                "return bool(abs(gap) < 30)",
            ),
            Planted(
                "the inverse",
                body=JUDGE
                + "return bool(np.allclose(up(down, W, stride), X, rtol=1e-3))",
            ),
            Planted(
                "same sum",
                body=JUDGE + "Z = transposed.forward(Y, W, np.zeros(W.shape[2]),"
                " stride)[0]\nreturn bool(np.isclose(up(Y, W, stride).sum(), Z.sum(),"
                " rtol=1e-3))",
            ),
            Planted("says yes", body="return True"),
            Planted("says no", body="return False"),
            Planted(
                "opposite",
                "return bool(abs(left - right) <",
                "return bool(abs(left - right) >",
            ),
        ],
        5: [
            Planted("one dimension", "(3, 2): (1, 4)", "(3, 2): (1, 2)"),
            Planted("added, not multiplied", "(4, 2): (4, 4)", "(4, 2): (2, 2)"),
            Planted("added for both", "(5, 2): (4, 9)", "(5, 2): (4, 6)"),
            Planted("even by mistake", "(5, 3): (1, 4)", "(5, 3): (4, 4)"),
            Planted("no gaps", "(2, 3): (0, 1)", "(2, 3): (1, 1)"),
            Planted("overlap", "(2, 2): (1, 1)", "(2, 2): (1, 4)"),
            Planted("all f squared", "(4, 2): (4, 4)", "(4, 2): (16, 16)"),
            Planted("largest first", "(3, 2): (1, 4)", "(3, 2): (4, 1)"),
            Planted("a pair is missing", "    (2, 3): (0, 1),  # gaps\n", ""),
        ],
        6: [
            Planted(
                "corners count",
                "(row, column + 1), (row, column - 1)]",
                "(row, column + 1), (row, column - 1), (row + 1, column + 1),"
                " (row - 1, column - 1), (row + 1, column - 1), (row - 1, column + 1)]",
            ),
            Planted("never up", "(row - 1, column),", "(row + 1, column),"),
            Planted("never left", "(row, column - 1)]", "(row, column + 1)]"),
            Planted(
                "runs around the edge",
                "0 <= row < mask.shape[0] and 0 <= column < mask.shape[1]",
                "row < mask.shape[0] and column < mask.shape[1]"
                " and row >= -1 and column >= -1",
            ),
            Planted("one too many", "return labels, count", "return labels, count + 1"),
            Planted(
                "counts background", "return labels, count", "return labels + 1, count"
            ),
            Planted(
                "numbers from 0",
                "return labels, count",
                "return np.where(labels > 0, labels - 1, 0), count",
            ),
            Planted(
                "one pass",
                body="labels, count = np.zeros(mask.shape, int), 0\n"
                "for r, c in np.argwhere(mask).tolist():\n"
                "    up = labels[r - 1, c] if r else 0\n"
                "    left = labels[r, c - 1] if c else 0\n"
                "    if up or left:\n"
                "        labels[r, c] = up or left\n"
                "    else:\n"
                "        count += 1\n"
                "        labels[r, c] = count\n"
                "return labels, count",
            ),
            Planted(
                "one pass and back",
                body="labels = np.where(mask,"
                " np.arange(1, mask.size + 1).reshape(mask.shape), 0)\n"
                "for _ in range(3):\n"
                "    p = np.pad(np.where(mask, labels, 10**9), 1,"
                " constant_values=10**9)\n"
                "    around = np.minimum.reduce([p[1:-1, 1:-1], p[:-2, 1:-1],"
                " p[2:, 1:-1], p[1:-1, :-2], p[1:-1, 2:]])\n"
                "    labels = np.where(mask, around, 0)\n"
                "used = np.unique(labels[mask])\n"
                "labels = np.where(mask, np.searchsorted(used, labels) + 1, 0)\n"
                "return labels, len(used)",
            ),
            Planted(
                "numbers with gaps", "return labels, count", "return 2 * labels, count"
            ),
            Planted(
                "eats the mask",
                body="labels, count = np.zeros(mask.shape, int), 0\n"
                "right, n = masks.components(mask)\nmask &= False\nreturn right, n",
            ),
            Planted("all one", body="return mask.astype(int), int(mask.any())"),
        ],
    },
}

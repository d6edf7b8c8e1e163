"""Wrong answers to the exercises of course3_structuring/07_transfer_and_multitask."""

from tests.planted import Planted
from tests.planted.letters import letters

SHARE = "known / np.maximum(known.sum(axis=1, keepdims=True), 1)"
EACH = "np.maximum(Z, 0) - y * Z + np.log1p(decay)"
SUM = "keras.ops.sum(M * each / keras.ops.maximum(keras.ops.sum(M, axis=0), 1))"


PLANTED = {
    "course3_structuring/07_transfer_and_multitask": {
        1: [
            Planted(
                "straight over the count",
                "counts[k - 1] * (counts[k] / counts[k - 1]) ** share",
                "counts[k - 1] + (counts[k] - counts[k - 1]) * share",
            ),
            Planted(
                "the next measured count",
                "counts[k - 1] * (counts[k] / counts[k - 1]) ** share",
                "counts[k]",
            ),
            Planted(
                "from the wrong end",
                "(target - accuracies[k - 1])",
                "(reached - target)",
            ),
            Planted("only above", "reached >= target", "reached > target"),
            Planted("never is the last", "np.inf", "float(counts[-1])"),
            Planted("no labels at the first", "float(counts[0])", "0.0"),
            Planted(
                "interpolates the other way",
                body="return np.exp(np.interp(target, accuracies, np.log(counts)))",
            ),
            Planted(
                "interpolates, never is infinite",
                body="if target > max(accuracies):\n"
                "    return np.inf\n"
                "return np.exp(np.interp(target, accuracies, np.log(counts)))",
            ),
            Planted(
                "sorted first",
                body="if target > max(accuracies):\n"
                "    return np.inf\n"
                "return np.exp(np.interp(target, sorted(accuracies), np.log(counts)))",
            ),
            Planted(
                "the last crossing",
                body="for k in range(len(counts) - 1, 0, -1):\n"
                "    a, b = accuracies[k - 1], accuracies[k]\n"
                "    if a < target <= b:\n"
                "        s = (target - a) / (b - a)\n"
                "        return counts[k - 1] * (counts[k] / counts[k - 1]) ** s\n"
                "return counts[0] if accuracies[0] >= target else np.inf",
            ),
        ],
        2: letters(
            "b",
            {
                "licence twice": 5600,
                "no licence": 1600,
                "labels, not euros": 4000,
                "own for both": 3840,
                "night at 1,600": 2960,
                "day at 400": 3440,
            },
        ),
        3: [
            Planted("NaN times 0", "np.where(known, Y, 0)", "Y"),
            Planted("unknown is no", "~np.isnan(Y)", "np.ones(Y.shape, dtype=bool)"),
            Planted("mean over all pictures", SHARE, "known / Z.shape[1]"),
            Planted("mean over all labels", SHARE, "known / max(known.sum(), 1)"),
            Planted("mean over tasks", SHARE, SHARE + " / len(Z)"),
            Planted("no mean", SHARE, "known"),
            Planted("wrong axis", "axis=1", "axis=0"),
            Planted(
                "a task without labels",
                SHARE,
                "known / known.sum(axis=1, keepdims=True)",
            ),
            Planted("sign of dZ", "share * (A - y)", "share * (y - A)"),
            Planted("no mask in dZ", "share * (A - y)", "(A - y) / Z.shape[1]"),
            Planted(
                "derivative of the logistic too",
                "share * (A - y)",
                "share * (A - y) * A * (1 - A)",
            ),
            Planted("scores, not answers", "share * (A - y)", "share * (Z - y)"),
            Planted("label swapped", EACH, EACH.replace("y * Z", "(1 - y) * Z")),
            Planted("overflow", EACH, "np.log1p(np.exp(Z)) - y * Z"),
            Planted(
                "changes Y",
                body="known = ~np.isnan(Y)\n"
                "Y[~known] = 0\n"
                f"share = {SHARE}\n"
                "decay = np.exp(-np.abs(Z))\n"
                "A = np.where(Z >= 0, 1, decay) / (1 + decay)\n"
                "each = np.maximum(Z, 0) - Y * Z + np.log1p(decay)\n"
                "return np.sum(share * each), share * (A - Y)",
            ),
            Planted(
                "probabilities and their logarithm",
                body="known = ~np.isnan(Y)\n"
                "y = np.where(known, Y, 0)\n"
                f"share = {SHARE}\n"
                "A = 1 / (1 + np.exp(-Z))\n"
                "each = -y * np.log(A) - (1 - y) * np.log(1 - A)\n"
                "return np.sum(share * each), share * (A - y)",
            ),
            Planted(
                "mean, not sum, of the cost",
                "np.sum(share * each)",
                "np.mean(share * each)",
            ),
        ],
        4: [
            Planted("probabilities", ", from_logits=True", ""),
            Planted("NaN in the labels", "keras.ops.where(known, Y, 0.0)", "Y"),
            Planted(
                "NaN left out too late",
                body="known = ~keras.ops.isnan(Y)\n"
                "each = keras.ops.binary_crossentropy(Y, Z, from_logits=True)\n"
                "each = keras.ops.where(known, each, 0.0)\n"
                'M = keras.ops.cast(known, "float32")\n'
                f"return {SUM}",
            ),
            Planted("mean over all", SUM, "keras.ops.mean(M * each)"),
            Planted(
                "mean over known",
                SUM,
                "keras.ops.sum(M * each) / keras.ops.maximum(keras.ops.sum(M), 1)",
            ),
            Planted("wrong axis", "axis=0", "axis=1, keepdims=True"),
            Planted(
                "a task without labels",
                SUM,
                "keras.ops.sum(M * each / keras.ops.sum(M, axis=0))",
            ),
            Planted("mean over tasks", SUM, SUM + " / Z.shape[1]"),
            Planted("one number per task", SUM, SUM[:-1] + ", axis=0)"),
            Planted("unknown is no", "M * each", "each"),
            Planted(
                "NumPy",
                body="return masked(np.transpose(Y) * 0 + np.transpose(Z),"
                " np.transpose(Y))[0]",
            ),
        ],
        5: letters(
            "a",
            {
                "of all photographs": 1.2,
                "of those without a label": 66.7,
                "found": 10.3,
                "of (c)": 31.0,
                "the average": 4.6,
                "a share": 0.207,
                "of the 400": 30.0,
            },
        ),
        6: letters(
            "d",
            {
                "five doublings": 8.0,
                "2,000 in all": 12.28,
                "linear": 6.4,
                "half and half": 12.41,
                "free companions": 12.56,
                "all sugar": 14.5,
                "rounded": 12,
                "the gain": 4.14,
            },
        ),
    },
}

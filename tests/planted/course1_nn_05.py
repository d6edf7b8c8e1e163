"""Wrong answers to the exercises of course1_nn/05_deep_network_on_images."""

from tests.planted import Planted

PLANTED = {
    "course1_nn/05_deep_network_on_images": {
        1: [
            Planted("over the budget", "(784, 10, 1)", "(784, 20, 1)"),
            Planted("no hidden layer", "(784, 10, 1)", "(784, 1)"),
            Planted("one unit", "(784, 10, 1)", "(784, 1, 1)"),
            Planted("two units", "(784, 10, 1)", "(784, 2, 1)"),
            Planted("stops too early", "my_steps = 320", "my_steps = 60"),
            Planted("too slow", "my_rate = 0.2", "my_rate = 0.02"),
            Planted("overfits", "my_rate = 0.2", "my_rate = 1.0"),
            Planted("too many steps", "my_steps = 320", "my_steps = 3200"),
            Planted("deep and long", "(784, 10, 1)", "(784, 9, 9, 9, 1)"),
        ],
        2: [
            Planted("diagonal only", body="return np.diag(a[:, 0] * (1 - a[:, 0]))"),
            Planted("sign", "np.diag(a[:, 0]) - a @ a.T", "a @ a.T - np.diag(a[:, 0])"),
            Planted("plus", "- a @ a.T", "+ a @ a.T"),
            Planted("inner product", "a @ a.T", "a.T @ a"),
            Planted("as for sigmoid", body="return a * (1 - a)"),
            Planted("diagonal of a column", "np.diag(a[:, 0])", "np.diag(a)"),
            Planted("identity", "np.diag(a[:, 0])", "np.eye(len(a))"),
            Planted("forgotten factor", "a @ a.T", "np.tile(a, len(a))"),
            Planted("of the sum", body="return a * (1 - a).T"),
        ],
        3: [
            Planted("J without 1/m", "np.log(A)) / m", "np.log(A))"),
            Planted("J over all entries", "np.log(A)) / m", "np.log(A)) / A.size"),
            Planted("J sign", "-np.sum(Y", "np.sum(Y"),
            Planted(
                "J of ten sigmoids",
                "np.sum(Y * np.log(A))",
                "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
            ),
            Planted("m is the features", "X.shape[1]", "X.shape[0]"),
            Planted("m of the check", "X.shape[1]", "4"),
            Planted("sign of dZ", "A - Y", "Y - A"),
            Planted("dW transposed", "dZ @ X.T / m", "X @ dZ.T / m"),
            Planted("dW without 1/m", "X.T / m", "X.T"),
            Planted("db forgets keepdims", ", keepdims=True", ""),
            Planted("db along the wrong axis", "axis=1", "axis=0"),
            Planted("db without 1/m", "keepdims=True) / m", "keepdims=True)"),
            Planted("db one number", "np.sum(dZ, axis=1, keepdims=True)", "np.sum(dZ)"),
            Planted("softmax along the wrong axis", "W @ X + b)", "W @ X + b, axis=1)"),
            Planted("sigmoids", "activations.softmax", "activations.sigmoid"),
            Planted("no bias", "W @ X + b", "W @ X"),
            Planted("factor of the sigmoid", "A - Y", "(A - Y) * A * (1 - A)"),
        ],
        4: [
            Planted("sum along the rows", "E.sum(axis=0", "E.sum(axis=1"),
            Planted("sum of everything", "E.sum(axis=0, keepdims=True)", "E.sum()"),
            Planted("largest of all", "Z.max(axis=0, keepdims=True)", "Z.max()"),
            Planted("largest of the row", "Z.max(axis=0", "Z.max(axis=1"),
            Planted("no largest", " - Z.max(axis=0, keepdims=True)", ""),
            Planted(
                "row again",
                body="E = np.exp(Z - Z.max())\nreturn E / E.sum(axis=1, keepdims=True)",
            ),
            Planted(
                "clipped",
                body="E = np.exp(np.clip(Z, -500, 500))\nreturn E / E.sum(axis=0)",
            ),
            Planted(
                "in place",
                body="Z -= Z.max(axis=0)\nE = np.exp(Z)\nreturn E / E.sum(axis=0)",
            ),
            Planted("sigmoid", body="return activations.sigmoid(Z)"),
            Planted("minimum", "Z.max(axis=0", "Z.min(axis=0"),
            Planted("hides nan", "E.sum(axis=0, keepdims=True)", "(E.sum(0) + 1e-3)"),
        ],
        5: [
            Planted(
                "as wide as the labels",
                body="C = max(np.max(Y), np.max(Y_hat)) + 1\n"
                "return (one_hot(Y, C) @ one_hot(Y_hat, C).T).astype(int)",
            ),
            Planted(
                "transposed",
                body="return one_hot(Y_hat, num_classes) @ one_hot(Y, num_classes).T",
            ),
            Planted(
                "each pair once",
                body=(
                    "counts = np.zeros((num_classes, num_classes), int)\n"
                    "counts[Y, Y_hat] += 1\nreturn counts"
                ),
            ),
            Planted(
                "only classes that occur",
                body=(
                    "there = np.unique(Y)\n"
                    "return np.array([[np.sum((Y == i) & (Y_hat == j)) for j in there]"
                    " for i in there])"
                ),
            ),
            Planted(
                "as many as were told",
                "num_classes) @ one_hot(Y_hat, num_classes)",
                "num_classes) @ one_hot(Y_hat, Y_hat.max() + 1)",
            ),
            Planted(
                "shares",
                body=(
                    "counts = one_hot(Y, num_classes) @ one_hot(Y_hat, num_classes).T\n"
                    "return counts / counts.sum(axis=1, keepdims=True).clip(1)"
                ),
            ),
            Planted(
                "mistakes only",
                body=(
                    "counts = one_hot(Y, num_classes) @ one_hot(Y_hat, num_classes).T\n"
                    "return counts - np.diag(np.diag(counts))"
                ),
            ),
            Planted(
                "right ones only",
                body="return np.diag(one_hot(Y[Y == Y_hat], num_classes).sum(axis=1))",
            ),
            Planted("one example", "one_hot(Y, num_classes)", "one_hot(Y[:, :1], 4)"),
        ],
        6: [
            Planted("still reads them", "only_test = 0.1", "only_test = 0.9"),
            Planted("a little worse", "only_test = 0.1", "only_test = 0.8"),
            Planted("half", "only_test = 0.1", "only_test = 0.5"),
            Planted("never right", "only_test = 0.1", "only_test = 0.0"),
            Planted("weights do not help", "= small_accuracy", "= 0.1"),
            Planted("nearly the same", "= small_accuracy", "= small_accuracy - 0.02"),
            Planted("rough", "= small_accuracy", "= 0.9"),
            Planted("learns worse", "cost_gap = 0.0", "cost_gap = 0.1"),
            Planted("learns a little worse", "cost_gap = 0.0", "cost_gap = 0.01"),
            Planted("learns nothing", "cost_gap = 0.0", "cost_gap = 2.1"),
        ],
    },
}

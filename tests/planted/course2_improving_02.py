"""Wrong answers to the exercises of course2_improving/02_regularization."""

from tests.planted import Planted

UNDO = "A1 = np.tanh(W1 @ X + b1)  # (n_1, m), before dropout: the slope needs it"

PLANTED = {
    "course2_improving/02_regularization": {
        1: [
            Planted("no half", "lambd / (2 * m)", "lambd / m"),
            Planted("no m", "lambd / (2 * m)", "lambd / 2"),
            Planted("biases too", 'if name.startswith("W")', ""),
            Planted("half in the slope", "lambd / m * W", "lambd / (2 * m) * W"),
            Planted("slope twice", "lambd / m * W", "2 * lambd / m * W"),
            Planted("absolute values", "np.sum(W**2)", "np.sum(np.abs(W))"),
            Planted("norm, not squared", "np.sum(W**2)", "np.linalg.norm(W)"),
            Planted("mean of squares", "np.sum(W**2)", "np.mean(W**2)"),
            Planted("sign of the slope", "lambd / m * W for", "-lambd / m * W for"),
            Planted("names without d", 'f"d{name}"', "name"),
            Planted(
                "only the first layer",
                'if name.startswith("W")',
                'if name == "W1"',
            ),
            Planted(
                "only two layers",
                'if name.startswith("W")',
                'if name in ("W1", "W2")',
            ),
            Planted("sum before the square", "np.sum(W**2)", "np.sum(W) ** 2"),
        ],
        2: [
            Planted("one update", "(1 - 0.2 * 2 / 200) ** 100", "1 - 0.4 / 200"),
            Planted("linear", "(1 - 0.2 * 2 / 200) ** 100", "1 - 100 * 0.4 / 200"),
            Planted("no m", "(1 - 0.2 * 2 / 200) ** 100", "(1 - 0.4) ** 100"),
            Planted("no rate", "(1 - 0.2 * 2 / 200) ** 100", "(1 - 2 / 200) ** 100"),
            Planted(
                "half too much", "(1 - 0.2 * 2 / 200) ** 100", "(1 - 0.2 / 200) ** 100"
            ),
            Planted(
                "nothing changes", "0.2 * 2 / 400) ** 100", "0.2 * 2 / 200) ** 100"
            ),
            Planted("twice the updates", "/ 400) ** 100", "/ 400) ** 200"),
            Planted("presses harder", "0.2 * 2 / 400) ** 100", "0.8 / 200) ** 100"),
            Planted("lambda stays", "lambd_doubled = 4.0", "lambd_doubled = 2.0"),
            Planted("lambda halved", "lambd_doubled = 4.0", "lambd_doubled = 1.0"),
            Planted("lambda squared", "lambd_doubled = 4.0", "lambd_doubled = 16.0"),
            Planted("a guess", "(1 - 0.2 * 2 / 200) ** 100", "0.82"),
        ],
        3: [
            Planted("not divided", "keep_prob) / keep_prob", "keep_prob) * 1.0"),
            Planted("drops the share", "< keep_prob", "> keep_prob"),
            Planted(
                "divided by the dropped", ") / keep_prob", ") / (1.001 - keep_prob)"
            ),
            Planted(
                "one mask for all", "rng.random(A.shape)", "rng.random((len(A), 1))"
            ),
            Planted(
                "whole examples dropped",
                "rng.random(A.shape)",
                "rng.random((1, A.shape[1]))",
            ),
            Planted(
                "whole units, full shape",
                "rng.random(A.shape)",
                "(rng.random((len(A), 1)) + np.zeros(A.shape))",
            ),
            Planted(
                "exact count",
                "rng.random(A.shape)",
                "(rng.permutation(A.size).reshape(A.shape) / A.size)",
            ),
            Planted("normal numbers", "rng.random(", "rng.standard_normal("),
            Planted("fixed seed", "rng.random(", "np.random.default_rng(0).random("),
            Planted("returns only the mask", "return A * D, D", "return D, D"),
            Planted("nothing dropped", "return A * D, D", "return A, D"),
            Planted("mask undivided", "return A * D, D", "return A * D, D * keep_prob"),
            Planted("added", "A * D, D", "A + D, D"),
            Planted(
                "back undivided", "return dA_dropped * D", "return dA_dropped * (D > 0)"
            ),
            Planted("back not dropped", "return dA_dropped * D", "return dA_dropped"),
            Planted(
                "back divided twice",
                "return dA_dropped * D",
                "return dA_dropped * D**2",
            ),
            Planted(
                "changes A",
                "return A * D, D",
                "A *= D\nreturn A, D",
            ),
            Planted(
                "marked by what is 0",
                "return A * D, D",
                "return A * D, (A * D != 0) / keep_prob",
            ),
        ],
        4: [
            Planted(
                "inverse odds",
                "(1 - keep_prob) / keep_prob * np.sum",
                "keep_prob / (1.001 - keep_prob) * np.sum",
            ),
            Planted(
                "share dropped",
                "(1 - keep_prob) / keep_prob * np.sum",
                "(1 - keep_prob) * np.sum",
            ),
            Planted(
                "undivided masks",
                "(1 - keep_prob) / keep_prob * np.sum",
                "(1 - keep_prob) * keep_prob * np.sum",
            ),
            Planted("no 1/m", " / A.shape[1])", ")"),
            Planted("over the inputs", " / A.shape[1])", " / A.shape[0])"),
            Planted("weights not squared", "w**2 * A**2", "np.abs(w) * A**2"),
            Planted("plain L2", "np.sum(w**2 * A**2)", "np.sum(w**2) * A.shape[1]"),
            Planted("inputs not squared", "w**2 * A**2", "w**2 * np.abs(A)"),
            Planted(
                "square of the sum", "np.sum(w**2 * A**2)", "np.sum((w.T @ A) ** 2)"
            ),
            Planted(
                "variance of the inputs",
                "w**2 * A**2",
                "w**2 * (A - A.mean(axis=1, keepdims=True)) ** 2",
            ),
            Planted(
                "L2 of the same mean",
                "np.diag(np.diag(sums))",
                "np.trace(sums) / len(sums) * np.eye(len(sums))",
            ),
            Planted("plain L2 solution", "np.diag(np.diag(sums))", "np.eye(len(sums))"),
            Planted("no penalty", "sums + strength", "sums"),
            Planted("all of the sums", "np.diag(np.diag(sums))", "sums"),
            Planted(
                "a 1/m in one place",
                "* np.diag(np.diag(sums))",
                "* np.diag(np.diag(sums)) / A.shape[1]",
            ),
            Planted(
                "weak",
                "strength = (1 - keep_prob) / keep_prob",
                "strength = (1 - keep_prob)",
            ),
            Planted("row of weights", "A @ y.T)", "A @ y.T).T"),
        ],
        5: [
            Planted("slope of the dropped", UNDO, f"{UNDO}\nA1 = A1 * D1"),
            Planted(
                "undivided back",
                "dropout_back(W2.T @ dZ2, D1)",
                "(W2.T @ dZ2) * (D1 > 0)",
            ),
            Planted("not dropped back", "dropout_back(W2.T @ dZ2, D1)", "(W2.T @ dZ2)"),
            Planted("half the decay in dW1", 'decay["dW1"]', 'decay["dW1"] / 2'),
            Planted("half the decay in dW2", 'decay["dW2"]', 'decay["dW2"] / 2'),
            Planted("no decay in dW2", ' + decay["dW2"]', ""),
            Planted(
                "biases pay too",
                "price, decay = penalty(parameters, lambd, m)",
                "squares = np.sum(b1**2) + np.sum(b2**2)\n"
                "price, decay = penalty(parameters, lambd, m)\n"
                "price = price + lambd / (2 * m) * squares\n"
                "fix = lambda g, b: g.sum(axis=1, keepdims=True) + lambd / m * b\n"
                "if True:\n"
                "    Z2 = W2 @ A1_dropped + b2\n"
                "    dZ2 = (activations.sigmoid(Z2) - Y) / m\n"
                "    dZ1 = dropout_back(W2.T @ dZ2, D1) * (1 - A1**2)\n"
                "    J = losses.binary_cross_entropy_from_logits(Z2, Y) + price\n"
                "    return J, {'dW1': dZ1 @ X.T + decay['dW1'], 'db1': fix(dZ1, b1),\n"
                "        'dW2': dZ2 @ A1_dropped.T + decay['dW2'],\n"
                "        'db2': fix(dZ2, b2)}",
            ),
            Planted("no price", " + price", ""),
            Planted("dW2 from all units", "dZ2 @ A1_dropped.T", "dZ2 @ A1.T"),
            Planted("nothing dropped", "A1_dropped = A1 * D1", "A1_dropped = A1"),
            Planted("no 1/m", "- Y) / m", "- Y)"),
            Planted("1 / (2 m)", "- Y) / m", "- Y) / (2 * m)"),
            Planted(
                "sign", "(activations.sigmoid(Z2) - Y)", "(Y - activations.sigmoid(Z2))"
            ),
            Planted("slope of relu", "(1 - A1**2)", "(A1 > 0)"),
            Planted(
                "the colleague's", body="return faulty(parameters, X, Y, lambd, D1)"
            ),
            Planted("price twice", "+ price", "+ 2 * price"),
        ],
        6: [
            Planted("A is fine", '"A": "stronger"', '"A": "neither"'),
            Planted("A the wrong way", '"A": "stronger"', '"A": "weaker"'),
            Planted("B needs more", '"B": "weaker"', '"B": "stronger"'),
            Planted("B is hopeless", '"B": "weaker"', '"B": "neither"'),
            Planted("C has bias", '"C": "neither"', '"C": "weaker"'),
            Planted("C generalises badly", '"C": "neither"', '"C": "stronger"'),
            Planted("D overfits", '"D": "neither"', '"D": "stronger"'),
            Planted("D underfits", '"D": "neither"', '"D": "weaker"'),
            Planted("forgot D", ', "D": "neither"', ""),
        ],
    },
}

"""Wrong answers to the exercises of course1_nn/02_logistic_regression."""

from tests.planted import Planted

PLANTED = {
    "course1_nn/02_logistic_regression": {
        1: [
            Planted("not transposed", "w.T @ X", "(X.T @ w)"),
            Planted("sign of b", "+ b", "- b"),
            Planted("no b", " + b", ""),
            Planted("no sigmoid", "activations.sigmoid(Z)", "Z"),
            Planted("tanh", "activations.sigmoid(Z)", "np.tanh(Z)"),
            Planted("elementwise", "w.T @ X", "np.sum(w * X)"),
            Planted(
                "sum over features", body="return activations.sigmoid((w * X).T + b)"
            ),
            Planted("sign", "sigmoid(Z)", "sigmoid(-Z)"),
            Planted("overflows", "activations.sigmoid(Z)", "1 / (1 + np.exp(-Z))"),
        ],
        2: [
            Planted("missing 1/m", " / m", ""),
            Planted("sign", "-np.sum", "np.sum"),
            Planted("m is the rows", "Y.shape[1]", "Y.shape[0]"),
            Planted("cats only", " + (1 - Y) * np.log(1 - A)", ""),
            Planted("sign of the second term", "+ (1 - Y)", "- (1 - Y)"),
            Planted("squared error", body="return float(np.mean((A - Y) ** 2))"),
            Planted("log base 2", "np.log", "np.log2", count=2),
            Planted(
                "per example", body="return -(Y * np.log(A) + (1-Y) * np.log(1-A))"
            ),
            Planted("labels swapped", "Y * np.log(A)", "Y * np.log(1 - A)"),
            Planted("clipped", "np.log(A)", "np.log(np.clip(A, 0.01, 1))"),
            Planted("clips A low", "np.log(A)", "np.log(np.maximum(A, 1e-15))"),
            Planted("clips 1 - A", "np.log(1 - A)", "np.log(np.maximum(1 - A, 1e-7))"),
            Planted("adds 1e-15 in A", "np.log(A)", "np.log(A + 1e-15)"),
            Planted("adds 1e-8 in 1 - A", "np.log(1 - A)", "np.log(1 - A + 1e-8)"),
            Planted("one example short", "/ m", "/ (m - 1)"),
        ],
        3: [
            Planted("sign", "forward(w, b, X) - Y", "Y - forward(w, b, X)"),
            Planted("missing 1/m in dw", "dZ.T / m", "dZ.T"),
            Planted("missing 1/m in db", "np.sum(dZ) / m", "np.sum(dZ)"),
            Planted("transposed dw", "X @ dZ.T / m", "dZ @ X.T / m"),
            Planted("axis", "X @ dZ.T / m", "np.sum(X * dZ, axis=0) / m"),
            Planted("forgotten keepdims", "X @ dZ.T / m", "np.mean(X * dZ, axis=1)"),
            Planted("n_x instead of m", "X.shape[1]", "X.shape[0]"),
            Planted(
                "squared error", "- Y  #", "- Y; dZ = dZ * (dZ + Y) * (1 - dZ - Y)  #"
            ),
            Planted("no sigmoid", "forward(w, b, X) - Y", "w.T @ X + b - Y"),
            Planted("A of the pencil", "forward(w, b, X) - Y", "toy_A - Y"),
            Planted("m of the pencil", "X.shape[1]", "3"),
            Planted(
                "clips A",
                "forward(w, b, X) - Y",
                "np.clip(forward(w, b, X), 0.001, 0.999) - Y",
            ),
            Planted(
                "clips A less",
                "forward(w, b, X) - Y",
                "np.clip(forward(w, b, X), 1e-4, 1 - 1e-4) - Y",
            ),
        ],
        4: [
            Planted("one half", "start_cost = np.log(2)", "start_cost = 0.5"),
            Planted("zero", "start_cost = np.log(2)", "start_cost = 0.0"),
            Planted("base 2", "start_cost = np.log(2)", "start_cost = 1.0"),
            Planted("rare is cheaper", "rare = np.log(2)", "rare = 0.1 * np.log(2)"),
            Planted("entropy of the labels", "rare = np.log(2)", "rare = 0.325"),
            Planted("sign", "0.5 - 0.1", "0.1 - 0.5"),
            Planted("balanced", "0.5 - 0.1", "0.0"),
            Planted("truth only", "0.5 - 0.1", "0.1"),
        ],
        5: [
            Planted("only turns columns", "labels.reshape(1, m)", "labels.T"),
            Planted("column", "labels.reshape(1, m)", "labels.reshape(m, 1)"),
            Planted("no check", "labels.shape not in", "False and labels.shape not in"),
            Planted(
                "only counts",
                "labels.shape not in ((m,), (m, 1), (1, m))",
                "labels.size != m",
            ),
            Planted("flattens", "return labels.reshape(1, m)", "return labels.ravel()"),
            Planted("integers", "dtype=float", "dtype=int"),
            Planted("wrong error", "raise ValueError", "raise TypeError"),
            Planted(
                "cuts to length", body="return np.ravel(labels)[None, :X.shape[1]]"
            ),
            Planted(
                "silent message",
                'f"labels {labels.shape} do not fit X {X.shape}"',
                '"labels do not fit"',
            ),
            Planted(
                "any column",
                body="labels = np.asarray(labels, dtype=float)\n"
                "if labels.ndim == 2 and labels.shape[1] == 1:\n"
                "    return labels.T\n"
                "if labels.size != X.shape[1] or labels.ndim > 2:\n"
                "    raise ValueError(f'labels {labels.shape}, X {X.shape}')\n"
                "return labels.reshape(1, -1)",
            ),
            Planted(
                "any shape of the right size",
                body="labels, m = np.asarray(labels, dtype=float), X.shape[1]\n"
                "if labels.size != m or labels.ndim > 2 or labels.ndim == 0:\n"
                "    raise ValueError(f'labels {labels.shape}, X {X.shape}')\n"
                "return labels.reshape(1, m)",
            ),
            Planted("float32", "dtype=float", "dtype=np.float32"),
        ],
        6: [
            Planted("a rate of the figure", body="return 0.5"),
            Planted("that of the raw pictures", body="return 2 / bound"),
            Planted("without the 2", "return 2 /", "return 1 /"),
            Planted("upside down", body="return steepest_curvature(X)[0] / 2"),
            Planted("above the border", "return 2 /", "return 2.1 /"),
            Planted("too timid", "return 2 /", "return 1.7 /"),
            Planted("sign", "return 2", "return -2"),
            Planted("the direction too", "steepest_curvature(X)[0]", "bound * X"),
            Planted("without b", body="return 8*X.shape[1]/np.linalg.norm(X, 2)**2"),
            Planted("m left out", "return 2 /", "return 2 / X.shape[1] /"),
            Planted("quarter left out", "return 2 /", "return 0.5 /"),
            Planted(
                "trace for the largest",
                body="return 8 * X.shape[1] / (np.sum(X**2) + X.shape[1])",
            ),
            Planted(
                "n_x for m",
                "2 / steepest_curvature(X)[0]",
                "2 / steepest_curvature(X)[0] * X.shape[0] / X.shape[1]",
            ),
        ],
    },
}

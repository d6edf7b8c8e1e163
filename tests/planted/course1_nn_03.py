"""Wrong answers to the exercises of course1_nn/03_one_hidden_layer."""

from tests.planted import Planted

STRIPE = """stripe = {{
    "W1": np.array([[0.0, 5.0], [0.0, 5.0]]),
    "b1": np.array([[-5.0], [-15.0]]),
    "W2": np.array({W2}),
    "b2": np.array({b2}),
}}"""

PLANTED = {
    "course1_nn/03_one_hidden_layer": {
        1: [
            Planted("sign of b1", "[[-5.0], [-15.0]]", "[[5.0], [15.0]]"),
            Planted("b1 is the place, not minus slope times place", "-15.0", "-3.0"),
            Planted("cuts x_1", "[[0.0, 5.0], [0.0, 5.0]]", "[[5.0, 0.0], [5.0, 0.0]]"),
            Planted(
                "columns are units", "[0.0, 5.0], [0.0, 5.0]", "[0.0, 0.0], [5.0, 5.0]"
            ),
            Planted("class 1 inside", "[[-5.0, 5.0]]", "[[5.0, -5.0]]"),
            Planted("no output bias", "[[5.0]]", "[[0.0]]"),
            Planted("added, not subtracted", "[[-5.0, 5.0]]", "[[5.0, 5.0]]"),
            Planted("unsure", body=STRIPE.format(W2="[[-1.0, 1.0]]", b2="[[1.0]]")),
            Planted(
                "class 0 outside", body=STRIPE.format(W2="[[5.0, -5.0]]", b2="[[-5.0]]")
            ),
            Planted("off by half", "-15.0", "-12.5"),
            Planted(
                "x_1 leans in", "[[0.0, 5.0], [0.0, 5.0]]", "[[0.05, 5.0], [0.05, 5.0]]"
            ),
            Planted("column of output weights", "[[-5.0, 5.0]]", "[[-5.0], [5.0]]"),
            Planted("flat biases", "[[-5.0], [-15.0]]", "[-5.0, -15.0]"),
        ],
        2: [
            Planted("no tanh", "np.tanh(Z1)", "Z1"),
            Planted(
                "sigmoid in the hidden layer", "np.tanh(Z1)", "activations.sigmoid(Z1)"
            ),
            Planted("relu", "np.tanh(Z1)", "np.maximum(Z1, 0)"),
            Planted("no b1", ' + parameters["b1"]', ""),
            Planted("no b2", ' + parameters["b2"]', ""),
            Planted("sign of b1", '+ parameters["b1"]', '- parameters["b1"]'),
            Planted("transposed W1", 'parameters["W1"] @ X', 'parameters["W1"].T @ X'),
            Planted("skips the hidden answers", "@ A1", "@ Z1"),
            Planted("tanh at the output", "activations.sigmoid(Z2)", "np.tanh(Z2)"),
            Planted("no output activation", "activations.sigmoid(Z2)", "Z2"),
            Planted("caches the wrong layer", '"A1": A1', '"A1": Z1'),
            Planted("Z2 is missing its place", '"Z2": Z2', '"Z2": A2'),
            Planted("transposed result", "return A2, {", "return A2.T, {"),
        ],
        3: [
            Planted("sign", "A2 - Y", "Y - A2"),
            Planted("missing 1/m in dW1", "dZ1 @ X.T / m", "dZ1 @ X.T"),
            Planted("missing 1/m in dW2", "dZ2 @ A1.T / m", "dZ2 @ A1.T"),
            Planted(
                "missing 1/m in db1",
                "np.sum(dZ1, axis=1, keepdims=True) / m",
                "np.sum(dZ1, axis=1, keepdims=True)",
            ),
            Planted("m is the features", "X.shape[1]", "X.shape[0]"),
            Planted(
                "forgotten keepdims",
                "np.sum(dZ1, axis=1, keepdims=True)",
                "np.sum(dZ1, axis=1)",
            ),
            Planted(
                "axis",
                "np.sum(dZ1, axis=1, keepdims=True)",
                "np.sum(dZ1, axis=0, keepdims=True)",
            ),
            Planted(
                "one bias for all units",
                "np.sum(dZ1, axis=1, keepdims=True)",
                "np.full((len(dZ1), 1), np.sum(dZ1))",
            ),
            Planted("slope from Z1", "1 - A1**2", '1 - caches["Z1"] ** 2'),
            Planted("slope of the sigmoid", "1 - A1**2", "A1 * (1 - A1)"),
            Planted("slope not squared", "1 - A1**2", "1 - A1"),
            Planted("no slope", "dA1 * (1 - A1**2)", "dA1"),
            Planted(
                "W1 in the place of W2",
                'parameters["W2"].T @ dZ2',
                'parameters["W1"] @ np.repeat(dZ2, X.shape[0], axis=0)',
            ),
            Planted(
                "no weights on the way back",
                'parameters["W2"].T @ dZ2',
                "np.ones_like(A1) * dZ2",
            ),
            Planted("1/m twice", "A2 - Y  #", "(A2 - Y) / m  #"),
            Planted("transposed dW1", "dZ1 @ X.T / m", "X @ dZ1.T / m"),
            Planted("output weights from Z1", "dZ2 @ A1.T", 'dZ2 @ caches["Z1"].T'),
            Planted("squared error", "A2 - Y  #", "(A2 - Y) * A2 * (1 - A2)  #"),
        ],
        4: [
            Planted("only a consequence", '"dZ1"', '"dW1"'),
            Planted("one too early", '"dZ1"', '"dA1"'),
            Planted("wrong layer", '"dZ1"', '"dZ2"'),
            Planted("not a name", '"dZ1"', '"Z1"'),
            Planted(
                "fresh weights",
                body=(
                    'wrong = "dZ1"\nprobe = initialize(2, 3, np.random.default_rng(3))'
                ),
            ),
            Planted(
                "still small",
                body=(
                    'wrong = "dZ1"\n'
                    "probe = initialize(2, 3, np.random.default_rng(3), scale=0.1)"
                ),
            ),
            Planted(
                "only W2 is large",
                body=(
                    'wrong = "dZ1"\n'
                    "probe = initialize(2, 3, np.random.default_rng(3))\n"
                    'probe["W2"] = probe["W2"] * 300'
                ),
            ),
            Planted(
                "no way back to the hidden layer",
                "[[1.0, -1.0, 0.5]]",
                "np.zeros((1, 3))",
            ),
            Planted(
                "zero",
                body=(
                    'wrong = "dZ1"\n'
                    "probe = initialize(2, 3, np.random.default_rng(3), 0)"
                ),
            ),
            Planted(
                "five units",
                body=(
                    'wrong = "dZ1"\n'
                    "probe = initialize(2, 5, np.random.default_rng(3), scale=2)"
                ),
            ),
        ],
        5: [
            Planted("all differ", "rows_equal = 1", "rows_equal = 4"),
            Planted("none left", "rows_equal = 1", "rows_equal = 0"),
            Planted("pairs stay", "rows_pairs = 3", "rows_pairs = 2"),
            Planted("pairs all split", "rows_pairs = 3", "rows_pairs = 4"),
            Planted("nothing moves", "moved_zero = 1", "moved_zero = 0"),
            Planted("output layer moves", "moved_zero = 1", "moved_zero = 5"),
            Planted("everything moves", "moved_zero = 1", "moved_zero = 17"),
            Planted("no bias", "moved_first = 5", "moved_first = 4"),
            Planted("only the bias", "moved_first = 5", "moved_first = 1"),
            Planted("all move", "moved_first = 5", "moved_first = 17"),
        ],
        6: [
            Planted("a size that never fails", "my_units = 4", "my_units = 6"),
            Planted("far too large", "my_units = 4", "my_units = 32"),
            Planted("too few units", "my_units = 4", "my_units = 3"),
            Planted("two units", "my_units = 4", "my_units = 2"),
            Planted("one start", body="my_units = 4\nmy_starts = 1"),
            Planted("rounded down", "np.ceil", "np.floor"),
            Planted("to be safe", body="my_units = 4\nmy_starts = 10"),
            Planted("90 %", "np.log(0.01)", "np.log(0.1)"),
            Planted("share that succeeds", "dev_of[4] < 0.92", "dev_of[4] >= 0.92"),
            Planted("not rounded", "int(np.ceil(", "(("),
            Planted("chances added", body="my_units = 4\nmy_starts = 20"),
        ],
    },
}

"""Wrong answers planted in course2_improving/01_initialization."""

from tests.planted import Planted

PLANTED = {
    "course2_improving/01_initialization": {
        1: [
            Planted("everything moves", '"relu": (0, 0, 0)', '"relu": (3, 3, 3)'),
            Planted("relu as sigmoid", '"relu": (0, 0, 0)', '"relu": (1, 2, 3)'),
            Planted("tanh as sigmoid", '"tanh": (0, 0, 0)', '"tanh": (1, 2, 3)'),
            Planted("sigmoid stuck", "(1, 2, 3)", "(0, 0, 0)"),
            Planted("sigmoid at once", "(1, 2, 3)", "(3, 3, 3)"),
            Planted("only the last layer", "(1, 2, 3)", "(1, 1, 1)"),
            Planted("from the front", '"sigmoid": (1, 2, 3)', '"sigmoid": (1, 1, 2)'),
            Planted("one count only", '"sigmoid": (1, 2, 3)', '"sigmoid": (3,)'),
        ],
        2: [
            Planted("proportional", "wait[1e-6] + per_hundred", "wait[1e-6] * 100"),
            Planted("no wait", "wait[1e-6] + per_hundred", "wait[1e-6]"),
            Planted("per ten", " / 2  # steps per factor of 100", " / 4"),
            Planted("the whole gap", " / 2  # steps per factor of 100", ""),
            Planted("doubled", "wait[1e-6] + per_hundred", "2 * wait[1e-6]"),
            Planted("round guess", body="my_wait = 3000"),
        ],
        3: [
            Planted("He", "(1 + slope**2) / 2", "1 / 2"),
            Planted("Xavier", "(1 + slope**2) / 2", "1"),
            Planted("slope not squared", "(1 + slope**2)", "(1 + slope)"),
            Planted(
                "mean of slopes squared", "(1 + slope**2) / 2", "((1 + slope) / 2)**2"
            ),
            Planted("gain upside down", "1 / (passed * n_in)", "passed / n_in"),
            Planted(
                "variance for deviation",
                "np.sqrt(1 / (passed * n_in))",
                "(1 / (passed * n_in))",
            ),
            Planted("fan out", "passed * n_in", "passed * n_out"),
            Planted("transposed", "(n_out, n_in)) *", "(n_in, n_out)) *"),
            Planted("default slope", "slope**2", "0.01**2"),
        ],
        4: [
            Planted("as the colleague", "3 * 2 / n_in", "2 / n_in"),
            Planted("fan out", "3 * 2 / n_in", "3 * 2 / n_out"),
            Planted("Xavier's", "3 * 2 / n_in", "3 / n_in"),
            Planted("two for three", "3 * 2 / n_in", "2 * 2 / n_in"),
            Planted("width, not half width", "3 * 2 / n_in", "12 * 2 / n_in"),
            Planted(
                "third root wrong", "np.sqrt(3 * 2 / n_in)", "3 * np.sqrt(2 / n_in)"
            ),
            Planted("one-sided", "rng.uniform(-limit", "rng.uniform(0"),
            Planted("transposed", "(n_out, n_in))", "(n_in, n_out))"),
            Planted(
                "normal",
                body="return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)",
            ),
        ],
        5: [
            Planted("nothing lost", "my_he = 30 / 300", "my_he = 1.0"),
            Planted("upside down", "my_he = 30 / 300", "my_he = 300 / 30"),
            Planted(
                "a half per layer", "my_he = 30 / 300", "my_he = 30 / 300 * 0.5**4"
            ),
            Planted("last width left out", "my_he = 30 / 300", "my_he = 120 / 300"),
            Planted("Glorot keeps", "(60 / 360)", "1 or (60 / 360)"),
            Planted(
                "Glorot forward", "(60 / 360) * (240 / 300)", "(300 / 360) * (60 / 300)"
            ),
            Planted("Glorot without relu", "(30 / 150)", "(30 / 150) * 2**4"),
            Planted("Glorot as Xavier", "my_glorot = ", "my_glorot = my_xavier or "),
            Planted("Xavier as He", " * 0.5**4  # half", "  # half"),
            Planted("three layers", "0.5**4", "0.5**3"),
            Planted("root of the half", "0.5**4", "0.5**2"),
        ],
        6: [
            Planted(
                "own mean", "(X_new - mean)", "(X_new - X_new.mean(1, keepdims=True))"
            ),
            Planted(
                "own deviation",
                "(X_new - mean) / deviation",
                "(X_new - mean) / X_new.std(1, keepdims=True)",
            ),
            Planted("variance", "X_train.std(", "X_train.var("),
            Planted("over features", "axis=1", "axis=0", count=3),
            Planted(
                "one mean for all",
                "X_train.mean(axis=1, keepdims=True)",
                "X_train.mean()",
            ),
            Planted(
                "divides by zero",
                "deviation = np.where(varies, deviation, 1.0)\n",
                "",
            ),
            Planted("asks for 0", "np.where(varies,", "np.where(deviation > 0,"),
            Planted("constant as 1", "deviation, 1.0)", "deviation, np.inf)"),
            Planted(
                "m - 1",
                "X_train.std(axis=1, keepdims=True)",
                "X_train.std(axis=1, keepdims=True, ddof=1)",
            ),
            Planted(
                "small constant",
                "np.where(varies, deviation, 1.0)",
                "deviation + 1e-8",
            ),
            Planted(
                "joint statistics", "X_train.mean(", "np.hstack([X_train, X_new]).mean("
            ),
            Planted(
                "in place",
                "return (X_train - mean)",
                "X_train -= mean\nreturn (X_train)",
            ),
            Planted("only scaled", "(X_train - mean)", "X_train"),
            Planted(
                "max instead",
                "X_train.std(axis=1, keepdims=True)",
                "np.ptp(X_train, axis=1, keepdims=True)",
            ),
        ],
    }
}

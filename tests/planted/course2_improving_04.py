"""Wrong answers to the exercises of course2_improving/04_gradient_checking."""

from tests.planted import Planted

FRESH = "A2 = swish(Z2)  # a fresh array, which nobody else needs: thrifty and right"

PLANTED = {
    "course2_improving/04_gradient_checking": {
        1: [
            Planted("forgets p", "r / (p * c)", "r / c"),
            Planted("p upside down", "r / (p * c)", "p * r / c"),
            Planted("fraction upside down", "r / (p * c)", "p * c / r"),
            Planted("root of p", "1 / (p + 1)", "1 / p"),
            Planted("always a square root", "1 / (p + 1)", "1 / 2"),
            Planted("always a cube root", "1 / (p + 1)", "1 / 3"),
            Planted(
                "only truncation", "c * epsilon**p + r / epsilon", "c * epsilon**p"
            ),
            Planted("only rounding", "c * epsilon**p + r / epsilon", "r / epsilon"),
            Planted("where the two are equal", "r / (p * c)", "r / (1.0 * c)"),
            Planted("order of the answers", "return epsilon, c", "return c"),
            Planted(
                "swapped",
                body=(
                    "epsilon = (r / (p * c)) ** (1 / (p + 1))\n"
                    "return c * epsilon**p + r / epsilon, epsilon"
                ),
            ),
            Planted(
                "a coarse search",
                body=(
                    "grid = 10.0 ** np.arange(-12, 1)\n"
                    "error = c * grid**p + r / grid\n"
                    "return grid[error.argmin()], error.min()"
                ),
            ),
        ],
        2: [
            Planted(
                "asks for wrong, so NaN passes",
                body=(
                    "return {name: np.abs(value - measured[name])"
                    " > tolerance * np.abs(measured[name]).max()"
                    " for name, value in grads.items()}"
                ),
            ),
            Planted(
                "entry by entry",
                "np.abs(measured[name]).max()",
                "np.abs(measured[name])",
            ),
            Planted(
                "absolute", "tolerance * np.abs(measured[name]).max()", "tolerance"
            ),
            Planted(
                "largest of all arrays",
                "np.abs(measured[name]).max()",
                "max(np.abs(v).max() for v in measured.values())",
            ),
            Planted("fixed tolerance", "tolerance * np", "1e-6 * np"),
            Planted(
                "signed difference",
                "np.abs(value - measured[name])",
                "(value - measured[name])",
            ),
            Planted(
                "signed largest", "np.abs(measured[name]).max()", "measured[name].max()"
            ),
            Planted("right instead of wrong", "~(np", "(np"),
            Planted("less, not at most", "<= limit", "< limit"),
            Planted(
                "divides by zero",
                body=(
                    "return {name: ~(np.abs(value - measured[name])"
                    " / np.abs(measured[name]).max() <= tolerance)"
                    " for name, value in grads.items()}"
                ),
            ),
            Planted(
                "one answer per array",
                "~(np.abs(value - measured[name]) <= limit)",
                "np.any(~(np.abs(value - measured[name]) <= limit))",
            ),
            Planted(
                "sum of both sizes",
                "np.abs(measured[name]).max()",
                "(np.abs(value) + np.abs(measured[name])).max()",
            ),
            Planted(
                "largest of the claimed",
                "np.abs(measured[name]).max()",
                "np.abs(value).max()",
            ),
            Planted(
                "length of the array",
                "np.abs(measured[name]).max()",
                "np.linalg.norm(measured[name])",
            ),
            Planted(
                "mean of the array",
                "np.abs(measured[name]).max()",
                "np.abs(measured[name]).mean()",
            ),
            Planted("largest per column", "[name]).max()", "[name]).max(axis=0)"),
            Planted(
                "largest per row",
                "[name]).max()",
                "[name]).max(axis=1, keepdims=True)",
            ),
            Planted(
                "NaN counts as no difference",
                "~(np.abs(value - measured[name]) <= limit)",
                "np.nan_to_num(np.abs(value - measured[name])) > limit",
            ),
            Planted(
                "NaN only looked for in grads",
                "~(np.abs(value - measured[name]) <= limit)",
                "(np.abs(value - measured[name]) > limit) | np.isnan(value)",
            ),
            Planted(
                "counts",
                "return wrong",
                "return {name: int(w.sum()) for name, w in wrong.items()}",
            ),
        ],
        3: [
            Planted("the suspect as it is", "X, Z1, A1, Z2", "X, A1, Z1, Z2"),
            Planted(
                "only the slope mended",
                body=(
                    "grads = suspect(Y, cache, p)\n"
                    "dZ1 = (p['W2'].T @ ((p['W3'].T @ ((activations.softmax(cache[6]) -"
                    " Y)"
                    " / Y.shape[1]) * cache[5]) * swish_slope(cache[3]))"
                    " + (p['W3'].T @ ((activations.softmax(cache[6]) - Y) / Y.shape[1])"
                    " * cache[5])) * swish_slope(cache[1])\n"
                    "grads['dW1'] = dZ1 @ cache[0].T\n"
                    "grads['db1'] = dZ1.sum(axis=1, keepdims=True)\n"
                    "return grads"
                ),
            ),
            Planted("only dW2 mended", "swish_slope(Z1)", "swish_slope(A1)"),
            Planted("slope of layer 2 at A2", "swish_slope(Z2)", "swish_slope(A2)"),
            Planted("dW2 with Z1", "(2, dZ2, A1)", "(2, dZ2, Z1)"),
            Planted("slope is the activation", "swish_slope(Z1)", "swish(Z1)"),
            Planted(
                "slope of the sigmoid",
                "swish_slope(Z1)",
                "activations.sigmoid_derivative(Z1)",
            ),
            Planted("shortcut forgotten", "@ dZ2 + dA2", "@ dZ2"),
            Planted("shortcut counted twice", "@ dZ2 + dA2", "@ dZ2 + 2 * dA2"),
            Planted("shortcut from dZ2", "@ dZ2 + dA2", "@ dZ2 + dZ2"),
            Planted("mask forgotten", '(p["W3"].T @ dZ3) * D', '(p["W3"].T @ dZ3)'),
            Planted("mask twice", "dA1 * swish_slope(Z1)", "dA1 * D * swish_slope(Z1)"),
            Planted("no 1/m", " / Y.shape[1]", ""),
            Planted("Y.size", "Y.shape[1]", "Y.size"),
            Planted("axis of db", "axis=1", "axis=0"),
            Planted(
                "columns of dZ2 in another order",
                "dZ2 = dA2 * swish_slope(Z2)",
                "dZ2 = (dA2 * swish_slope(Z2))[:, ::-1]",
            ),
            Planted("changes the cache", "dZ3 = (", "A1 *= 1.5\ndZ3 = ("),
            Planted(
                "mended to fit dW2 by Z1 of a swish",
                "dZ @ A_prev.T",
                "dZ @ swish(A_prev).T",
            ),
        ],
        4: [
            Planted("as it was", FRESH, "A2 = A1"),
            Planted(
                "as it was, in order",
                "A2 = swish(Z2)  # a fresh array, which nobody "
                "else needs: thrifty and right\nA2 += A1",
                "A2 = A1\nA2 += swish(Z2)",
            ),
            Planted("copied too late", "A2 *= D", "A2 *= D\nA1 = A2.copy()"),
            Planted("shortcut dropped", "A2 += A1\n", "A2 += 0 * A1\n"),
            Planted("A1 changed", "A2 += A1", "A1 += A2\nA2 = A1"),
            Planted("mask dropped", "A2 *= D\n", ""),
            Planted(
                "mask on the branch only",
                "A2 += A1\nA2 *= D",
                "A2 *= D\nA2 += A1",
            ),
            Planted(
                "Z2 changed in place",
                FRESH,
                "A2 = Z2\nA2 *= activations.sigmoid(Z2)",
            ),
            Planted("other order of the cache", "(X, Z1, A1, Z2", "(X, A1, Z1, Z2"),
            Planted(
                "A2 before the mask",
                'A2 *= D\nZ3 = p["W3"] @ A2',
                'Z3 = p["W3"] @ (A2 * D)',
            ),
            Planted("stale is A2", '"A1"  #', '"A2"  #'),
            Planted("stale is Z1", '"A1"  #', '"Z1"  #'),
            Planted("stale is a gradient", '"A1"  #', '"dW2"  #'),
            Planted(
                "backward's slip put into forward",
                "return Z3, (X, Z1, A1, Z2, A2",
                "return Z3, (X, Z1, A2, Z2, A2",
            ),
        ],
        5: [
            Planted("as it was", "m = Y.shape[1]", "m = Y.size"),
            Planted(
                "ten classes for ever", "m = Y.shape[1]  # Y", "m = Y.size / 10  # Y"
            ),
            Planted("half", "lambd / m *", "lambd / (2 * m) *"),
            Planted("double", "lambd / m *", "2 * lambd / m *"),
            Planted("no m", "lambd / m *", "lambd *"),
            Planted("the classes", "m = Y.shape[1]", "m = Y.shape[0]"),
            Planted("the inputs", "m = Y.shape[1]", "m = cache[0].shape[0]"),
            Planted("sign", "] + lambd", "] - lambd"),
            Planted("biases too", 'if name.startswith("W")', "if True"),
            Planted("last layer only", 'name.startswith("W")', 'name == "W3"'),
            Planted("twenty examples", "m = Y.shape[1]", "m = 20"),
            Planted("squares", "* p[name]", "* p[name] ** 2"),
            Planted("replaces the gradient", 'grads[f"d{name}"] + lambd', "lambd"),
            Planted(
                "penalty alone is added to p",
                'grads[f"d{name}"] + lambd / m * p[name]',
                'grads[f"d{name}"] + lambd / m * np.sign(p[name])',
            ),
            Planted("what is missing", "arrived = 0.1", "arrived = 0.9"),
            Planted("missing per weight", "arrived = 0.1", "arrived = 0.18"),
            Planted("what arrived per weight", "arrived = 0.1", "arrived = 0.02"),
            Planted("guessed half", "arrived = 0.1", "arrived = 0.5"),
        ],
        6: [
            Planted("no root of 2", "distance * math.sqrt(2)", "distance"),
            Planted("times 2", "math.sqrt(2)", "2"),
            Planted("variance for deviation", "distance * math", "distance**2 * math"),
            Planted("the catch", "return math.erf(", "return 1 - math.erf("),
            Planted("directions forgotten", " ** directions", ""),
            Planted("directions multiply", " ** directions", " * directions"),
            Planted("directions divide", " ** directions", " / directions"),
            Planted(
                "wider with more directions",
                "distance * math.sqrt(2)",
                "distance * math.sqrt(2 * directions)",
            ),
            Planted(
                "upside down",
                "tolerance / (distance * math.sqrt(2))",
                "distance / (tolerance * math.sqrt(2))",
            ),
            Planted(
                "one direction too few", "** directions", "** max(1, directions - 1)"
            ),
            Planted("product", "tolerance / (distance *", "tolerance * distance / ("),
            Planted("one side only", "return math.erf(", "return 0.5 * math.erf("),
            Planted(
                "density only for small ones",
                body=(
                    "return (2 * tolerance / (distance * math.sqrt(2 * math.pi)))"
                    " ** directions"
                ),
            ),
            Planted(
                "uniform", body="return min(1, tolerance / distance) ** directions"
            ),
        ],
    },
}

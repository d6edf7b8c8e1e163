"""Wrong answers to the exercises of notebooks/01_notation."""

from tests.planted import Planted

PLANTED = {
    "notebooks/01_notation": {
        1: [
            Planted("W transposed", "(64, 784)", "(784, 64)"),
            Planted("bias per example", "(16, 1)", "(16, 32)"),
            Planted("flat bias", "(16, 1)", "(16,)"),
            Planted("examples first", "(64, 32)", "(32, 64)"),
            Planted("off by one layer", '"W3": (10, 16)', '"W3": (16, 64)'),
            Planted("dZ like W", '"dZ2": (16, 32)', '"dZ2": (16, 64)'),
            Planted("dW like A", '"dW2": (16, 64)', '"dW2": (16, 32)'),
            Planted("one missing", '    "dZ2": (16, 32),\n', ""),
        ],
        2: [
            Planted("not transposed", '[f"W{layer}"].T', '[f"W{layer}"]'),
            Planted("bias as column", '[f"b{layer}"][:, 0]', '[f"b{layer}"]'),
            Planted("bias as row", '[f"b{layer}"][:, 0]', '[f"b{layer}"].T'),
            Planted("one bias only", "[:, 0]", "[0]"),
            Planted("no bias", '[f"b{layer}"][:, 0]', '[f"b{layer}"][:, 0] * 0'),
            Planted("sign", '[f"b{layer}"][:, 0]', '[f"b{layer}"][:, 0] * -1'),
            Planted("last layer lost", "// 2 + 1", "// 2"),
            Planted(
                "sorted as text",
                "for layer in range(1, len(parameters) // 2 + 1):",
                "for layer in sorted(n[1:] for n in parameters if n[0] == 'W'):",
            ),
            Planted(
                "kernels first",
                body="L = len(parameters) // 2 + 1\n"
                "kernels = [parameters[f'W{k}'].T for k in range(1, L)]\n"
                "return kernels + [parameters[f'b{k}'][:, 0] for k in range(1, L)]",
            ),
        ],
        3: [
            Planted("first", "impossible = 4", "impossible = 1"),
            Planted("keepdims", "impossible = 4", "impossible = 2"),
            Planted("transposed weights", "impossible = 4", "impossible = 3"),
            Planted("last", "impossible = 4", "impossible = 5"),
            Planted("only transposed back", "dZ1 @ X.T / m", "(X.T @ dZ1) / m"),
            Planted("missing 1/m", "dZ1 @ X.T / m", "dZ1 @ X.T"),
            Planted("sign", "dZ1 @ X.T / m", "-dZ1 @ X.T / m"),
        ],
    },
}

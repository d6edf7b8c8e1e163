"""Wrong answers to the exercises of course1_nn/04_deep_network_by_hand."""

from tests.planted import Planted

NET = "(2, 10, 10, 10, 1), 0.3"

PLANTED = {
    "course1_nn/04_deep_network_by_hand": {
        1: [
            Planted("no b", "W @ A_prev + b", "W @ A_prev"),
            Planted("sign of b", "A_prev + b", "A_prev - b"),
            Planted("no activation", "A = activation(Z)", "A = Z"),
            Planted("always relu", "A = activation(Z)", "A = relu(Z)"),
            Planted("caches its output", "Cache(A_prev, W", "Cache(A, W"),
            Planted("caches A as Z", "W, Z, A)", "W, A, A)"),
            Planted("relu at the output", "activations.sigmoid if", "relu if"),
            Planted("sigmoid everywhere", "else relu", "else activations.sigmoid"),
            Planted("stops one early", "num_layers + 1)", "num_layers)"),
            Planted("starts at layer 2", "range(1, ", "range(2, "),
            Planted("layers counted twice", "len(parameters) // 2", "len(parameters)"),
            Planted("two layers only", "len(parameters) // 2", "2"),
            Planted("always fed with X", 'A, parameters[f"W', 'X, parameters[f"W'),
            Planted("caches from the end", "caches.append(", "caches.insert(0, "),
            Planted("keeps the last cache", "caches.append(cache)", "caches = [cache]"),
            Planted(
                "layers in the order of the alphabet",
                "for layer in range(1, num_layers + 1):",
                "for layer in sorted(range(1, num_layers + 1), key=str):",
            ),
        ],
        2: [
            Planted("W not transposed", "cache.W.T @ dZ", "cache.W @ dZ"),
            Planted("dA transposed", "cache.W.T @ dZ", "dZ.T @ cache.W"),
            Planted("A not transposed", "dZ @ cache.A_prev.T", "dZ @ cache.A_prev"),
            Planted("dW transposed", "dZ @ cache.A_prev.T", "cache.A_prev @ dZ.T"),
            Planted("dW from A", "cache.A_prev.T", "cache.A.T"),
            Planted(
                "1/m again in dW", "cache.A_prev.T", "cache.A_prev.T / dZ.shape[1]"
            ),
            Planted("mean in db", "dZ.sum", "dZ.mean"),
            Planted("axis", "axis=1", "axis=0"),
            Planted("forgotten keepdims", ", keepdims=True", ""),
            Planted("one number for db", "axis=1, ", ""),
            Planted("sign", "cache.W.T @ dZ", "-cache.W.T @ dZ"),
            Planted(
                "own slope in dA_prev",
                "cache.W.T @ dZ",
                "cache.W.T @ (dZ * (cache.Z > 0))",
            ),
            Planted("order", "return dA_prev, dW, db", "return dW, db, dA_prev"),
            Planted(
                "1/m again, in place",
                "dA_prev = cache",
                "dZ /= dZ.shape[1]\ndA_prev = cache",
            ),
            Planted(
                "units instead of examples",
                "cache.W.T @ dZ",
                "cache.W.T @ dZ / len(dZ)",
            ),
            Planted("without dA_prev", "return dA_prev, dW, db", "return dW, db"),
        ],
        3: [
            Planted("sign", "caches[-1].A - Y", "Y - caches[-1].A"),
            Planted("missing 1/m", " / Y.shape[1]", ""),
            Planted("units instead of m", "Y.shape[1]", "Y.shape[0]"),
            Planted("fixed m", "Y.shape[1]", "2"),
            Planted(
                "1/m in every layer",
                "(caches[layer - 2].Z)",
                "(caches[layer - 2].Z) / 2",
            ),
            Planted("slope of its own layer", "layer - 2", "layer - 1"),
            Planted("no slope", " * relu_derivative(caches[layer - 2].Z)", ""),
            Planted("relu instead of its slope", "relu_derivative(", "relu("),
            Planted("slope as a product", "dA_prev * relu", "dA_prev @ relu"),
            Planted("tanh slope", "relu_derivative(", "activations.tanh_derivative("),
            Planted("stops at layer 2", "len(caches), 0, -1", "len(caches), 1, -1"),
            Planted(
                "from the first layer on", "len(caches), 0, -1", "1, len(caches) + 1"
            ),
            Planted(
                "dZ never renewed",
                "dZ = dA_prev",
                "_ = dA_prev",
            ),
            Planted(
                "sigmoid slope at the output",
                " / Y.shape[1]",
                " / Y.shape[1] * caches[-1].A * (1 - caches[-1].A)",
            ),
            Planted(
                "changes the cache",
                "dZ = (caches[-1].A - Y) / Y.shape[1]",
                "dZ = caches[-1].A; dZ -= Y; dZ /= Y.shape[1]",
            ),
            Planted(
                "slope kept in the cache",
                "dZ = dA_prev * relu_derivative(caches[layer - 2].Z)",
                "caches[layer - 2].Z[:] = relu_derivative(caches[layer - 2].Z)\n"
                "        dZ = dA_prev * caches[layer - 2].Z",
            ),
            Planted("scores instead of A", "caches[-1].A - Y", "caches[-1].Z - Y"),
            Planted("names", 'f"dW{layer}"', 'f"W{layer}"'),
        ],
        4: [
            Planted("first wrong layer", "max(wrong)", "min(wrong[1:] or [0])"),
            Planted("last digit", "name[2:]", "name[-1]"),
            Planted("first digit", "name[2:]", "name[2]"),
            Planted("counts", "max(wrong)", "len(wrong) - 1"),
            Planted(
                "absolute difference",
                "relative_difference(value, measured[name])",
                "np.abs(value - measured[name]).max()",
            ),
            Planted(
                "weights only",
                "in grads.items()",
                'in [(n, g) for n, g in grads.items() if n[1] == "W"]',
            ),
            Planted(
                "biases only",
                "in grads.items()",
                'in [(n, g) for n, g in grads.items() if n[1] == "b"]',
            ),
            Planted("threshold of its own", "> tolerance", "> 1e-6"),
            Planted("too generous", "> tolerance", "> 0.04"),
            Planted("the right ones", "> tolerance", "< tolerance"),
            Planted("fails if none", "wrong = [0]", "wrong = [1]"),
            Planted("uphill", "value - learning_rate", "value + learning_rate"),
            Planted("no rate", "learning_rate * grads", "grads"),
            Planted(
                "weights only move",
                "return moved, grads",
                "moved |= {n: v for n, v in parameters.items() if 'b' in n}\n"
                "return moved, grads",
            ),
            Planted("in place", "moved = {}", "moved = parameters"),
            Planted(
                "in place, arrays",
                'moved[name] = value - learning_rate * grads[f"d{name}"]',
                'value -= learning_rate * grads[f"d{name}"]; moved[name] = value',
            ),
            Planted("order", "return moved, grads", "return grads, moved"),
            Planted(
                "hers on a copy",
                "backward(Y, caches)",
                "step_careless({n: v.copy() for n, v in parameters.items()},"
                " X, Y, learning_rate)",
            ),
            Planted(
                "gradients after the update",
                "return moved, grads",
                "return moved, backward(Y, forward(X, moved)[1])",
            ),
        ],
        5: [
            Planted("no half", "np.sqrt(200 / 2)", "np.sqrt(200)"),
            Planted("no root", "np.sqrt(200 / 2)", "200 / 2"),
            Planted("seven layers", "ratio_A = shrink**6", "ratio_A = shrink**7"),
            Planted("five layers", "ratio_A = shrink**6", "ratio_A = shrink**5"),
            Planted("kept", "ratio_A = shrink**6", "ratio_A = 1"),
            Planted(
                "eight layers back", "ratio_dZ = shrink**6", "ratio_dZ = shrink**8"
            ),
            Planted("the other way", "ratio_dZ = shrink**6", "ratio_dZ = shrink**-6"),
            Planted("dZ does not shrink", "ratio_dZ = shrink**6", "ratio_dZ = 1.0"),
            Planted("per layer s", "ratio_dZ = shrink**6", "ratio_dZ = 0.01**6"),
            Planted("dW as dZ", "ratio_dW = 1.0", "ratio_dW = ratio_dZ"),
            Planted("dW twice", "ratio_dW = 1.0", "ratio_dW = ratio_A * ratio_dZ"),
            Planted("dW one layer", "ratio_dW = 1.0", "ratio_dW = shrink"),
            Planted("zero", "ratio_dW = 1.0", "ratio_dW = 0.0"),
            Planted("sign", "ratio_dW = 1.0", "ratio_dW = -1.0"),
        ],
        6: [
            Planted("one neuron", NET, "(2, 1), 0.3"),
            Planted("wide, rate too small", NET, "(2, 64, 1), 0.3"),
            Planted("wide, rate still too small", NET, "(2, 64, 1), 1.0"),
            Planted("thin", NET, "(2, 5, 5, 5, 5, 1), 0.1"),
            Planted("the same net, too fast", NET, "(2, 10, 10, 10, 1), 1.0"),
            Planted("the same net, too slow", NET, "(2, 10, 10, 10, 1), 0.01"),
            Planted("uphill", NET, "(2, 10, 10, 10, 1), -0.3"),
            Planted("chain, large steps", NET, "(2, 10, 10, 10, 1), 0.5"),
            Planted("two outputs", NET, "(2, 10, 10, 10, 2), 0.3"),
            Planted("too many parameters", NET, "(2, 20, 20, 1), 0.3"),
            Planted("three inputs", NET, "(3, 10, 10, 10, 1), 0.3"),
            Planted("no output", NET, "(2, 10, 10, 10), 0.3"),
        ],
    },
}

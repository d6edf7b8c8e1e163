"""Wrong answers to the exercises of course2_improving/05_optimizers."""

from tests.planted import Planted

PREDICTIONS = """share_after_10 = {share}
steps_to_99 = {steps}
first_step = {first}"""


def predicted(name, share="0.651", steps="4603", first="3.16"):
    """The three predictions with one of them wrong."""
    return Planted(name, body=PREDICTIONS.format(share=share, steps=steps, first=first))


def schedule(name, rate):
    return Planted(name, body=f"my_rate = {rate}")


LOOP = """state, rates, step = {{}}, [], 0
for epoch in range(num_epochs):
    rates.append(rate0 / (1 + decay * epoch))
    for X_b, Y_b in batches.mini_batches({deal}):
        _, grads = gradient(parameters, X_b, Y_b, "tanh", "sigmoid")
        parameters, state = optimizers.adam(parameters, grads, state, {rate})
        step += 1
return parameters, rates"""

PLANTED = {
    "course2_improving/05_optimizers": {
        1: [
            Planted(
                "drops the rest",
                "range(0, m, batch_size)",
                "range(0, m - batch_size + 1, batch_size)",
            ),
            Planted("m is the features", "X.shape[1]", "X.shape[0]"),
            Planted(
                "Y in another order", "Y[:, chosen]", "Y[:, first : first + batch_size]"
            ),
            Planted(
                "X not shuffled", "X[:, chosen]", "X[:, first : first + batch_size]"
            ),
            Planted(
                "with replacement", "rng.permutation(m)", "rng.integers(m, size=m)"
            ),
            Planted(
                "never shuffles",
                "np.arange(m) if rng is None else rng.permutation(m)",
                "np.arange(m)",
            ),
            Planted(
                "own generator",
                "else rng.permutation(m)",
                "else np.random.default_rng(0).permutation(m)",
            ),
            Planted(
                "unseeded",
                "else rng.permutation(m)",
                "else np.random.default_rng().permutation(m)",
            ),
            Planted(
                "always shuffles",
                "np.arange(m) if rng is None else rng.permutation(m)",
                "(rng or np.random.default_rng(0)).permutation(m)",
            ),
            Planted(
                "overlapping",
                "range(0, m, batch_size)",
                "range(0, m, max(1, batch_size // 2))",
            ),
            Planted("off by one", "first + batch_size]", "first + batch_size - 1]"),
            Planted(
                "rows", "X[:, chosen], Y[:, chosen]", "X[:, chosen].T, Y[:, chosen].T"
            ),
            Planted("flat labels", "Y[:, chosen]", "Y[0, chosen]"),
            Planted(
                "only the batches in random order",
                body=(
                    "m = X.shape[1]\n"
                    "starts = np.arange(0, m, batch_size)\n"
                    "starts = starts if rng is None else rng.permutation(starts)\n"
                    "for i in starts:\n"
                    "    yield X[:, i : i + batch_size], Y[:, i : i + batch_size]"
                ),
            ),
            Planted(
                "shuffles X in place",
                body=(
                    "m = X.shape[1]\n"
                    "order = np.arange(m) if rng is None else rng.permutation(m)\n"
                    "X[:], Y[:] = X[:, order], Y[:, order]\n"
                    "for i in range(0, m, batch_size):\n"
                    "    yield X[:, i : i + batch_size], Y[:, i : i + batch_size]"
                ),
            ),
        ],
        2: [
            predicted("share that is missing", share="0.9**10"),
            predicted("off by one", share="1 - 0.9**9"),
            predicted("63 per cent", share="1 - np.exp(-1)"),
            predicted("memory, not 99 per cent", steps="1000"),
            predicted("common logarithm", steps="2 / np.log10(1 / 0.9)"),
            predicted("beta .99", steps="np.log(0.01) / np.log(0.99)"),
            predicted("sloppy", steps="5000"),
            predicted("too short", first="0.1"),
            predicted("no root", first="0.1 / 0.001"),
            predicted("corrected", first="1.0"),
            predicted("inverse", first="np.sqrt(0.001) / 0.1"),
            predicted("sloppy first step", first="3"),
            predicted("two digits", share="0.65"),
            predicted("first step off", first="3.17"),
        ],
        3: [
            Planted("that of descent", " * (1 + beta) / (1 - beta)", ""),
            Planted("inverse", "(1 + beta) / (1 - beta)", "(1 - beta) / (1 + beta)"),
            Planted(
                "only the factor 1 - beta", "(1 + beta) / (1 - beta)", "1 / (1 - beta)"
            ),
            Planted(
                "without 1 - beta, as in Keras", "(1 + beta) / (1 - beta)", "(1 + beta)"
            ),
            Planted("1 over the curvature", "2 / curvature", "1 / curvature"),
            Planted("times the curvature", "2 / curvature", "2 * curvature"),
            Planted("always beta .9", "(1 + beta) / (1 - beta)", "19"),
            Planted(
                "complex region",
                "2 / curvature * (1 + beta)",
                "(1 + beta**0.5) ** 2 / curvature",
            ),
            Planted("a little too careful", "return 2", "return 0.95 * 2"),
        ],
        4: [
            Planted("no correction", "v / (1 - beta1**t), s / (1 - beta2**t)", "v, s"),
            Planted("v not corrected", "v / (1 - beta1**t)", "v"),
            Planted("s not corrected", "s / (1 - beta2**t)", "s"),
            Planted("corrected for t + 1", "1 - beta1**t", "1 - beta1 ** (t + 1)"),
            Planted("always the first correction", "**t", "", count=2),
            Planted(
                "betas swapped",
                "v / (1 - beta1**t), s / (1 - beta2**t)",
                "v / (1 - beta2**t), s / (1 - beta1**t)",
            ),
            Planted("no square", "dW**2", "dW"),
            Planted("square of v", "dW**2", "v**2"),
            Planted("no root", "np.sqrt(s_hat)", "s_hat"),
            Planted(
                "epsilon in the root",
                "np.sqrt(s_hat) + epsilon",
                "np.sqrt(s_hat + epsilon)",
            ),
            Planted("no epsilon", " + epsilon", ""),
            Planted("sign", "W - learning_rate", "W + learning_rate"),
            Planted("dW in the step", "learning_rate * v_hat", "learning_rate * dW"),
            Planted(
                "returns the hats",
                "(np.sqrt(s_hat) + epsilon), v, s",
                "(np.sqrt(s_hat) + epsilon), v_hat, s_hat",
            ),
            Planted("forgets s", "epsilon), v, s", "epsilon), v, 0.0"),
            Planted("factor 1 - beta1 missing", "(1 - beta1) * dW\n", "dW\n"),
            Planted("factor 1 - beta2 missing", "(1 - beta2) * dW**2", "dW**2"),
            Planted("beta fixed", "beta1 * v + (1 - beta1)", "0.9 * v + 0.1"),
            Planted(
                "changes W",
                "return W - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon), v, s",
                "step = learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)\n"
                "W -= step\nreturn W, v, s",
            ),
        ],
        5: [
            Planted(
                "still compounds",
                "rate0 / (1 + decay * epoch)",
                "(rates[-1] if rates else rate0) / (1 + decay * epoch)",
            ),
            Planted("counts epochs from 1", "decay * epoch)", "decay * (epoch + 1))"),
            Planted("no decay", "rate0 / (1 + decay * epoch)", "rate0"),
            Planted(
                "exponential",
                "rate0 / (1 + decay * epoch)",
                "rate0 * (1 / (1 + decay)) ** epoch",
            ),
            Planted("d fixed", "decay * epoch", "epoch"),
            Planted("trains at the first rate", "state, rates[-1])", "state, rate0)"),
            Planted(
                "state new in each epoch",
                "    rates.append(",
                "    state = {}\n    rates.append(",
            ),
            Planted(
                "state not kept",
                "parameters, state = optimizers",
                "parameters, _ = optimizers",
            ),
            Planted(
                "falls in every step",
                body=LOOP.format(
                    deal="X, Y, batch_size, rng", rate="rate0 / (1 + decay * step)"
                ),
            ),
            Planted(
                "all examples at once",
                body=LOOP.format(deal="X, Y, X.shape[1], rng", rate="rates[-1]"),
            ),
            Planted(
                "no shuffle",
                body=LOOP.format(deal="X, Y, batch_size", rate="rates[-1]"),
            ),
            Planted(
                "one rate too late",
                body=LOOP.format(
                    deal="X, Y, batch_size, rng", rate="rates[max(epoch - 1, 0)]"
                ),
            ),
        ],
        6: [
            schedule("best constant", "schedules.constant(0.07)"),
            schedule("large constant", "schedules.constant(0.5)"),
            schedule("perfect for curvature 1", "schedules.inverse_time(1.0, 1.0)"),
            schedule("falls too slowly", "schedules.inverse_time(0.5, 0.005)"),
            schedule("falls too fast", "schedules.exponential(0.5, 0.9)"),
            schedule("hardly falls", "schedules.exponential(0.5, 0.999)"),
            schedule("cosine over half the run", "schedules.cosine(0.2, 150)"),
            schedule("cosine far too high", "schedules.cosine(1.0, 300)"),
            schedule("rises", "lambda t: 0.001 * (t + 1)"),
            schedule("above the limit", "schedules.inverse_time(8.0, 0.1)"),
        ],
    },
}

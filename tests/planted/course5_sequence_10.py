"""Wrong answers to the exercises of course5_sequence/10_transformer."""

from tests.planted import Planted

COSTS = "costs = {}"
RIGHT_COSTS = {
    "weights, h x 2": 1,
    "weights, n x 2": 4,
    "weights, T x 2": 1,
    "projections, T x 2": 2,
    "looking, T x 2": 4,
    "looking, n x 2": 2,
    "looking, h x 2": 1,
    "even": 48,
}


def costs(**changed):
    """Costs with some entries changed: even=24, h_weights=2 for "weights, h x 2"."""
    found = dict(RIGHT_COSTS)
    for name, value in changed.items():
        letter, _, part = name.partition("_")
        found[f"{part}, {letter} x 2" if part else name] = value
    return f"costs = {found}"


JUDGE = """maker = np.random.default_rng(0)
X = maker.normal(size={size})
before = np.array(layer(X.copy()))
for t in {places}:
    changed = X.copy()
    changed[:, {changes}] = {new}
    after = np.array(layer(changed))
    if not np.allclose(before[:, {kept}], after[:, {kept}], {close}):
        return True
return False"""


def judge(**changed):
    usual = {
        "size": "(2, 12, 6)",
        "places": "range(11)",
        "changes": "t + 1:",
        "new": "maker.normal(size=changed[:, t + 1:].shape)",
        "kept": ": t + 1",
        "close": "rtol=1e-5, atol=1e-7",
    }
    return JUDGE.format(**usual | changed)


def claims(*values):
    names = ("exact", "first error", "characters", "not lower", "beam")
    return f"claims = {dict(zip(names, values, strict=True))}"


CLAIMS = (
    'claims = {"exact": True, "first error": True, "characters": False, '
    '"not lower": False,\n          "beam": False}'
)

PLANTED = {
    "course5_sequence/10_transformer": {
        1: [
            Planted(
                "no root forward",
                "swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])",
                "swapaxes(K, -1, -2)",
            ),
            Planted(
                "d in place of its root",
                "swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])",
                "swapaxes(K, -1, -2) / Q.shape[-1]",
            ),
            Planted(
                "root of T_k",
                "swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])",
                "swapaxes(K, -1, -2) / np.sqrt(K.shape[-2])",
            ),
            Planted(
                "root of d_v",
                "swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])",
                "swapaxes(K, -1, -2) / np.sqrt(V.shape[-1])",
            ),
            Planted(
                "highest of all, not of the row",
                "scores.max(axis=-1, keepdims=True)",
                "scores.max()",
            ),
            Planted(
                "softmax over queries",
                "e / e.sum(axis=-1, keepdims=True)",
                "e / e.sum(axis=-2, keepdims=True)",
            ),
            Planted(
                "mask upside down",
                "np.where(mask, scores, -np.inf)",
                "np.where(mask, -np.inf, scores)",
            ),
            Planted(
                "mask to 0 before the softmax",
                "np.where(mask, scores, -np.inf)",
                "np.where(mask, scores, 0)",
            ),
            Planted(
                "mask of -10",
                "np.where(mask, scores, -np.inf)",
                "np.where(mask, scores, -10)",
            ),
            Planted("mask ignored", "if mask is not None", "if False"),
            Planted(
                "overflow",
                "np.exp(scores - scores.max(axis=-1, keepdims=True))",
                "np.exp(scores)",
            ),
            Planted(
                "keepdims forgotten",
                "e / e.sum(axis=-1, keepdims=True)",
                "e / e.sum(axis=-1)",
            ),
            Planted(
                "no root backward", "(dA - mean) / np.sqrt(Q.shape[-1])", "(dA - mean)"
            ),
            Planted("no mean", "(dA - mean)", "dA"),
            Planted(
                "plain mean",
                "np.sum(dA * weights, axis=-1, keepdims=True)",
                "np.mean(dA, axis=-1, keepdims=True)",
            ),
            Planted(
                "mean of products",
                "np.sum(dA * weights, axis=-1, keepdims=True)",
                "np.mean(dA * weights, axis=-1, keepdims=True)",
            ),
            Planted("sign", "weights * (dA - mean)", "-weights * (dA - mean)"),
            Planted(
                "as a sigmoid", "weights * (dA - mean)", "weights * (1 - weights) * dA"
            ),
            Planted(
                "dQ and dK swapped",
                "return d_scores @ K, np.swapaxes(d_scores, -1, -2) @ Q, dV",
                "return np.swapaxes(d_scores, -1, -2) @ Q, d_scores @ K, dV",
            ),
            Planted(
                "transposed",
                "dV = np.swapaxes(weights, -1, -2) @ d_context",
                "dV = weights @ d_context",
            ),
        ],
        2: [
            Planted("turns back", "turn = k *", "turn = -k *"),
            Planted("sign of the sine", "[[c, s], [-s, c]]", "[[c, -s], [s, c]]"),
            Planted("cosine first", "[[c, s], [-s, c]]", "[[s, c], [c, -s]]"),
            Planted("rate of 2 pair", "(-pair / d)", "(-2 * pair / d)"),
            Planted("rate by pairs' number", "(-pair / d)", "(-(pair // 2) / d)"),
            Planted("one rate for all", "10000.0 ** (-pair / d)", "1.0"),
            Planted("symmetric", "[[c, s], [-s, c]]", "[[c, s], [s, c]]"),
            Planted(
                "one place only",
                body="p = attention.positions(abs(k) + 2, d)\n"
                "a, b = (p[0], p[k]) if k >= 0 else (p[-k], p[0])\n"
                "return np.outer(b, a) / (a @ a)",
            ),
            Planted(
                "fitted to five places",
                body="p = attention.positions(abs(k) + 6, d)\n"
                "a, b = (p[:5], p[k:k + 5]) if k >= 0 else (p[-k:-k + 5], p[:5])\n"
                "return np.linalg.lstsq(a, b, rcond=None)[0].T",
            ),
            Planted("shifts columns", body="return np.roll(np.eye(d), k, axis=0)"),
            Planted("absolute distance", "turn = k *", "turn = abs(k) *"),
        ],
        3: [
            Planted("always true", body="return True"),
            Planted("always false", body="return False"),
            Planted("only the first place", body=judge(places="[0]")),
            Planted("only the last but one", body=judge(places="[10]")),
            Planted(
                "only the last place changes",
                body=judge(changes="11", new="maker.normal(size=(2, 6))"),
            ),
            Planted(
                "only the place itself", body=judge(kept="t : t + 1", places="[0, 5]")
            ),
            Planted("one place too many kept", body=judge(kept=": t + 2")),
            Planted(
                "the past changes",
                body=judge(changes=": t", new="maker.normal(size=(2, t, 6))"),
            ),
            Planted("exactly equal", body=judge(close="rtol=0, atol=0")),
            Planted("tolerance .1", body=judge(close="rtol=0, atol=.1")),
            Planted("tolerance .01", body=judge(close="rtol=0, atol=1e-2")),
            Planted(
                "constant sequence",
                body=judge(new="X[:, :1]").replace(
                    "X = maker.normal(size=(2, 12, 6))", "X = np.ones((2, 12, 6))"
                ),
            ),
            Planted("two places", body=judge(size="(2, 2, 6)", places="[0]")),
            Planted("three places", body=judge(size="(2, 3, 6)", places="range(2)")),
            Planted("one feature changes", body=judge(changes="t + 1:, 0", new="7.0")),
            Planted("scaled", body=judge(new="2 * X[:, t + 1:]", places="[3]")),
            Planted(
                "examples in place of time",
                body=judge(size="(12, 2, 6)").replace("[:, ", "["),
            ),
            Planted(
                "reversed",
                body=judge()
                .replace("return True", "return None")
                .replace("return False", "return True"),
            ),
            Planted(
                "asks for the mask in the source",
                body="import inspect\nreturn 'tri' not in inspect.getsource(layer)",
            ),
        ],
        4: [
            Planted("heads multiply the weights", body=costs(h_weights=2)),
            Planted("n only linear", body=costs(n_weights=2)),
            Planted("weights per place", body=costs(T_weights=2)),
            Planted("all quadratic in T", body=costs(T_projections=4)),
            Planted("looking linear", body=costs(T_looking=2)),
            Planted("looking quadratic in n", body=costs(n_looking=4)),
            Planted("heads multiply the looking", body=costs(h_looking=2)),
            Planted("T = n", body=costs(even=24)),
            Planted("scores only", body=costs(even=96)),
            Planted("three projections", body=costs(even=36)),
            Planted("off by one", body=costs(even=47)),
            Planted("rounded down", body=costs(even=47.9)),
            Planted("an entry missing", body=costs() + "\ndel costs['even']"),
        ],
        5: [
            Planted("no causal mask", 'W[f"{name}_self"], past)', 'W[f"{name}_self"])'),
            Planted(
                "causal mask transposed",
                "past = np.tri(Y.shape[1], dtype=bool)",
                "past = np.tri(Y.shape[1], dtype=bool).T",
            ),
            Planted(
                "one step too far",
                "np.tri(Y.shape[1], dtype=bool)",
                "np.tri(Y.shape[1], k=1, dtype=bool)",
            ),
            Planted(
                "not itself",
                "np.tri(Y.shape[1], dtype=bool)",
                "np.tri(Y.shape[1], k=-1, dtype=bool) | (np.arange(Y.shape[1]) == 0)",
            ),
            Planted(
                "no padding mask", 'W[f"{name}_cross"], real)', 'W[f"{name}_cross"])'
            ),
            Planted(
                "no residual sum",
                "Y = Y + multi_head(Y_norm, M",
                "Y = multi_head(Y_norm, M",
            ),
            Planted(
                "first sum left out",
                "Y = Y + multi_head(Y_norm, Y_norm",
                "Y = multi_head(Y_norm, Y_norm",
            ),
            Planted(
                "sum of the norms",
                "Y = Y + multi_head(Y_norm, Y_norm",
                "Y = Y_norm + multi_head(Y_norm, Y_norm",
            ),
            Planted("same norm twice", '_cross_norm"', '_self_norm"'),
            Planted(
                "old norm", 'Y_norm = layer_norm(Y, *W[f"{name}_cross_norm"])\n', "\n"
            ),
            Planted("norm left out", "multi_head(Y_norm, M,", "multi_head(Y, M,"),
            Planted(
                "keys not normed", "multi_head(Y_norm, Y_norm,", "multi_head(Y_norm, Y,"
            ),
            Planted("no thinking", 'return think(Y, W, f"{name}_feed")', "return Y"),
            Planted(
                "thinks twice",
                'return think(Y, W, f"{name}_feed")',
                'return think(think(Y, W, f"{name}_feed"), W, f"{name}_feed")',
            ),
            Planted(
                "changes Y",
                "Y = Y + multi_head(Y_norm, Y_norm",
                "Y += multi_head(Y_norm, Y_norm",
            ),
            Planted(
                "M normed again",
                "multi_head(Y_norm, M,",
                'multi_head(Y_norm, layer_norm(M, *W[f"{name}_cross_norm"]),',
            ),
        ],
        6: [
            Planted("all true", CLAIMS, claims(*5 * [True])),
            Planted(
                "beam is better, so right",
                CLAIMS,
                claims(True, True, False, False, True),
            ),
            Planted("forced is kinder", CLAIMS, claims(True, True, False, True, False)),
            Planted("characters agree", CLAIMS, claims(True, True, True, True, False)),
            Planted("nothing holds", CLAIMS, claims(*5 * [False])),
            Planted("only exact", CLAIMS, claims(True, False, False, False, False)),
            Planted(
                "counts errors",
                "np.where(wrong.any(axis=1), wrong.argmax(axis=1), Y.shape[1])",
                "wrong.sum(axis=1)",
            ),
            Planted(
                "0 if none",
                "np.where(wrong.any(axis=1), wrong.argmax(axis=1), Y.shape[1])",
                "wrong.argmax(axis=1)",
            ),
            Planted(
                "last error",
                "wrong.argmax(axis=1)",
                "Y.shape[1] - 1 - wrong[:, ::-1].argmax(axis=1)",
            ),
            Planted(
                "first right place",
                "argmax(scores, axis=-1) != Y",
                "argmax(scores, axis=-1) == Y",
            ),
            Planted(
                "counted from 1",
                "wrong.argmax(axis=1), Y.shape[1])",
                "wrong.argmax(axis=1) + 1, Y.shape[1])",
            ),
            Planted("lowest score", "np.argmax(scores", "np.argmin(scores"),
            Planted(
                "over places", "np.argmax(scores, axis=-1)", "np.argmax(scores, axis=1)"
            ),
        ],
    },
}

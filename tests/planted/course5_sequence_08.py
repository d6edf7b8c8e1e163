"""Wrong answers to the exercises of course5_sequence/08_translation_with_attention."""

from tests.planted import Planted

PLANTED = {
    "course5_sequence/08_translation_with_attention": {
        1: [
            Planted("no mask", "np.where(present, hidden @ v, -np.inf)", "hidden @ v"),
            Planted(
                "masks with 0, which is a score",
                "np.where(present, hidden @ v, -np.inf)",
                "np.where(present, hidden @ v, 0)",
            ),
            Planted(
                "overflows", "np.exp(e - e.max(axis=1, keepdims=True))", "np.exp(e)"
            ),
            Planted("no tanh", "np.tanh((s @", "1.0 * ((s @"),
            Planted(
                "adds the state after the tanh",
                "np.tanh((s @ W_s.T)[:, None, :] + a @ W_a.T)",
                "(s @ W_s.T)[:, None, :] + np.tanh(a @ W_a.T)",
            ),
            Planted("forgets the query", "(s @ W_s.T)[:, None, :] + a", "a"),
            Planted(
                "sums over examples", "E.sum(axis=1, keepdims=True)", "E.sum(axis=0)"
            ),
            Planted(
                "no division",
                "weights = E / E.sum(axis=1, keepdims=True)",
                "weights = E",
            ),
            Planted(
                "mean in place of the average",
                '"mt,mtn->mn", weights, a',
                '"mt,mtn->mn", np.ones_like(weights) / a.shape[1], a',
            ),
            Planted(
                "sigmoid in place of softmax",
                "E / E.sum(axis=1, keepdims=True)",
                "E / (1 + E)",
            ),
            Planted(
                "returns other weights than it used",
                body="e = np.tanh((s @ W_s.T)[:, None] + a @ W_a.T) @ v\n"
                "E = np.exp(np.where(present, e, -np.inf))\n"
                "weights = E / E.sum(axis=1, keepdims=True)\n"
                "even = present / present.sum(axis=1, keepdims=True)\n"
                "return np.einsum('mt,mtn->mn', weights, a), even",
            ),
            Planted(
                "masks after the exponential: loud padding leaves 0 / 0",
                body="e = np.tanh((s @ W_s.T)[:, None] + a @ W_a.T) @ v\n"
                "E = np.exp(e - e.max(axis=1, keepdims=True)) * present\n"
                "weights = E / E.sum(axis=1, keepdims=True)\n"
                "return np.einsum('mt,mtn->mn', weights, a), weights",
            ),
            Planted(
                "divides scores by the root of d", " @ v,", " @ v / len(v) ** 0.5,"
            ),
        ],
        2: [
            Planted(
                "as given",
                body="E = np.exp(e - e.max(axis=-1, keepdims=True))\n"
                "weights = E / E.sum(axis=-1, keepdims=True)\n"
                "return weights * present",
            ),
            Planted("score 0 for padding", "-np.inf)", "0)"),
            Planted(
                "multiplies scores", "np.where(present, e, -np.inf)", "e * present"
            ),
            Planted("not low enough", "-np.inf)", "-1.0)"),
            Planted(
                "sums over the first axis",
                "E.sum(axis=-1, keepdims=True)",
                "E.sum(axis=0, keepdims=True)",
            ),
            Planted(
                "loud padding underflows the rest",
                body="E = np.exp(e - e.max(axis=-1, keepdims=True)) * present\n"
                "return E / E.sum(axis=-1, keepdims=True)",
            ),
            Planted("inverted mask", "np.where(present", "np.where(~present"),
            Planted("overflows", "e - e.max(axis=-1, keepdims=True)", "e"),
            Planted(
                "divides by the sum over all axes",
                "E.sum(axis=-1, keepdims=True)",
                "E.sum()",
            ),
            Planted(
                "no division", "return E / E.sum(axis=-1, keepdims=True)", "return E"
            ),
        ],
        3: [
            Planted("forgets that weights sum to 1", "a - c[:, None])", "a)"),
            Planted("sign", "a - c[:, None])", "c[:, None] - a)"),
            Planted("no weight in the slope", "weights * np.einsum", "np.einsum"),
            Planted("no slope of tanh", " * (1 - hidden**2)", ""),
            Planted("slope of sigmoid", "(1 - hidden**2)", "hidden * (1 - hidden)"),
            Planted("a as a value only", " + d_sum @ W_a", ""),
            Planted("a as a key only", "weights[..., None] * dc[:, None] + ", ""),
            Planted("v left out", "d_e[..., None] * v *", "d_e[..., None] *"),
            Planted("mean over places", "d_sum.sum(axis=1)", "d_sum.mean(axis=1)"),
            Planted(
                "mean over examples", "dv = np.einsum(", "dv = 1 / len(s) * np.einsum("
            ),
        ],
        4: [
            Planted("forgets the beginnings", "totals[:, None] + log_p", "log_p"),
            Planted(
                "multiplies logarithms",
                "totals[:, None] + log_p",
                "totals[:, None] * log_p",
            ),
            Planted("worst first", "np.argsort(-longer", "np.argsort(longer"),
            Planted(
                "row and token swapped",
                "rows, tokens = np.divmod",
                "tokens, rows = np.divmod",
            ),
            Planted("divides by the rows", "longer.shape[1])", "longer.shape[0])"),
            Planted("greedy", "[:beam_width]", "[:1]"),
            Planted("one too many", "[:beam_width]", "[: beam_width + 1]"),
            Planted(
                "best token of each beginning",
                body="tokens = log_p.argmax(axis=1)\n"
                "new = totals + log_p.max(axis=1)\n"
                "rows = np.argsort(-new)[:beam_width]\n"
                "return rows, tokens[rows], new[rows]",
            ),
            Planted(
                "the best, but not in order",
                body="longer = totals[:, None] + log_p\n"
                "best = np.sort(np.argsort(-longer, axis=None)[:beam_width])\n"
                "rows, tokens = np.divmod(best, longer.shape[1])\n"
                "return rows, tokens, longer[rows, tokens]",
            ),
            Planted(
                "returns no totals", ", longer[rows, tokens]", ", log_p[rows, tokens]"
            ),
        ],
        5: [
            Planted("counts repeated words", "1: (6, 7)", "1: (7, 7)"),
            Planted("different words", "1: (6, 7)", "1: (5, 7)"),
            Planted("all of the reference", "1: (6, 7)", "1: (6, 8)"),
            Planted("bigrams as many as words", "2: (2, 6)", "2: (2, 7)"),
            Planted("one bigram missed", "2: (2, 6)", "2: (1, 6)"),
            Planted("no brevity penalty", "0.463", "0.535"),
            Planted("arithmetic mean", "0.463", "0.516"),
            Planted("no root", "0.463", "0.248"),
            Planted("rounded", "0.463", "0.46"),
        ],
    },
}

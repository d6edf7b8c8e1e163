"""Wrong answers to the exercises of course5_sequence/03_character_language_model."""

from tests.planted import Planted

PLANTED = {
    "course5_sequence/03_character_language_model": {
        1: [
            Planted("sign", "np.exp(-logs.mean())", "np.exp(logs.mean())"),
            Planted("sum, no mean", "logs.mean()", "logs.sum()"),
            Planted("bits under e", "np.log(", "np.log2("),
            Planted("not the exponent", "np.exp(-logs.mean())", "-logs.mean()"),
            Planted(
                "mean of the names' perplexities",
                body="return float(np.mean([np.prod(p) ** (-1 / len(p)) "
                "for p in chances]))",
            ),
            Planted(
                "mean of the names' means",
                body="return float(np.exp(-np.mean([np.log(p).mean() "
                "for p in chances])))",
            ),
            Planted(
                "underflows",
                body="p = np.concatenate(chances)\n"
                "with np.errstate(all='ignore'):\n"
                "    return float(np.prod(p) ** (-1 / len(p)))",
            ),
            Planted(
                "per name, not per token",
                "logs.mean()",
                "logs.sum() / len(chances)",
            ),
            Planted(
                "leaves out the end",
                "np.asarray(p, dtype=float) for",
                "np.asarray(p, dtype=float)[:-1] for",
            ),
        ],
        2: [
            Planted(
                "kinds are visits",
                "np.count_nonzero(counts)",
                "counts.sum()",
            ),
            Planted(
                "adds one",
                "kinds * shorter) / (counts.sum() + kinds)",
                "1) / (counts.sum() + len(counts))",
            ),
            Planted("forgets kinds below", "(counts.sum() + kinds)", "counts.sum()"),
            Planted("no shorter model", "kinds * shorter", "kinds / len(counts)"),
            Planted("shorter once", "kinds * shorter", "shorter"),
            Planted(
                "only the unseen get something",
                "counts + kinds * shorter",
                "np.where(counts > 0, counts, kinds * shorter)",
            ),
            Planted(
                "kinds that are missing",
                "np.count_nonzero(counts)",
                "np.sum(counts == 0)",
            ),
            Planted(
                "kinds seen once", "np.count_nonzero(counts)", "np.sum(counts == 1)"
            ),
        ],
        3: [
            Planted(
                "divides by all places",
                "chosen[Y >= 0].mean()",
                "chosen[Y >= 0].sum() / Y.size",
            ),
            Planted(
                "padding asks for the end", "chosen[Y >= 0].mean()", "chosen.mean()"
            ),
            Planted("the end does not count", "[Y >= 0]", "[Y > 0]"),
            Planted("sign", "float(-chosen", "float(chosen"),
            Planted(
                "mean per name",
                "-chosen[Y >= 0].mean()",
                "-np.mean([c[y >= 0].mean() for c, y in zip(chosen, Y)])",
            ),
            Planted(
                "as it was",
                body="chosen = np.take_along_axis(log_P, Y[np.newaxis], axis=0)[0]\n"
                "return float(-chosen.mean())",
            ),
            Planted(
                "sum over names",
                "chosen[Y >= 0].mean()",
                "chosen[Y >= 0].sum() / len(Y)",
            ),
        ],
        4: [
            Planted(
                "sign",
                "np.exp(log_P) - text.one_hot(Y, len(log_P))",
                "text.one_hot(Y, len(log_P)) - np.exp(log_P)",
            ),
            Planted("padding pulls", " * asked / asked.sum()", " / asked.sum()"),
            Planted("mean over examples", "asked.sum()", "len(Y)"),
            Planted("mean over all places", "asked.sum()", "Y.size"),
            Planted("no mean", " / asked.sum()", ""),
            Planted("log P for P", "np.exp(log_P) -", "log_P -"),
            Planted(
                "last step only", "dZ.sum(axis=(1, 2))", "dZ[:, :, -1].sum(axis=1)"
            ),
            Planted(
                "flat bias", "dZ.sum(axis=(1, 2))[:, np.newaxis]", "dZ.sum(axis=(1, 2))"
            ),
            Planted(
                "transposed",
                "np.tensordot(dZ, a, axes=([1, 2], [1, 2]))",
                "np.tensordot(a, dZ, axes=([1, 2], [1, 2]))",
            ),
            Planted("the end is no target", "asked = Y >= 0", "asked = Y > 0"),
        ],
        5: [
            Planted(
                "temperatures swapped",
                body="predicted = {2: 256 / 321, 0.5: 4 / (5 + 8**0.5), 'ratio': 2}",
            ),
            Planted("not normalised", "256 / 321", "0.64**2"),
            Planted("times, not power", "256 / 321", "0.64"),
            Planted("ratio 4", '"ratio": 2', '"ratio": 4'),
            Planted("ratio stays", '"ratio": 2', '"ratio": 16'),
            Planted("sloppy", "256 / 321", "0.8"),
            Planted("sloppy root", "4 / (5 + 8**0.5)", "0.51"),
            Planted("about two", '"ratio": 2', '"ratio": 2.05'),
        ],
        6: [
            Planted(
                "times the temperature", "log_p / temperature", "log_p * temperature"
            ),
            Planted("no temperature", "log_p / temperature", "log_p"),
            Planted(
                "temperature on P",
                "activations.softmax(log_p / temperature)",
                "activations.softmax(np.exp(log_p) / temperature)",
            ),
            Planted("likeliest", "int(rng.choice(len(p), p=p))", "int(p.argmax())"),
            Planted("even draws", "rng.choice(len(p), p=p)", "rng.choice(len(p))"),
            Planted(
                "always from the start",
                "step(parameters, a, token)",
                "step(parameters, a, -1)",
            ),
            Planted("forgets the state", "a, log_p = step(", "_, log_p = step("),
            Planted(
                "keeps the end",
                "    if token == END:\n        break\n    drawn.append(token)",
                "    drawn.append(token)\n    if token == END:\n        break",
            ),
            Planted(
                "starts after the end token",
                'np.zeros((len(parameters["Waa"]), 1)), -1, []',
                'np.zeros((len(parameters["Waa"]), 1)), END, []',
            ),
            Planted("own dice", "rng.choice", "np.random.default_rng().choice"),
            Planted(
                "one too many", "len(drawn) < max_length", "len(drawn) <= max_length"
            ),
        ],
    },
}

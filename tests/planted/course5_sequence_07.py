"""Wrong answers to the exercises of course5_sequence/07_emojify."""

from tests.planted import Planted

ADD = "np.add.at(dE, numbers[there], np.repeat(shares, there.sum(axis=1), axis=0))"

PLANTED = {
    "course5_sequence/07_emojify": {
        1: [
            Planted(
                "divides by the padded length",
                "np.maximum(there.sum(axis=1, keepdims=True), 1)",
                "numbers.shape[1]",
            ),
            Planted(
                "counts the row of the padding",
                "E[numbers] * there[..., np.newaxis]",
                "E[numbers]",
            ),
            Planted(
                "forgets to divide",
                " / np.maximum(there.sum(axis=1, keepdims=True), 1)",
                "",
            ),
            Planted("transposed", ").T", ")"),
            Planted("wrong axis", ".sum(axis=1)  #", ".sum(axis=2)  #"),
            Planted(
                "no sentence without words",
                "np.maximum(there.sum(axis=1, keepdims=True), 1)",
                "there.sum(axis=1, keepdims=True)",
            ),
            Planted(
                "mean over the whole array",
                "there.sum(axis=1, keepdims=True)",
                "there.sum()",
            ),
            Planted("first word is no word", "numbers > 0", "numbers > 1"),
            Planted(
                "one too many",
                "np.maximum(there.sum(axis=1, keepdims=True), 1)",
                "(there.sum(axis=1, keepdims=True) + 1)",
            ),
            Planted(
                "different words only",
                body="rows = [np.unique(row[row > 0]) for row in numbers]\n"
                "means = [E[r].mean(axis=0) if r.size else 0 * E[0] for r in rows]\n"
                "return np.stack(means, axis=1)",
            ),
            Planted(
                "trusts that padding's row is zero",
                body="counts = (numbers > 0).sum(axis=1, keepdims=True)\n"
                "return (E[numbers].sum(axis=1) / np.maximum(counts, 1)).T",
            ),
        ],
        2: [
            Planted(
                "the bug itself",
                ADD,
                "dE[numbers[there]] += np.repeat(shares, there.sum(axis=1), axis=0)",
            ),
            Planted(
                "assigns",
                ADD,
                "dE[numbers[there]] = np.repeat(shares, there.sum(axis=1), axis=0)",
            ),
            Planted("no 1 / T", " / there.sum(axis=1, keepdims=True)", ""),
            Planted(
                "padded length", "there.sum(axis=1, keepdims=True)", "numbers.shape[1]"
            ),
            Planted("sign", "np.add.at(dE", "np.subtract.at(dE"),
            Planted(
                "tiles where it must repeat",
                "np.repeat(shares, there.sum(axis=1), axis=0)",
                "np.resize(shares, (there.sum(), len(dX)))",
            ),
            Planted(
                "once per sentence",
                body="dE = np.zeros((num_words, len(dX)))\n"
                "for row, d in zip(numbers, dX.T):\n"
                "    dE[np.unique(row[row > 0])] += d / (row > 0).sum()\n"
                "return dE",
            ),
            Planted(
                "padding gets a share",
                body="dE = np.zeros((num_words, len(dX)))\n"
                "shares = dX.T / (numbers > 0).sum(axis=1, keepdims=True)\n"
                "np.add.at(dE, numbers, shares[:, np.newaxis])\n"
                "return dE",
            ),
            Planted("transposed", "return dE", "return dE.T"),
            Planted("takes columns for rows", "dX.T / there", "dX / there"),
            Planted(
                "share of all words",
                "there.sum(axis=1, keepdims=True)",
                "there.sum()",
            ),
            Planted(
                "last occurrence only",
                ADD,
                "for row, d in zip(numbers, shares):\n        dE[row[row > 0]] += d",
            ),
        ],
        3: [
            Planted(
                "sets of words",
                "tuple(sorted(sentence.split()))",
                "frozenset(sentence.split())",
            ),
            Planted("keeps the order", "tuple(sorted(sentence.split()))", "sentence"),
            Planted(
                "bags of letters",
                "tuple(sorted(sentence.split()))",
                "tuple(sorted(sentence))",
            ),
            Planted(
                "one right per bag",
                "sum(max(bag.values()) for bag in counts.values())",
                "len(counts)",
            ),
            Planted("divides by bags", "/ len(sentences)", "/ len(counts)"),
            Planted("least frequent label", "max(bag.values())", "min(bag.values())"),
            Planted(
                "drops mixed bags",
                "sum(max(bag.values()) for bag in counts.values())",
                "sum(sum(bag.values()) for bag in counts.values() if len(bag) == 1)",
            ),
            Planted("chance of five", '"contrasts": 0.5', '"contrasts": 0.2'),
            Planted("mean of two ceilings", "0.667", "0.75"),
            Planted("forgets the copies", "0.667", "0.556"),
            Planted("rounded", "0.667", "0.67"),
            Planted("plain is not perfect", '"plain": 1.0', '"plain": 0.827'),
            Planted("forgets both", ', "both": 0.667', ""),
        ],
        4: [
            Planted(
                "last column",
                "return a[:, np.arange(a.shape[1]), lengths - 1]",
                "return a[:, :, -1]",
            ),
            Planted(
                "one too far",
                "return a[:, np.arange(a.shape[1]), lengths - 1]",
                "return a[:, np.arange(a.shape[1]), lengths % a.shape[2]]",
            ),
            Planted(
                "all pairs",
                "a[:, np.arange(a.shape[1]), lengths - 1]",
                "a[:, :, lengths - 1]",
            ),
            Planted(
                "longest of all",
                "return a[:, np.arange(a.shape[1]), lengths - 1]",
                "return a[:, :, lengths.max() - 1]",
            ),
            Planted(
                "transposed",
                "return a[:, np.arange(a.shape[1]), lengths - 1]",
                "return a[:, np.arange(a.shape[1]), lengths - 1].T",
            ),
            Planted(
                "gradient one too far",
                "da[:, np.arange(len(lengths)), lengths - 1]",
                "da[:, np.arange(len(lengths)), lengths]",
            ),
            Planted(
                "gradient in the last column",
                "da[:, np.arange(len(lengths)), lengths - 1] = d_last",
                "da[:, :, -1] = d_last",
            ),
            Planted(
                "gradient in every column",
                "da[:, np.arange(len(lengths)), lengths - 1] = d_last",
                "da += d_last[..., np.newaxis]",
            ),
            Planted("gradient divided by m", "= d_last\n", "= d_last / len(lengths)\n"),
            Planted(
                "from the last true word on",
                "da[:, np.arange(len(lengths)), lengths - 1] = d_last",
                "for i, n in enumerate(lengths):\n"
                "    da[:, i, n - 1 :] = d_last[:, i, np.newaxis]",
            ),
        ],
        5: [
            Planted(
                "the reader's share of plain",
                "lead / (lead + gain)",
                "gain / (lead + gain)",
            ),
            Planted("forgets the denominator", "lead / (lead + gain)", "lead / gain"),
            Planted("sign of the gain", "second[1] - first[1]", "first[1] - second[1]"),
            Planted("sign of the lead", "first[0] - second[0]", "second[0] - first[0]"),
            Planted(
                "plain and contrasts swapped",
                "lead, gain = first[0] - second[0], second[1] - first[1]",
                "lead, gain = first[1] - second[1], second[0] - first[0]",
            ),
            Planted("never is 1", " if gain >= 0 else None", " if gain >= 0 else 1.0"),
            Planted("no case without crossing", " if gain >= 0 else None", ""),
            Planted("negative share", "if lead <= 0:", "if False:"),
            Planted(
                "clipped",
                "return lead / (lead + gain) if gain >= 0 else None",
                "return min(1.0, max(0.0, lead / (lead + gain)))",
            ),
            Planted("better everywhere is None", "return 0.0", "return None"),
            Planted("always the reader", '0.02: "averages"', '0.02: "reader"'),
            Planted("reader from a half", '0.1: "reader"', '0.1: "averages"'),
            Planted("sure of all", "{0.5}", "{0.02, 0.1, 0.5}"),
            Planted("sure of both readers", "{0.5}", "{0.1, 0.5}"),
            Planted("sure of the extremes", "{0.5}", "{0.02, 0.5}"),
            Planted("sure of none", "sure = {0.5}", "sure = set()"),
        ],
    }
}

"""Wrong answers to the exercises of course5_sequence/06_word2vec."""

from tests.planted import Planted

ADD_U = "np.add.at(dU, asked, slopes[..., np.newaxis] * V[centres][:, np.newaxis])"
ADD_V = 'np.add.at(dV, centres, np.einsum("pj,pjd->pd", slopes, U[asked]))'

PLANTED = {
    "course5_sequence/06_word2vec": {
        1: [
            Planted("one direction only", "[left, right]", "[left]"),
            Planted("the window is one too small", "min(window,", "min(window - 1,"),
            Planted("the window is one too large", "min(window,", "min(window + 1,"),
            Planted("only the furthest neighbours", "range(1, ", "range(window, "),
            Planted("a word is its own neighbour", "range(1, ", "range(0, "),
            Planted("each pair twice the same way", "[right, left]", "[left, right]"),
            Planted(
                "the last distance is left out",
                "len(sentence) - 1) + 1",
                "len(sentence) - 1)",
            ),
            Planted(
                "across the borders of sentences",
                "for sentence in sentences:",
                "for sentence in [np.concatenate(sentences)]:",
            ),
            Planted(
                "equal words are no pair",
                "return np.concatenate(centres), np.concatenate(contexts)",
                "a, b = np.concatenate(centres), np.concatenate(contexts)\n"
                "return a[a != b], b[a != b]",
            ),
            Planted(
                "lists, no arrays",
                "return np.concatenate(centres), np.concatenate(contexts)",
                "return (np.concatenate(centres).tolist(),\n"
                "        np.concatenate(contexts).tolist())",
            ),
            Planted(
                "each different pair once",
                "return np.concatenate(centres), np.concatenate(contexts)",
                "both = np.stack([np.concatenate(centres), np.concatenate(contexts)])\n"
                "return tuple(np.unique(both, axis=1))",
            ),
        ],
        2: [
            Planted("sum, not mean", " / len(centres)", "", count=2),
            Planted(
                "gradients without the mean",
                "- labels) / len(centres)",
                "- labels)",
            ),
            Planted(
                "mean over the questions, too",
                ".sum() / len(centres)",
                ".mean()",
            ),
            Planted(
                "labels the wrong way round", "labels[:, 0] = 1", "labels[:, 1:] = 1"
            ),
            Planted("all true", "np.zeros(asked.shape)", "np.ones(asked.shape)"),
            Planted(
                "repeated centres forget",
                ADD_V,
                'dV[centres] += np.einsum("pj,pjd->pd", slopes, U[asked])',
            ),
            Planted(
                "repeated contexts forget",
                ADD_U,
                "dU[asked] += slopes[..., np.newaxis] * V[centres][:, np.newaxis]",
            ),
            Planted("sign of the step", "slopes = (", "slopes = -("),
            Planted(
                "log 0",
                "np.logaddexp(0, np.where(labels == 1, -scores, scores))",
                "-np.log(activations.sigmoid(np.where(labels == 1, scores, -scores)))",
            ),
            Planted("negatives do not learn", "- labels)", "- labels) * labels"),
            Planted(
                "tables exchanged",
                'np.einsum("pd,pjd->pj", V[centres], U[asked])',
                'np.einsum("pd,pjd->pj", U[centres], V[asked])',
            ),
            Planted(
                "gradients exchanged", "return loss, dV, dU", "return loss, dU, dV"
            ),
            Planted(
                "gradient of U with its own vectors",
                "* V[centres][:, np.newaxis]",
                "* U[asked]",
            ),
        ],
        3: [
            Planted(
                "the bug",
                "np.subtract.at(table, rows, rate * gradients)",
                "table[rows] -= rate * gradients",
            ),
            Planted(
                "adds",
                "np.subtract.at(table, rows, rate",
                "np.add.at(table, rows, rate",
            ),
            Planted("in place", "table = table.copy()", "pass"),
            Planted("no rate", "rate * gradients", "gradients"),
            Planted(
                "mean of the gradients of a row",
                "rate * gradients",
                "rate * gradients / np.bincount(rows)[rows][:, None]",
            ),
            Planted(
                "only once per row",
                "np.subtract.at(table, rows, rate * gradients)",
                "rows, first = np.unique(rows, return_index=True)\n"
                "table[rows] -= rate * gradients[first]",
            ),
            Planted("returns nothing", "return table", "return None"),
        ],
        4: [
            Planted(
                "forgets k",
                "np.log(30 / (5 * 200 * 0.02))",
                "np.log(30 / (200 * 0.02))",
            ),
            Planted("no logarithm", "np.log(30 / (5 * 200 * 0.02))", "1.5"),
            Planted(
                "logarithm of the share",
                "np.log(30 / (5 * 200 * 0.02))",
                "np.log(30 / (30 + 5 * 200 * 0.02))",
            ),
            Planted("sign", "np.log(30 /", "-np.log(30 /"),
            Planted("base 10", "np.log(", "np.log10("),
            Planted("rounded", "np.log(30 / (5 * 200 * 0.02))", "0.41"),
            Planted("P(c | w) for the share", "30 / (30 + 5 * 200 * 0.02)", "30 / 200"),
            Planted(
                "odds for the share",
                "30 / (30 + 5 * 200 * 0.02)",
                "30 / (5 * 200 * 0.02)",
            ),
            Planted(
                "share of false ones",
                "share_real = 30 / (30",
                "share_real = 20 / (30",
            ),
        ],
        5: [
            Planted(
                "zeros count by log 1 with weight 1",
                "occurs * np.minimum(1, X / x_max) ** 0.75",
                "np.where(occurs, np.minimum(1, X / x_max) ** 0.75, 1)",
            ),
            Planted("no ceiling", "np.minimum(1, X / x_max)", "(X / x_max)"),
            Planted("no power", " ** 0.75", ""),
            Planted("half a power", "0.75", "0.5"),
            Planted("no logarithm", "np.log(np.where(occurs, X, 1))", "X"),
            Planted("one bias only", "+ b + c.T", "+ b"),
            Planted("biases exchanged", "+ b + c.T", "+ c + b.T"),
            Planted("missing 2", "slopes = 2 * weight", "slopes = weight"),
            Planted("U not transposed", "slopes.T @ V", "slopes @ V"),
            Planted(
                "error not weighted",
                "slopes = 2 * weight * error",
                "slopes = 2 * error",
            ),
            Planted(
                "bias gradient along the wrong axis",
                '"db": slopes.sum(axis=1, keepdims=True)',
                '"db": slopes.sum(axis=0)[:, np.newaxis]',
            ),
            Planted("mean", "np.sum(weight * error**2)", "np.mean(weight * error**2)"),
            Planted(
                "shape of dc", "slopes.sum(axis=0)[:, np.newaxis]", "slopes.sum(axis=0)"
            ),
            Planted(
                "a warning of log 0",
                "np.log(np.where(occurs, X, 1))",
                "np.nan_to_num(np.log(X), neginf=0)",
            ),
            Planted(
                "log X + 1",
                "np.log(np.where(occurs, X, 1))",
                "np.log(X + 1)",
            ),
        ],
        6: [
            Planted("by the training loss", "[setting][1]", "[setting][0]"),
            Planted("the worst", "min(losses", "max(losses"),
            Planted(
                "longest",
                "min(losses, key=lambda setting: losses[setting][1])",
                "32, 120",
            ),
            Planted(
                "largest",
                "min(losses, key=lambda setting: losses[setting][1])",
                "64, 60",
            ),
            Planted(
                "smallest gap of the two",
                "losses[setting][1])",
                "abs(losses[setting][1] - losses[setting][0]))",
            ),
            Planted(
                "between two stages",
                "min(losses, key=lambda setting: losses[setting][1])",
                "32, 75",
            ),
            Planted(
                "the neighbour in the table",
                "min(losses, key=lambda setting: losses[setting][1])",
                "32, 100",
            ),
        ],
    },
}

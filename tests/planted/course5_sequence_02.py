"""Wrong answers to the exercises of course5_sequence/02_gru_and_lstm_by_hand."""

from tests.planted import Planted

AFTER = """np.tanh(gate_r * (P["Wc"][:, : len(c)] @ c)
    + P["Wc"][:, len(c) :] @ X[:, :, t] + P["bc"])"""

PLANTED = {
    "course5_sequence/02_gru_and_lstm_by_hand": {
        1: [
            Planted("tanh bends", '"w": 0.1', '"w": 1.0'),
            Planted("tanh bends a little", '"w": 0.1', '"w": 0.3'),
            Planted("closed door leaks", '"b": -15.0', '"b": -8.0'),
            Planted("open door not open enough", '"w_m": 30.0', '"w_m": 17.0'),
            Planted("opens without a mark", '"b": -15.0', '"b": 15.0'),
            Planted("closes at the mark", '"w_m": 30.0', '"w_m": -30.0'),
            Planted("opens for large values", '"w_v": 0.0', '"w_v": 15.0'),
            Planted(
                "constant gate", '"w_m": 30.0, "b": -15.0', '"w_m": 0.0, "b": -3.0'
            ),
            Planted("nothing carried", '"w": 0.1', '"w": 0.0'),
            Planted("no bias", '"b": -15.0, ', ""),
        ],
        2: [
            Planted(
                "gates exchanged",
                "gate_u * c_tilde + (1 - gate_u) * c",
                "(1 - gate_u) * c_tilde + gate_u * c",
            ),
            Planted("no relevance gate", "[gate_r * c, X", "[c, X"),
            Planted("wrong gate in the candidate", "[gate_r * c, X", "[gate_u * c, X"),
            Planted(
                "input in front",
                "read = np.concatenate([c, X[:, :, t]])",
                "read = np.concatenate([X[:, :, t], c])",
            ),
            Planted(
                "relevance after the product",
                'np.tanh(P["Wc"] @ relevant + P["bc"])',
                AFTER,
            ),
            Planted(
                "relevance on the input too",
                "np.concatenate([gate_r * c, X[:, :, t]])",
                "np.concatenate([gate_r * c, X[:, :, t] * gate_r.mean()])",
            ),
            Planted("sigmoid candidate", 'np.tanh(P["Wc"]', 'sigmoid(P["Wc"]'),
            Planted("candidate without bias", ' + P["bc"]', ""),
            Planted("wrong bias", 'P["br"]', 'P["bu"]'),
            Planted("relevance reads Wu", 'P["Wr"]', 'P["Wu"]'),
            Planted("memory is only added to", "(1 - gate_u) * c", "c"),
            Planted(
                "first memory ignored",
                "parameters, c_0, []",
                "parameters, np.zeros_like(c_0), []",
            ),
            Planted("time in front", "axis=2", "axis=0"),
            Planted("backwards", "range(X.shape[2])", "reversed(range(X.shape[2]))"),
            Planted("last memory only", "np.stack(found, axis=2)", "c"),
            Planted(
                "returns the candidates", "found.append(c)", "found.append(c_tilde)"
            ),
        ],
        3: [
            Planted(
                "Wc read the whole memory",
                '("c", dz_c, gate_r * c[t])',
                '("c", dz_c, c[t])',
            ),
            Planted("relevance gate not followed", " + Wrc.T @ dz_r", ""),
            Planted("update gate not followed", " + Wuc.T @ dz_u", ""),
            Planted("candidate not followed", " + gate_r * dk", ""),
            Planted("relevance forgotten on the way back", "gate_r * dk", "dk"),
            Planted("takes where it keeps", "total * (1 - gate_u)", "total * gate_u"),
            Planted("no later steps", " + from_later", ""),
            Planted("sign of the update gate", "(c_tilde - c[t])", "(c[t] - c_tilde)"),
            Planted("old memory left out", "(c_tilde - c[t])", "c_tilde"),
            Planted("memory after the step", "dk * c[t]", "dk * c[t + 1]"),
            Planted("not transposed", "Wcc.T", "Wcc"),
            Planted(
                "slope of sigmoid on the candidate",
                "(1 - c_tilde**2)",
                "c_tilde * (1 - c_tilde)",
            ),
            Planted("mean over the examples", "dz.sum(axis=1", "dz.mean(axis=1"),
            Planted("last step wins", '[f"dW{gate}"] +=', '[f"dW{gate}"] ='),
            Planted("forwards in time", "reversed(range(len(X)))", "range(len(X))"),
        ],
        4: [
            Planted("takes always", '"bu": -15', '"bu": 15'),
            Planted("never takes", '"Wu": [0, 0, 30]', '"Wu": [0, 0, 0]'),
            Planted("mark and value exchanged", '"Wu": [0, 0, 30]', '"Wu": [0, 30, 0]'),
            Planted("forgets at the mark", '"Wf": [0, 0, 0]', '"Wf": [0, 0, -30]'),
            Planted("default bias forgets", '"bf": 15', '"bf": 1'),
            Planted("forgets slowly", '"bf": 15', '"bf": 5'),
            Planted("half shown", '"bo": 15', '"bo": 0'),
            Planted(
                "tanh bends",
                '"Wc": [0, 0.05, 0], "bc": 0, "scale": 20',
                '"Wc": [0, 1, 0], "bc": 0, "scale": 1',
            ),
            Planted(
                "candidate reads the mark", '"Wc": [0, 0.05, 0]', '"Wc": [0, 0, 0.05]'
            ),
            Planted(
                "candidate reads the state", '"Wc": [0, 0.05, 0]', '"Wc": [1, 0.05, 0]'
            ),
            Planted("wrong scale", '"scale": 20', '"scale": 1'),
            Planted("leaks between marks", '"bu": -15', '"bu": -5'),
        ],
        5: [
            Planted("no later memory", "dc_later + da_t", "da_t"),
            Planted("no later states", "da[:, :, t] + da_later", "da[:, :, t]"),
            Planted(
                "memory not shown",
                "dc_later + da_t * gate_o * (1 - shown**2)",
                "dc_later + da_t * gate_o",
            ),
            Planted(
                "output gate left out",
                "da_t * gate_o * (1 - shown**2)",
                "da_t * (1 - shown**2)",
            ),
            Planted(
                "passes on everything", "dc_later = dc_t * gate_f", "dc_later = dc_t"
            ),
            Planted("keeps as a GRU does", "dc_t * gate_f", "dc_t * (1 - gate_u)"),
            Planted(
                "forget gate reads the new memory", "dc_t * c[t] *", "dc_t * c[t + 1] *"
            ),
            Planted(
                "output gate from the memory",
                "da_t * shown * gate_o",
                "da_t * c[t + 1] * gate_o",
            ),
            Planted("output gate from dc", "da_t * shown", "dc_t * shown"),
            Planted(
                "update and candidate exchanged",
                "dc_t * c_tilde * gate_u * (1 - gate_u)",
                "dc_t * gate_u * gate_u * (1 - gate_u)",
            ),
            Planted("slope of sigmoid", "(1 - c_tilde**2)", "c_tilde * (1 - c_tilde)"),
            Planted("state after the step", "[a[t], X[t]]", "[a[t + 1], X[t]]"),
            Planted("not transposed", "[:, :n_a].T @", "[:, :n_a] @"),
            Planted("mean over the examples", "d.sum(axis=1", "d.mean(axis=1"),
            Planted(
                "memory's gradient for the state's",
                "return da_later, dc_later",
                "return dc_later, da_later",
            ),
            Planted("forwards in time", "reversed(range(len(X)))", "range(len(X))"),
        ],
        6: [
            Planted("one step too few", "0.5**50", "0.5**49"),
            Planted("linear decay", "0.5**50", "1 - 0.5"),
            Planted("bias as the factor", "(1 / (1 + np.exp(-1))) ** 50", "1.0**50"),
            Planted(
                "sign", "(1 / (1 + np.exp(-1))) ** 50", "(1 / (1 + np.exp(1))) ** 50"
            ),
            Planted("hundred steps", "np.exp(-1))) ** 50", "np.exp(-1))) ** 100"),
            Planted("half per step", "0.5 ** (1 / 100)", "0.5 ** (1 / 1)"),
            Planted("fifty steps", "1 / 100)", "1 / 50)"),
            Planted("no sigmoid", "np.log(per_step / (1 - per_step))", "per_step"),
            Planted(
                "sign of the score",
                "np.log(per_step / (1 - per_step))",
                "np.log((1 - per_step) / per_step)",
            ),
            Planted("rounded", "np.log(per_step / (1 - per_step))", "5.0"),
            Planted("a tenth of a half", "0.5 ** (1 / 100)", "1 - 1 / 100"),
        ],
    }
}

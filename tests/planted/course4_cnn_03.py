"""Wrong answers to the exercises of course4_cnn/03_residual_networks."""

from tests.planted import Planted

PLANTED = {
    "course4_cnn/03_residual_networks": {
        1: [
            Planted("no factor 1/pi", ") / np.pi", ")"),
            Planted("angle not from pi", "(np.pi - theta)", "theta"),
            Planted("cosine of the rest forgotten", " * np.cos(theta)", ""),
            Planted("sine and cosine swapped", "np.sin(theta) +", "np.cos(theta) +"),
            Planted("one layer whatever is asked", "range(num_layers)", "range(1)"),
            Planted("one layer too many", "range(num_layers)", "range(num_layers + 1)"),
            Planted("over 2 pi", "/ np.pi", "/ (2 * np.pi)"),
            Planted(
                "no clip",
                body="""for _ in range(num_layers):
    theta = np.arccos(cosine)
    cosine = (np.sin(theta) + (np.pi - theta) * np.cos(theta)) / np.pi
return cosine""",
            ),
            Planted("cosine squared", body="return cosine ** (2 * num_layers)"),
        ],
        2: [
            Planted("shortcut forgotten", "dA_prev = dS + ", "dA_prev = "),
            Planted("branch forgotten", "dS + cache.W_1.T @ dZ", "dS"),
            Planted("last relu skipped", "dA * (cache.A > 0)", "dA"),
            Planted("last relu skipped on the shortcut", "= dS +", "= dA +"),
            Planted("relu by the input", "(cache.A > 0)", "(cache.A_prev > 0)"),
            Planted("hidden relu skipped", " * (cache.H > 0)", ""),
            Planted("slope is the signal", "(cache.H > 0)", "cache.H"),
            Planted(
                "dW_2 from the input", "dS @ cache.H.T", "dS @ cache.A_prev.T[:, :1]"
            ),
            Planted("1/m once more", "dS @ cache.H.T", "dS @ cache.H.T / dA.shape[1]"),
            Planted("biases over units", "dZ.sum(axis=1, keepdims=True)", "dZ.sum()"),
            Planted(
                "bias loses its axis", "dS.sum(axis=1, keepdims=True)", "dS.sum(1)"
            ),
            Planted("order", "dW_1, db_1, dW_2, db_2", "dW_2, db_2, dW_1, db_1"),
        ],
        3: [
            Planted(
                "sum, not product",
                "(1 + share) ** num_blocks",
                "1 + share * num_blocks",
            ),
            Planted("share alone", "(1 + share) ** num_blocks", "share**num_blocks"),
            Planted("lengths, not squares", "(1 + share)", "(1 + np.sqrt(share)) ** 2"),
            Planted("one block less", "** num_blocks", "** (num_blocks - 1)"),
            Planted("no root", "np.sqrt(", "("),
            Planted(
                "an equal part of the growth",
                "factor ** (1 / num_blocks) - 1",
                "(factor - 1) / num_blocks",
            ),
            Planted("share forgotten", " / share", ""),
            Planted("share on the wrong side", "/ share", "* share"),
            Planted(
                "exponential", "(1 + share) ** num_blocks", "np.exp(share * num_blocks)"
            ),
        ],
        4: [
            Planted(
                "relu on the branch",
                'y = conv_norm(y, channels, 3, gamma="zeros")',
                'y = relu(conv_norm(y, channels, 3, gamma="zeros"))',
            ),
            Planted(
                "no relu at the end",
                "return relu(keras.layers.Add()([shortcut, y]))",
                "return keras.layers.Add()([shortcut, y])",
            ),
            Planted("projection only for strides", " or x.shape[-1] != channels", ""),
            Planted("projection only for channels", "stride != 1 or ", ""),
            Planted(
                "projection everywhere",
                "if stride != 1 or x.shape[-1] != channels:",
                "if True:",
            ),
            Planted(
                "silent projection",
                "shortcut = conv_norm(x, channels, 1, stride)",
                'shortcut = conv_norm(x, channels, 1, stride, "zeros")',
            ),
            Planted("gamma 1", ', gamma="zeros")', ")"),
            Planted(
                "gamma 0 in the first",
                "conv_norm(x, channels, 3, stride)",
                'conv_norm(x, channels, 3, stride, "zeros")',
            ),
            Planted(
                "stride in the second",
                "y = relu(conv_norm(x, channels, 3, stride))\n"
                'y = conv_norm(y, channels, 3, gamma="zeros")',
                "y = relu(conv_norm(x, channels, 3))\n"
                'y = conv_norm(y, channels, 3, stride, gamma="zeros")',
            ),
            Planted(
                "projection of 3 x 3",
                "conv_norm(x, channels, 1, stride)",
                "conv_norm(x, channels, 3, stride)",
            ),
            Planted("plain", "keras.layers.Add()([shortcut, y])", "y"),
            Planted(
                "no relu inside",
                "y = relu(conv_norm(x, channels, 3, stride))",
                "y = conv_norm(x, channels, 3, stride)",
            ),
            Planted("difference", "keras.layers.Add()", "keras.layers.Subtract()"),
        ],
        5: [
            Planted(
                "stride in the middle",
                "y = relu(conv_50(x, channels, 1, stride))\n"
                "y = relu(conv_50(y, channels, 3))",
                "y = relu(conv_50(x, channels))\n"
                "y = relu(conv_50(y, channels, 3, stride))",
            ),
            Planted(
                "no projection",
                "conv_50(x, 4 * channels, 1, stride) if project else x",
                "x if not project else x[:, ::stride, ::stride, :1]",
            ),
            Planted(
                "no last relu",
                "return relu(keras.layers.Add()([shortcut, y]))",
                "return keras.layers.Add()([shortcut, y])",
            ),
            Planted(
                "relu on the branch alone",
                "return relu(keras.layers.Add()([shortcut, y]))",
                "return keras.layers.Add()([shortcut, relu(y)])",
            ),
            Planted("no sum", "relu(keras.layers.Add()([shortcut, y]))", "relu(y)"),
            Planted(
                "two 3 x 3", "conv_50(y, 4 * channels)", "conv_50(y, 4 * channels, 3)"
            ),
            Planted(
                "no 3 x 3",
                "relu(conv_50(y, channels, 3))",
                "relu(conv_50(y, channels))",
            ),
            Planted(
                "projection to few channels",
                "conv_50(x, 4 * channels, 1, stride)",
                "conv_50(x, channels, 1, stride)",
            ),
            Planted(
                "no relu after the first 1 x 1",
                "relu(conv_50(x, channels, 1, stride))",
                "conv_50(x, channels, 1, stride)",
            ),
            Planted(
                "no relu after the 3 x 3",
                "relu(conv_50(y, channels, 3))",
                "conv_50(y, channels, 3)",
            ),
            Planted(
                "relu on the branch too",
                "conv_50(y, 4 * channels)",
                "relu(conv_50(y, 4 * channels))",
            ),
            Planted("larger, not sum", "keras.layers.Add()", "keras.layers.Maximum()"),
            Planted(
                "wide inside",
                "relu(conv_50(x, channels, 1, stride))",
                "relu(conv_50(x, 4 * channels, 1, stride))",
            ),
        ],
        6: [
            Planted("no first layer", "count = 64", "count = 0"),
            Planted(
                "projection in every block",
                "num_blocks * 6 * channels + 4 * channels",
                "num_blocks * 10 * channels",
            ),
            Planted(
                "no projection",
                "num_blocks * 6 * channels + 4 * channels",
                "num_blocks * 6 * channels",
            ),
            Planted(
                "same channels everywhere",
                "channels = 64 * 2**stage\n    count += num_blocks",
                "channels = 64\n    count += num_blocks",
            ),
            Planted("no head biases", "c_in * 1000 + 1000", "c_in * 1000"),
            Planted(
                "no batch norm",
                "5 * (channels + channels + 4 * channels)",
                "6 * channels",
            ),
            Planted(
                "two numbers per norm",
                "5 * (channels + channels + 4 * channels)",
                "3 * 6 * channels",
            ),
            Planted("input channels stay", "c_in = 4 * channels", "pass"),
            Planted(
                "projection without norm",
                "c_in * 4 * channels + 5 * 4 * channels",
                "c_in * 4 * channels",
            ),
            Planted("first layer grey", "7 * 7 * 3 * 64", "7 * 7 * 64"),
        ],
    },
}

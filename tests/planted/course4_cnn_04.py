"""Wrong answers to the exercises of course4_cnn/04_mobilenet."""

from tests.planted import Planted

ROWS = "rows = slice(u, u + stride * (n_H - 1) + 1, stride)"
NO_STRIDE = "rows = slice(u, u + n_H)"

PLANTED = {
    "course4_cnn/04_mobilenet": {
        1: [
            Planted("channels mixed", "* D[u, v]", "* D[u, v].sum()"),
            Planted("one filter for all", "* D[u, v]", "* D[u, v, 0]"),
            Planted("filter flipped", "* D[u, v]", "* D[f_H - 1 - u, f_W - 1 - v]"),
            Planted("filter transposed", "* D[u, v]", "* D[v % f_H, u % f_W]"),
            Planted("last place only", "Z += A_pad", "Z = A_pad"),
            Planted("no stride", ROWS, NO_STRIDE),
            Planted("padding on one side", "((0, 0), (pad, pad)", "((0, 0), (0, pad)"),
            Planted("padding forgotten", "(pad, pad)", "(0, 0)", count=2),
            Planted("padded with the rim", "(0, 0)))", "(0, 0)), mode='edge')"),
            Planted("rows for columns", "A_pad.shape[2] - f_W", "A_pad.shape[1] - f_W"),
            Planted("one window short", "- f_H) // stride + 1", "- f_H) // stride"),
            Planted("size of the input", "- f_H) // stride + 1", ") // stride"),
            Planted(
                "stride rounds up", "- f_W) // stride", "- f_W + stride) // stride"
            ),
            Planted(
                "stride by thinning the result",
                body=(
                    "A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))\n"
                    "f_H, f_W, n_C = D.shape\n"
                    "n_H, n_W = A_pad.shape[1] - f_H + 1, A_pad.shape[2] - f_W + 1\n"
                    "Z = sum(A_pad[:, u : u + n_H, v : v + n_W] * D[u, v]\n"
                    "        for u, v in np.ndindex(f_H, f_W))\n"
                    "return Z[:, stride - 1 :: stride, stride - 1 :: stride]"
                ),
            ),
            Planted(
                "changes the images",
                "A_pad = np.pad",
                "A_prev += 0.0 * A_prev + 1e-3; A_pad = np.pad",
            ),
        ],
        2: [
            Planted("overlaps overwrite", "rows, columns] += D", "rows, columns] = D"),
            Planted("mean for sum", ".sum(axis=(0, 1, 2))", ".mean(axis=(0, 1, 2))"),
            Planted("one example", ".sum(axis=(0, 1, 2))", ".sum(axis=(1, 2))[0]"),
            Planted("1/m", ".sum(axis=(0, 1, 2))", ".sum(axis=(0, 1, 2)) / len(dZ)"),
            Planted("channels summed", "axis=(0, 1, 2))", "axis=(0, 1, 2)).sum()"),
            Planted("no filter", "+= D[u, v] * dZ", "+= dZ"),
            Planted("filter flipped", "+= D[u, v] *", "+= D[-1 - u, -1 - v] *"),
            Planted("sign", "+= D[u, v]", "-= D[u, v]"),
            Planted("no stride", ROWS, NO_STRIDE),
            Planted(
                "padding kept",
                "dA_pad[:, pad : pad + height, pad : pad + width]",
                "dA_pad",
            ),
            Planted(
                "cut at the wrong end",
                "pad : pad + height, pad : pad + width",
                ":height, :width",
            ),
            Planted(
                "order", "pad : pad + width], dD", "pad : pad + width][..., ::-1], dD"
            ),
            Planted(
                "padding not cut for dD", "(A_pad[:, rows", "(np.abs(A_pad)[:, rows"
            ),
            Planted(
                "changes dZ",
                "_, n_H, n_W, _ = dZ.shape",
                "dZ += 0; dZ *= 2; _, n_H, n_W, _ = dZ.shape",
            ),
        ],
        3: [
            Planted("input channels", '"a": 1 / 100', '"a": 1 / 40'),
            Planted(
                "f for f squared", '"a": 1 / 100 + 1 / 5**2', '"a": 1 / 100 + 1 / 5'
            ),
            Planted("only 1/f^2", '"a": 1 / 100 + 1 / 5**2', '"a": 1 / 5**2'),
            Planted("stride squared", '"b": 1 / 100 + 1 / 5**2', '"b": 0.05 / 4'),
            Planted(
                "separable ratio",
                '"c": 6 * 24 * (24 + 9 + 24) / (9 * 24 * 24)',
                '"c": 1 / 24 + 1 / 9',
            ),
            Planted(
                "no expansion layer",
                '"c": 6 * 24 * (24 + 9 + 24)',
                '"c": 6 * 24 * (9 + 24)',
            ),
            Planted("no depthwise", '"c": 6 * 24 * (24 + 9 + 24)', '"c": 6 * 24 * 48'),
            Planted(
                "narrow depthwise",
                '"c": 6 * 24 * (24 + 9 + 24)',
                '"c": 24 * (6 * 24 + 9 + 6 * 24)',
            ),
            Planted("one side wide", "(9 * 144 * 144)", "(9 * 24 * 144)"),
            Planted(
                "separable at 144",
                '"d": 6 * 24 * (24 + 9 + 24) / (9 * 144 * 144)',
                '"d": 1 / 144 + 1 / 9',
            ),
            Planted(
                "c rounded", '"c": 6 * 24 * (24 + 9 + 24) / (9 * 24 * 24)', '"c": 1.6'
            ),
            Planted("e rounded", '"e": 9 * 24 / (24 + 9 + 24)', '"e": 3.8'),
            Planted(
                "a quarter",
                '"f": 6 * 12 * (12 + 9 + 12) / (6 * 24 * (24 + 9 + 24))',
                '"f": 0.25',
            ),
        ],
        4: [
            Planted(
                "relu stays", "A = A @ project[0]", "A = 0 + A @ np.abs(project[0])"
            ),
            Planted(
                "relu on the narrow end",
                "A @ project[0] + project[1]",
                "np.maximum(A @ project[0] + project[1], 0)",
            ),
            Planted(
                "relu6 on the narrow end",
                "A @ project[0] + project[1]",
                "np.clip(A @ project[0] + project[1], 0, 6)",
            ),
            Planted("pad stays", 'pad="same"', "pad=1"),
            Planted("shortcut at stride 2", "stride == 1 and ", ""),
            Planted(
                "thinned shortcut stays",
                "A + A_prev if stays else A",
                "A + A_prev[:, ::stride, ::stride]"
                " if A.shape[-1] == A_prev.shape[-1] else A",
            ),
            Planted("no shortcut", "A + A_prev if stays else A", "A"),
            Planted(
                "relu without the 6", "A = np.clip(A, 0, 6)", "A = np.maximum(A, 0)"
            ),
            Planted(
                "relu without the 6, expanding",
                "np.clip(A @ expand[0] + expand[1], 0, 6)",
                "np.maximum(A @ expand[0] + expand[1], 0)",
            ),
            Planted("no relu after the depthwise", "A = np.clip(A, 0, 6)", "pass"),
            Planted("no bias", "A = A @ project[0] + project[1]", "A = A @ project[0]"),
            Planted(
                "relu after the sum",
                "A + A_prev if stays",
                "np.maximum(A + A_prev, 0) if stays",
            ),
            Planted(
                "relu6 without expansion",
                "A = A_prev\n",
                "A = A_prev if expand else np.clip(A_prev, 0, 6)\n",
            ),
        ],
        5: [
            Planted("stride in every block", "stride if k == 0 else 1", "stride"),
            Planted("stride in the last", "k == 0", "k == repeats - 1"),
            Planted(
                "t and n_C exchanged", "for t, n_C, repeats", "for n_C, t, repeats"
            ),
            Planted("first does not expand", "else 1, t)", "else 1, t if k else 1)"),
            Planted("stem without stride", "Conv2D(32, 3, 2,", "Conv2D(32, 3, 1,"),
            Planted(
                "stem without relu",
                "layers.Conv2D(32, 3, 2, **options))",
                "layers.Conv2D(32, 3, 2, **options), relu=False)",
            ),
            Planted(
                "last 1 x 1 without relu",
                "layers.Conv2D(1280, 1, **options))",
                "layers.Conv2D(1280, 1, **options), relu=False)",
            ),
            Planted("no softmax", ', activation="softmax"', ""),
            Planted("maxima", "GlobalAveragePooling2D", "GlobalMaxPooling2D"),
            Planted("size ignored", "Input((size, size, 3))", "Input((224, 224, 3))"),
            Planted("table ignored", "in table:", "in TABLE:"),
        ],
    },
}

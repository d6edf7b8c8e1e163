"""Wrong answers for course4_cnn/01_convolution_by_hand."""

from tests.planted import Planted

SENT = "dA[i, row, column, channel]"
LOOP = """dA_prev = np.zeros_like(A_prev)
for i, row, column, channel in np.ndindex(dA.shape):
    top, left = row * stride, column * stride
    window = A_prev[i, top : top + f, left : left + f, channel]
    {body}
return dA_prev"""

PLANTED = {
    "course4_cnn/01_convolution_by_hand": {
        1: [
            Planted("vertical", "[[-1.0, -1, 0], [-1, 0, 1], [0, 1, 1]]", "vertical"),
            Planted(
                "vertical and horizontal added",
                "[[-1.0, -1, 0], [-1, 0, 1], [0, 1, 1]]",
                "vertical + horizontal",
            ),
            Planted("sign", "np.array(", "-np.array("),
            Planted("mirrored", "[0, 1, 1]])", "[0, 1, 1]])[:, ::-1]"),
            Planted("other diagonal", "[0, 1, 1]])", "[0, 1, 1]])[::-1]"),
            Planted(
                "middle counts",
                "[[-1.0, -1, 0], [-1, 0, 1], [0, 1, 1]]",
                "[[-2.0, -1, 0], [-1, 1, 1], [0, 1, 1]]",
            ),
            Planted(
                "only adds up to zero",
                "[[-1.0, -1, 0], [-1, 0, 1], [0, 1, 1]]",
                "[[-1.0, -0.5, 0], [-1.5, 0, 1], [0, 1, 1]]",
            ),
            Planted("twice as strong", "np.array(", "2 * np.array("),
            Planted("flat list", "[0, 1, 1]])", "[0, 1, 1]]).ravel()"),
            Planted(
                "smoothing",
                "[[-1.0, -1, 0], [-1, 0, 1], [0, 1, 1]]",
                "[[0.0, 0, 1], [0, 1, 0], [1, 0, 0]]",
            ),
        ],
        2: [
            Planted("rounded up", "(106, 159, 16)", "(107, 160, 16)"),
            Planted("no plus one", "(214, 320, 16)", "(213, 319, 16)"),
            Planted("not rounded", "(214, 320, 16)", "(214, 320.5, 16)"),
            Planted("a bias per channel and filter", "* 24 + 24", "* 24 + 16 * 24"),
            Planted("pad on one side only", "(214, 320, 16)", "(212, 319, 16)"),
            Planted("height and width swapped", "(214, 320, 16)", "(320, 214, 16)"),
            Planted(
                "pooling mixes channels", "(106, 159, 16), (106", "(106, 159, 1), (106"
            ),
            Planted("same is no padding", "(106, 159, 24)", "(104, 157, 24)"),
            Planted("stride of 1 x 1 ignored", "(53, 80, 8)", "(106, 159, 8)"),
            Planted("rounded down", "(53, 80, 8)", "(53, 79, 8)"),
            Planted("no channels in the filter", "7 * 7 * 3 * 16", "7 * 7 * 16"),
            Planted("no biases", "* 3 * 16 + 16", "* 3 * 16"),
            Planted("a bias per weight", "24 + 24", "24 + 3 * 3 * 24"),
            Planted("weights in the pooling", ", 0, ", ", 9, "),
            Planted("a bias per input channel", "8 + 8", "8 + 24"),
            Planted("channels first", "(53, 80, 8)", "(8, 53, 80)"),
        ],
        3: [
            Planted("no bias", " + b", ""),
            Planted("bias at every place", "@ W[u, v]  #", "@ W[u, v] + b  #"),
            Planted("turned filter", "@ W[u, v]", "@ W[-1 - u, -1 - v]"),
            Planted(
                "u and v swapped", "A_pad[:, rows, columns]", "A_pad[:, columns, rows]"
            ),
            Planted(
                "no stride in the start of the slice",
                "slice(u, u + stride * n_H, stride)",
                "slice(u, u + n_H)",
            ),
            Planted(
                "start times stride",
                "slice(u, u + stride * n_H, stride)",
                "slice(u * stride, u * stride + stride * n_H, stride)",
            ),
            Planted("one row too few", "- f_H) // stride + 1", "- f_H) // stride"),
            Planted(
                "padding left out of the size",
                "(A_pad.shape[1] - f_H)",
                "(A_prev.shape[1] - f_H)",
            ),
            Planted("square filters only", "in range(f_W)", "in range(f_H)"),
            Planted(
                "square images only", "n_W = (A_pad.shape[2]", "n_W = (A_pad.shape[1]"
            ),
            Planted("transposed filters", "@ W[u, v]", "@ W[u, v].T"),
            Planted("pads the channels too", "(0, 0)])", "(pad, pad)])"),
            Planted(
                "pads the end only",
                "(pad, pad), (pad, pad)",
                "(0, 2 * pad), (0, 2 * pad)",
            ),
            Planted("last place wins", "Z += ", "Z = b + "),
            Planted(
                "the loop over windows again",
                body="return convolve_loops(A_prev, W, b, stride, pad)",
            ),
            Planted(
                "a loop over images",
                "Z += A_pad[:, rows, columns] @ W[u, v]",
                "for i in range(len(Z)):\n"
                "                Z[i] += A_pad[i, rows, columns] @ W[u, v]",
            ),
            Planted(
                "a loop over filters",
                "Z += A_pad[:, rows, columns] @ W[u, v]",
                "for k in range(c_out):\n"
                "                Z[..., k] += A_pad[:, rows, columns] @ W[u, v, :, k]",
            ),
            Planted(
                "changes the images",
                "f_H, f_W, _, c_out",
                "A_prev -= 0.1\nf_H, f_W, _, c_out",
            ),
        ],
        4: [
            Planted("overlaps overwritten", "dA_pad[at] += ", "dA_pad[at] = "),
            Planted("filters overwritten", "dW[..., k] += ", "dW[..., k] = "),
            Planted("no stride", "row * stride, column * stride", "row, column"),
            Planted(
                "mean over the images",
                "dZ.sum(axis=(0, 1, 2))",
                "dZ.mean(axis=(0, 1, 2))",
            ),
            Planted(
                "a bias gradient per image",
                "dZ.sum(axis=(0, 1, 2))",
                "dZ.sum(axis=(1, 2))",
            ),
            Planted("one bias for all", "dZ.sum(axis=(0, 1, 2))", "dZ.sum()"),
            Planted(
                "padding kept", "dA_pad[:, pad : pad + n_H, pad : pad + n_W]", "dA_pad"
            ),
            Planted(
                "padding cut with -pad",
                "pad : pad + n_H, pad : pad + n_W",
                "pad:-pad, pad:-pad",
            ),
            Planted(
                "padding cut at the end",
                "pad : pad + n_H, pad : pad + n_W",
                ":n_H, :n_W",
            ),
            Planted("turned filter", "W[..., k] * dZ", "W[::-1, ::-1, :, k] * dZ"),
            Planted("1/m once more", "dW, dZ.sum", "dW / len(dZ), dZ.sum"),
            Planted("sign", "W[..., k] * dZ", "-W[..., k] * dZ"),
            Planted(
                "order of the results",
                "return dA_pad[:, pad : pad + n_H, pad : pad + n_W], dW",
                "return dW, dA_pad[:, pad : pad + n_H, pad : pad + n_W]",
            ),
            Planted(
                "dW from the gradient of the images",
                "A_pad[at] * dZ",
                "dA_pad[at] * dZ",
            ),
            Planted("square filters only", "left + f_W", "left + f_H"),
        ],
        5: [
            Planted("the bug itself", "dA_pad[at] += ", "dA_pad[at] = "),
            Planted(
                "the largest wins",
                "dA_pad[at] += dZ @ W[u, v].T",
                "dA_pad[at] = np.maximum(dA_pad[at], dZ @ W[u, v].T)",
            ),
            Planted(
                "the mean of the contributions",
                "dA_pad[at] += dZ @ W[u, v].T",
                "dA_pad[at] += dZ @ W[u, v].T / W[..., 0, 0].size",
            ),
            Planted("filters not transposed", "@ W[u, v].T", "@ W[u, v]"),
            Planted(
                "the loop of exercise 4",
                "A_pad = np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)])",
                "return convolve_backward(dZ, A_prev, W, stride, pad)",
            ),
            Planted(
                "padding cut with -pad",
                "pad : pad + height, pad : pad + width",
                "pad:-pad, pad:-pad",
            ),
            Planted("adds to dW as well", "dW[u, v] = ", "dW += "),
            Planted(
                "no stride", "slice(u, u + stride * n_H, stride)", "slice(u, u + n_H)"
            ),
            Planted("rule of thumb stride >= f", ", (4, 3), (5, 2), (6, 1)}", "}"),
            Planted("single window only", "{(1, 1), (2, 2), (2, 3), (3, 3), ", "{"),
            Planted(
                "only stride = f", "(2, 3), (3, 3), (4, 3), (5, 2), (6, 1)}", "(3, 3)}"
            ),
            Planted("one forgotten", ", (4, 3)", ""),
            Planted("one too many", "(6, 1)}", "(6, 1), (3, 2)}"),
            Planted(
                "the pairs where it shows",
                "{(1, 1), (2, 2), (2, 3), (3, 3), (4, 3), (5, 2), (6, 1)}",
                "{(2, 1), (3, 1), (3, 2), (5, 1)}",
            ),
            Planted("a pair of its own", "(6, 1)}", "(6, 1), (6, 6)}"),
            Planted("stride first", "(2, 3)", "(3, 2)"),
        ],
        6: [
            Planted("overlaps overwritten", "channel] += dA", "channel] = dA"),
            Planted("no stride", "row * stride, column * stride", "row, column"),
            Planted(
                "f for the stride",
                "row * stride, column * stride",
                "row * f, column * f",
            ),
            Planted(
                "last of equal maxima",
                body=LOOP.format(
                    body=(
                        "u, v = divmod(f * f - 1 - window.ravel()[::-1].argmax(), f)\n"
                        f"    dA_prev[i, top + u, left + v, channel] += {SENT}"
                    )
                ),
            ),
            Planted(
                "all equal maxima get all",
                body=LOOP.format(
                    body=(
                        "dA_prev[i, top : top + f, left : left + f, channel] += "
                        "(window == window.max()) * dA[i, row, column, channel]"
                    )
                ),
            ),
            Planted(
                "equal maxima share",
                body=LOOP.format(
                    body=(
                        "best = window == window.max()\n"
                        "    dA_prev[i, top : top + f, left : left + f, channel] += "
                        "best / best.sum() * dA[i, row, column, channel]"
                    )
                ),
            ),
            Planted(
                "average",
                body=LOOP.format(
                    body=(
                        "dA_prev[i, top : top + f, left : left + f, channel] += "
                        "dA[i, row, column, channel] / f**2"
                    )
                ),
            ),
            Planted(
                "channels mixed",
                body=(
                    "dA_prev = np.zeros_like(A_prev)\n"
                    "for i, row, column, channel in np.ndindex(dA.shape):\n"
                    "    top, left = row * stride, column * stride\n"
                    "    window = A_prev[i, top : top + f, left : left + f]\n"
                    "    window = window.max(axis=2)\n"
                    "    u, v = np.unravel_index(window.argmax(), window.shape)\n"
                    f"    dA_prev[i, top + u, left + v, channel] += {SENT}\n"
                    "return dA_prev"
                ),
            ),
            Planted("largest in size", "window.argmax()", "np.abs(window).argmax()"),
            Planted("the smallest", "window.argmax()", "window.argmin()"),
            Planted("place within the window only", "top + u, left + v", "u, v"),
            Planted("columns first", "window.argmax()", "window.T.argmax()"),
            Planted(
                "times the pixel",
                "+= dA[i, row, column, channel]",
                "+= dA[i, row, column, channel] * window.max()",
            ),
        ],
    },
}

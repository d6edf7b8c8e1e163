"""Wrong answers to the exercises of course4_cnn/08_style_transfer."""

from tests.planted import Planted

SEEN = "seen = {{f'block{{k}}_conv1': n for k, n in zip(range(1, 6), {})}}"

JUDGE = """maker = np.random.default_rng(0)
A = maker.normal(size={size})
mixed = {mixed}
return {verdict}"""
CLOSE = "bool(np.allclose(gram_of(mixed), gram_of(A)))"
SHUFFLED = "maker.permutation(A.reshape(-1, 3)).reshape(A.shape)"


def judge(mixed=SHUFFLED, size="(4, 5, 3)", verdict=CLOSE):
    return JUDGE.format(size=size, mixed=mixed, verdict=verdict)


def factors(*values):
    names = ("content", "style", "style gradient", "style, tiled")
    named = dict(zip((*names, "style gradient, tiled"), values, strict=True))
    return f"factors = {named}"


PLANTED = {
    "course4_cnn/08_style_transfer": {
        1: [
            Planted("strides forgotten", body=SEEN.format((3, 8, 13, 20, 27))),
            Planted("poolings add nothing", body=SEEN.format((3, 9, 21, 53, 117))),
            Planted("poolings add 2 j", body=SEEN.format((3, 11, 27, 67, 147))),
            Planted("the filter itself", body=SEEN.format((3, 3, 3, 3, 3))),
            Planted("halves of the picture", body=SEEN.format((3, 6, 12, 24, 48))),
            Planted("one convolution late", "60", "76"),
            Planted("off by one", "132", "131"),
            Planted("j doubles before the pooling", "10", "11"),
            Planted("f j in place of (f - 1) j", "24", "32"),
            Planted("a layer left out", '"block3_conv1": 24,', ""),
        ],
        2: [
            Planted(
                "sign", "F.T @ F / (n_H * n_W) - G_S", "G_S - F.T @ F / (n_H * n_W)"
            ),
            Planted("gradient per place missing", "(n_H * n_W * n_C**2)", "n_C**2"),
            Planted("factor 2", "dF = F", "dF = 2 * F"),
            Planted("half", "dF = F", "dF = F / 2"),
            Planted("n_C once", "(n_H * n_W * n_C**2)", "(n_H * n_W * n_C)"),
            Planted("Gram not divided", "F.T @ F / (n_H * n_W) - G_S", "F.T @ F - G_S"),
            Planted("mean without the quarter", "(4 * n_C**2)", "n_C**2"),
            Planted("n_C once in the cost", "(4 * n_C**2)", "(4 * n_C)"),
            Planted("not squared", "too_much**2", "np.abs(too_much)"),
            Planted(
                "places and channels mixed",
                "F = A_G.reshape(-1, n_C)",
                "F = A_G.reshape(n_C, -1).T",
            ),
            Planted("flat gradient", "dF.reshape(A_G.shape)", "dF"),
            Planted("gradient of the Gram matrix", "dF.reshape(A_G.shape)", "too_much"),
            Planted("only the diagonal", "F @ too_much", "F * np.diag(too_much)"),
            Planted("changes A_G", "J = np.sum", "A_G /= 2\nJ = np.sum"),
            Planted(
                "transposed back", "dF.reshape(A_G.shape)", "dF.T.reshape(A_G.shape)"
            ),
        ],
        3: [
            Planted("always true", body="return True"),
            Planted("always false", body="return False"),
            Planted("mirror only", body=judge("A[:, ::-1]")),
            Planted("upside down only", body=judge("A[::-1]")),
            Planted("shuffles rows only", body=judge("maker.permutation(A)")),
            Planted(
                "shuffles columns only", body=judge("maker.permutation(A, axis=1)")
            ),
            Planted("turned round", body=judge("A[::-1, ::-1]")),
            Planted("transposed", body=judge("A.swapaxes(0, 1)")),
            Planted(
                "channels shuffled too",
                body=judge("maker.permutation(A.ravel()).reshape(A.shape)"),
            ),
            Planted("channels swapped", body=judge("A[..., ::-1]")),
            Planted(
                "constant picture", "maker.normal(size=(4, 5, 3))", "np.ones((4, 5, 3))"
            ),
            Planted(
                "one channel",
                body=judge(
                    "maker.permutation(A.reshape(-1, 1)).reshape(A.shape)", "(4, 5, 1)"
                ),
            ),
            Planted(
                "exactly equal",
                body=judge(verdict="bool((gram_of(mixed) == gram_of(A)).all())"),
            ),
            Planted(
                "the shape",
                body=judge(verdict="gram_of(mixed).shape == gram_of(A).shape"),
            ),
            Planted(
                "symmetric",
                body=judge(verdict="bool(np.allclose(gram_of(A), gram_of(A).T))"),
            ),
            Planted(
                "the diagonal's sum",
                body=judge(
                    verdict="bool(np.isclose(np.trace(gram_of(mixed)),"
                    " np.trace(gram_of(A))))"
                ),
            ),
            Planted(
                "the diagonal",
                body=judge(
                    verdict="bool(np.allclose(np.diag(gram_of(mixed)),"
                    " np.diag(gram_of(A))))"
                ),
            ),
            Planted(
                "the sum",
                body=judge(
                    verdict="bool(np.isclose(gram_of(mixed).sum(), gram_of(A).sum()))"
                ),
            ),
            Planted(
                "two places change seats",
                body=judge(
                    "A.copy()\nmixed[0, 0], mixed[2, 3] = A[2, 3], A[0, 0]",
                ),
            ),
            Planted(
                "a tolerance of .1",
                body=judge(
                    verdict="bool(np.allclose(gram_of(mixed), gram_of(A), atol=.1))"
                ),
            ),
            Planted(
                "proportional to the library's",
                body="A = np.random.default_rng(0).normal(size=(4, 5, 3))\n"
                "one, two = gram_of(A), style.gram(A)\n"
                "return bool(np.allclose(one / one[0, 0], two / two[0, 0]))",
            ),
            Planted("reversed", "bool(np.allclose", "not bool(np.allclose"),
            Planted(
                "equals gram_one",
                body=judge(verdict="bool(np.allclose(gram_of(A), gram_one(A)))"),
            ),
        ],
        4: [
            Planted("all linear", body=factors(2, 2, 2, 1, 1)),
            Planted("squares", body=factors(4, 4, 2, 1, 1)),
            Planted("gradient as the cost", body=factors(4, 16, 16, 1, 1)),
            Planted("gradient squared", body=factors(4, 16, 4, 1, 0.25)),
            Planted("a gradient does not shrink", body=factors(4, 16, 8, 1, 1)),
            Planted("sums", body=factors(4, 16, 8, 16, 4)),
            Planted("cost grows with places", body=factors(4, 16, 8, 4, 1)),
            Planted("gradient grows", body=factors(4, 16, 8, 1, 4)),
            Planted("1 / 16", body=factors(4, 16, 8, 1, 1 / 16)),
            Planted("content is linear", body=factors(2, 16, 8, 1, 0.25)),
            Planted("cube", body=factors(4, 8, 4, 1, 0.25)),
        ],
        5: [
            Planted("ranks not undone", "values[order]", "values[:]"),
            Planted(
                "gather for scatter",
                body=(
                    "matched = np.empty_like(content)\n"
                    "for c in range(3):\n"
                    "    order = np.argsort(content[..., c], axis=None)\n"
                    "    values = np.sort(style_photo[..., c], axis=None)[order]\n"
                    "    matched[..., c] = values.reshape(content.shape[:2])\n"
                    "return matched"
                ),
            ),
            Planted("brightest first", "np.sort(style_photo", "-np.sort(-style_photo"),
            Planted(
                "style not sorted",
                "np.sort(style_photo[..., channel], axis=None)",
                "style_photo[..., channel].ravel()",
            ),
            Planted(
                "one channel for all",
                "style_photo[..., channel]",
                "style_photo[..., 0]",
            ),
            Planted(
                "order of the first channel",
                "shades = content[..., channel]",
                "shades = content[..., 0]",
            ),
            Planted(
                "photos swapped",
                body=(
                    "content, style_photo = style_photo, content\n"
                    "matched = np.empty_like(content)\n"
                    "for c in range(3):\n"
                    "    order = np.argsort(content[..., c], axis=None)\n"
                    "    values = np.empty(order.size)\n"
                    "    values[order] = np.sort(style_photo[..., c], axis=None)\n"
                    "    matched[..., c] = values.reshape(content.shape[:2])\n"
                    "return matched"
                ),
            ),
            Planted(
                "mean and spread only",
                body=(
                    "axes = (0, 1)\n"
                    "z = (content - content.mean(axes)) / content.std(axes)\n"
                    "return z * style_photo.std(axes) + style_photo.mean(axes)"
                ),
            ),
            Planted("row by row", "axis=None", "axis=1", count=2),
            Planted(
                "all colours in one pot",
                body=(
                    "order = np.argsort(content, axis=None)\n"
                    "values = np.empty(order.size)\n"
                    "values[order] = np.sort(style_photo, axis=None)\n"
                    "return values.reshape(content.shape)"
                ),
            ),
            Planted(
                "in place", "matched = np.empty_like(content)", "matched = content"
            ),
            Planted(
                "transposed",
                "values.reshape(content.shape[:2])",
                "values.reshape(content.shape[1::-1]).T",
            ),
            Planted("blend", body="return (content + style_photo) / 2"),
            Planted("the style photo", body="return style_photo.copy()"),
        ],
    },
}

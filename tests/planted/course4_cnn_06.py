"""Wrong answers to the exercises of course4_cnn/06_object_detection."""

from tests.planted import Planted

PLANTED = {
    "course4_cnn/06_object_detection": {
        1: [
            Planted("no clipping", "np.maximum(high - low, 0)", "(high - low)"),
            Planted(
                "clipped after the product",
                "np.prod(np.maximum(high - low, 0), axis=2)",
                "np.maximum(np.prod(high - low, axis=2), 0)",
            ),
            Planted(
                "absolute lengths", "np.maximum(high - low, 0)", "np.abs(high - low)"
            ),
            Planted("shared area counted twice", "+ area_b - shared", "+ area_b"),
            Planted(
                "pixels counted inclusively",
                "np.maximum(high - low, 0)",
                "np.maximum(high - low + 1, 0)",
            ),
            Planted(
                "over the smaller box",
                "(area_a[:, None] + area_b - shared)",
                "np.minimum(area_a[:, None], area_b)",
            ),
            Planted(
                "over the first box",
                "(area_a[:, None] + area_b - shared)",
                "area_a[:, None]",
            ),
            Planted(
                "sum of the sides",
                "np.prod(np.maximum(high - low, 0), axis=2)",
                "np.sum(np.maximum(high - low, 0), axis=2)",
            ),
            Planted("edges swapped", "np.maximum(a[:, None", "np.minimum(a[:, None"),
            Planted(
                "area from the lower right corner", "c[:, 2:] - c[:, :2]", "c[:, 2:]"
            ),
            Planted("transposed", "- shared)", "- shared).T", count=1),
            Planted(
                "Dice instead",
                "shared / (area_a[:, None] + area_b - shared)",
                "2 * shared / (area_a[:, None] + area_b)",
            ),
            Planted(
                "only pairs in order",
                body=(
                    "low = np.maximum(a[:1, :2], b[:, :2])\n"
                    "high = np.minimum(a[:1, 2:], b[:, 2:])\n"
                    "shared = np.prod(np.maximum(high - low, 0), axis=1)\n"
                    "one, two = boxes.area(a), boxes.area(b)\n"
                    "return (shared / (one[0] + two - shared))[None]"
                ),
            ),
        ],
        2: [
            Planted(
                "the bug stays", body="return nms_with_bug(corners, scores, threshold)"
            ),
            Planted("the worst first", "np.argsort(-scores", "np.argsort(scores"),
            Planted("drops below the threshold", "<= threshold", "> threshold"),
            Planted(
                "of equal scores the last first",
                'np.argsort(-scores, kind="stable")',
                'np.argsort(scores, kind="stable")[::-1]',
            ),
            Planted(
                "only the best box suppresses",
                body=(
                    "order = np.argsort(-scores, kind='stable')\n"
                    "near = iou(corners[order[:1]], corners[order])[0] > threshold\n"
                    "near[0] = False\n"
                    "return order[~near]"
                ),
            ),
            Planted("suppresses nothing", "<= threshold", "<= 1"),
            Planted(
                "in the order of the list",
                'np.argsort(-scores, kind="stable")',
                "np.arange(len(scores))",
            ),
            Planted("sorted by place", "np.array(kept,", "np.array(sorted(kept),"),
            Planted(
                "returns places in the order",
                "kept.append(best)",
                "kept.append(len(kept))",
            ),
            Planted("only the best", "while left:", "if left:"),
            Planted("equal IoU drops too", "<= threshold", "< threshold"),
            Planted("a list", "return np.array(kept, dtype=int)", "return kept"),
            Planted(
                "fails without boxes",
                "left, kept =",
                "scores.max(); left, kept =",
            ),
            Planted("equal IoU drops too late", "<= threshold", "<= threshold + 0.1"),
            Planted(
                "every second",
                "kept.append(best)",
                "kept.append(best); left = left[1:]",
            ),
        ],
        3: [
            Planted("no sigmoid of x", "sigmoid(outputs[..., 0])", "outputs[..., 0]"),
            Planted("no sigmoid of y", "sigmoid(outputs[..., 1])", "outputs[..., 1]"),
            Planted("no exponential", "np.exp(outputs[..., 2])", "outputs[..., 2]"),
            Planted(
                "size cut off",
                "np.exp(outputs[..., 2])",
                "np.exp(np.minimum(outputs[..., 2], 3))",
            ),
            Planted("x with rows", "(columns + sigmoid", "(rows + sigmoid"),
            Planted("sides swapped", "size[1] / g_W", "size[0] / g_W"),
            Planted("cells swapped", "size[1] / g_W", "size[1] / g_H"),
            Planted("whole size", "x - width / 2", "x - width"),
            Planted(
                "corner is the centre", "[x - width / 2, y - height / 2,", "[x, y,"
            ),
            Planted(
                "left as centres",
                "[x - width / 2, y - height / 2, x + width / 2, y + height / 2]",
                "[x, y, width, height]",
            ),
            Planted(
                "rows first",
                "[x - width / 2, y - height / 2,",
                "[y - height / 2, x - width / 2,",
            ),
            Planted("anchor sides swapped", "anchors[:, 0] *", "anchors[:, 1] *"),
            Planted(
                "width and height swapped",
                "np.exp(outputs[..., 3])",
                "np.exp(outputs[..., 2])",
            ),
            Planted("no p_c", "sigmoid(outputs[..., 4:5]) * ", ""),
            Planted("raw p_c", "sigmoid(outputs[..., 4:5])", "outputs[..., 4:5]"),
            Planted("classes from 4 on", "outputs[..., 5:]", "outputs[..., 4:]"),
            Planted(
                "softmax of classes",
                "* sigmoid(outputs[..., 5:])",
                "* (np.exp(outputs[..., 5:])"
                " / np.exp(outputs[..., 5:]).sum(axis=-1, keepdims=True))",
            ),
            Planted(
                "sigmoid of the sum",
                "(columns + sigmoid(outputs[..., 0]))",
                "sigmoid(columns + outputs[..., 0])",
            ),
            Planted(
                "anchors in cells", "anchors[:, 0] *", "anchors[:, 0] * size[1] / g_W *"
            ),
            Planted(
                "middle of the cell", "columns + sigmoid", "columns + 0.5 + sigmoid"
            ),
        ],
        4: [
            Planted(
                "not sorted", '[np.argsort(-np.asarray(scores), kind="stable")]', ""
            ),
            Planted("the worst first", "-np.asarray(scores)", "np.asarray(scores)"),
            Planted("no best precision", "best[hits]", "precision[hits]"),
            Planted(
                "best so far instead of later", "precision[::-1])[::-1]", "precision)"
            ),
            Planted(
                "mean over hits", "[hits]) / num_true", "[hits]) / max(hits.sum(), 1)"
            ),
            Planted(
                "mean over the boxes", "np.sum(best[hits]) / num_true", "np.mean(best)"
            ),
            Planted("recall instead", "np.arange(1, len(hits) + 1)", "num_true"),
            Planted(
                "off by one",
                "np.arange(1, len(hits) + 1)",
                "np.arange(2, len(hits) + 2)",
            ),
            Planted("all boxes", "np.sum(best[hits])", "np.sum(best)"),
            Planted("not turned back", "precision[::-1])[::-1]", "precision[::-1])"),
            Planted(
                "an array",
                "float(np.sum(best[hits]) / num_true)",
                "np.sum(best[hits], keepdims=True) / num_true",
            ),
            Planted(
                "precision at the end", "np.sum(best[hits]) / num_true", "precision[-1]"
            ),
        ],
        5: [
            Planted("one half", "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4", "0.5"),
            Planted("doubles cost nothing", "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4", "1.0"),
            Planted(
                "ranks 2, 4, 6, 8",
                "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4",
                "(1 / 2 + 2 / 4 + 3 / 6 + 4 / 8) / 4",
            ),
            Planted("a sloppy guess", "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4", "0.7"),
            Planted("another sloppy guess", "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4", "0.72"),
            Planted(
                "mean over eight boxes",
                "(1 + 2 / 3 + 3 / 5 + 4 / 7) / 4",
                "(1 + 1/2 + 2/3 + 2/4 + 3/5 + 3/6 + 4/7 + 4/8) / 8",
            ),
            Planted("late copies halve it", "late_copies = 1.0", "late_copies = 0.5"),
            Planted(
                "late copies count as before",
                "late_copies = 1.0",
                "late_copies = stutter",
            ),
            Planted(
                "late copies average",
                "late_copies = 1.0",
                "late_copies = (4 + 4/5 + 4/6 + 4/7 + 4/8) / 8",
            ),
            Planted("sum instead of mean", ") / 4", ")"),
            Planted(
                "the judge is replaced",
                body=(
                    "stutter = late_copies = 0.0\n"
                    "average_precision = lambda scores, hits, num_true: 0.0"
                ),
            ),
        ],
        6: [
            Planted("strictly above", "scores >= threshold", "scores > threshold"),
            Planted(
                "more than the goal",
                "reported.mean() >= goal",
                "reported.mean() > goal",
            ),
            Planted(
                "stops where precision falls below",
                body=(
                    "best, most = np.inf, 0\n"
                    "for threshold in np.unique(scores)[::-1]:\n"
                    "    reported = hits[scores >= threshold]\n"
                    "    if reported.mean() < goal:\n"
                    "        break\n"
                    "    if reported.sum() > most:\n"
                    "        best, most = threshold, reported.sum()\n"
                    "return best"
                ),
            ),
            Planted(
                "the first that meets the goal",
                "best, most = threshold, reported.sum()",
                "return threshold",
            ),
            Planted(
                "the lower of two",
                "reported.sum() > most",
                "reported.sum() >= max(most, 1)",
            ),
            Planted(
                "the most precise",
                body=(
                    "best, most = np.inf, 0\n"
                    "for threshold in np.unique(scores)[::-1]:\n"
                    "    share = hits[scores >= threshold].mean()\n"
                    "    if share >= goal and share > most:\n"
                    "        best, most = threshold, share\n"
                    "return best"
                ),
            ),
            Planted(
                "a rounded precision",
                "reported.mean() >=",
                "round(reported.mean(), 2) >=",
            ),
            Planted("no goal", "reported.mean() >= goal and", ""),
            Planted(
                "something at any price",
                "best, most = np.inf, 0",
                "best, most = scores.max(), 0",
            ),
            Planted(
                "recall instead of precision",
                "reported.mean()",
                "(reported.sum() / max(hits.sum(), 1))",
            ),
            Planted(
                "the lowest that meets the goal",
                "reported.sum() > most",
                "len(reported) > 0",
            ),
            Planted(
                "boxes one by one",
                body=(
                    "order = np.argsort(-scores, kind='stable')\n"
                    "right = np.cumsum(hits[order])\n"
                    "share = right / np.arange(1, len(hits) + 1)\n"
                    "good = np.flatnonzero((share >= goal) & hits[order])\n"
                    "return scores[order][good[-1]] if good.size else np.inf"
                ),
            ),
        ],
    },
}

"""Wrong answers to the exercises of course5_sequence/12_question_answering."""

from tests.planted import Planted

POSSIBLE = "possible = (length >= 1) & (length <= max_length)"
INSIDE = "(segments == 1) & (words >= start) & (words < stop)"
GOOD = "good = [t for t in np.unique(sure) if np.mean(right[sure >= t]) >= goal]"

PLANTED = {
    "course5_sequence/12_question_answering": {
        1: [
            Planted("each alone", body="return starts.argmax(), ends.argmax()"),
            Planted("end may come first", "(length >= 1) & ", ""),
            Planted("any length", " & (length <= max_length)", ""),
            Planted("one word too long", "<= max_length", "<= max_length + 1"),
            Planted("one word too short", "<= max_length", "< max_length"),
            Planted("no answer of one word", "length >= 1", "length > 1"),
            Planted(
                "the question may answer",
                "possible &= allowed[:, np.newaxis] & allowed",
                "",
            ),
            Planted("only the start is judged", " & allowed\n", "\n"),
            Planted("only the end is judged", "allowed[:, np.newaxis] & ", ""),
            Planted("impossible is 0", "sums, -np.inf", "sums, 0"),
            Planted(
                "transposed",
                "starts[:, np.newaxis] + ends",
                "starts + ends[:, np.newaxis]",
            ),
            Planted(
                "start first, then the end",
                body="first = np.where(allowed, starts, -np.inf).argmax()\n"
                "stop = min(len(ends), first + max_length)\n"
                "late = np.where(allowed, ends, -np.inf)[first:stop]\n"
                "return first, first + late.argmax()",
            ),
            Planted(
                "impossible starts are zeroed",
                body="s = np.where(allowed, starts, 0)\n"
                "e = np.where(allowed, ends, 0)\n"
                "T = len(s)\n"
                "ways = [(i, j) for i in range(T)\n"
                "        for j in range(i, min(T, i + max_length))]\n"
                "return max(ways, key=lambda w: s[w[0]] + e[w[1]])",
            ),
        ],
        2: [
            Planted(
                "the bug itself",
                body="start, stop = answer\n"
                "return int(np.argmax(words == start)), int(np.argmax(words == stop))",
            ),
            Planted("word numbers of the question", "(segments == 1) & ", ""),
            Planted("the word behind it too", "words < stop", "words <= stop"),
            Planted("words of the question", "segments == 1", "segments == 0"),
            Planted("last piece exclusive", "[[0, -1]])", "[[0, -1]] + [0, 1])"),
            Planted(
                "first piece of the last word",
                body="start, stop = answer\n"
                "story = segments == 1\n"
                "return (int(np.argmax(story & (words == start))),\n"
                "        int(np.argmax(story & (words == stop - 1))))",
            ),
            Planted("from the start on", " & (words < stop)", ""),
            Planted(
                "last piece of the first word",
                body="start, stop = answer\n"
                "story = segments == 1\n"
                "return (int(np.flatnonzero(story & (words == start))[-1]),\n"
                "        int(np.flatnonzero(story & (words == stop - 1))[-1]))",
            ),
            Planted(
                "the piece before the next word",
                body="start, stop = answer\n"
                "story = segments == 1\n"
                "return (int(np.argmax(story & (words == start))),\n"
                "        int(np.argmax(story & (words == stop))) - 1)",
            ),
        ],
        3: [
            Planted("the article is free", '"A": 4 / 5', '"A": 1.0'),
            Planted("precision for F1", '"A": 4 / 5', '"A": 2 / 3'),
            Planted("recall for F1", '"B": 2 / 3', '"B": 1 / 2'),
            Planted("a wrong room is wrong", '"C": 2 / 4', '"C": 0'),
            Planted("another place of the text", '"D": 1.0', '"D": 0'),
            Planted("rounded too far", '"B": 2 / 3', '"B": 0.67'),
            Planted("mean of three", "/ 4\nmean_exact", "/ 3\nmean_exact"),
            Planted("D is no exact match", "mean_exact = 1 / 4", "mean_exact = 0"),
            Planted("A is an exact match", "mean_exact = 1 / 4", "mean_exact = 1 / 2"),
        ],
        4: [
            Planted(
                "the first from above that fails",
                body="best = np.inf\n"
                "for t in np.unique(sure)[::-1]:\n"
                "    if np.mean(right[sure >= t]) < goal:\n"
                "        break\n"
                "    best = t\n"
                "return best",
            ),
            Planted(
                "above the threshold only", GOOD, GOOD.replace("sure >= t", "sure > t")
            ),
            Planted("more than the goal", ">= goal", "> goal"),
            Planted("the surest", "min(good", "max(good"),
            Planted("answers anyway", "default=np.inf", "default=0.0"),
            Planted("the goal is the threshold", body="return goal"),
            Planted(
                "share of all, not of those given",
                "np.mean(right[sure >= t])",
                "np.mean(right & (sure >= t))",
            ),
            Planted(
                "equal ones one by one",
                body="order = np.argsort(-sure, kind='stable')\n"
                "share = np.cumsum(right[order]) / np.arange(1, len(sure) + 1)\n"
                "fits = np.flatnonzero(share >= goal)\n"
                "return sure[order][fits[-1]] if fits.size else np.inf",
            ),
            Planted(
                "expects sorted numbers",
                body="share = np.cumsum(right) / np.arange(1, len(sure) + 1)\n"
                "fits = np.flatnonzero(share >= goal)\n"
                "return sure[fits[-1]] if fits.size else np.inf",
            ),
            Planted(
                "trusts the probabilities",
                body="good = sure[sure >= goal]\nreturn min(good, default=np.inf)",
            ),
        ],
    }
}

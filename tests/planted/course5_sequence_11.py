"""Wrong answers to the exercises of course5_sequence/11_named_entities."""

from tests.planted import Planted

READ = """found, kind, start = [], None, 0
for place, tag in enumerate({tags}):
    if kind is not None and ({ends}):
        found.append((kind, start, place{stop}))
        kind = None
    if {begins} and kind is None:
        kind, start = tag[2:], place
{last}
return found"""
LAST = """if kind is not None:
    found.append((kind, start, len(tags)))"""


def read(**changed):
    """The other way to read tags: close a span, then open one."""
    usual = {
        "tags": "tags",
        "ends": 'tag[0] != "I" or tag[2:] != kind',
        "stop": "",
        "begins": 'tag != "O"',
        "last": LAST,
    }
    return READ.format(**usual | changed)


PLANTED = {
    "course5_sequence/11_named_entities": {
        1: [
            Planted("the last word is lost", body=read(last="")),
            Planted("a B does not end a span", body=read(ends="tag[2:] != kind")),
            Planted("an I of any kind continues", body=read(ends='tag[0] != "I"')),
            Planted("an I never begins", body=read(begins='tag[0] == "B"')),
            Planted("last word included", body=read(stop=" - 1")),
            Planted("the kind with its letter", "(tag[2:], place", "(tag, place"),
            Planted("an O does not end", body=read(ends='tag[0] == "B"')),
            Planted("stop is the last word", "place, place + 1", "place, place"),
            Planted(
                "an I after an O continues",
                "before = tag",
                'before = before if tag == "O" else tag',
            ),
            Planted("without start", "return found", "return [s[:1] for s in found]"),
        ],
        2: [
            Planted(
                "share of words in entities",
                body="word_share, precision, recall, f1 = 6 / 8, 3 / 5, 3 / 4, 2 / 3",
            ),
            Planted(
                "Ltd counted as wrong",
                body="word_share, precision, recall, f1 = .7, 3 / 5, 3 / 4, 2 / 3",
            ),
            Planted(
                "swapped",
                "precision, recall = 3 / 5, 3 / 4",
                "precision, recall = 3 / 4, 3 / 5",
            ),
            Planted("plain mean", "f1 = 2 * 3 / (5 + 4)", "f1 = (3 / 5 + 3 / 4) / 2"),
            Planted("half of the firm counts", "3 / 5, 3 / 4", "4 / 5, 4 / 4"),
            Planted("percent", "word_share = 0.8", "word_share = 80"),
            Planted("two decimals", "2 * 3 / (5 + 4)", "0.67"),
            Planted(
                "a guess", body="word_share, precision, recall, f1 = .8, .6, .7, .65"
            ),
            Planted("not filled", body="pass"),
        ],
        3: [
            Planted("the hurried version", body="return np.asarray(labels)[words]"),
            Planted(
                "all pieces of a word",
                body="words = np.asarray(words)\n"
                "return np.where(words >= 0, np.asarray(labels)[words], -1)",
            ),
            Planted("marks kept", "(words >= 0) & (words", "(words"),
            Planted(
                "last piece",
                "np.concatenate([[-1], words[:-1]])",
                "np.concatenate([words[1:], [-1]])",
            ),
            Planted(
                "compares labels, not words",
                body="words = np.asarray(words)\n"
                "all_ = np.where(words >= 0, np.asarray(labels)[words], -1)\n"
                "return np.where(np.r_[True, all_[1:] != all_[:-1]], all_, -1)",
            ),
            Planted("0 for no label", "labels)[words], -1)", "labels)[words], 0)"),
            Planted("no integers", "labels)[words], -1)", "labels)[words], -1.0)"),
            Planted(
                "rolled",
                "np.concatenate([[-1], words[:-1]])",
                "np.concatenate([words[:1], words[:-1]])[::-1]",
            ),
            Planted(
                "writes into words",
                body="words = np.asarray(words)\n"
                "words[1:][words[1:] == words[:-1]] = -1\n"
                "return np.where(words >= 0, np.asarray(labels)[words], -1)",
            ),
        ],
        4: [
            Planted("m of all columns", "m = kept.sum()", "m = len(y)"),
            Planted("sum, not mean", "m = kept.sum()", "m = 1"),
            Planted("label -1 counts", "[kept].sum()", ".sum()"),
            Planted("slope not masked", "np.where(kept, dZ / m, 0)", "dZ / m"),
            Planted("slope without m", "dZ / m, 0", "dZ, 0"),
            Planted(
                "sign",
                "return cost, np.where(kept, dZ",
                "return cost, np.where(kept, -dZ",
            ),
            Planted("overflow", "shifted = Z - Z.max(axis=0)", "shifted = Z"),
            Planted(
                "softmax over the columns",
                "np.exp(shifted).sum(axis=0)",
                "np.exp(shifted).sum(axis=1, keepdims=True)",
            ),
            Planted("drops columns", "np.where(kept, dZ / m, 0)", "dZ[:, kept] / m"),
            Planted("labels above 0 only", "kept = y >= 0", "kept = y > 0"),
            Planted("cost positive for sure", "cost = -logs", "cost = logs"),
            Planted(
                "changes Z",
                "shifted = Z - Z.max(axis=0)",
                "Z -= Z.max(axis=0); shifted = Z",
            ),
            Planted(
                "changes y",
                "columns = np.arange(len(y))",
                "columns = np.arange(len(y)); y[~kept] = 0",
            ),
            Planted(
                "log of a number moved off 0",
                "-logs[y, columns]",
                "-np.log(np.exp(logs) + 1e-8)[y, columns]",
            ),
            Planted("slope is A", "dZ[y, columns] -= 1", "dZ[y, columns] -= 0"),
        ],
        5: [
            Planted("greedy", body="return [int(k) for k in scores.argmax(axis=1)]"),
            Planted(
                "greedy among the allowed",
                body="""path = [int(np.where(start, scores[0], -np.inf).argmax())]
for row in scores[1:]:
    path.append(int(np.where(allowed[path[-1]], row, -np.inf).argmax()))
return path""",
            ),
            Planted(
                "rules turned around", "np.where(allowed, 0", "np.where(allowed.T, 0"
            ),
            Planted(
                "a fixed fine in place of a ban",
                body="""steps = np.where(allowed, 0, -10)
values, back = np.where(start, scores[0], scores[0] - 10), []
for row in scores[1:]:
    ways = values[:, np.newaxis] + steps
    back.append(ways.argmax(axis=0))
    values = ways.max(axis=0) + row
path = [int(values.argmax())]
for before in back[::-1]:
    path.append(int(before[path[-1]]))
return path[::-1]""",
            ),
            Planted("any start", "np.where(start, scores[0], -np.inf)", "scores[0]"),
            Planted("previous from the wrong side", "values[:, np.newaxis]", "values"),
            Planted("does not add up", "ways.max(axis=0) + row", "ways.max(axis=0)"),
            Planted(
                "forgets the past",
                "ways.max(axis=0) + row",
                "np.where(ways.max(axis=0) > -np.inf, row, -np.inf)",
            ),
            Planted("not turned around", "return path[::-1]", "return path"),
            Planted("walk in the wrong order", "back[::-1]", "back"),
            Planted("ends at O", "int(values.argmax())", "0"),
            Planted(
                "walk does not follow",
                "int(before[path[-1]])",
                "int(before[path[0]])",
            ),
            Planted(
                "only the last word lost", "return path[::-1]", "return path[:0:-1]"
            ),
        ],
    }
}

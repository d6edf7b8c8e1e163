"""Wrong answers to the exercises of course5_sequence/09_trigger_word."""

from tests.planted import Planted

NEAREST = """
taken, right = set(), 0
for time in sorted(found):
    near = sorted((abs(time - s), s) for s in true if s - early <= time <= s + late)
    if near and near[0][1] not in taken:
        taken.add(near[0][1])
        right += 1
return right
"""
PER_WORD = """
right = 0
for stop in true:
    if any(stop - early <= time <= stop + late for time in found):
        right += 1
return right
"""
AS_GIVEN = """
free, right = list(found), 0
for stop in true:
    near = [time for time in free if stop - early <= time <= stop + late]
    if near:
        free.remove(near[0])
        right += 1
return right
"""
RUNS = """
found, last = [], -np.inf
for t, probability in enumerate(p):
    now = t * seconds_per_step
    if probability >= threshold and now >= last + refractory:
        found.append(now)
        last = now
return found
"""
PROLONGED = """
found, last, below = [], -np.inf, True
for t, probability in enumerate(p):
    now = t * seconds_per_step
    if probability >= threshold and below:
        if now >= last + refractory:
            found.append(now)
        last = now
    below = probability < threshold
return found
"""
ONE_CHANGE = """
X = np.random.default_rng(0).normal(size=(T, 2))
before = np.array(network(X.copy()))
other = X.copy()
other[{rows}] {change}
return not np.allclose(network(other)[{answers}], before[{answers}])
"""
EARLY_STOP = """
best = None
for threshold in sorted(thresholds):
    matches = audio.match([audio.detections(p, STEP, threshold) for p in P], stops)
    alarms = matches.found - matches.right
    if alarms / (P.size * STEP / 60) <= per_minute:
        return threshold
return best
"""
AS_ORDERED = """
kept = {}
for threshold in thresholds:
    matches = audio.match([audio.detections(p, STEP, threshold) for p in P], stops)
    if matches.found - matches.right <= per_minute * P.size * STEP / 60:
        kept[threshold] = matches.right
return max(kept, key=kept.get, default=None)
"""

PLANTED = {
    "course5_sequence/09_trigger_word": {
        1: [
            Planted("no window", "0.5 - 0.5 * np.cos(2 * np.pi * n / frame)", "1.0"),
            Planted("symmetric window", "np.pi * n / frame", "np.pi * n / (frame - 1)"),
            Planted("sign in the window", "(0.5 - 0.5", "(0.5 + 0.5"),
            Planted("last frame missing", "T = 1 + ", "T = "),
            Planted(
                "as many frames as hops",
                "(len(sound) - frame) // hop",
                "(len(sound) - hop) // hop",
            ),
            Planted(
                "frames side by side",
                "t * hop : t * hop + frame",
                "t * frame : t * frame + frame",
            ),
            Planted("half the angle", "2 * np.pi * np.outer", "np.pi * np.outer"),
            Planted(
                "last column missing",
                "np.arange(frame // 2 + 1)",
                "np.arange(frame // 2)",
            ),
            Planted(
                "columns count from 1",
                "np.arange(frame // 2 + 1)",
                "np.arange(1, frame // 2 + 2)",
            ),
            Planted(
                "power",
                "return np.hypot(frames @ np.cos(angles), frames @ np.sin(angles))",
                "return np.hypot(frames @ np.cos(angles), "
                "frames @ np.sin(angles)) ** 2",
            ),
            Planted("cosine only", "frames @ np.sin(angles)", "0"),
            Planted(
                "sum of sizes",
                "np.hypot(frames @ np.cos(angles), frames @ np.sin(angles))",
                "abs(frames @ np.cos(angles)) + abs(frames @ np.sin(angles))",
            ),
            Planted("mean", "return np.hypot", "return 1 / frame * np.hypot"),
            Planted(
                "transposed", "frames @ np.sin(angles))", "frames @ np.sin(angles)).T"
            ),
        ],
        2: [
            Planted("no answer", body="pass"),
            Planted("column off by one", '"tone": 32', '"tone": 33'),
            Planted("of half the rate", '"tone": 32', '"tone": 64'),
            Planted("not folded", '"fast": 96', '"fast": 160'),
            Planted("folded at the rate's end", '"fast": 96', '"fast": 32'),
            Planted("highest column", '"fast": 96', '"fast": 128'),
            Planted("frames beyond the end", '"frames": 797', '"frames": 800'),
            Planted("forgot the first frame", '"frames": 797', '"frames": 796'),
            Planted("no overlap", '"frames": 797', '"frames": 250'),
            Planted(
                "first is the one that starts there", '"first": 97', '"first": 100'
            ),
            Planted("one early", '"first": 97', '"first": 96'),
            Planted("forgot the window", '"last": 99', '"last": 100'),
            Planted("one missing", ', "last": 99', ""),
        ],
        3: [
            Planted("always", body="return True"),
            Planted("never", body="return False"),
            Planted(
                "answers inverted",
                body=(
                    "X = np.random.default_rng(0).normal(size=(T, 2))\n"
                    "half = np.array(network(X[: T // 2 + 1].copy()))\n"
                    "whole = np.array(network(X.copy()))[: T // 2 + 1]\n"
                    "return bool(np.allclose(half, whole))"
                ),
            ),
            Planted(
                "the present is forbidden",
                "other[t + 1 :] = 100 * maker.normal(size=(T - t - 1, 2))",
                "other[t:] = 100 * maker.normal(size=(T - t, 2))",
            ),
            Planted(
                "compares the future too",
                "(network(other)[: t + 1], before[: t + 1])",
                "(network(other), before)",
            ),
            Planted(
                "compares one answer too many",
                "(network(other)[: t + 1], before[: t + 1])",
                "(network(other)[: t + 2], before[: t + 2])",
            ),
            Planted(
                "changes the past",
                "other[t + 1 :] = 100 * maker.normal(size=(T - t - 1, 2))",
                "other[: t + 1] = 100 * maker.normal(size=(t + 1, 2))",
            ),
            Planted("small changes only", "100 * maker", "1e-9 * maker"),
            Planted(
                "one place, in the middle",
                body=ONE_CHANGE.format(
                    rows="T // 2 :", change="+= 1", answers=": T // 2"
                ),
            ),
            Planted(
                "only the last row changes",
                body=ONE_CHANGE.format(rows="-1", change="= 50", answers=":-1"),
            ),
            Planted(
                "first feature only",
                "other[t + 1 :] = 100 * maker.normal(size=(T - t - 1, 2))",
                "other[t + 1 :, 0] = 100 * maker.normal(size=T - t - 1)",
            ),
            Planted(
                "exactly equal only to the step before",
                body=ONE_CHANGE.format(rows="1:", change="= 50", answers="1:"),
            ),
            Planted(
                "forgets the first answers",
                "for t in range(T - 1)",
                "for t in range(3, T - 1)",
            ),
            Planted(
                "forgets the last rows",
                "for t in range(T - 1)",
                "for t in range(T - 3)",
            ),
        ],
        4: [
            Planted(
                "above only", "probability >= threshold", "probability > threshold"
            ),
            Planted("every step above", body=RUNS),
            Planted("rises that do not count prolong the rest", body=PROLONGED),
            Planted("no rest", "and (not found or now >= found[-1] + refractory)", ""),
            Planted(
                "steps in place of seconds", "now = t * seconds_per_step", "now = t"
            ),
            Planted(
                "one step late",
                "now = t * seconds_per_step",
                "now = (t + 1) * seconds_per_step",
            ),
            Planted("first step is no rise", "below = True", "below = False"),
            Planted(
                "falls", "if above and below and", "if not above and not below and"
            ),
            Planted("from the first detection on", "found[-1]", "found[0]"),
            Planted(
                "rest in steps",
                "found[-1] + refractory",
                "found[-1] + refractory * seconds_per_step",
            ),
            Planted("fixed rest", "found[-1] + refractory", "found[-1] + 0.5"),
            Planted(
                "fixed threshold", "probability >= threshold", "probability >= 0.5"
            ),
            Planted(
                "a rest hides the rise",
                "below = not above",
                "below = not above and (not found or now >= found[-1] + refractory)",
            ),
        ],
        5: [
            Planted(
                "as it was",
                body=(
                    "return sum(any(stop - early <= t <= stop + late for stop in true)"
                    " for t in found)"
                ),
            ),
            Planted("each word asks for itself", body=PER_WORD),
            Planted(
                "the smaller of both counts",
                body=(
                    "a = sum(any(s - early <= t <= s + late for s in true)"
                    " for t in found)"
                    "\nb = sum(any(s - early <= t <= s + late for t in found)"
                    " for s in true)\nreturn min(a, b)"
                ),
            ),
            Planted("nearest word first", body=NEAREST),
            Planted("in the order given", body=AS_GIVEN),
            Planted("detections unsorted", "sorted(found)", "list(found)"),
            Planted("last one near", "near[0]", "near[-1]"),
            Planted(
                "early and late swapped",
                "stop - early <= time <= stop + late",
                "stop - late <= time <= stop + early",
            ),
            Planted("forgets early", "stop - early <= time", "stop <= time"),
            Planted(
                "fixed window",
                "stop - early <= time <= stop + late",
                "stop - 0.1 <= time <= stop + 0.5",
            ),
            Planted("removes none", "free.remove(near[0])", "pass"),
            Planted(
                "removes all that are near",
                "free.remove(near[0])",
                "free = [time for time in free if time not in near]",
            ),
            Planted("share", "return right", "return right / max(len(true), 1)"),
            Planted(
                "spoils the list", "free = sorted(found)", "found.sort()\nfree = found"
            ),
        ],
        6: [
            Planted("per scene", "P.shape[0] * P.shape[1] * STEP / 60", "len(P)"),
            Planted("per second", "* STEP / 60", "* STEP"),
            Planted("one scene's time", "P.shape[0] * P.shape[1]", "P.shape[1]"),
            Planted(
                "all detections are alarms",
                "(matches.found - matches.right)",
                "matches.found",
            ),
            Planted(
                "missed words are alarms",
                "matches.found - matches.right",
                "matches.true - matches.right",
            ),
            Planted("best F1", "matches.recall", "matches.f1", count=2),
            Planted("best precision", "matches.recall", "matches.precision", count=2),
            Planted(
                "lowest of equals",
                "matches.recall >= best[0]",
                "matches.recall > best[0]",
            ),
            Planted("first of equals as given", body=AS_ORDERED),
            Planted("less than", "<= per_minute", "< per_minute"),
            Planted("first that keeps it", body=EARLY_STOP),
            Planted("last that keeps it", "matches.recall >= best[0]", "True"),
            Planted("ignores the promise", "if kept and (", "if ("),
            Planted("order as given", "sorted(thresholds)", "thresholds"),
            Planted(
                "highest if none",
                "return None if best is None else",
                "return max(thresholds) if best is None else",
            ),
            Planted("recall itself", "best[1]", "best[0]"),
        ],
    },
}

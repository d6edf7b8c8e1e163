"""Wrong answers to the exercises of course2_improving/03_early_stopping_..."""

from tests.planted import Planted

STOP_BODY = """best, waited = 0, 0
for check in range(1, len(costs)):
    value = costs[check]
    if {improves}:
        best, waited = check, {reset}
    else:
        waited += 1
    if waited {out}:
        return {result}
return best, {end}"""


def stop(
    improves="value < costs[best] - min_delta",
    reset="0",
    out=">= patience",
    result="best, check",
    end="len(costs) - 1",
):
    return STOP_BODY.format(
        improves=improves, reset=reset, out=out, result=result, end=end
    )


TRAIN_BODY = """parameters = {start}
dev_costs, best = [], parameters
for step in range({steps}):
    dev_costs.append({seen})
    best_step, stop = early_stop(dev_costs, patience)
    if {keep}:
        best = {copy}
    if {out}:
        break
    _, caches = dense.forward(X, parameters, output="softmax")
    grads = dense.backward(Y, caches)
    {update}
return {result}, dev_costs"""
IN_PLACE = """for name in parameters:
        parameters[name] -= rate * grads[f"d{name}"]"""
OWN_COPY = "{n: v.copy() for n, v in start.items()}"


def train(
    start=OWN_COPY,
    steps="max_steps + 1",
    seen="cost(X_dev, Y_dev, parameters)",
    keep="best_step == step",
    copy="{n: v.copy() for n, v in parameters.items()}",
    out="stop - best_step >= patience",
    update=IN_PLACE,
    result="best",
):
    return TRAIN_BODY.format(
        start=start,
        steps=steps,
        seen=seen,
        keep=keep,
        copy=copy,
        out=out,
        update=update,
        result=result,
    )


SAMPLE_BODY = """m, n_H, n_W = pictures.shape
padded = np.pad(pictures, ((0, 0), (1, 2), (1, 2)))
rows, columns = np.clip(rows, -1, n_H) + 1, np.clip(columns, -1, n_W) + 1
"""
SCANS = """swap = rng.random(len(pictures)) < 0.5
flipped = pictures{axes}
turned = np.where(swap[:, None, None], flipped, pictures)
return turned, np.where(swap, {label}, labels)"""

PLANTED = {
    "course2_improving/03_early_stopping_and_augmentation": {
        1: [
            Planted("ties count as better", body=stop("value <= costs[best]")),
            Planted("min_delta ignored", body=stop("value < costs[best]")),
            Planted(
                "min_delta helps", body=stop("value < costs[best] + min_delta + 1e-12")
            ),
            Planted("compared with the check before", "costs[best]", "costs[check-1]"),
            Planted("one check too patient", body=stop(out="> patience")),
            Planted("waiting is never reset", body=stop(reset="waited")),
            Planted("returns the stop twice", body=stop(result="check, check")),
            Planted("swapped", body=stop(result="check, best")),
            Planted("counts checks from one", body=stop(result="best + 1, check + 1")),
            Planted("last check off by one", body=stop(end="len(costs)")),
            Planted(
                "overall minimum",
                body=(
                    stop().replace("return best, check", "return argmin, check")
                ).replace(
                    "best, waited = 0, 0",
                    "best, waited = 0, 0\nargmin = int(np.argmin(costs))",
                    1,
                ),
            ),
            Planted(
                "goes back by patience",
                "return best, check",
                "return check - patience, check - 1",
            ),
            Planted(
                "highest is best",
                "value < costs[best] - min_delta",
                "value > costs[best] + min_delta",
            ),
            Planted(
                "stops at the first rise",
                "check - best >= patience",
                "check - best >= 1",
            ),
        ],
        2: [
            Planted("as it was", body=train(start="start", copy="dict(parameters)")),
            Planted("only the start is copied", body=train(copy="dict(parameters)")),
            Planted("only the best is copied", body=train(start="start")),
            Planted(
                "shallow copies twice",
                body=train(start="dict(start)", copy="dict(parameters)"),
            ),
            Planted("returns the last", body=train(result="parameters")),
            Planted("keeps one before", body=train(keep="best_step == step - 1")),
            Planted(
                "stops a check late", body=train(out="stop - best_step > patience")
            ),
            Planted("never stops", body=train(out="False")),
            Planted("one step short", body=train(steps="max_steps")),
            Planted(
                "watches the training cost", body=train(seen="cost(X, Y, parameters)")
            ),
            Planted("keeps every model", body=train(keep="True")),
            Planted(
                "uphill",
                body=train(
                    update='parameters = {n: v + rate * grads[f"d{n}"] '
                    "for n, v in parameters.items()}"
                ),
            ),
        ],
        3: [
            Planted("same step", "4 * best_step", "best_step"),
            Planted("a quarter of the steps", "4 * best_step", "best_step / 4"),
            Planted("square root", "4 * best_step", "2 * best_step"),
            Planted("no m", "150 / (0.1 * best_step)", "1 / (0.1 * best_step)"),
            Planted("upside down", "150 / (0.1 * best_step)", "0.1 * best_step / 150"),
            Planted("no rate", "150 / (0.1 * best_step)", "150 / best_step"),
            Planted("twice", "150 / (0.1 * best_step)", "2 * 150 / (0.1 * best_step)"),
            Planted(
                "the share that is left",
                "1 - (1 - 0.1 * 0.1) ** best_step",
                "(1 - 0.1 * 0.1) ** best_step",
            ),
            Planted(
                "linear", "1 - (1 - 0.1 * 0.1) ** best_step", "0.1 * 0.1 * best_step"
            ),
            Planted("all of the way", "1 - (1 - 0.1 * 0.1) ** best_step", "1.0"),
            Planted(
                "infinitely small steps",
                "1 - (1 - 0.1 * 0.1) ** best_step",
                "1 - np.exp(-0.1 * 0.1 * best_step)",
            ),
            Planted(
                "step of the slow run",
                "1 - (1 - 0.1 * 0.1) ** best_step",
                "1 - (1 - 0.1 * 0.1) ** slow_step",
            ),
            Planted(
                "curvature 1",
                "0.1 / (0.1 + lambd_alike / 150)",
                "1 / (1 + lambd_alike / 150)",
            ),
            Planted(
                "forgets m",
                "0.1 / (0.1 + lambd_alike / 150)",
                "0.1 / (0.1 + lambd_alike)",
            ),
            Planted(
                "what the penalty takes",
                "0.1 / (0.1 + lambd_alike / 150)",
                "1 - 0.1 / (0.1 + lambd_alike / 150)",
            ),
            Planted(
                "takes them for twins",
                "0.1 / (0.1 + lambd_alike / 150)",
                "flat_stopped",
            ),
        ],
        4: [
            Planted("nearest pixel", "rows - top, columns - left", "0.0, 0.0"),
            Planted(
                "weights swapped",
                "(1 - down) * upper + down * lower",
                "down * upper + (1 - down) * lower",
            ),
            Planted(
                "columns for rows",
                "pictures, ((0, 0), (1, 2), (1, 2))",
                "pictures.transpose(0, 2, 1).reshape(m, n_H, n_W), "
                "((0, 0), (1, 2), (1, 2))",
            ),
            Planted(
                "right and down swapped",
                "rows - top, columns - left",
                "columns - left, rows - top",
            ),
            Planted(
                "always the first picture",
                "np.arange(m)[:, None, None]",
                "np.zeros((m, 1, 1), int)",
            ),
            Planted("edge repeated", "(1, 2), (1, 2)))", '(1, 2), (1, 2)), "edge")'),
            Planted(
                "wraps around",
                body=(
                    "m, n_H, n_W = pictures.shape\n"
                    "top, left = np.floor(rows).astype(int), "
                    "np.floor(columns).astype(int)\n"
                    "down, right = rows - top, columns - left\n"
                    "k = np.arange(m)[:, None, None]\n"
                    "def at(r, c):\n"
                    "    return pictures[k, r % n_H, c % n_W]\n"
                    "upper = (1 - right) * at(top, left) + right * at(top, left + 1)\n"
                    "lower = ((1 - right) * at(top + 1, left)\n"
                    "         + right * at(top + 1, left + 1))\n"
                    "return (1 - down) * upper + down * lower"
                ),
            ),
            Planted(
                "black outside without fading",
                body=(
                    "m, n_H, n_W = pictures.shape\n"
                    "inside = ((rows >= 0) & (rows <= n_H - 1) & (columns >= 0)\n"
                    "          & (columns <= n_W - 1))\n"
                    "r, c = np.clip(rows, 0, n_H - 1), np.clip(columns, 0, n_W - 1)\n"
                    "top, left = r.astype(int), c.astype(int)\n"
                    "down, right = r - top, c - left\n"
                    "below, beside = (np.minimum(top + 1, n_H - 1),\n"
                    "                 np.minimum(left + 1, n_W - 1))\n"
                    "k = np.arange(m)[:, None, None]\n"
                    "p, q = pictures, 1 - right\n"
                    "upper = q * p[k, top, left] + right * p[k, top, beside]\n"
                    "lower = ((1 - right) * p[k, below, left]\n"
                    "         + right * p[k, below, beside])\n"
                    "return inside * ((1 - down) * upper + down * lower)"
                ),
            ),
            Planted(
                "rounds towards zero",
                body=SAMPLE_BODY.replace(
                    "np.clip(rows, -1, n_H) + 1, np.clip(columns, -1, n_W) + 1",
                    "np.clip(rows, -1, n_H), np.clip(columns, -1, n_W)",
                )
                + "top, left = rows.astype(int), columns.astype(int)\n"
                "down, right = rows - top, columns - left\n"
                "k, top, left = np.arange(m)[:, None, None], top + 1, left + 1\n"
                "upper = (1 - right) * padded[k, top, left] "
                "+ right * padded[k, top, left + 1]\n"
                "lower = (1 - right) * padded[k, top + 1, left] "
                "+ right * padded[k, top + 1, left + 1]\n"
                "return (1 - down) * upper + down * lower",
            ),
            Planted(
                "not clipped on the right",
                "np.clip(columns, -1, n_W) + 1",
                "np.maximum(columns, -1) + 1",
            ),
            Planted(
                "forgets the rim", "np.clip(rows, -1, n_H) + 1", "np.clip(rows, 0, n_H)"
            ),
            Planted(
                "changes its arguments",
                body=SAMPLE_BODY.replace(
                    "rows, columns = np.clip(rows, -1, n_H) + 1, "
                    "np.clip(columns, -1, n_W) + 1",
                    "np.clip(rows, -1, n_H, out=rows)\n"
                    "np.clip(columns, -1, n_W, out=columns)\n"
                    "rows, columns = rows + 1, columns + 1",
                )
                + "top, left = rows.astype(int), columns.astype(int)\n"
                "down, right = rows - top, columns - left\n"
                "k = np.arange(m)[:, None, None]\n"
                "upper = (1 - right) * padded[k, top, left] "
                "+ right * padded[k, top, left + 1]\n"
                "lower = (1 - right) * padded[k, top + 1, left] "
                "+ right * padded[k, top + 1, left + 1]\n"
                "return (1 - down) * upper + down * lower",
            ),
        ],
        5: [
            Planted(
                "a 5 keeps its label in the mirror",
                '["left-right", 5] = 2',
                '["left-right", 5] = 5',
            ),
            Planted(
                "a turned 5 is a 2", '["half turn", 5] = 5', '["half turn", 5] = 2'
            ),
            Planted(
                "5 upside down is an S",
                '["upside down", 5] = 2',
                '["upside down", 5] = 5',
            ),
            Planted(
                "3 upside down is broken",
                '["upside down", 3] = 3',
                '["upside down", 3] = 8',
            ),
            Planted("6 stays", '["half turn", 6] = 9', '["half turn", 6] = 6'),
            Planted("9 stays", '["half turn", 9] = 6', '["half turn", 9] = 9'),
            Planted("one left open", 'read_as["half turn", 9] = 6', "pass"),
            Planted(
                "an answer too many",
                'read_as["half turn", 9] = 6',
                'read_as["half turn", 9] = 6; read_as["half turn", 1] = 1',
            ),
        ],
        6: [
            Planted("label left behind", "1 - labels, labels", "labels, labels"),
            Planted("nothing", body="return pictures.copy(), labels.copy()"),
            Planted(
                "only small turns",
                body=(
                    "turn = rng.uniform(-15, 15, len(pictures))\n"
                    "return moved(pictures, turn), labels"
                ),
            ),
            Planted(
                "other digits from the pool",
                body="return scans(pool[: len(pictures)], rng)",
            ),
            Planted(
                "only shifts",
                body=(
                    "by = rng.uniform(-1, 1, (2, len(pictures)))\n"
                    "return moved(pictures, 0, *by), labels"
                ),
            ),
            Planted(
                "noise",
                body=("return pictures + rng.normal(0, 0.2, pictures.shape), labels"),
            ),
            Planted(
                "mirror, label kept",
                body=SCANS.format(axes="[:, :, ::-1]", label="labels"),
            ),
            Planted(
                "upside down, label swapped",
                body=SCANS.format(axes="[:, ::-1]", label="1 - labels"),
            ),
            Planted("any turn", "rng.uniform(-15, 15,", "rng.uniform(-180, 180,"),
            Planted(
                "always swapped", "np.where(swap, 1 - labels, labels)", "1 - labels"
            ),
            Planted(
                "all upright",
                "np.where(swap, 1 - labels, labels)",
                "np.zeros(len(labels), int)",
            ),
            Planted(
                "returns both",
                "return changed, np.where(swap, 1 - labels, labels)",
                "both = np.concatenate([pictures, changed])\n"
                "return both, np.concatenate([labels, np.where(swap, 1 - labels, "
                "labels)])",
            ),
            Planted(
                "swaps in place",
                "return changed, np.where(swap, 1 - labels, labels)",
                "labels[swap] = 1 - labels[swap]\nreturn changed, labels",
            ),
            Planted(
                "labels as a row",
                "np.where(swap, 1 - labels, labels)",
                "np.where(swap, 1 - labels, labels)[None, :]",
            ),
        ],
    },
}

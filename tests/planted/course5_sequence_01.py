"""Wrong answers to the exercises of course5_sequence/01_recurrent_network_by_hand."""

from tests.planted import Planted

FINAL = "return a[:, np.arange(a.shape[1]), lengths - 1]"
STEP = "np.tanh(Wax @ X[:, :, t] + Waa @ state + ba)"
ARRAY_BY_ARRAY = """clipped = {}
for name, values in grads.items():
    length = np.sqrt(np.sum(values**2))
    clipped[name] = values * min(1.0, limit / length) if length > 0 else values
return clipped"""

PLANTED = {
    "course5_sequence/01_recurrent_network_by_hand": {
        1: [
            Planted("no state", " + Waa @ state", ""),
            Planted("no bias", " + ba)", ")"),
            Planted("transposed Waa", "Waa @ state", "Waa.T @ state"),
            Planted("sign of the bias", "+ ba)", "- ba)"),
            Planted("no tanh", STEP, STEP.removeprefix("np.tanh")),
            Planted("ignores a_0", "[], a_0", "[], np.zeros_like(a_0)"),
            Planted("always reads a_0", "Waa @ state", "Waa @ a_0"),
            Planted("backwards", "range(X.shape[2])", "reversed(range(X.shape[2]))"),
            Planted("time over examples", "range(X.shape[2])", "range(X.shape[1])"),
            Planted("time in front", "axis=2", "axis=0"),
            Planted("time in the middle", "axis=2", "axis=1"),
            Planted("last state only", "np.stack(states, axis=2)", "states[-1]"),
            Planted(
                "the states before", "states.append(state)", "states.insert(0, state)"
            ),
            Planted("changes a_0", "[], a_0", "[], a_0.__iadd__(0.5)"),
        ],
        2: [
            Planted("fades", '"Waa": 2.0', '"Waa": 0.9'),
            Planted("slope of 1", '"Waa": 2.0', '"Waa": 1.0'),
            Planted("rests too near 0", '"Waa": 2.0', '"Waa": 1.05'),
            Planted("push too weak", '"Wax": 4.0', '"Wax": 1.0'),
            Planted("push of the wrong sign", '"Wax": 4.0', '"Wax": -4.0'),
            Planted("flips at every step", '"Waa": 2.0', '"Waa": -2.0'),
            Planted("bias lifts it alone", '"ba": 0.0', '"ba": 2.0'),
            Planted("bias pulls it down again", '"ba": 0.0', '"ba": -2.0'),
            Planted("bias is missing", ', "ba": 0.0', ""),
        ],
        3: [
            Planted("last column", FINAL, "return a[:, :, -1]"),
            Planted("all pairs", FINAL, "return a[:, :, lengths - 1]"),
            Planted("one too late", "lengths - 1", "lengths % a.shape[2]"),
            Planted("one too early", "lengths - 1", "lengths - 2"),
            Planted("shortest", "lengths - 1", "lengths.min() - 1"),
            Planted("longest", "lengths - 1", "lengths.max() - 1"),
            Planted("transposed", FINAL, FINAL + ".T"),
            Planted("mean over time", FINAL, "return a.mean(axis=2)"),
            Planted(
                "first example only", "np.arange(a.shape[1])", "np.zeros_like(lengths)"
            ),
        ],
        4: [
            Planted("no later steps", " + from_later", ""),
            Planted("sign of the later part", "+ from_later", "- from_later"),
            Planted("no slope of tanh", "(1 - a[:, :, t] ** 2) * ", ""),
            Planted(
                "slope of the sigmoid",
                "1 - a[:, :, t] ** 2",
                "a[:, :, t] * (1 - a[:, :, t])",
            ),
            Planted(
                "slope on the direct part only",
                "(1 - a[:, :, t] ** 2) * (da[:, :, t] + from_later)",
                "(1 - a[:, :, t] ** 2) * da[:, :, t] + from_later",
            ),
            Planted("not transposed", "Waa.T @ dz", "Waa @ dz"),
            Planted("state of this step", "a[:, :, t - 1] if", "a[:, :, t] if"),
            Planted(
                "wraps around", "a[:, :, t - 1] if t > 0 else a_0", "a[:, :, t - 1]"
            ),
            Planted("first state is 0", "else a_0", "else np.zeros_like(a_0)"),
            Planted(
                "forwards in time", "reversed(range(X.shape[2]))", "range(X.shape[2])"
            ),
            Planted("last step wins in dWax", '["dWax"] +=', '["dWax"] ='),
            Planted("last step wins in dWaa", '["dWaa"] +=', '["dWaa"] ='),
            Planted("mean over the examples", "dz.sum(axis=1", "dz.mean(axis=1"),
            Planted("da_0 is not handed on", "return dX, from_later", "return dX, dz"),
            Planted("dX by the state's weights", "Wax.T @ dz", "Wax.T @ (da[:, :, t])"),
            Planted(
                "divides by m",
                "+= dz @ X[:, :, t].T",
                "+= dz @ X[:, :, t].T / X.shape[1]",
            ),
        ],
        5: [
            Planted("one step too few", '"0.9 Q": 0.9**40', '"0.9 Q": 0.9**39'),
            Planted("one step too many", '"1.1 Q": 1.1**40', '"1.1 Q": 1.1**41'),
            Planted("linear in k", '"1.1 Q": 1.1**40', '"1.1 Q": 1 + 0.1 * 40'),
            Planted("Q keeps lengths, and .9 too", '"0.9 Q": 0.9**40', '"0.9 Q": 1.0'),
            Planted("eigenvalue", "np.hypot(0.8**3, 3 * 0.8**2)", "0.8**3"),
            Planted("not transposed", "np.hypot(0.8**3, 3 * 0.8**2)", "0.512"),
            Planted("power of the corner", "3 * 0.8**2", "1.0**3"),
            Planted("two steps", "0.8**3, 3 * 0.8**2", "0.8**2, 2 * 0.8"),
            Planted("sum of entries", "np.hypot(0.8**3, 3 * 0.8**2)", "2.432"),
            Planted("rounded to 2", "np.hypot(0.8**3, 3 * 0.8**2)", "2.0"),
            Planted("1.1 Q to two digits", '"1.1 Q": 1.1**40', '"1.1 Q": 45.0'),
            Planted("a rough guess", '"1.1 Q": 1.1**40', '"1.1 Q": 44.0'),
        ],
        6: [
            Planted("array by array", body=ARRAY_BY_ARRAY),
            Planted(
                "entry by entry",
                body="return {k: np.clip(v, -limit, limit) for k, v in grads.items()}",
            ),
            Planted("no root", "np.sqrt(", "("),
            Planted("always to the limit", "length <= limit", "length == 0"),
            Planted("upside down", "limit / length", "length / limit"),
            Planted("forgets the limit", "limit / length", "1 / length"),
            Planted("wrong way round", "length <= limit", "length >= limit"),
            Planted("mean of squares", "np.sum(values**2)", "np.mean(values**2)"),
            Planted("sum of sizes", "np.sum(values**2)", "np.sum(np.abs(values)) ** 2"),
            Planted("longest entry", "np.sum(values**2)", "np.max(values**2)"),
            Planted("the dict that came in", "return dict(grads)", "return grads"),
            Planted("divides 0 by 0", "length <= limit", "0 < length <= limit"),
        ],
    }
}

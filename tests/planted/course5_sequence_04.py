"""Wrong answers to the exercises of course5_sequence/04_jazz_improvisation."""

from tests.planted import Planted

PLANTED = {
    "course5_sequence/04_jazz_improvisation": {
        1: [
            Planted(
                "cuts in place of rounding", "round(12 * start)", "int(12 * start)"
            ),
            Planted(
                "length rounded alone, cut",
                "round(12 * (start + duration))",
                "round(12 * start) + int(12 * duration)",
            ),
            Planted("no rests", "tokens.append((None, begin - now))", "pass"),
            Planted("no rest at the end", "if now < 12 * beats:", "if False:"),
            Planted("rest is 0", "(None, begin - now)", "(0, begin - now)"),
            Planted(
                "quarters of a beat",
                "round(12 * start), round(12 * (start + duration))",
                "3 * round(4 * start), 3 * round(4 * (start + duration))",
            ),
            Planted("rest from the last start", "now = end", "now = begin"),
            Planted("length in beats", "(pitch, end - begin)", "(pitch, duration)"),
            Planted("order", "(pitch, end - begin)", "(end - begin, pitch)"),
        ],
        2: [
            Planted("three tones", "4 / 12", "3 / 12"),
            Planted("white keys of five", "3 / 7", "3 / 5"),
            Planted("B flat counts", "3 / 7", "4 / 7"),
            Planted("blues scale fits", "3 / 6", "4 / 6"),
            Planted("common tones forgotten", "1 / 4", "0"),
            Planted("two common tones", "1 / 4", "2 / 4"),
            Planted("a third rounded", "4 / 12", "0.33"),
            Planted(
                "half a step keeps one", '"flat trumpet": 0', '"flat trumpet": 1 / 4'
            ),
        ],
        3: [
            Planted("never", body="return False"),
            Planted("always", body="return True"),
            Planted("own row not compared", "slice(step + 1)", "slice(step)"),
            Planted("all rows", "slice(step + 1)", "slice(None)"),
            Planted("first step only", "range(len(tokens))", "range(1)"),
            Planted(
                "last step only",
                "range(len(tokens))",
                "range(len(tokens) - 1, len(tokens))",
            ),
            Planted(
                "row of the step before", "slice(step + 1)", "slice(max(step - 1, 0))"
            ),
            Planted(
                "previous tokens only",
                "zip(known, inputs_of(changed, chords), strict=True)",
                "zip(known[:1], inputs_of(changed, chords)[:1], strict=True)",
            ),
            Planted(
                "contexts only",
                "zip(known, inputs_of(changed, chords), strict=True)",
                "zip(known[1:], inputs_of(changed, chords)[1:], strict=True)",
            ),
        ],
        4: [
            Planted("multiplies", "Z / temperature", "Z * temperature"),
            Planted("over the lines", "E.sum(axis=1, keepdims=True)", "E.sum(axis=0)"),
            Planted("one sum", "E.sum(axis=1, keepdims=True)", "E.sum()"),
            Planted("no maximum", "Z = Z - Z.max(axis=1, keepdims=True)", "pass"),
            Planted("maximum of all", "Z.max(axis=1, keepdims=True)", "Z.max()"),
            Planted(
                "maximum of all above 0",
                "np.exp(Z / temperature)",
                "np.exp((np.asarray(scores) - np.max(scores)) / temperature)",
            ),
            Planted(
                "first of a tie",
                "(Z == 0).astype(float)",
                "np.eye(Z.shape[1])[Z.argmax(axis=1)]",
            ),
            Planted(
                "temperature after softmax",
                "np.exp(Z / temperature)",
                "np.exp(Z) / temperature",
            ),
            Planted(
                "not divided", "return E / E.sum(axis=1, keepdims=True)", "return E"
            ),
        ],
    },
}

"""utils.data.blues: every chorus keeps the rules that its module states."""

import numpy as np
import pytest

from utils.data import blues
from utils.tasks import music

CHORUSES = blues.choruses(np.random.default_rng(0), 200, tuple(blues.FORMS))
NOTES = [(note, chorus) for chorus in CHORUSES for note in chorus.notes]


def test_changes_hand_worked():
    jazz = [chord.name for chord in blues.changes("jazz", key=10)]
    assert jazz[::4][:9] == "Bb7 Eb7 Bb7 Bb7 Eb7 Eb7 Bb7 G7 Cm7".split()
    assert jazz[36:] == "F7 F7 F7 F7 Bb7 Bb7 G7 G7 Cm7 Cm7 F7 F7".split()
    with pytest.raises(ValueError, match=r"one of basic, .* got 'bebop'"):
        blues.changes("bebop")


@pytest.mark.parametrize("form", blues.FORMS)
def test_forms(form):
    chords = blues.changes(form, key=3)
    assert len(chords) == blues.BEATS
    assert {chord.root for chord in chords} <= {3, 8, 10, 0, 5}
    for chord in chords:
        assert chord.tones == music.chord_tones(chord.name)


def test_turned_form_has_known_chords_at_other_beats():
    old = [blues.changes(form) for form in ("basic", "quick change", "jazz")]
    turned = blues.changes("turned")
    assert set(turned) == set.union(*map(set, old))
    new = [all(turned[b] != form[b] for form in old) for b in range(blues.BEATS)]
    assert np.mean(new) > 0.5


def test_one_voice_on_the_grid():
    for chorus in CHORUSES:
        assert chorus.chords == blues.changes(chorus.form)
        tokens = music.to_tokens(chorus.notes, blues.BEATS)  # raises where two overlap
        assert sum(ticks for _, ticks in tokens) == blues.BEATS * blues.TICKS
        notes = [(n.start, n.duration, n.pitch) for n in chorus.notes]
        np.testing.assert_allclose(music.to_notes(tokens), notes)
    assert blues.TICKS == music.TICKS
    assert {round(12 * n.duration) for n, _ in NOTES} == {4, 8, 12, 16, 24}
    assert all(blues.LOWEST - 3 <= n.pitch <= blues.HIGHEST + 3 for n, _ in NOTES)


def test_eighths_swing():
    places = [round(12 * note.start) % 12 for note, _ in NOTES]
    assert set(places) == {0, 4, 8}
    assert np.mean(np.equal(places, 4)) < 0.1  # the middle of triplets only


def test_phrases_breathe():
    for chorus in CHORUSES:
        for phrase in range(3):
            inside = [
                n for n in chorus.notes if phrase * 16 <= n.start < phrase * 16 + 16
            ]
            assert inside[0].start < phrase * 16 + 4
            last = inside[-1].start + inside[-1].duration
            assert 10 < last - phrase * 16 <= 15


def test_second_phrase_takes_up_the_rhythm():
    def rhythm(chorus, phrase):
        return [
            (round(12 * n.start) - 192 * phrase, round(12 * n.duration))
            for n in chorus.notes
            if phrase * 16 <= n.start < phrase * 16 + 16
        ]

    same = np.mean([rhythm(c, 0) == rhythm(c, 1) for c in CHORUSES])
    assert 0.6 < same < 0.8
    assert np.mean([rhythm(c, 0) == rhythm(c, 2) for c in CHORUSES]) < 0.05


def test_chord_tones_on_strong_beats():
    shares = []
    for every in (False, True):
        fits = [
            note.pitch % 12 in chorus.chords[int(note.start)].tones
            for note, chorus in NOTES
            if (round(12 * note.start) % 24 == 0) == every
        ]
        shares.append(np.mean(fits))
    assert shares[0] < 0.65 and 0.92 < shares[1] < 0.97


def test_approach_notes_lead():
    # what stands a swing eighth before a strong beat is mostly a step away from it
    steps = [
        abs(second.pitch - first.pitch)
        for chorus in CHORUSES
        for first, second in zip(chorus.notes[:-1], chorus.notes[1:], strict=True)
        if round(12 * second.start) % 24 == 0
        and round(12 * (second.start - first.start)) == 4
    ]
    assert np.mean(np.isin(steps, (1, 2))) > 0.7


def test_seeded_and_many():
    again = blues.choruses(np.random.default_rng(0), 200, tuple(blues.FORMS))
    assert again == CHORUSES
    assert len({chorus.notes for chorus in CHORUSES}) == 200
    higher = blues.choruses(np.random.default_rng(0), 20, ("jazz",), key=0)
    assert {chorus.form for chorus in higher} == {"jazz"}
    assert higher[0].chords[0].name == "C7"

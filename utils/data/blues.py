"""Twelve-bar blues choruses, composed by code: no musician has played them.

What a teacher of improvisation would say on one page is put into rules with chance:
swing eighths, phrases of four bars that breathe, chord tones on the strong beats, and
between them runs, arpeggios, approach notes and enclosures. The chord of every beat is
known, which no recording tells.
"""

import itertools
from typing import NamedTuple

import numpy as np

from utils.data.scores import Note

TICKS = 12  # per beat: thirds for the swing, quarters for ragtime
BEATS = 48  # 12 bars of 4
NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
KINDS = {"7": (0, 4, 7, 10), "m7": (0, 3, 7, 10)}  # steps above the root
SCALES = {"7": (0, 2, 4, 5, 7, 9, 10), "m7": (0, 2, 3, 5, 7, 9, 10)}
DEGREES = {
    "I": (0, "7"),
    "IV": (5, "7"),
    "V": (7, "7"),
    "VI": (9, "7"),
    "ii": (2, "m7"),
}
FORMS = {  # a chord per bar, or two
    "basic": "I I I I  IV IV I I  V IV I I",
    "quick change": "I IV I I  IV IV I I  V IV I V",
    "jazz": "I IV I I  IV IV I VI  ii V I/VI ii/V",
    "turned": "IV I ii V  I VI IV I  ii/V I IV/V I",  # the same chords in other bars
}
BLUE = (3, 6, 10)  # steps above the key: the blues scale's own notes
LOWEST, HIGHEST = 57, 82  # a comfortable range of a tenor saxophone
CELLS = {  # rhythms: (beats taken, ticks of the notes, < 0 a rest), and their chances
    "eighths": (1, (8, 4), 0.58),
    "quarter": (1, (12,), 0.14),
    "off the beat": (1, (-8, 4), 0.09),
    "triplet": (1, (4, 4, 4), 0.07),
    "tied over": (2, (8, 16), 0.07),
    "half": (2, (24,), 0.05),
}


class Chord(NamedTuple):
    """What sounds below the melody."""

    root: int  # pitch class, 0 is C
    kind: str  # "7" or "m7"

    @property
    def name(self) -> str:
        """As written in a lead sheet, "Bb7"."""
        return NAMES[self.root] + self.kind

    @property
    def tones(self) -> tuple[int, ...]:
        """Pitch classes, the root first."""
        return tuple((self.root + step) % 12 for step in KINDS[self.kind])


class Chorus(NamedTuple):
    """Once through the form."""

    notes: tuple[Note, ...]  # one voice: no two sound together
    chords: tuple[Chord, ...]  # (48,) one per beat
    form: str


def changes(form: str, key: int = 5) -> tuple[Chord, ...]:
    """The chord of each of the 48 beats.

    form   : one of FORMS
    key    : int, pitch class of the first degree; 5 is F
    raises  ValueError naming the form if there is none of that name
    """
    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}, got {form!r}")
    chords = []
    for bar in FORMS[form].split():
        halves = bar.split("/")
        for degree in halves:
            step, kind = DEGREES[degree]
            chords += [Chord((key + step) % 12, kind)] * (4 // len(halves))
    return tuple(chords)


def choruses(
    rng: np.random.Generator,
    count: int,
    forms: tuple[str, ...] = ("basic", "quick change", "jazz"),
    key: int = 5,
) -> list[Chorus]:
    """Compose `count` choruses, each over one of the forms.

    raises   ValueError naming the form if there is none of that name
    """
    return [compose(rng, forms[rng.integers(len(forms))], key) for _ in range(count)]


def compose(rng: np.random.Generator, form: str, key: int = 5) -> Chorus:
    """Compose one chorus over the changes of a form.

    Three phrases of four bars. The second mostly takes up the rhythm of the first, as
    the second line of a sung blues takes up its words. Then the notes on beats 1 and 3
    are chosen among the chord's tones, nearby ones most; one in 14 is a blue note. At
    last the notes between two of them are filled in, so that they lead to the second.
    """
    chords = changes(form, key)
    first = _rhythm(rng)
    second = first if rng.random() < 0.7 else _rhythm(rng)
    events = []  # start and length in ticks
    for phrase, rhythm in enumerate((first, second, _rhythm(rng))):
        events += [(start + 16 * TICKS * phrase, ticks) for start, ticks in rhythm]
    strong = [start % (2 * TICKS) == 0 for start, _ in events]
    strong[0] = strong[-1] = True
    pitches, last = [0] * len(events), int(rng.integers(65, 75))
    places = np.flatnonzero(strong)
    for place in places:
        chord = chords[events[place][0] // TICKS]
        allowed = chord.tones
        if rng.random() < 1 / 14:
            allowed = tuple((key + step) % 12 for step in BLUE)
        last = pitches[place] = _near(last, allowed, rng)
    for left, right in itertools.pairwise(places):
        between = [chords[start // TICKS] for start, _ in events[left + 1 : right]]
        pitches[left + 1 : right] = _lead(
            pitches[left],
            pitches[right],
            between,
            chords[events[right][0] // TICKS],
            rng,
        )
    notes = tuple(
        Note(start / TICKS, ticks / TICKS, int(pitch))
        for (start, ticks), pitch in zip(events, pitches, strict=True)
    )
    return Chorus(notes, chords, form)


def _rhythm(rng: np.random.Generator) -> list[tuple[int, int]]:
    """Starts and lengths in ticks of one phrase, which breathes at its end."""
    beat, stop = int(rng.integers(2)), 16 - int(rng.integers(1, 5))
    names = list(CELLS)
    chances = np.array([CELLS[name][2] for name in names])
    events = []
    while beat < stop:
        beats, lengths, _ = CELLS[names[rng.choice(len(names), p=chances)]]
        if beat + beats > stop or (lengths == (24,) and beat % 2):
            continue
        start = beat * TICKS
        for ticks in lengths:
            if ticks > 0:
                events.append((start, ticks))
            start += abs(ticks)
        beat += beats
    return events


def _near(last: int, allowed: tuple[int, ...], rng: np.random.Generator) -> int:
    """Draw a pitch of the allowed classes; each step further away is less likely."""
    pitches = np.array([p for p in range(LOWEST, HIGHEST + 1) if p % 12 in allowed])
    weights = np.exp(-np.abs(pitches - last) / 3.0)
    weights[pitches == last] *= 0.3  # to stay is dull
    return int(rng.choice(pitches, p=weights / weights.sum()))


def _lead(
    start: int, target: int, chords: list[Chord], goal: Chord, rng: np.random.Generator
) -> list[int]:
    """Fill in len(chords) notes from `start` so that the last ones lead to `target`."""
    ending: list[int] = []
    above = _step(target, goal, 1)
    device = rng.random()
    if len(chords) >= 2 and device < 0.35:  # enclosure: above and below, either first
        ending = [above, target - 1] if rng.random() < 0.7 else [target - 1, above]
    elif len(chords) >= 1 and device < 0.8:  # approach from a half step or the scale
        ending = [(target - 1, target + 1, above)[rng.choice(3, p=(0.6, 0.2, 0.2))]]
    line, here = [], start
    arpeggio = rng.random() < 0.3
    for chord in chords[: len(chords) - len(ending)]:
        way = 1 if target > here or (target == here and rng.random() < 0.5) else -1
        if not LOWEST < here < HIGHEST:
            way = 1 if here <= LOWEST else -1
        here = _step(here, chord, way, arpeggio)
        line.append(here)
    return line + ending


def _step(pitch: int, chord: Chord, way: int, arpeggio: bool = False) -> int:
    """The next pitch up (way 1) or down (-1) in the chord's scale, or in its tones."""
    steps = KINDS[chord.kind] if arpeggio else SCALES[chord.kind]
    pitch += way
    while (pitch - chord.root) % 12 not in steps:
        pitch += way
    return pitch

"""Notes as tokens, as pictures and as sound.

A note is a tuple (start, duration, pitch, ...): beats, beats, and 60 for the middle C;
what stands behind is ignored. A token is (pitch, ticks), its pitch REST where nobody
plays; the tokens of a melody follow each other without gaps.
"""

import io
import wave
from collections.abc import Iterable, Sequence

import numpy as np

REST = None
TICKS = 12  # per beat: thirds for the swing, quarters for ragtime
LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
KINDS = {  # half steps above the root
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "6": (0, 4, 7, 9),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10),
    "m7b5": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
}

Token = tuple[int | None, int]


def to_tokens(notes: Iterable[Sequence], beats: float | None = None) -> list[Token]:
    """Write a melody as pitches and rests that follow each other.

    notes   : tuples in the order of time, one voice
    beats   : float   where the music ends, filled up with a rest; None: the last note
    returns  list of (pitch or REST, ticks >= 1)
    raises   ValueError naming the note that begins before the one before it has ended,
             is shorter than half a tick, or ends behind `beats`

    Built in course5_sequence/04_jazz_improvisation.
    """
    tokens, now = [], 0
    for start, duration, pitch, *_ in notes:
        begin, end = round(start * TICKS), round((start + duration) * TICKS)
        if begin < now or end <= begin:
            raise ValueError(
                f"the note {pitch} at beat {start:g} must begin at or after beat "
                f"{now / TICKS:g} and last a tick, 1/{TICKS} beat, or longer"
            )
        if begin > now:
            tokens.append((REST, begin - now))
        tokens.append((int(pitch), end - begin))
        now = end
    if beats is not None:
        left = round(beats * TICKS) - now
        if left < 0:
            raise ValueError(f"notes end at beat {now / TICKS:g}, expected {beats:g}")
        if left:
            tokens.append((REST, left))
    return tokens


def to_notes(tokens: Iterable[Token]) -> list[tuple[float, float, int]]:
    """Read tokens back: notes (start, duration, pitch), beats; rests pass by."""
    notes, now = [], 0
    for pitch, ticks in tokens:
        if pitch is not REST:
            notes.append((now / TICKS, ticks / TICKS, pitch))
        now += ticks
    return notes


def skyline(notes: Iterable[Sequence]) -> list[tuple[float, float, int]]:
    """Keep the highest of the notes that begin together, cut off where the next begins.

    What an ear takes for the melody of a piano's right hand; inner voices are lost.
    """
    highest: dict[float, tuple[int, float]] = {}  # start -> pitch, duration
    for start, duration, pitch, *_ in notes:
        highest[start] = max(highest.get(start, (-1, 0.0)), (pitch, duration))
    starts = sorted(highest)
    melody = []
    for start, following in zip(starts, [*starts[1:], np.inf], strict=True):
        pitch, duration = highest[start]
        melody.append((start, min(duration, following - start), pitch))
    return melody


def chord_tones(name: str) -> tuple[int, ...]:
    """Pitch classes of a chord, the root first: "Bb7" gives (10, 2, 5, 8).

    raises   ValueError naming the chord if its root or its kind is unknown
    """
    kind = name[1:].lstrip("#b")
    accidentals = name[1 : len(name) - len(kind)]
    if name[:1] not in LETTERS or kind not in KINDS:
        raise ValueError(
            f"a chord is a letter A to G, # or b, one of {list(KINDS)}, got {name!r}"
        )
    root = LETTERS[name[0]] + accidentals.count("#") - accidentals.count("b")
    return tuple((root + step) % 12 for step in KINDS[kind])


def chord_tone_share(
    notes: Iterable[Sequence], tones: Sequence[Iterable[int]], every: int = 2
) -> tuple[int, int]:
    """Count the notes that begin on strong beats, and those that fit their chord.

    notes   : tuples
    tones   : (beats,) the pitch classes of the chord of each beat
    every   : int   beats 0, every, 2 every, ... are strong
    returns  right, all
    raises   ValueError naming the beat if a note begins behind the last chord

    Built in course5_sequence/04_jazz_improvisation.
    """
    right = total = 0
    for start, _, pitch, *_ in notes:
        ticks = round(start * TICKS)
        if ticks % (every * TICKS):
            continue
        beat = ticks // TICKS
        if beat >= len(tones):
            raise ValueError(f"beat {beat} has no chord, there are {len(tones)}")
        right += pitch % 12 in tones[beat]
        total += 1
    return right, total


def copied_share(
    sequences: Iterable[Sequence], training: Iterable[Sequence], length: int
) -> float:
    """How much of the windows of `length` tokens stands somewhere in the training set.

    returns  float in [0, 1]; 0 if no sequence is so long

    Built in course5_sequence/04_jazz_improvisation.
    """
    known = set(_windows(training, length))
    found = [window in known for window in _windows(sequences, length)]
    return float(np.mean(found)) if found else 0.0


def piano_roll(
    notes: Iterable[Sequence], beats: float, low: int = 36, high: int = 96
) -> np.ndarray:
    """Draw notes into a grid, for plt.imshow(roll, origin="lower").

    beats     : float   width
    low, high : int     the lowest and the highest row
    returns    (high - low + 1, TICKS * beats) uint8: 2 where a note begins, 1 where it
               is held, else 0; what lies outside is cut off
    """
    roll = np.zeros((high - low + 1, round(TICKS * beats)), dtype=np.uint8)
    for start, duration, pitch, *_ in sorted(notes):
        if low <= pitch <= high:
            begin, end = round(TICKS * start), round(TICKS * (start + duration))
            row = roll[pitch - low]
            row[begin:end] = 1
            row[begin : begin + 1] = 2
    return roll


def render(
    notes: Iterable[Sequence], tempo: float = 120.0, rate: int = 8000, partials: int = 6
) -> np.ndarray:
    """Play notes on a plucked string that is a sum of sines.

    Partial k of a note sounds at k times its frequency, 1 / k as loud, and dies away k
    times faster, as on a string. What lies above rate / 2 is left out: it would come
    back as a wrong tone.

    tempo   : float   beats per minute
    rate    : int     samples per second
    returns  (num_samples,) float32, loudest sample .9, ending .2 s behind the last note
    raises   ValueError if there is no note or the tempo is not above 0
    """
    notes = list(notes)
    if not notes or tempo <= 0:
        raise ValueError(f"expected notes and a tempo > 0, got {len(notes)}, {tempo}")
    beat = 60 / tempo  # seconds
    fade = 0.02  # seconds from silence and back to it: without them notes click
    length = beat * max(start + duration for start, duration, *_ in notes) + 0.2
    sound = np.zeros(round(length * rate))
    for start, duration, pitch, *_ in notes:
        first = round(start * beat * rate)
        seconds = np.arange(round((duration * beat + fade) * rate)) / rate
        frequency = 440 * 2 ** ((pitch - 69) / 12)
        tone = np.zeros(len(seconds))
        for k in range(1, partials + 1):
            if k * frequency < rate / 2:
                wave_k = np.sin(2 * np.pi * k * frequency * seconds)
                tone += np.exp(-2.5 * k * seconds) / k * wave_k
        left = (len(seconds) - np.arange(len(seconds))) / rate
        tone *= np.minimum(1, np.minimum(4 * seconds, left) / fade)
        room = sound[first : first + len(tone)]
        room += tone[: len(room)]
    return (0.9 * sound / np.abs(sound).max()).astype(np.float32)


def wav(sound: np.ndarray, rate: int = 8000) -> bytes:
    """A sound in [-1, 1] as an 8-bit WAV file: half the size of the usual 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(rate)
        levels = np.round(127.5 + 127.5 * np.clip(sound, -1, 1)).astype(np.uint8)
        writer.writeframes(levels.tobytes())
    return file.getvalue()


def _windows(sequences: Iterable[Sequence], length: int) -> Iterable[tuple]:
    for sequence in sequences:
        for start in range(len(sequence) - length + 1):
            yield tuple(sequence[start : start + length])

"""Scenes for a detector of one word: noises made by code, and spoken words over them.

Sounds are float32, `speech.RATE` samples a second. Noises have root mean square 1.
"""

from typing import NamedTuple

import numpy as np

from utils.data import speech


class Event(NamedTuple):
    """One word in a scene."""

    start: float  # seconds
    stop: float
    word: int


class Scene(NamedTuple):
    """A background with words over it."""

    sound: np.ndarray  # (seconds * RATE,) float32, loudest sample at most 1
    events: tuple[Event, ...]  # in the order of time


def coloured_noise(
    num_samples: int, slope: float, rng: np.random.Generator
) -> np.ndarray:
    """Noise whose power falls with the frequency: a fan, rain, the wind.

    num_samples : int >= 1
    slope       : float   power goes with 1 / frequency^slope: 0 white, 1 pink, 2 brown
    rng         : random generator
    returns      (num_samples,) float32, root mean square 1
    """
    spectrum = np.fft.rfft(rng.standard_normal(num_samples))
    places = np.arange(len(spectrum), dtype=float)
    places[0] = np.inf  # no constant part
    spectrum *= places ** (-slope / 2) if slope else np.isfinite(places)
    return _level(np.fft.irfft(spectrum, num_samples))


def babble(
    num_samples: int,
    clips: speech.Clips,
    rng: np.random.Generator,
    num_talkers: int = 6,
) -> np.ndarray:
    """People talking in the background; none of them says the trigger word.

    clips       : Clips whose other words are used, over and over
    num_talkers : int >= 1
    returns      (num_samples,) float32, root mean square 1
    raises       ValueError if the clips hold the trigger word only
    """
    others = np.flatnonzero(clips.words != 0)
    if len(others) == 0:
        raise ValueError("babble needs clips of other words, got none")
    sound = np.zeros(num_samples)
    for _ in range(num_talkers):
        # everyone is in the middle of something
        place = -int(rng.integers(speech.RATE))
        while place < num_samples:
            word = clips.sounds[rng.choice(others)]
            first, last = max(place, 0), min(place + len(word), num_samples)
            if last > first:
                sound[first:last] += word[first - place : last - place]
            place += len(word) + int(rng.uniform(0.05, 0.4) * speech.RATE)
    return _level(sound)


def tones(num_samples: int, rng: np.random.Generator) -> np.ndarray:
    """The hum of machines: a low tone with overtones that swells and fades.

    returns  (num_samples,) float32, root mean square 1
    """
    seconds = np.arange(num_samples) / speech.RATE
    pitch = rng.uniform(45, 220)  # Hz
    sound = np.zeros(num_samples)
    for overtone in range(1, 9):
        swell = 1 + 0.5 * np.sin(
            2 * np.pi * (rng.uniform(0.1, 0.8) * seconds + rng.uniform())
        )
        wave = np.sin(2 * np.pi * (overtone * pitch * seconds + rng.uniform()))
        sound += rng.uniform(0.2, 1) / overtone * swell * wave
    return _level(sound)


def background(
    num_samples: int, clips: speech.Clips, rng: np.random.Generator
) -> np.ndarray:
    """One of the noises above at random, or two of them mixed: root mean square 1."""
    kinds = [
        coloured_noise(num_samples, rng.uniform(0, 2), rng),
        babble(num_samples, clips, rng),
        tones(num_samples, rng),
    ]
    shares = rng.dirichlet(np.full(3, 0.5))
    return _level(sum(share * kind for share, kind in zip(shares, kinds, strict=True)))


def scene(
    clips: speech.Clips,
    rng: np.random.Generator,
    seconds: float = 8.0,
    trigger_words: tuple[int, int] = (0, 3),
    other_words: tuple[int, int] = (0, 4),
    loudness_db: tuple[float, float] = (5.0, 20.0),
    gap: float = 0.3,
) -> Scene:
    """Put words over a background such that no two of them overlap.

    clips         : Clips
    rng           : random generator
    seconds       : float, length
    trigger_words : (fewest, most) clips of the trigger word
    other_words   : (fewest, most) clips of other words
    loudness_db   : (lowest, highest) loudness of each word over the background, in
                    decibels of power
    gap           : float, seconds between two words at least
    returns        Scene; words that find no room are left out
    raises         ValueError naming the setting if a range is empty or below 0
    """
    for name, (low, high) in (
        ("trigger_words", trigger_words),
        ("other_words", other_words),
    ):
        if not 0 <= low <= high:
            raise ValueError(f"{name} must be (fewest, most), got {(low, high)}")
    num_samples = round(seconds * speech.RATE)
    sound = background(num_samples, clips, rng)
    wanted = []  # trigger words first, so that others do not take their room
    for is_trigger, (low, high) in ((True, trigger_words), (False, other_words)):
        found = np.flatnonzero((clips.words == 0) == is_trigger)
        count = int(rng.integers(low, high + 1)) if len(found) else 0
        wanted += rng.choice(found, count).tolist() if count else []
    events = []
    for k in wanted:
        word = clips.sounds[k]
        start = _room(len(word), num_samples, events, gap, rng)
        if start is None:
            continue
        stop = start + len(word)
        loudness = 10 ** (rng.uniform(*loudness_db) / 20)
        sound[start:stop] += loudness * _level(word)
        events.append(
            Event(start / speech.RATE, stop / speech.RATE, int(clips.words[k]))
        )
    return Scene(sound / np.abs(sound).max(), tuple(sorted(events)))


def _room(
    length: int,
    num_samples: int,
    events: list[Event],
    gap: float,
    rng: np.random.Generator,
    tries: int = 50,
) -> int | None:
    """Where a word of this length overlaps no other; None if chance finds no place."""
    if length > num_samples:
        return None
    for _ in range(tries):
        start = int(rng.integers(num_samples - length + 1))
        before, after = start / speech.RATE - gap, (start + length) / speech.RATE + gap
        if all(after <= event.start or event.stop <= before for event in events):
            return start
    return None


def _level(sound: np.ndarray) -> np.ndarray:
    """Bring a sound to root mean square 1; silence stays silence."""
    power = np.sqrt(np.mean(np.square(sound)))
    return (sound / (power if power > 0 else 1)).astype(np.float32)

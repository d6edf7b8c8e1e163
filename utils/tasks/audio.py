"""Sound as pictures of its frequencies, and events found in it.

Sounds are (num_samples,) float; a frame is a window of them, frames start `hop` apart.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Matches(NamedTuple):
    """How well found events meet the true ones."""

    precision: float
    recall: float
    f1: float
    right: int
    found: int
    true: int


def spectrogram(sound: np.ndarray, frame: int, hop: int) -> np.ndarray:
    """Measure how strong each frequency is, frame by frame.

    sound   : (..., num_samples) float
    frame   : int >= 2   samples in a frame, even; each is faded in and out by Hann's
              window, without which its cut edges would sound like clicks
    hop     : int >= 1   samples from one frame to the next
    returns  (..., T, frame // 2 + 1) magnitudes, T = 1 + (num_samples - frame) // hop;
             column k is the frequency k * rate / frame
    raises   ValueError with the numbers if no frame fits

    As abs(tf.signal.stft(sound, frame, hop)). Gabor 1946.
    Built in course5_sequence/09_trigger_word.
    """
    sound = np.asarray(sound)
    if frame < 2 or frame % 2 or hop < 1 or sound.shape[-1] < frame:
        raise ValueError(
            "frame must be even and no longer than the sound, and hop >= 1, "
            f"got frame {frame}, hop {hop} and {sound.shape[-1]} samples"
        )
    frames = np.lib.stride_tricks.sliding_window_view(sound, frame, axis=-1)
    return np.abs(np.fft.rfft(frames[..., ::hop, :] * hann(frame), axis=-1))


def hann(length: int) -> np.ndarray:
    """Hann's window (length,): 0 at the first sample, 1 in the middle, periodic."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def decibels(magnitudes: np.ndarray, floor: float = -80.0) -> np.ndarray:
    """Loudness as ears and pictures want it: 20 log10, the largest value is 0.

    magnitudes : float >= 0, any shape
    floor      : float   what is quieter, silence included, is raised to it
    returns     the same shape, in [floor, 0]; all `floor` if nothing is above 0
    """
    magnitudes = np.asarray(magnitudes, float)
    highest = magnitudes.max()
    if highest <= 0:
        return np.full(magnitudes.shape, floor)
    return 20 * np.log10(np.maximum(magnitudes / highest, 10 ** (floor / 20)))


def frame_labels(
    stops: Sequence[float], num_frames: int, seconds_per_frame: float, after: float
) -> np.ndarray:
    """Mark the frames just behind the end of an event: then a detector can know of it.

    stops             : seconds, where the events end
    num_frames        : int
    seconds_per_frame : float   frame t begins at t times this
    after             : float   seconds that are marked behind each end
    returns            (num_frames,) float, 1 or 0

    Built in course5_sequence/09_trigger_word.
    """
    times = np.arange(num_frames) * seconds_per_frame
    ends = np.asarray(stops, float).reshape(-1, 1)
    return ((times >= ends) & (times < ends + after)).any(axis=0).astype(float)


def detections(
    probabilities: np.ndarray,
    seconds_per_frame: float,
    threshold: float = 0.5,
    refractory: float = 0.5,
) -> np.ndarray:
    """Turn frame probabilities into moments at which the word was heard.

    A detection is the first frame at or above the threshold; then nothing counts until
    `refractory` seconds have gone by and the probability was below the threshold.

    probabilities     : (T,) float
    seconds_per_frame : float
    returns            (k,) float seconds, ascending

    Built in course5_sequence/09_trigger_word.
    """
    above = np.asarray(probabilities) >= threshold
    rises = np.flatnonzero(above & ~np.concatenate([[False], above[:-1]]))
    found: list[float] = []
    for time in rises * seconds_per_frame:
        if not found or time >= found[-1] + refractory:
            found.append(float(time))
    return np.array(found)


def match(
    found: Sequence[Sequence[float]],
    true: Sequence[Sequence[float]],
    early: float = 0.1,
    late: float = 0.5,
) -> Matches:
    """Pair each true event with at most one detection near it; all scenes together.

    found  : per scene, seconds of the detections
    true   : per scene, seconds at which the words end
    early  : float   a detection may come so many seconds before the end of a word
    late   : float   or so many behind it
    returns Matches; a share of nothing is 0
    raises  ValueError with both numbers of scenes if they differ

    In the order of time, each word takes the earliest detection still free; as all
    windows are equally long, no other pairing finds more.
    Built in course5_sequence/09_trigger_word.
    """
    if len(found) != len(true):
        raise ValueError(f"found has {len(found)} scenes, true has {len(true)}")
    right = ours = theirs = 0
    for detected, stops in zip(found, true, strict=True):
        free = sorted(detected)
        ours, theirs = ours + len(free), theirs + len(stops)
        for stop in sorted(stops):
            near = [time for time in free if stop - early <= time <= stop + late]
            if near:
                free.remove(near[0])
                right += 1
    precision = right / ours if ours else 0.0
    recall = right / theirs if theirs else 0.0
    f1 = 2 * right / (ours + theirs) if ours + theirs else 0.0
    return Matches(precision, recall, f1, right, ours, theirs)


def with_chimes(
    sound: np.ndarray, moments: Sequence[float], rate: int, pitch: float = 880.0
) -> np.ndarray:
    """Ring a bell at each moment, so that a learner hears what was detected.

    sound   : (num_samples,) float in [-1, 1]
    moments : seconds; a bell that would leave the sound is cut off
    rate    : int, samples per second
    pitch   : float, Hz
    returns  (num_samples,) float, loudest sample at most 1
    """
    seconds = np.arange(round(0.4 * rate)) / rate
    bell = np.sin(2 * np.pi * pitch * seconds) * np.exp(-8 * seconds)
    mixed = np.array(sound, dtype=float)
    for moment in moments:
        start = round(moment * rate)
        room = mixed[start : start + len(bell)]
        room += 0.5 * bell[: len(room)]
    return mixed / max(1.0, np.abs(mixed).max())

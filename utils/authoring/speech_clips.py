"""Make utils/data/files/speech_clips.h5: one word per clip, spoken by 66 voices.

eSpeak NG speaks them. It is under the GPL and no dependency of the course; what it says
is not under the GPL, so only the clips are shipped. To make them again:

    pip install espeakng-loader==0.2.4
    python -m utils.authoring.speech_clips speech_clips.h5
    python -m utils.authoring.speech_clips speech_clips.h5 --compare

A voice is one of eSpeak's variants with an accent, a height and a pace of its own.
"""

import argparse
import ctypes
import sys
from pathlib import Path

import h5py
import numpy as np

from utils.data import speech

SEED = 0
TRIGGER = "telescope"
# Words that begin as the trigger word does, words that end so, and words that do not.
OTHERS = (
    "telephone", "telegram", "teleport", "microscope", "gyroscope", "horoscope",
    "kitchen", "tomorrow", "seven", "weather", "banana", "umbrella",
)  # fmt: skip
SURPRISE = "periscope"  # one clip by each test voice, to ask about an unknown word
TAKES, OTHERS_PER_VOICE = 2, 6  # clips of the trigger word and of others, by each voice
ACCENTS = (
    "en", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd",
    "en-029", "en-us-nyc",
)  # fmt: skip
# eSpeak's variants that sound like persons. Robots and whispers are left out, so are
# second forms of a voice: a voice held out must not have a twin among the others.
VARIANTS = (
    "Alex Alicia Andrea Andy Annie Denis Diogo Gene Henrique Hugo Jacky Lee Marco "
    "Mario Michael Mike Nguyen Reed adam anika announcer antonio aunty belinda "
    "benjamin boris caleb david ed edward f1 f2 f3 f4 f5 grandma grandpa gustave ian "
    "iven john linda m1 m2 m3 m4 m5 m6 m7 m8 marcelo max michel miguel norbert pablo "
    "paul pedro quincy rob sandro shelby steph travis victor zac"
).split()
QUIET = 0.02  # of the loudest sample; what is quieter at both ends is cut off
MARGIN = 0.02  # seconds left on both sides

_SYNCHRONOUS, _RATE, _VOLUME, _PITCH, _RANGE = 2, 1, 2, 3, 4  # eSpeak's own numbers


class Speaker:
    """eSpeak NG through its C interface."""

    def __init__(self) -> None:
        import espeakng_loader

        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate = self.library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if self.rate <= 0:
            raise RuntimeError(f"eSpeak NG did not start: {self.rate}")
        self._said: list[np.ndarray] = []
        signature = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        self._callback = signature(self._hear)  # kept, or it would be collected
        self.library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples, count, _events) -> int:
        if samples and count > 0:
            self._said.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        return 0

    def say(self, word: str, voice: str, pace: int, pitch: int) -> np.ndarray:
        """Speak one word: int16 samples, `self.rate` of them a second."""
        self._said.clear()
        # Breath and creak are random; seeded anew, each clip depends on itself only.
        self.library.espeak_ng_SetRandSeed(ctypes.c_long(1))
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"eSpeak NG has no voice {voice}")
        for setting, value in (
            (_RATE, pace), (_VOLUME, 100), (_PITCH, pitch), (_RANGE, 50),
        ):  # fmt: skip
            self.library.espeak_SetParameter(setting, value, 0)
        text = word.encode() + b"\0"
        self.library.espeak_Synth(
            text, ctypes.c_size_t(len(text)), 0, 1, 0, 1, None, None
        )
        self.library.espeak_Synchronize()
        return np.concatenate(self._said)


def clip(samples: np.ndarray, rate: int) -> np.ndarray:
    """Bring speech to `speech.RATE` and full volume, without silence at its ends."""
    count = round(len(samples) * speech.RATE / rate)
    spectrum = np.fft.rfft(samples.astype(np.float64))[: count // 2 + 1]
    found = np.fft.irfft(spectrum, count)  # cut spectrum: nothing above half the rate
    found /= np.abs(found).max()
    loud = np.flatnonzero(np.abs(found) > QUIET)
    margin = round(MARGIN * speech.RATE)
    return found[max(loud[0] - margin, 0) : loud[-1] + margin]


def make() -> dict[str, np.ndarray]:
    """All clips, as the file holds them."""
    rng, speaker = np.random.default_rng(SEED), Speaker()
    words = (TRIGGER, *OTHERS)
    clips, said, spoken_by, voices, settings = [], [], [], [], []
    for number in rng.permutation(len(VARIANTS)):
        accent = ACCENTS[rng.integers(len(ACCENTS))]
        pitch, pace = int(rng.integers(25, 75)), int(rng.integers(135, 200))
        others = rng.choice(len(OTHERS), OTHERS_PER_VOICE, replace=False) + 1
        for word in [0] * TAKES + sorted(others.tolist()):
            speech_now = speaker.say(
                words[word],
                f"{accent}+{VARIANTS[number]}",
                pace + int(rng.integers(-15, 16)),
                pitch + int(rng.integers(-6, 7)),
            )
            clips.append(clip(speech_now, speaker.rate))
            said.append(word)
            spoken_by.append(len(voices))
        voices.append(f"{accent}+{VARIANTS[number]}")
        settings.append((pace, pitch))
    words = (*words, SURPRISE)
    for voice in range(*speech.SPLITS["test"]):
        speech_now = speaker.say(SURPRISE, voices[voice], *settings[voice])
        clips.append(clip(speech_now, speaker.rate))
        said.append(len(words) - 1)
        spoken_by.append(voice)
    return {
        "samples": speech.to_mu_law(np.concatenate(clips)),
        "starts": np.cumsum([0, *map(len, clips)]).astype(np.int32),
        "words": np.array(said, np.uint8),
        "voices": np.array(spoken_by, np.uint8),
        "surprise": np.array([len(words) - 1], np.uint8),
        "word_names": np.frombuffer("\n".join(words).encode(), np.uint8),
        "voice_names": np.frombuffer("\n".join(voices).encode(), np.uint8),
    }


def main() -> int:
    """Write the file, or compare the one that is there with a new one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--compare", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    arrays = make()
    if arguments.compare:
        with h5py.File(arguments.path) as file:
            different = [
                name
                for name, values in arrays.items()
                if not np.array_equal(file[name][()], values)
            ]
        print(f"different: {different}" if different else "all arrays are equal")
        return len(different)
    with h5py.File(arguments.path, "w") as file:
        file.attrs["source"] = "eSpeak NG 1.52 by way of espeakng-loader 0.2.4"
        file.attrs["rate"] = speech.RATE
        for name, values in arrays.items():
            packed = {"compression": "gzip", "compression_opts": 9, "shuffle": True}
            file.create_dataset(name, data=values, **packed, track_times=False)
    size = arguments.path.stat().st_size
    print(f"{len(arrays['words'])} clips, {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

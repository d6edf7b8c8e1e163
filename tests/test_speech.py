"""utils.data.speech and sound_scenes: the shipped clips, own files, noises, scenes."""

import itertools

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import sound_scenes, speech

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def clips():
    return speech.load()


def test_the_shipped_clips(clips):
    assert speech.PATH.stat().st_size < 3_000_000
    assert len(clips.sounds) == 528 and len(clips.voice_names) == 66
    assert clips.word_names[0] == "telescope" and len(clips.word_names) == 14
    for voice in range(66):
        said = clips.words[clips.voices == voice]
        assert (said == 0).sum() == 2 and len(set(said)) == 7
    for sound in clips.sounds:
        assert sound.dtype == np.float32
        assert 0.9 < np.abs(sound).max() <= 1
        assert 0.2 < len(sound) / speech.RATE < 1.5


def test_no_voice_is_in_two_parts(clips):
    parts = [speech.load(name) for name in speech.SPLITS]
    voices = [set(part.voices) for part in parts]
    assert [len(v) for v in voices] == [42, 12, 12]
    assert set.union(*voices) == set(range(66))
    assert sum(len(part.sounds) for part in parts) == 528
    names = [clips.voice_names[v].split("+")[1] for v in range(66)]
    assert len(set(names)) == 66  # each is another variant, whatever its accent
    first = np.flatnonzero(clips.voices == 42)[0]
    np.testing.assert_array_equal(parts[1].sounds[0], clips.sounds[first])
    with pytest.raises(ValueError, match=r"one of .*'train'.*got 'all'"):
        speech.load("all")


def test_the_surprise_is_one_word_of_the_test_voices_and_in_no_other_part(clips):
    surprise = speech.load("surprise")
    assert surprise.word_names[13] == "periscope"
    assert set(surprise.words) == {13} and 13 not in clips.words
    np.testing.assert_array_equal(surprise.voices, np.arange(54, 66))


@settings(deadline=None)
@given(sound=st.lists(st.floats(-1, 1), min_size=1))
def test_mu_law_is_finer_for_quiet_samples(sound):
    sound = np.array(sound)
    levels = speech.to_mu_law(sound)
    assert levels.dtype == np.uint8
    found = speech.from_mu_law(levels)
    assert found.dtype == np.float32
    # half a step: the curve's slope at x is 255 / ((1 + 255 |x|) log 256)
    step = (1 + 255 * np.abs(sound)) * np.log(256) / 255 / 255
    assert (np.abs(found - sound) < 1.03 * step + 1e-6).all()


def test_levels_survive_a_round_trip():
    levels = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(speech.to_mu_law(speech.from_mu_law(levels)), levels)
    np.testing.assert_array_equal(speech.to_mu_law(np.array([-3.0, 3.0])), [0, 255])


def write(path, **changes):
    arrays = {
        "samples": np.zeros(10, np.uint8),
        "starts": np.array([0, 4, 10]),
        "words": np.array([0, 1], np.uint8),
        "voices": np.array([0, 50], np.uint8),
        "word_names": np.frombuffer(b"go\nstop", np.uint8),
        "voice_names": np.frombuffer(b"me", np.uint8),
        "surprise": np.array([9], np.uint8),
    }
    with h5py.File(path, "w") as file:
        file.attrs["rate"] = changes.pop("rate", 8000)
        for name, values in (arrays | changes).items():
            if values is not None:
                file[name] = values
    return path


def test_an_own_file(tmp_path):
    own = speech.load(path=write(tmp_path / "own.h5"))
    assert [len(sound) for sound in own.sounds] == [4, 6]
    assert own.word_names == ("go", "stop")
    dev = speech.load("dev", tmp_path / "own.h5")
    assert dev.voices.tolist() == [50]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts": None}, r"lacks \['starts'\]"),
        ({"starts": np.array([0, 4])}, "do not fit"),
        ({"starts": np.array([0, 4, 9])}, "do not fit"),
        ({"voices": np.zeros(3, np.uint8)}, "do not fit"),
        ({"rate": 16000}, "16000 samples a second do not fit"),
    ],
)
def test_other_content_is_refused_by_name(tmp_path, changes, message):
    with pytest.raises(ValueError, match=rf"other\.h5: .*{message}"):
        speech.load(path=write(tmp_path / "other.h5", **changes))


def test_other_files_are_refused_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.h5: no such file"):
        speech.load(path=tmp_path / "none.h5")
    cut = tmp_path / "cut.h5"
    cut.write_bytes(speech.PATH.read_bytes()[:50_000])
    with pytest.raises(ValueError, match=r"cut\.h5: expected HDF5"):
        speech.load(path=cut)


@pytest.mark.parametrize("slope", [0.0, 1.0, 2.0])
def test_noise_has_its_colour(slope):
    sound = sound_scenes.coloured_noise(2**15, slope, np.random.default_rng(0))
    assert sound.dtype == np.float32
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(1, rel=1e-4)
    power = np.abs(np.fft.rfft(sound)) ** 2
    low, high = power[200:400].mean(), power[3200:6400].mean()  # four octaves apart
    assert np.log2(low / high) / 4 == pytest.approx(slope, abs=0.15)


def test_noises_fill_the_scene(clips):
    rng = np.random.default_rng(0)
    for sound in (
        sound_scenes.babble(9000, clips, rng),
        sound_scenes.tones(9000, rng),
        sound_scenes.background(9000, clips, rng),
    ):
        assert sound.shape == (9000,) and sound.dtype == np.float32
        assert np.sqrt(np.mean(sound**2)) == pytest.approx(1, rel=1e-4)
        thirds = np.sqrt(np.mean(sound.reshape(3, 3000) ** 2, axis=1))
        assert thirds.min() > 0.3  # no part of it is silent


def test_nobody_in_the_babble_says_the_trigger_word(clips):
    loud = tuple(
        np.full_like(sound, 9.0) if word == 0 else np.zeros_like(sound)
        for sound, word in zip(clips.sounds, clips.words, strict=True)
    )
    silent = sound_scenes.babble(
        9000, clips._replace(sounds=loud), np.random.default_rng(0)
    )
    np.testing.assert_array_equal(silent, np.zeros(9000))
    only = clips._replace(
        sounds=clips.sounds[:2], words=clips.words[:2], voices=clips.voices[:2]
    )
    assert (only.words == 0).all()
    with pytest.raises(ValueError, match="needs clips of other words, got none"):
        sound_scenes.babble(100, only, np.random.default_rng(0))


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), seconds=st.sampled_from([3.0, 6.0]))
def test_scenes(seed, seconds):
    clips = speech.load("dev")
    rng = np.random.default_rng(seed)
    sound, events = sound_scenes.scene(clips, rng, seconds, (1, 2), (0, 3), gap=0.25)
    assert sound.shape == (round(seconds * speech.RATE),) and sound.dtype == np.float32
    assert np.abs(sound).max() == pytest.approx(1)
    assert list(events) == sorted(events)
    for before, after in itertools.pairwise(events):
        assert after.start - before.stop >= 0.25 - 1e-9
    assert all(0 <= e.start < e.stop <= seconds for e in events)
    count = sum(e.word == 0 for e in events)
    assert 1 <= count <= 2 and len(events) - count <= 3
    again = sound_scenes.scene(
        clips, np.random.default_rng(seed), seconds, (1, 2), (0, 3), gap=0.25
    )
    np.testing.assert_array_equal(again.sound, sound)


def test_words_are_as_loud_as_asked(clips):
    tones = tuple(np.sin(np.arange(4000) * 1.5, dtype=np.float32) for _ in clips.sounds)
    same = clips._replace(sounds=tones)
    for decibels in (10.0, 30.0):
        rng = np.random.default_rng(0)
        sound, events = sound_scenes.scene(
            same, rng, 6.0, (1, 1), (0, 0), loudness_db=(decibels, decibels)
        )
        first, last = (
            round(s * speech.RATE) for s in (events[0].start, events[0].stop)
        )
        inside = np.mean(sound[first:last] ** 2)
        around = np.mean(np.delete(sound, slice(first, last)) ** 2)
        assert 10 * np.log10(inside / around) == pytest.approx(decibels, abs=1.5)


def test_ranges_must_hold_something(clips):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"trigger_words must be .*got \(3, 1\)"):
        sound_scenes.scene(clips, rng, trigger_words=(3, 1))
    with pytest.raises(ValueError, match=r"other_words must be .*got \(-1, 1\)"):
        sound_scenes.scene(clips, rng, other_words=(-1, 1))

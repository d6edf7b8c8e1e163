"""utils.tasks.music on hand-worked melodies, and its sound by Fourier transform."""

import io
import wave

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import music

LINE = [(0.0, 2 / 3, 60), (2 / 3, 1 / 3, 62), (2.0, 1.0, 64, "more")]


def test_tokens_hand_worked():
    tokens = [(60, 8), (62, 4), (None, 12), (64, 12)]
    assert music.to_tokens(LINE) == tokens
    assert music.to_tokens(LINE, beats=4) == [*tokens, (None, 12)]
    assert music.to_notes(tokens) == [note[:3] for note in LINE]
    assert music.to_tokens([], beats=1) == [(None, 12)]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 127)), st.integers(1, 48)),
        max_size=12,
    )
)
def test_there_and_back(drawn):
    merged = []  # rests side by side become one
    for pitch, ticks in drawn:
        if merged and pitch is None and merged[-1][0] is None:
            merged[-1] = (None, merged[-1][1] + ticks)
        else:
            merged.append((pitch, ticks))
    beats = sum(ticks for _, ticks in merged) / 12
    assert music.to_tokens(music.to_notes(merged), beats) == merged


@pytest.mark.parametrize(
    ("notes", "beats", "match"),
    [
        ([(0, 1, 60), (0.5, 1, 62)], None, "note 62 at beat 0.5 .* after beat 1 "),
        ([(1, 0.01, 60)], None, "note 60 at beat 1 "),
        ([(0, 2, 60)], 1, "end at beat 2, expected 1"),
    ],
)
def test_tokens_refused(notes, beats, match):
    with pytest.raises(ValueError, match=match):
        music.to_tokens(notes, beats)


def test_skyline():
    notes = [(0, 3, 60), (0, 1, 67), (2, 1, 55), (2.5, 1, 72, 1), (2.5, 2, 72)]
    assert music.skyline(notes) == [(0, 1, 67), (2, 0.5, 55), (2.5, 2, 72)]
    assert len(music.to_tokens(music.skyline(notes))) == 4


@pytest.mark.parametrize(
    ("name", "tones"),
    [
        ("C", (0, 4, 7)),
        ("Bb7", (10, 2, 5, 8)),
        ("F#m7", (6, 9, 1, 4)),
        ("Bm7b5", (11, 2, 5, 9)),
        ("Cb", (11, 3, 6)),
        ("Ebmaj7", (3, 7, 10, 2)),
    ],
)
def test_chord_tones(name, tones):
    assert music.chord_tones(name) == tones


@pytest.mark.parametrize("name", ["", "H7", "C9", "7", "c7"])
def test_chord_refused(name):
    with pytest.raises(ValueError, match="a chord is a letter"):
        music.chord_tones(name)


def test_chord_tone_share():
    tones = [music.chord_tones("C7")] * 2 + [music.chord_tones("F7")] * 2
    # beats 0 and 2 are strong: C fits C7, E does not fit F7; the rest does not count
    notes = [(0, 1, 72), (1, 2 / 3, 61), (1 + 2 / 3, 1 / 3, 61), (2, 1, 64), (3, 1, 61)]
    assert music.chord_tone_share(notes, tones) == (1, 2)
    assert music.chord_tone_share(notes, tones, every=1) == (1, 4)
    # a thirds' start must not fall to the beat before: 11.999 / 12
    assert music.chord_tone_share([(3 * (2 / 3), 1, 65)], tones) == (1, 1)
    with pytest.raises(ValueError, match="beat 4 has no chord, there are 4"):
        music.chord_tone_share([(4, 1, 60)], tones)


def test_copied_share():
    training = [[1, 2, 3, 4], [5, 1]]
    assert music.copied_share([[2, 3, 4, 5, 1]], training, 2) == 0.75  # not 4 5
    assert music.copied_share([[2, 3, 4], [9, 9, 9]], training, 3) == 0.5
    assert music.copied_share([[1]], training, 2) == 0


def test_piano_roll():
    roll = music.piano_roll([(0, 0.5, 60), (0.5, 0.5, 60), (0, 9, 99)], 1, 60, 61)
    np.testing.assert_array_equal(roll, [[2, 1, 1, 1, 1, 1] * 2, [0] * 12])


def test_rendered_pitch_and_time():
    # one second per beat; A at 440 Hz for one beat, a beat of silence, then E
    sound = music.render([(0, 1, 69), (2, 1, 76)], tempo=60, rate=8000)
    assert sound.dtype == np.float32 and len(sound) == 25600
    assert np.abs(sound).max() == pytest.approx(0.9)
    assert not sound[8200:15900].any()
    for first, hertz in ((0, 440.0), (16000, 440 * 2 ** (7 / 12))):
        spectrum = np.abs(np.fft.rfft(sound[first : first + 8000]))  # 1 Hz per bin
        assert abs(spectrum.argmax() - hertz) <= 1
        partial = spectrum[round(2 * hertz) - 1 : round(2 * hertz) + 2].max()
        assert 0.1 < partial / spectrum.max() < 0.9
        between = spectrum[round(1.4 * hertz) : round(1.6 * hertz)].max()
        assert between < 0.02 * spectrum.max()


def test_nothing_comes_back_from_above():
    # C8 is 4186 Hz; its second partial would be 372 Hz at this rate
    sound = music.render([(0, 1, 108)], tempo=60, rate=8744)
    spectrum = np.abs(np.fft.rfft(sound[:8744]))
    assert spectrum[300:450].max() < 0.01 * spectrum.max()


def test_render_refused():
    with pytest.raises(ValueError, match="got 0"):
        music.render([])
    with pytest.raises(ValueError, match="tempo > 0"):
        music.render(LINE, tempo=0)


def test_wav():
    sound = np.array([-1.0, 0.0, 0.5, 1.0, 7.0])
    with wave.open(io.BytesIO(music.wav(sound, 4000))) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (
            4000,
            1,
            1,
        )
        levels = np.frombuffer(file.readframes(9), np.uint8)
    np.testing.assert_allclose(levels / 127.5 - 1, np.clip(sound, -1, 1), atol=0.005)

"""utils.tasks.audio against TensorFlow, pure tones and hand-worked events."""

import itertools

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.tasks import audio

pytestmark = pytest.mark.filterwarnings("error")

TIMES = st.lists(st.floats(0, 5), max_size=4)


@settings(deadline=None)
@given(
    frame=st.sampled_from([2, 8, 64, 100]),
    hop=st.integers(1, 70),
    extra=st.integers(0, 150),
    seed=st.integers(0, 2**32 - 1),
)
def test_spectrogram_equals_tensorflow(frame, hop, extra, seed):
    sound = np.random.default_rng(seed).standard_normal((2, frame + extra))
    expected = tf.abs(tf.signal.stft(sound, frame, hop, fft_length=frame))
    found = audio.spectrogram(sound, frame, hop)
    assert found.shape == (2, 1 + extra // hop, frame // 2 + 1)
    # TensorFlow makes its window in float32
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(audio.spectrogram(sound[0], frame, hop), found[0])


def test_a_pure_tone_is_one_line():
    rate, frame = 800, 80
    sound = np.sin(2 * np.pi * 120 * np.arange(400) / rate)  # column 120 * 80 / 800
    magnitudes = audio.spectrogram(sound, frame, 20)
    assert (magnitudes.argmax(axis=1) == 12).all()
    # half of the wave, half of the window: a quarter of the frame
    np.testing.assert_allclose(magnitudes[:, 12], 20, rtol=1e-9)
    np.testing.assert_allclose(
        np.delete(magnitudes, [11, 12, 13], axis=1), 0, atol=1e-9
    )


@pytest.mark.parametrize(
    ("frame", "hop", "samples"), [(3, 1, 9), (10, 0, 20), (10, 1, 9), (0, 1, 9)]
)
def test_frames_must_fit(frame, hop, samples):
    with pytest.raises(ValueError, match=f"got frame {frame}, hop {hop} and {samples}"):
        audio.spectrogram(np.zeros(samples), frame, hop)


def test_decibels():
    np.testing.assert_allclose(
        audio.decibels(np.array([[2.0, 0.2], [0.02, 0.0]]), floor=-50),
        [[0, -20], [-40, -50]],
        atol=1e-12,
    )
    np.testing.assert_array_equal(audio.decibels(np.zeros(2)), [-80, -80])


def test_frames_behind_an_end_are_marked():
    # frames at 0, .5, 1, ...; ends at .9 and 3.0; three quarters of a second each
    np.testing.assert_array_equal(
        audio.frame_labels([0.9, 3.0], 9, 0.5, 0.75), [0, 0, 1, 1, 0, 0, 1, 1, 0]
    )
    np.testing.assert_array_equal(audio.frame_labels([], 3, 0.5, 1.0), np.zeros(3))


def test_detections_hand_worked():
    probabilities = np.array([0.6, 0.9, 0.1, 0.5, 0.4, 0.4, 0.8, 0.8, 0.8, 0.8, 0.2])
    # rises at 0, 3 and 6; 3 is too early after 0
    np.testing.assert_allclose(
        audio.detections(probabilities, 0.1, refractory=0.35), [0, 0.6], atol=1e-12
    )
    np.testing.assert_allclose(
        audio.detections(probabilities, 0.1, refractory=0.1), [0, 0.3, 0.6], atol=1e-12
    )
    assert len(audio.detections(probabilities, 0.1, threshold=0.95)) == 0


def test_matches_hand_worked():
    found = [[1.0, 1.2, 4.0], [2.0], []]
    true = [[0.9, 3.0], [2.05], [1.0]]
    # 1.0 meets .9; 1.2 comes too late to a partner; 4.0 is alone; 2.0 is just early
    assert audio.match(found, true) == (0.5, 0.5, 0.5, 2, 4, 4)
    assert audio.match(found, true, early=0).right == 1
    assert audio.match([[]], [[]]) == (0, 0, 0, 0, 0, 0)
    with pytest.raises(ValueError, match="found has 1 scenes, true has 2"):
        audio.match([[]], [[], []])


@settings(deadline=None)
@given(found=TIMES, true=TIMES)
def test_no_other_pairing_finds_more(found, true):
    def pairs(chosen):
        return sum(s - 0.1 <= t <= s + 0.5 for t, s in zip(chosen, true, strict=False))

    padded = [*found, *[99.0] * len(true)]
    best = max(pairs(order) for order in itertools.permutations(padded, len(true)))
    assert audio.match([found], [true]).right == best


def test_chimes_ring_where_they_should():
    rate = 1000
    sound = audio.with_chimes(np.zeros(2000), [0.5, 1.9, 2.5], rate)
    assert sound.shape == (2000,) and np.abs(sound).max() <= 1
    loud = np.abs(sound) > 0.1
    assert not loud[:500].any() and loud[500:560].any()
    assert not loud[800:1900].any() and loud[1900:].any()
    full = audio.with_chimes(np.ones(2000), [0.5], rate)
    assert np.abs(full).max() == 1
    np.testing.assert_allclose(full[0] / full[-1], 1)

"""utils.data.emotions: the sentences, their parts, and twins that differ by order."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import emotions
from utils.pretrained import glove

pytestmark = pytest.mark.filterwarnings("error")
EVERY = emotions.read(emotions.FILES / "emotions.txt")
TURNED = emotions.turned()


def bag(sentence):
    return tuple(sorted(sentence.split()))


@pytest.fixture(scope="module")
def known_words():
    return glove.load().index.keys()


def test_classes_and_symbols():
    assert len(emotions.CLASSES) == len(set(emotions.SYMBOLS)) == 5
    assert all(len(symbol) == 1 for symbol in emotions.SYMBOLS)


def test_sizes():
    assert np.bincount(EVERY.labels).tolist() == [50] * 5
    assert np.bincount(TURNED.labels).tolist() == [8] * 5
    assert EVERY.labels.dtype == np.int64


@pytest.mark.parametrize("sentences", [EVERY.sentences, TURNED.sentences])
def test_sentences_are_short_plain_words(sentences):
    for sentence in sentences:
        assert re.fullmatch("[a-z]+( [a-z]+){3,11}", sentence), sentence


def test_words_have_vectors(known_words):
    frames = [frame for kind in emotions.FRAMES.values() for frame in kind]
    fillers = [row for part in emotions.FEELINGS.values() for row in part]
    texts = [frame.format(felt="", other="") for frame in frames] + fillers
    words = {
        w
        for text in (*EVERY.sentences, *TURNED.sentences, *texts)
        for w in text.split()
    }
    assert not words - known_words


def test_plain_sentences_deny_nothing():
    words = {word for sentence in EVERY.sentences for word in sentence.split()}
    assert not words & {"not", "no", "never", "cannot"}


def test_no_two_sentences_are_nearly_the_same():
    sets = [set(s.split()) for s in EVERY.sentences + TURNED.sentences]
    for i, one in enumerate(sets):
        for two in sets[:i]:
            assert len(one & two) < 0.6 * len(one | two), (one, two)


def test_plain_deals_every_sentence_once():
    parts = emotions.plain()
    assert sorted(sum((p.sentences for p in parts), ())) == sorted(EVERY.sentences)
    assert [np.bincount(p.labels).tolist() for p in parts] == [
        [30] * 5,
        [8] * 5,
        [12] * 5,
    ]
    truth = dict(zip(EVERY.sentences, EVERY.labels, strict=True))
    for part in parts:
        assert [truth[s] for s in part.sentences] == part.labels.tolist()


def test_plain_repeats_and_depends_on_rng():
    one, two = emotions.plain(), emotions.plain(np.random.default_rng(0))
    assert one.test.sentences == two.test.sentences
    other = emotions.plain(np.random.default_rng(1))
    assert set(one.test.sentences) != set(other.test.sentences)
    assert one.train.labels[:30].tolist() != sorted(one.train.labels[:30])  # shuffled


def test_own_file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("joy: Yes  we can\nfear: oh dear 😨\n", encoding="utf-8")
    mine = emotions.read(path)
    assert mine.sentences == ("yes we can", "oh dear 😨")
    assert mine.labels.tolist() == [0, 4]


@pytest.mark.parametrize(
    "line", ["hope: we win", "joy we win", "joy: ", "", "Joy: yes"]
)
def test_broken_lines_are_named(tmp_path, line):
    path = tmp_path / "mine.txt"
    path.write_text(f"joy: we win\n{line}\nfear: oh\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.txt, line 2: expected one of joy"):
        emotions.read(path)


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"mine\.txt: no such file"):
        emotions.plain(path=tmp_path / "mine.txt")


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 99),
    half=st.integers(1, 120),
    words=st.sampled_from(sorted(emotions.FEELINGS)),
    frames=st.sampled_from(sorted(emotions.FRAMES)),
)
def test_twins_hold_the_same_words_and_differ_in_label(seed, half, words, frames):
    drawn = emotions.contrasts(2 * half, np.random.default_rng(seed), words, frames)
    assert len(set(drawn.sentences)) == 2 * half
    assert Counter(Counter(map(bag, drawn.sentences)).values()).keys() == {2}
    of_bag = {}
    for sentence, label in zip(drawn.sentences, drawn.labels, strict=True):
        of_bag.setdefault(bag(sentence), set()).add(label)
    assert all(len(labels) == 2 for labels in of_bag.values())


def test_labels_of_contrasts():
    drawn = emotions.contrasts(2000, np.random.default_rng(0))
    label = dict(zip(drawn.sentences, drawn.labels, strict=True))
    joy, fear = emotions.CLASSES.index("joy"), emotions.CLASSES.index("fear")
    seen = 0
    for one, two, of_one in (("happy", "afraid", joy), ("afraid", "happy", fear)):
        for sentence in (
            f"i am not {two} but {one}",
            f"i was {two} but now i am {one}",
            f"i am {one} and not {two}",
            f"i feel {one} and no longer {two}",
            f"she is {one} although she was {two} before",
        ):
            if sentence in label:
                seen += 1
                assert label[sentence] == of_one, sentence
    assert seen  # some of the ten are among 2000 of 5760


@pytest.mark.parametrize("frames", emotions.FRAMES)
def test_the_place_in_the_sentence_tells_nothing(frames):
    last = [f.index("{felt}") > f.index("{other}") for f in emotions.FRAMES[frames]]
    assert 2 * sum(last) == len(last)


def test_lists_share_no_word_and_no_frame():
    lists = [set(" ".join(rows).split()) for rows in emotions.FEELINGS.values()]
    assert sum(map(len, lists)) == len(set.union(*lists))
    assert not set(emotions.FRAMES["known"]) & set(emotions.FRAMES["new"])


@pytest.mark.parametrize(
    ("m", "kind"),
    [(3, {}), (0, {}), (10**6, {}), (2, {"words": "all"}), (2, {"frames": "x"})],
)
def test_contrasts_refuse(m, kind):
    with pytest.raises(ValueError, match="must be"):
        emotions.contrasts(m, np.random.default_rng(0), **kind)

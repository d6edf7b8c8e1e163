"""utils.data.prose: words and sentences of a text."""

import gzip
from collections import Counter

import pytest

from utils.data import prose

pytestmark = pytest.mark.filterwarnings("error")


def test_text_is_split_into_words_and_sentences():
    text = "The cat's eye; it is GREEN!\n\nNo 7 was well-known: Ärger\nund mehr."
    assert prose.split(text) == [
        ["the", "cat's", "eye"],
        ["it", "is", "green"],
        ["no", "was", "well-known"],
        ["ärger", "und", "mehr"],
    ]


def test_the_shipped_prose():
    lessons = prose.load()
    counts = Counter(word for sentence in lessons for word in sentence)
    assert len(lessons) == 11570 and counts.total() == 104517
    assert counts["the"] > counts["gradient"] > counts["dinosaur"]


def test_own_files(tmp_path):
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.gz"
    plain.write_text("One two. Three!", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert prose.load(plain) == prose.load(str(packed)) == [["one", "two"], ["three"]]
    with pytest.raises(FileNotFoundError):
        prose.load(tmp_path / "none.txt")
    for content, message in (
        (b"\xff\xfe\xfa", "no text in UTF-8"),
        (b"P4 8 1\n\0\0 a\0", "no text in UTF-8"),
        (b"12 + 3", "no word"),
    ):
        plain.write_bytes(content)
        with pytest.raises(ValueError, match=message):
            prose.load(plain)
    whole = packed.read_bytes()
    damaged = whole[:10] + b"\xff" * 4 + whole[14:]  # the data behind the head
    for content in (b"no gzip", whole[:-9], damaged):
        packed.write_bytes(content)
        with pytest.raises(ValueError, match=r"a\.txt\.gz is no text"):
            prose.load(packed)

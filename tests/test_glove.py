"""utils.pretrained.glove: the shipped vectors, own files, and broken ones."""

import h5py
import numpy as np
import pytest

from utils.pretrained import glove
from utils.tasks import word_vectors

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def shipped():
    return glove.load()


def test_the_shipped_vectors(shipped):
    assert len(shipped.words) == len(shipped.index) == 40_000
    assert shipped.vectors.shape == (40_000, 50)
    assert shipped.vectors.dtype == np.float32
    assert shipped.words[:3] == ("the", ",", ".")
    assert all(shipped.words[row] == word for word, row in shipped.index.items())


def cosine(vectors, one, two):
    rows = vectors.vectors[[vectors.index[one], vectors.index[two]]]
    return word_vectors.cosine(*rows)


def test_known_cosines(shipped):
    # "father" and "mother" in the authors' own file of 50 numbers: 0.8909
    assert cosine(shipped, "father", "mother") == pytest.approx(0.8909, abs=2e-4)
    assert cosine(shipped, "ball", "crocodile") < 0.4


def test_known_analogies(shipped):
    questions = [
        ("man", "king", "woman", "queen"),
        ("paris", "france", "rome", "italy"),
    ]
    a, b, c, d = np.array([[shipped.index[w] for w in q] for q in questions]).T
    found = word_vectors.analogies(shipped.vectors, a, b, c)
    assert [shipped.words[row] for row in found] == [shipped.words[row] for row in d]


def write(path, words=b"cat\ndog", vectors=((1.0, 2.0), (3.0, 4.0)), **others):
    with h5py.File(path, "w") as file:
        file["words"] = np.frombuffer(words, np.uint8)
        file["vectors"] = np.array(vectors)
        for name, values in others.items():
            file[name] = values
    return path


def test_an_own_file(tmp_path):
    own = glove.load(write(tmp_path / "own.h5", "chat\nchâteau".encode()))
    assert own.words == ("chat", "château") and own.index["château"] == 1
    np.testing.assert_array_equal(own.vectors, np.float32([[1, 2], [3, 4]]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"words": b"cat"}, r"1 words and vectors \(2, 2\)"),
        ({"vectors": (1.0, 2.0)}, r"2 words and vectors \(2,\)"),
        ({"words": b"cat\ncat"}, "1 words stand there twice"),
        ({"vectors": ((1.0, np.nan), (3.0, 4.0))}, "1 numbers are not finite"),
        ({"words": b"cat\n\xff"}, "expected HDF5 .*utf-8"),
    ],
)
def test_other_content_is_refused_by_name(tmp_path, content, message):
    path = write(tmp_path / "other.h5", **content)
    with pytest.raises(ValueError, match=rf"other\.h5: .*{message}"):
        glove.load(path)


def test_other_files_are_refused_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.h5: no such file"):
        glove.load(tmp_path / "none.h5")
    text = tmp_path / "text.h5"
    text.write_text("the 0.1 0.2")
    with pytest.raises(ValueError, match=r"text\.h5: expected HDF5"):
        glove.load(text)
    cut = tmp_path / "cut.h5"
    cut.write_bytes(glove.PATH.read_bytes()[:100_000])
    with pytest.raises(ValueError, match=r"cut\.h5: expected HDF5"):
        glove.load(cut)
    with h5py.File(tmp_path / "signs.h5", "w") as file:
        file["images"] = np.zeros(3)
    with pytest.raises(ValueError, match=r"signs\.h5: .*it has \['images'\]"):
        glove.load(tmp_path / "signs.h5")

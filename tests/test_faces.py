"""utils.data.faces: the ORL photos, and folders that are not what they should be."""

import re
import shutil

import numpy as np
import pytest
from PIL import Image

from utils.data import assets, faces

HEADER = b"P5\n92 112\n255\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A learner's own folder, each photo of a grey of its own, written by Pillow."""
    folder = tmp_path_factory.mktemp("own")
    for person in range(1, 41):
        (folder / f"s{person}").mkdir()
        for shot in range(1, 11):
            photo = Image.new("L", (92, 112), 6 * person + shot)
            photo.save(folder / f"s{person}" / f"{shot}.pgm")
    return folder


@pytest.fixture
def own(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "orl")


def test_the_400_photos():
    data = faces.orl()
    assert data.images.shape == (400, 112, 92) and data.images.dtype == np.uint8
    assert data.people.dtype == data.shots.dtype == np.int64
    assert data.people.tolist() == [p for p in range(1, 41) for _ in range(10)]
    assert data.shots.tolist() == 40 * list(range(1, 11))
    assert len(np.unique(data.images.reshape(400, -1), axis=0)) == 400


@pytest.mark.parametrize(("person", "shot"), [(1, 1), (2, 10), (10, 3), (40, 10)])
def test_each_photo_is_that_of_its_file(person, shot):
    content = (assets.path("orl_faces") / f"s{person}" / f"{shot}.pgm").read_bytes()
    if person == 2:  # one that a program took for text
        content = content.replace(b"\r\n", b"\n")
    assert content.startswith(HEADER)
    pixels = np.frombuffer(content[len(HEADER) :], np.uint8).reshape(112, 92)
    data = faces.orl()
    (place,) = np.flatnonzero((data.people == person) & (data.shots == shot))
    np.testing.assert_array_equal(data.images[place], pixels)


def test_own_folder_and_stray_files(own):
    shutil.copy(own / "s9" / "1.pgm", own / "s10" / "target.jpg")
    (own / "s41").mkdir()
    (own / "README").write_text("stray")
    data = faces.orl(str(own))
    np.testing.assert_array_equal(data.images[:, 0, 0], 6 * data.people + data.shots)
    assert (data.images == data.images[:, :1, :1]).all()


@pytest.mark.parametrize("pair", [None, (3, 5), (60, 91), (111, 89)])
def test_changed_line_ends_are_undone(own, pair):
    """As many programs do it: 10 becomes 13, 10 unless a 13 is there already."""
    rows, columns = np.mgrid[0:112, 0:92]
    photo = (60 + 40 * np.sin(rows / 20) * np.cos(columns / 8)).astype(np.uint8)
    photo[7::15, 20] = 10
    if pair:
        start = 92 * pair[0] + pair[1]
        photo.ravel()[start : start + 2] = 13, 10
    changed = re.sub(rb"(?<!\r)\n", b"\r\n", HEADER + photo.tobytes())
    (own / "s7" / "3.pgm").write_bytes(changed)
    np.testing.assert_array_equal(faces.orl(own).images[62], photo)


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def cut_text(path):
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")[:5000])


def one_byte_more(path):
    path.write_bytes(path.read_bytes() + b"\0")


def one_byte_less_as_text(path):
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")[:-1])


def turned(path):
    Image.new("L", (112, 92)).save(path)


def colour(path):
    Image.new("RGB", (92, 112)).save(path)


def another_format(path):
    Image.new("L", (92, 112)).save(path, format="PNG")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "No such file.*40 x 10 photos"),
        (lambda path: path.write_bytes(b""), r" 0 bytes .*expected b'P5\\n92 112"),
        (cut, r"5000 bytes .*b'P5\\n92 112\\n255.*then 92 x 112 bytes"),
        (cut_text, r"5000 bytes .*b'P5\\r\\n92 112"),
        (one_byte_more, "10319 bytes"),
        (one_byte_less_as_text, "10320 bytes"),
        (turned, r"begin with b'P5\\n112 92"),
        (colour, r"begin with b'P6\\n92 112"),
        (another_format, r"begin with b'\\x89PNG"),
    ],
)
def test_a_wrong_photo_is_refused_by_name(own, damage, message):
    damage(own / "s7" / "3.pgm")
    with pytest.raises(ValueError, match=message) as error:
        faces.orl(own)
    assert str(own / "s7" / "3.pgm") in str(error.value)


def test_no_such_folder(tmp_path):
    with pytest.raises(ValueError, match=r"nowhere.*40 x 10 photos s1/1.pgm to"):
        faces.orl(tmp_path / "nowhere")

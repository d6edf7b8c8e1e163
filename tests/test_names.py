"""utils.data.names: the dinosaurs, own lists, and files that are no list of names."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import names

pytestmark = pytest.mark.filterwarnings("error")


def write(path, lines, **options):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", **options)
    return path


def test_the_dinosaurs():
    found = names.dinosaurs()
    assert [len(part) for part in found] == [739, 92, 92]
    everyone = [name for part in found for name in part]
    lines = names.DINOSAURS.read_text(encoding="utf-8").splitlines()
    assert sorted(everyone) == sorted(lines)  # nobody lost, nobody twice
    assert set("".join(everyone)) == set(string.ascii_lowercase)
    assert "tyrannosaurus" in everyone and max(map(len, everyone)) == 23


def test_the_parts_are_drawn_from_the_generator():
    assert names.dinosaurs() == names.dinosaurs()
    one, again, other = (
        names.dinosaurs(np.random.default_rng(seed)) for seed in (5, 5, 6)
    )
    assert one == again != other
    assert set(one.test) != set(other.test)


def test_every_name_can_get_into_every_part():
    drawn = [names.dinosaurs(np.random.default_rng(seed)) for seed in range(60)]
    for place in range(3):
        share = np.mean(["zuul" in parts[place] for parts in drawn])
        expected = (0.8, 0.1, 0.1)[place]
        assert abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / 60)


@settings(deadline=None, max_examples=40)
@given(
    lines=st.lists(
        st.text("abcÄñΩ -'", min_size=1, max_size=12).filter(str.strip),
        min_size=10,
        max_size=60,
        unique_by=lambda line: line.strip().lower(),
    ),
    seed=st.integers(0, 99),
)
def test_an_own_list_is_split_without_loss(tmp_path_factory, lines, seed):
    path = write(tmp_path_factory.mktemp("own") / "own.txt", lines)
    parts = names.load(path, np.random.default_rng(seed))
    everyone = [name for part in parts for name in part]
    assert sorted(everyone) == sorted(line.strip().lower() for line in lines)
    assert len(parts.dev) == len(parts.test) == round(len(lines) / 10) > 0
    assert all(list(part) == sorted(part) for part in parts)
    turned = names.load(write(path, lines[::-1]), np.random.default_rng(seed))
    assert turned == parts


def test_spaces_capitals_and_repeats_do_not_count(tmp_path):
    people = ["ana", "bo", "cem", "dee", "eli", "fay", "gus", "hal", "ida", "jo"]
    plain = names.load(write(tmp_path / "plain.txt", people))
    untidy = [" Ana ", "", *people[1:], "BO", "  ", "jo\t"]
    assert names.load(write(tmp_path / "untidy.txt", untidy)) == plain
    windows = tmp_path / "windows.txt"
    windows.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(people).encode())
    assert names.load(str(windows)) == plain


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "0 different names, expected at least 10"),
        (b"ana\nbo\nAna\n" * 9, "2 different names, expected at least 10"),
        (b"ana\nM\xfcller\n", "expected text in UTF-8.*0xfc"),
        (b"ana\n" + b"x" * 61, "line 2 has 61 characters, expected one name of at"),
        (b"ana\nbo\ncem\x00\n", r"line 3 is 'cem\\x00', expected printed characters"),
    ],
)
def test_other_content_is_refused_by_name(tmp_path, content, message):
    path = tmp_path / "other.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=rf"other\.txt: .*{message}"):
        names.load(path)


def test_a_missing_file_is_named(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(FileNotFoundError, match="no such file"):
            names.load(path)


def test_the_longest_name_allowed(tmp_path):
    lines = ["x" * names.MAX_LENGTH, *string.ascii_lowercase[:9]]
    found = names.load(write(tmp_path / "long.txt", lines))
    assert "x" * names.MAX_LENGTH in [name for part in found for name in part]

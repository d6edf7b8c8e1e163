"""Links of a built site that lead nowhere are found, and no others."""

import pytest

from utils.authoring import site_links


def broken(root, body):
    (root / "deep").mkdir()
    (root / "picture.png").write_bytes(b"")
    (root / "deep" / "other.html").write_text('<p id="here">', encoding="utf-8")
    (root / "index.html").write_text(body, encoding="utf-8")
    return site_links.broken(root)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="deep/other.html">',
        '<a href="deep/other.html#here">',
        '<a href="#top"><p id="top">',
        '<a href="#"><a href="">',
        '<img src="picture.png">',
        '<img src="picture.png?v=1">',
        '<img src="data:image/png;base64,AA==">',
        '<a href="https://example.org/a?b=c#d">',
        '<a href="mailto:a@example.org">',
    ],
)
def test_good_links(tmp_path, body):
    assert broken(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="absent.html">', "no such file"),
        ('<a href="deep/other.html#there">', "no such place in the page"),
        ('<a href="#nowhere">', "no such place in the page"),
        ('<img src="absent.png">', "no such file"),
        ('<script src="https://example.org/a.js">', "is loaded from another host"),
        ('<link href="//example.org/a.css">', "is loaded from another host"),
        ('<img src="http://example.org/a.png">', "is loaded from another host"),
        ('<a href="https://example">', "is no address of the web"),
        ('<a href="file:///etc/hosts">', "is no address of the web"),
        ('<a href="javascript:alert(1)">', "is no address of the web"),
    ],
)
def test_bad_links(tmp_path, body, reason):
    found = broken(tmp_path, body)
    assert len(found) == 1
    assert found[0].startswith("index.html: ")
    assert found[0].endswith(f": {reason}")


def test_a_link_to_a_folder_means_its_index(tmp_path):
    assert broken(tmp_path, '<a href="./">') == []

"""What would mislead a screen reader is mended, and nothing else."""

import pytest

from utils.authoring import site_access


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            '<p class="caption" role="heading">Course</p>',
            '<p class="caption">Course</p>',
        ),
        (
            '<summary aria-label="Toggle hidden content">Show</summary>',
            "<summary>Show</summary>",
        ),
        ('<th class="head"><p></p></th>', "<td></td>"),
        ('<th class="head text-right"></th>', "<td></td>"),
        ('<th class="head"><p>a</p></th>', '<th class="head"><p>a</p></th>'),
        (
            '<dl>\n<dd><em class="sig-param">x</em></dd>\n</dl>',
            '<span>\n<span class="sig-line"><em class="sig-param">x</em></span>\n'
            "</span>",
        ),
        ("<dl>\n<dt>a</dt>\n</dl>", "<dl>\n<dt>a</dt>\n</dl>"),
        ('<div role="heading">', '<div role="heading">'),
    ],
)
def test_mended(written, mended):
    assert site_access.mended(written) == mended

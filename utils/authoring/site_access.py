"""A Sphinx extension: pages that a screen reader reads as they are meant.

It mends in the written HTML what Sphinx, its theme and MyST-NB leave open.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

AFTER_THE_THEME = 900
EMPTY_HEAD = re.compile(r'<th class="head[^"]*">(?:<p></p>)?</th>')

ARGUMENTS = re.compile(r'<dl>\n(?:<dd><em class="sig-param">.*</dd>\n)+</dl>')
SPANS = {"dl>": "span>", "<dd>": '<span class="sig-line">', "</dd>": "</span>"}


def mended(html: str) -> str:
    """The HTML of a page or of the contents without what misleads a screen reader."""
    # A heading without a level is none; these name lists of pages.
    html = html.replace('<p class="caption" role="heading">', '<p class="caption">')
    # The name would hide the text "Show the solution".
    html = html.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # The lines of a signature are no list of definitions.
    html = ARGUMENTS.sub(_lines, html)
    return EMPTY_HEAD.sub("<td></td>", html)


def _lines(arguments: re.Match) -> str:
    text = arguments[0]
    for old, new in SPANS.items():
        text = text.replace(old, new)
    return text


def mend(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict,
    _tree: nodes.document | None,
) -> None:
    """Mend the parts of a page before they are put together."""
    for part in ("body", "furo_navigation_tree"):
        if isinstance(context.get(part), str):
            context[part] = mended(context[part])


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's entry point."""
    app.connect("html-page-context", mend, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

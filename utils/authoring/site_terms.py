"""A Sphinx extension: the first mention of a glossary term on a lesson page is a link.

A term is found as a whole word, in upper or lower case, as the glossary writes it or
one of its variants. Headings, links, code, mathematics, tables, boxes, outputs, the
list that opens a lesson and its references are left as they are.
"""

import re
from pathlib import PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

LEFT_ALONE = (
    nodes.title,
    nodes.rubric,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.Admonition,
    nodes.table,
    addnodes.download_reference,
    addnodes.toctree,
)
Terms = dict[str, tuple[str, str]]  # lower-case term: document and id of its entry


def matcher(terms: list[str]) -> re.Pattern:
    """A pattern that finds any of `terms` as whole words, the longest first."""
    words = sorted(terms, key=len, reverse=True)
    # A term of several words may stand on two lines.
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def split(
    text: str, pattern: re.Pattern, terms: Terms, seen: set[tuple[str, str]]
) -> list[tuple[str, tuple[str, str] | None]]:
    """Cut `text` at the first mentions of entries that are not in `seen`, adding them.

    pattern  finds the words of `terms`
    returns  pairs of a piece of the text and the entry it mentions, or None
    """
    pieces, at = [], 0
    for match in pattern.finditer(text):
        entry = terms[" ".join(match[0].lower().split())]
        if entry not in seen:
            seen.add(entry)
            pieces += [(text[at : match.start()], None), (match[0], entry)]
            at = match.end()
    return [(piece, entry) for piece, entry in [*pieces, (text[at:], None)] if piece]


def is_left_alone(text: nodes.Text, opening: nodes.Node | None) -> bool:
    """Whether a text stands where no link may be set."""
    node = text.parent
    while node is not None:
        if isinstance(node, LEFT_ALONE) or "cell_output" in node.get("classes", ()):
            return True
        if isinstance(node, nodes.bullet_list) and node.parent is opening:
            return True
        if "references" in node.get("names", ()):  # titles of papers stay as they are
            return True
        node = node.parent
    return False


def glossaries(env: BuildEnvironment) -> set[str]:
    """The pages that explain terms."""
    objects = env.domains.standard_domain.objects
    return {page for (kind, _), (page, _) in objects.items() if kind == "term"}


def entries(env: BuildEnvironment) -> Terms:
    """Where each term of the glossary is explained; its variants lead to the same."""
    found = {}
    for page in glossaries(env):
        for item in env.get_doctree(page).findall(nodes.definition_list_item):
            terms = list(item.findall(nodes.term))
            labels = [label for term in terms for label in term["ids"]]
            if labels and item.parent.parent.tagname == "glossary":
                for term in terms:
                    found[" ".join(term.astext().lower().split())] = page, labels[0]
    return found


class LinkTerms(SphinxPostTransform):
    """Set the links once the glossary is known; pages are read in any order."""

    default_priority = 200  # after references have become links
    formats = ("html",)

    def run(self, **_kwargs) -> None:
        """Link the first mention of each entry on the page of a lesson."""
        page = self.env.docname
        if not re.match(r"\d\d_", PurePosixPath(page).name):
            return
        terms = entries(self.env)
        if not terms:
            return
        pattern = matcher(list(terms))
        opening = next(self.document.findall(nodes.section), None)
        seen: set[tuple[str, str]] = set()
        for text in list(self.document.findall(nodes.Text)):
            if is_left_alone(text, opening):
                continue
            pieces = split(text.astext(), pattern, terms, seen)
            if any(entry for _, entry in pieces):
                new = [self.link(*piece) for piece in pieces]
                text.parent.replace(text, new)

    def link(self, piece: str, entry: tuple[str, str] | None) -> nodes.Node:
        """A piece of text, as a link to its entry if it has one."""
        if entry is None:
            return nodes.Text(piece)
        document, label = entry
        uri = self.app.builder.get_relative_uri(self.env.docname, document)
        link = nodes.reference(
            "", piece, refuri=f"{uri}#{label}", internal=True, classes=["term-link"]
        )
        return link


def outdated(
    _app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> set[str]:
    """Build the glossary anew with any other page: the search would lose its terms.

    Of the pages that stay, Sphinx puts no index entries into the new search index.
    """
    return glossaries(env) - removed if added | changed | removed else set()


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's entry point."""
    app.add_config_value("glossary_digest", "", "html")
    app.add_post_transform(LinkTerms)
    app.connect("env-get-outdated", outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The site as readers open it, from the disk and without a network, and axe-core."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from utils.authoring import site
from utils.authoring.notebooks import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOME = "file://"
NARROW, WIDE = {"width": 400, "height": 900}, {"width": 1400, "height": 900}
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
MATHEMATICS = "() => window.MathJax?.startup?.promise?.then(() => null)"
# What the page says in words, without code and without what MathJax has made.
FACTS = r"""() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const raw = [];
  while (words.nextNode()) {
    const {data, parentElement: inside} = words.currentNode;
    if (inside.closest("script, style, pre, code, mjx-container")) continue;
    if (/\\[(\[]|\\begin\{|\$[^$]+\$/.test(data)) raw.push(data.trim());
  }
  const cells = [...document.querySelectorAll(".cell")];
  const count = selector => document.querySelectorAll(selector).length;
  return {
    raw,
    formulas: count(".math"),
    rendered: count(".math mjx-container"),
    misread: count("[data-mml-node=merror], mjx-container [fill=red]"),
    pictures: [...document.images].map(image => ({
      text: image.alt.trim(),
      width: image.naturalWidth,
      cell: cells.indexOf(image.closest(".cell")),
    })),
    unfolded: count("article details[open]"),
    overflow: document.scrollingElement.scrollWidth - innerWidth,
  };
}"""
# Axe looks at every element, and a lesson has ten thousand of two kinds that are all
# alike: words of code, whose colour is decided by their class, so that one of each is
# enough; and the strokes of formulas, which are hidden from screen readers.
PRUNE = """() => {
  const seen = new Set();
  for (const code of document.querySelectorAll("pre")) {
    const pruned = code.cloneNode(true);
    for (const word of pruned.querySelectorAll("span")) {
      const kind = `${word.parentElement.className}|${word.className}`;
      if (seen.has(kind)) word.replaceWith(...word.childNodes);
      seen.add(kind);
    }
    pruned.normalize();
    code.replaceWith(pruned);
  }
  for (const drawn of document.querySelectorAll("mjx-container svg"))
    drawn.replaceChildren();
}"""
# No rule is left out. `preload` would fetch the style sheets anew, which is refused
# for file://.
AXE_RUN = """part => axe.run(part, {
  runOnly: ["wcag2a", "wcag2aa"],
  resultTypes: ["violations"],
  preload: false,
  selectors: false,
}).then(({violations}) => violations.map(({id, help, nodes}) =>
  `${id}: ${help}, ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`))"""


class Visit(NamedTuple):
    """What was seen on one page."""

    facts: dict[str, Any]
    problems: list[str]  # errors in the console, requests that failed
    violations: list[str]  # of the rules of accessibility


def build(folder: Path) -> Path:
    """Build the site; the path of a copy that no other test can change meanwhile."""
    base = ROOT / site.FOLDER
    status = site.build()
    if status:
        raise RuntimeError(f"the site cannot be built, Sphinx ended with {status}")
    with site.alone(base):
        return shutil.copytree(base / "site", folder / "site")


def pages(built: Path) -> dict[str, Path]:
    """Every page of the site by its name, such as `course1_nn/02_x.html`."""
    found = sorted(built.rglob("*.html"))
    return {path.relative_to(built).as_posix(): path for path in found}


def axe_missing() -> str:
    """What has to be installed for the rules of accessibility; "" if nothing."""
    return "" if AXE.is_file() else "no axe-core: `npm ci --prefix tests/browser`"


def open_page(page: Page, path: Path, *, query: str = "") -> None:
    """Open a page from the disk and wait for its formulas."""
    page.goto(path.as_uri() + query)
    page.evaluate(MATHEMATICS)


def violations(page: Page, part: str = "html") -> list[str]:
    """What breaks WCAG 2 A or AA in a part of the open page, which is pruned for it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(PRUNE)
    return page.evaluate(AXE_RUN, part)


def overflow(page: Page) -> int:
    """By how many pixels the open page is wider than its window."""
    return page.evaluate("document.scrollingElement.scrollWidth - innerWidth")

"""Check the links of a built site: each leads to a file, and to an id in it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

OUTSIDE = re.compile(r"https?://(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
# What a browser fetches by itself, as opposed to where a reader may go.
LOADED = {"script", "link", "img", "audio", "source", "video", "iframe", "object"}


class Found(NamedTuple):
    """What a page has: its ids, and its links as tag and address."""

    ids: set[str]
    links: list[tuple[str, str]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Found(set(), [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name"):
                self.found.ids.add(value)
            elif name in ("href", "src", "data") and value is not None:
                self.found.links.append((tag, value))


def read(page: Path) -> Found:
    """The ids and links of an HTML file."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.found


def broken(site: Path) -> list[str]:
    """One line for every link below `site` that leads nowhere or loads from a host."""
    pages = {path.resolve(): read(path) for path in sorted(site.rglob("*.html"))}
    lines = []
    for path, found in pages.items():
        name = path.relative_to(site.resolve()).as_posix()
        for tag, address in dict.fromkeys(found.links):
            reason = _reason(tag, address, path, pages)
            if reason:
                lines.append(f"{name}: {address[:90]}: {reason}")
    return lines


def _reason(tag: str, address: str, page: Path, pages: dict[Path, Found]) -> str:
    """Why a link is broken, or nothing."""
    parts = urlsplit(address)
    if parts.scheme == "data" or address.startswith("mailto:"):
        return ""
    if parts.scheme or parts.netloc:
        if tag in LOADED:
            return "is loaded from another host"
        return "" if OUTSIDE.fullmatch(address) else "is no address of the web"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "no such file"
    if parts.fragment and target in pages:
        if unquote(parts.fragment) not in pages[target].ids:
            return "no such place in the page"
    return ""

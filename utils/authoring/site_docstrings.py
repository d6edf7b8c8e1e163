"""The docstrings of the house, read into parts and written as MyST's Markdown.

After the first sentence come paragraphs and blocks of lines such as

    X, Y    : (n_x, m) float   text
    returns  text
    raises   text

where a line that is indented goes on with the one above, and indented blocks of code.
"""

import inspect
import re
from typing import NamedTuple

NAMES = r"[A-Za-z_*]\w*(?:, (?:[A-Za-z_*]\w*|\.\.\.))*"
FIELD = re.compile(
    rf"(?P<names>{NAMES})\s*:\s+(?P<text>\S.*)"
    rf"|(?P<words>returns|raises|{NAMES})\s{{2,}}(?P<said>[^\s:].*)"
)
TWO_ON_A_LINE = re.compile(rf"\s{{2,}}(?={NAMES} : )")
SPAN = re.compile(r"(``?[^`]+``?)")
SPECIAL = re.compile(r"([\\*_<>\[\]{}$|#~&])")


class Field(NamedTuple):
    """One argument or result: `kind` is its shape, type and range, as far as told."""

    names: str
    kind: str
    meaning: str


class Block(NamedTuple):
    """A paragraph (`text`), an example (`code`) or a list of `fields`."""

    text: str = ""
    code: str = ""
    fields: tuple[Field, ...] = ()


def parse(docstring: str) -> list[Block]:
    """The blocks of a docstring, in order; the first holds its first sentence."""
    blocks = []
    for part in re.split(r"\n[ \t]*\n", inspect.cleandoc(docstring)):
        lines = part.split("\n")
        if not part.strip():
            continue
        if blocks and all(line.startswith("    ") for line in lines):
            code = inspect.cleandoc("\n" + part)
            if blocks[-1].code:
                code = blocks.pop().code + "\n\n" + code
            blocks.append(Block(code=code))
            continue
        blocks += _text_and_fields(lines, first=not blocks)
    return blocks


def _text_and_fields(lines: list[str], first: bool) -> list[Block]:
    """A block without empty lines: text, fields, or text and then fields."""
    text, entries = [], []
    for number, line in enumerate(lines):
        match = None if first and number == 0 else FIELD.fullmatch(line)
        if match:
            entries += TWO_ON_A_LINE.split(line)
        elif entries and line.startswith(" "):
            entries[-1] += "\n" + line.strip()
        elif entries:  # text behind fields, as in a sentence that follows them
            rest = _text_and_fields(lines[number:], first=False)
            return [*_blocks(text, entries), *rest]
        else:
            text.append(line.strip())
    return _blocks(text, entries)


def _blocks(text: list[str], entries: list[str]) -> list[Block]:
    found = [Block(text=" ".join(text))] if text else []
    if entries:
        found.append(Block(fields=tuple(field(entry) for entry in entries)))
    return found


def field(entry: str) -> Field:
    """The parts of one entry, which may go on over several lines."""
    head, _, more = entry.partition("\n")
    match = FIELD.fullmatch(head)
    names, said = match["names"] or match["words"], match["text"] or match["said"]
    kind, _, meaning = said.partition("  ")
    if match["words"]:
        kind, meaning = "", said
    meaning = " ".join(f"{meaning} {more}".split())
    return Field(names.strip(), kind.strip(), meaning)


def summary(docstring: str) -> str:
    """The first sentence of a docstring, or its first paragraph if that is one."""
    blocks = parse(docstring)
    return re.split(r"(?<=[.!?])\s", blocks[0].text)[0] if blocks else ""


def escaped(text: str) -> str:
    """Plain text as Markdown that reads the same; what stands in backticks is code."""
    pieces = SPAN.split(text)
    return "".join(
        piece if index % 2 else SPECIAL.sub(r"\\\1", piece)
        for index, piece in enumerate(pieces)
    )


def markdown(blocks: list[Block]) -> str:
    """The blocks in MyST's Markdown."""
    parts = []
    for block in blocks:
        if block.text:
            parts.append(escaped(block.text))
        elif block.code:
            parts.append(f"```python\n{block.code}\n```")
        else:
            rows = "\n\n".join(map(_row, block.fields))
            parts.append(f":::{{container}} fields\n{rows}\n:::")
    return "\n\n".join(parts)


def _row(one: Field) -> str:
    names = ", ".join(
        f"*{name}*" if name in ("returns", "raises") else f"`{name}`"
        for name in one.names.split(", ")
    )
    kind = f"*{escaped(one.kind)}* " if one.kind else ""
    return f"{names}\n: {kind}{escaped(one.meaning)}"

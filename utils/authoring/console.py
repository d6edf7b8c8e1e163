"""Lines of text for a terminal, in the signs and colours that it can show."""

import os
import shutil
from typing import TextIO

NARROW, WIDE = 79, 109  # the last column stays free: some consoles wrap behind it
CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "dim": "2"}
# What stands for a sign that a console cannot show.
PLAIN = {"█": "#", "░": "-", "·": "-", "…": "~", "–": "-", "’": "'", "×": "x"}


class Writer:
    """Writes lines to a stream, in what its encoding and its terminal can show."""

    def __init__(self, stream: TextIO):
        self.stream = stream
        self.encoding = getattr(stream, "encoding", None) or "utf-8"
        self.width = NARROW
        if stream.isatty():
            columns = shutil.get_terminal_size((NARROW + 1, 24)).columns
            self.width = min(max(columns - 1, NARROW), WIDE)
        self.colour = shows_colour(stream, dict(os.environ), os.name)

    def line(self, *parts: tuple[str, str] | str) -> None:
        """Write a line of parts, each a text or a text and its colour."""
        texts = []
        for part in parts:
            text, colour = (part, "") if isinstance(part, str) else part
            text = self._possible(text)
            if self.colour and colour:
                text = f"\x1b[{CODES[colour]}m{text}\x1b[0m"
            texts.append(text)
        try:
            print("".join(texts).rstrip(), file=self.stream, flush=True)
        except BrokenPipeError:  # `| head` has seen enough; the work goes on
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())

    def _possible(self, text: str) -> str:
        if not _encodes("█░", self.encoding):  # a bar is of one kind
            text = text.replace("█", "#").replace("░", "-")
        signs = (s if _encodes(s, self.encoding) else PLAIN.get(s, "?") for s in text)
        return "".join(signs)


def shows_colour(stream: TextIO, environment: dict[str, str], system: str) -> bool:
    """Whether a stream is a terminal that shows colour and nobody asked for none.

    system : as os.name
    """
    if not stream.isatty() or environment.get("NO_COLOR"):
        return False
    if system == "nt":  # an old console would print the codes
        return bool({"WT_SESSION", "TERM_PROGRAM", "ANSICON"} & set(environment))
    return environment.get("TERM", "") not in ("", "dumb")


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True

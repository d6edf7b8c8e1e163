"""Texts as sentences of words: the prose of this course's lessons, or your own."""

import gzip
import re
import zlib
from pathlib import Path

LESSONS = Path(__file__).parent / "files" / "lessons.txt.gz"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:;]|\n\s*\n")


def load(path: Path | str | None = None) -> list[list[str]]:
    """Read a text: a list of sentences, each a list of words in small letters.

    path    : text file, UTF-8, perhaps compressed (.gz); None for the shipped prose of
              this course's lessons, without formulas and code
    returns  lists of words; a sentence ends at . ! ? : ; or an empty line
    raises   FileNotFoundError; ValueError naming the file if it is no text or holds no
             word
    """
    path = LESSONS if path is None else Path(path)
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{path} is no text in UTF-8 ({error})") from error
    if "\0" in text:  # decodes, but no text has it: a picture, a sound, a program
        raise ValueError(f"{path} is no text in UTF-8 (it holds bytes of zero)")
    found = split(text)
    if not found:
        raise ValueError(f"{path} holds no word")
    return found


def split(text: str) -> list[list[str]]:
    """Split a text into sentences of words in small letters, without empty ones."""
    pieces = SENTENCE_END.split(text.lower())
    words = (WORD.findall(piece) for piece in pieces)
    return [sentence for sentence in words if sentence]

"""Make utils/data/files/lessons.txt.gz: the prose of the lessons, one sentence a line.

    python -m utils.authoring.lesson_text lessons.txt.gz

It is a snapshot to learn word vectors from: the shipped file is not made again when a
lesson changes, because the numbers of course5_sequence/06_word2vec rest on it.
"""

import argparse
import gzip
import re
from pathlib import Path

import nbformat

from utils.authoring import notebooks
from utils.data import prose

COURSES = ("course1_nn", "course2_improving", "course4_cnn", "notebooks")
# What is no prose: formulas, code, addresses, and the marks of headings and lists.
NO_PROSE = re.compile(r"\$\$.*?\$\$|\$.*?\$|```.*?```|`.*?`|\]\(.*?\)", re.DOTALL)
LINE_MARKS = re.compile(r"^\s*(#+|[-*]|\d+\.|\|)|\|", re.MULTILINE)
LEFT_OUT = ("## References", "# Start here")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    lines = [" ".join(words) for words in sentences()]
    text = "\n\n".join(lines) + "\n"
    file.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{len(lines):,d} sentences, {len(text.split()):,d} words, ", end="")
    print(f"{file.stat().st_size:,d} bytes")


def sentences() -> list[list[str]]:
    """All sentences of the lessons' text cells, in the order of the lessons."""
    found = []
    for path in notebooks.lessons():
        if path.parent.name not in COURSES:
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown" and not cell.source.startswith(LEFT_OUT):
                plain = LINE_MARKS.sub("\n\n", NO_PROSE.sub(" ", cell.source))
                found += prose.split(plain)
    return found


if __name__ == "__main__":
    main()

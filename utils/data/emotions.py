"""Short sentences and the feeling that each one tells of, written for this project.

Three kinds. `plain` sentences name a feeling or describe a situation: which words occur
decides. `contrasts` are made from frames and name two feelings, one of which is denied,
past or only seems so: the same words in another order have another label, so that no
method which forgets the order gets more than half of them right. `turned` sentences
were written by hand, and a word in each misleads a reader who overlooks the others.

Every word is one of the 40,000 of `utils.pretrained.glove`; the words of a sentence
stand between single blanks, in lower case, without punctuation.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

FILES = Path(__file__).parent / "files"
CLASSES = ("joy", "calm", "sadness", "anger", "fear")
SYMBOLS = ("😊", "😌", "😢", "😠", "😨")
SHARES = {"train": 0.6, "dev": 0.16, "test": 0.24}  # of the plain sentences

# The words that fill a frame, for the label in the same place of CLASSES.
FEELINGS = {
    "train": (
        "happy cheerful glad delighted joyful pleased",
        "calm relaxed peaceful quiet composed serene",
        "sad unhappy miserable depressed lonely gloomy",
        "angry furious annoyed outraged mad bitter",
        "afraid scared frightened terrified nervous anxious",
    ),
    "dev": (
        "thrilled merry",
        "rested comfortable",
        "disappointed tearful",
        "irritated upset",
        "worried uneasy",
    ),
    "test": (
        "excited ecstatic overjoyed",
        "tranquil patient easygoing",
        "heartbroken desperate weary",
        "enraged indignant resentful",
        "fearful panicked alarmed",
    ),
}
# In half of the frames of each kind the feeling that counts comes last.
FRAMES = {
    "known": (
        "i am not {other} but {felt}",
        "i was {other} but now i am {felt}",
        "he seems {other} but in truth he is {felt}",
        "first we were {other} and later {felt}",
        "i am {felt} and not {other}",
        "she is {felt} although she was {other} before",
        "i feel {felt} and no longer {other}",
        "they are {felt} now and they were {other} then",
    ),
    "new": (
        "they call me {other} yet i feel {felt}",
        "you were {other} yesterday and today you are {felt}",
        "never {other} and always {felt}",
        "today i am {felt} and yesterday i was {other}",
        "we are {felt} instead of {other}",
        "he is {felt} rather than {other}",
    ),
}


class Sentences(NamedTuple):
    """m sentences with their labels."""

    sentences: tuple[str, ...]
    labels: np.ndarray  # (m,) int64, places in CLASSES


class Parts(NamedTuple):
    """The plain sentences, each in one part."""

    train: Sentences
    dev: Sentences
    test: Sentences


def read(path: Path | str) -> Sentences:
    """Read a text file with lines like "joy: we danced until midnight".

    path    : UTF-8 text, a class of CLASSES, a colon and a sentence in each line
    returns  Sentences in the file's order
    raises   FileNotFoundError; ValueError naming file, line and what was expected
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    sentences, labels = [], []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        name, colon, sentence = line.partition(":")
        if name not in CLASSES or not colon or not sentence.split():
            raise ValueError(
                f"{path}, line {number}: expected one of {', '.join(CLASSES)}, a colon "
                f"and a sentence, got {line!r}"
            )
        sentences.append(" ".join(sentence.lower().split()))
        labels.append(CLASSES.index(name))
    return Sentences(tuple(sentences), np.array(labels, dtype=np.int64))


def plain(
    rng: np.random.Generator | None = None, path: Path | str | None = None
) -> Parts:
    """Split the plain sentences: 60 % to train, 16 % to dev, the others to test.

    rng     : random generator that deals them out; None takes one with seed 0
    path    : own file for `read`; None takes ours, 250 sentences, 50 of each class
    returns  Parts; each has the same share of every class, in random order
    raises   as `read`
    """
    rng = np.random.default_rng(0) if rng is None else rng
    every = read(FILES / "emotions.txt" if path is None else path)
    rows = {part: [] for part in SHARES}
    for label in range(len(CLASSES)):
        shuffled = rng.permutation(np.flatnonzero(every.labels == label))
        ends = np.cumsum([round(share * len(shuffled)) for share in SHARES.values()])
        for part, dealt in zip(rows, np.split(shuffled, ends[:-1]), strict=True):
            rows[part].extend(dealt)
    return Parts(*(_take(every, rng.permutation(rows[part])) for part in SHARES))


def turned() -> Sentences:
    """Read the 40 sentences with a word that misleads, 8 of each class; for tests only.

    returns  Sentences, class by class
    """
    return read(FILES / "emotions_turned.txt")


def contrasts(
    m: int,
    rng: np.random.Generator,
    words: str = "train",
    frames: str = "known",
) -> Sentences:
    """Fill frames with two feelings; each sentence's twin has them the other way round.

    m       : even int >= 2
    rng     : random generator
    words   : "train", "dev" or "test": three lists that share no word
    frames  : "known" or "new": two lists that share no frame
    returns  Sentences, all different, in random order; sentence and twin hold the same
             words and have different labels
    raises   ValueError with the argument that does not fit
    """
    if words not in FEELINGS or frames not in FRAMES:
        raise ValueError(
            f"words must be one of {', '.join(FEELINGS)} and frames one of "
            f"{', '.join(FRAMES)}, got {words!r} and {frames!r}"
        )
    named = [(word, k) for k, row in enumerate(FEELINGS[words]) for word in row.split()]
    twins = [
        (frame, one, two)
        for frame in FRAMES[frames]
        for i, one in enumerate(named)
        for two in named[:i]
        if one[1] != two[1]
    ]
    if m % 2 or not 2 <= m <= 2 * len(twins):
        raise ValueError(f"m must be even, in 2 .. {2 * len(twins)}, got {m}")
    sentences, labels = [], []
    for row in rng.choice(len(twins), size=m // 2, replace=False):
        frame, *both = twins[row]
        for (felt, label), (other, _) in (both, both[::-1]):
            sentences.append(frame.format(felt=felt, other=other))
            labels.append(label)
    order = rng.permutation(m)
    return _take(Sentences(tuple(sentences), np.array(labels, dtype=np.int64)), order)


def _take(every: Sentences, rows: np.ndarray) -> Sentences:
    rows = np.asarray(rows, dtype=np.int64)
    return Sentences(tuple(every.sentences[row] for row in rows), every.labels[rows])

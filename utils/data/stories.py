"""Small stories with a question: people walk about, take things and hand them over.

The world behind a story is simulated, so the answer is known, and with it the words of
the story that give it. The last place, person or thing named is often the wrong one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from utils.data import name_lists

QUESTIONS = (
    "person_place", "place_before", "thing_place",
    "thing_holder", "thing_given", "giver",
)  # fmt: skip
GIFTS = ("thing_given", "giver")
# Ways to say it: those that a model is trained on, and others to test it with.
PHRASES = {
    "usual": {
        "move": ["{A} went to the {P} .", "{A} walked to the {P} .",
                 "{A} travelled to the {P} .", "Then {A} moved to the {P} .",
                 "{A} is in the {P} now ."],
        "take": ["{A} took the {T} .", "{A} picked up the {T} .",
                 "{A} found the {T} there .", "There {A} grabbed the {T} ."],
        "drop": ["{A} put down the {T} .", "{A} left the {T} there .",
                 "{A} dropped the {T} ."],
        "give": ["{A} gave the {T} to {B} .", "{A} handed {B} the {T} .",
                 "{B} got the {T} from {A} .", "{A} passed the {T} to {B} ."],
    },
    "other": {
        "move": ["{A} hurried over to the {P} .", "The {P} was where {A} went next ."],
        "take": ["{A} carried off the {T} .", "The {T} was taken by {A} ."],
        "drop": ["{A} let go of the {T} .", "The {T} was left behind by {A} ."],
        "give": ["{B} was given the {T} by {A} .", "{A} let {B} have the {T} ."],
    },
}  # fmt: skip
_ASKED = {
    "person_place": "Where is {A} ?",
    "place_before": "Where was {A} before the {P} ?",
    "thing_place": "Where is the {T} ?",
    "thing_holder": "Who has the {T} ?",
    "thing_given": "What did {A} give to {B} ?",
    "giver": "Who gave the {T} to {B} ?",
}
ACTS = ("move", "take", "drop", "give")
_TYPES = {"A": "person", "B": "person", "P": "place", "T": "thing"}


class Mention(NamedTuple):
    """Words start, ..., stop - 1 of a story name a person, a place or a thing."""

    kind: str
    start: int
    stop: int


class Story(NamedTuple):
    """A story, a question about its end, and the words that answer it."""

    words: tuple[str, ...]
    question: tuple[str, ...]
    answer: tuple[int, int]  # it is words[start:stop]
    kind: str  # one of QUESTIONS
    mentions: tuple[Mention, ...]
    sentences: tuple[int, ...]  # of every word, the sentence it belongs to


def stories(
    num_stories: int,
    rng: np.random.Generator,
    names: str = "train",
    num_events: tuple[int, int] = (5, 8),
    kinds: Sequence[str] = QUESTIONS,
    phrases: str = "usual",
) -> list[Story]:
    """Make stories with one question each; every kind of question is about as frequent.

    num_stories : int
    rng         : random generator
    names       : "train", "dev" or "test": whose persons, places and things occur
    num_events  : (fewest, most) sentences, both >= 2; most >= 5 if a gift is asked for
    kinds       : some of QUESTIONS
    phrases     : "usual", or "other" for ways to say it that "usual" does not have
    returns      Stories. The answer is marked where the story last says so: for
                 `thing_place`, in the last walk of whoever had it last. Of the stories
                 whose answer is what `last_named` says, every second one is left out.
    raises       ValueError naming the part, range, kind or phrases that is not there
    """
    low, high = num_events
    gifts = any(kind in GIFTS for kind in kinds)
    if not (2 <= low <= high and high >= (5 if gifts else 2)):
        raise ValueError(
            "num_events must be (fewest >= 2, most >= fewest), and most >= 5 for "
            f"questions about gifts, got {num_events}"
        )
    if phrases not in PHRASES:
        raise ValueError(f"phrases must be one of {list(PHRASES)}, got {phrases!r}")
    if not kinds or not set(kinds) <= set(QUESTIONS):
        raise ValueError(f"kinds must be some of {QUESTIONS}, got {tuple(kinds)}")
    name_lists.part(["a", "b"], names)  # complains about a part that does not exist
    made = []
    while len(made) < num_stories:
        kind = kinds[len(made) % len(kinds)]
        events = _simulate(int(rng.integers(low, high + 1)), names, rng)
        asked = _ask(kind, events, rng)
        if asked is None:
            continue
        story = _tell(kind, events, *asked, PHRASES[phrases], rng)
        if story.words[slice(*story.answer)] != last_named(story) or rng.random() < 0.5:
            made.append(story)
    return [made[k] for k in rng.permutation(num_stories)]


def last_named(story: Story) -> tuple[str, ...]:
    """The cheap answer: the last place, person or thing named, as is asked for."""
    kind = next(m.kind for m in story.mentions if m[1:] == story.answer)
    last = [m for m in story.mentions if m.kind == kind][-1]
    return story.words[last.start : last.stop]


def _one_of(values: Sequence, rng: np.random.Generator):
    """Draw one value; `rng.choice` draws the same, and takes ten times as long."""
    return values[rng.integers(len(values))]


def _simulate(number: int, names: str, rng: np.random.Generator) -> list[dict]:
    """Draw events that make sense: nobody gives away what they do not have."""
    persons = name_lists.different(3, name_lists.first_name, names, rng)
    places = name_lists.different(4, name_lists.room, names, rng)
    things = name_lists.different(3, name_lists.thing, names, rng)
    where: dict[str, str] = {}  # of persons
    holder: dict[str, str] = {}  # of things that somebody has
    lying: dict[str, str] = {}  # places of things put down
    events: list[dict] = []
    while len(events) < number:
        A, act = _one_of(persons, rng), _one_of(ACTS, rng)
        held = [T for T in things if holder.get(T) == A]
        event = {"act": act, "A": A}
        if act == "move" or A not in where:
            event |= {"act": "move", "P": _one_of(places, rng)}
            if where.get(A) == event["P"]:
                continue
            where[A] = event["P"]
        elif act == "take":
            free = [T for T in things if T not in holder]
            free = [T for T in free if lying.get(T, where[A]) == where[A]]
            if not free:
                continue
            event["T"] = _one_of(free, rng)
            holder[event["T"]] = A
            lying.pop(event["T"], None)
        elif not held:
            continue
        else:
            event["T"] = T = _one_of(held, rng)
            del holder[T]
            if act == "drop":
                lying[T] = where[A]
            else:
                near = [B for B in persons if B != A and where.get(B) == where[A]]
                if not near:
                    holder[T] = A
                    continue
                event["B"] = holder[T] = _one_of(near, rng)
        events.append(event)
    return events


def _ask(
    kind: str, events: list[dict], rng: np.random.Generator
) -> tuple[dict, int, str] | None:
    """Choose what is asked: names in the question; event and slot of the answer."""
    if kind in GIFTS:
        gifts = [k for k, event in enumerate(events) if event["act"] == "give"]
        if not gifts:
            return None
        k = _one_of(gifts, rng)
        given, hidden = events[k], "T" if kind == "thing_given" else "A"
        asked = {slot: given[slot] for slot in "ABT" if slot != hidden}
        alike = [j for j in gifts if all(events[j][s] == v for s, v in asked.items())]
        return (asked, k, hidden) if len(alike) == 1 else None
    if kind == "person_place":
        A = _one_of(sorted({event["A"] for event in events}), rng)
        return {"A": A}, _last_walk(events, A, len(events)), "P"
    if kind == "place_before":
        walks = [(e["A"], k) for k, e in enumerate(events) if e["act"] == "move"]
        A = _one_of([A for A, _ in walks], rng)
        own = [k for person, k in walks if person == A]
        seen = [events[k]["P"] for k in own]
        late = [j for j in range(1, len(own)) if seen.count(seen[j]) == 1]
        if not late:
            return None
        j = _one_of(late, rng)
        return {"A": A, "P": seen[j]}, own[j - 1], "P"
    told = sorted({event["T"] for event in events if "T" in event})
    if not told:
        return None
    T = _one_of(told, rng)
    k = max(k for k, event in enumerate(events) if event.get("T") == T)
    last = events[k]
    has = "B" if last["act"] == "give" else "A"
    if kind == "thing_holder":
        return None if last["act"] == "drop" else ({"T": T}, k, has)
    end = k if last["act"] == "drop" else len(events)
    return {"T": T}, _last_walk(events, last[has], end), "P"


def _last_walk(events: list[dict], A: str, end: int) -> int:
    return max(
        k for k in range(end) if events[k]["act"] == "move" and events[k]["A"] == A
    )


def _tell(
    kind: str,
    events: list[dict],
    asked: dict,
    told_in: int,
    slot: str,
    phrases: dict[str, list[str]],
    rng: np.random.Generator,
) -> Story:
    """Put the events into words, and mark every name among them."""
    words: list[str] = []
    sentences: list[int] = []
    mentions = []
    answer = (-1, -1)
    for k, event in enumerate(events):
        for token in _one_of(phrases[event["act"]], rng).split():
            name = token.strip("{}")
            new = event[name].split() if token.startswith("{") else [token]
            if token.startswith("{"):
                mentions.append(
                    Mention(_TYPES[name], len(words), len(words) + len(new))
                )
                if (k, name) == (told_in, slot):
                    answer = mentions[-1][1:]
            words += new
            sentences += [k] * len(new)
    question = _ASKED[kind].format(**asked).split()
    asks = tuple(question)
    return Story(tuple(words), asks, answer, kind, tuple(mentions), tuple(sentences))

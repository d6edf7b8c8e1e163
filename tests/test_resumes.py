"""utils.data.resumes and name_lists: right spans, parts apart, no cheats."""

import itertools
import re
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import name_lists, resumes
from utils.tasks import spans

PARTS = st.sampled_from(name_lists.PARTS)


def made(num_lines=400, seed=0, templates="train", names="train"):
    return resumes.lines(num_lines, np.random.default_rng(seed), templates, names)


def f1(find, lines):
    found = [find(line.words) for line in lines]
    return spans.score(found, [line.spans for line in lines]).f1


@given(st.integers(0, 10**6), PARTS, PARTS)
@settings(max_examples=30, deadline=None)
def test_spans_and_words_fit_together(seed, templates, names):
    for line in made(20, seed, templates, names):
        tags = spans.to_bio(line.spans, len(line.words))  # complains about bad spans
        assert spans.from_bio(tags) == list(line.spans)
        assert {kind for kind, _, _ in line.spans} <= set(resumes.KINDS)
        assert not any(set(word) & set("{}[]| ") - {"|"} for word in line.words)
        assert all("|" not in word or word == "|" for word in line.words)


def test_same_seed_same_lines():
    assert made(50, seed=3) == made(50, seed=3)
    assert made(50, seed=3) != made(50, seed=4)


def test_a_template_gives_its_kinds_in_its_order():
    rows = resumes.TEMPLATES["dev"].strip().split("\n")
    for line in made(200, templates="dev"):
        # Alternatives may leave kinds out, never add or turn them around.
        written = iter(re.findall(r"\{([A-Z]+)\}", rows[line.template]))
        assert all(kind in written for kind, _, _ in line.spans)


def test_an_before_vowels():
    text = "\n".join(" ".join(line.words) for line in made(1000))
    assert re.search(r" an [aeiouAEIOU]", text)
    assert not re.search(r" a [aeiouAEIOU]", text)
    assert not re.search(r" an [^aeiouAEIOU]", text)


def test_no_template_is_in_two_parts():
    def fixed(text):
        return Counter(re.findall(r"[a-z]{3,}", re.sub(r"\{\w+\}", "", text.lower())))

    rows = {
        part: resumes.TEMPLATES[part].strip().split("\n") for part in name_lists.PARTS
    }
    assert not set(rows["dev"]) & set(rows["train"])
    for new, known in (("test", "train"), ("test", "dev")):
        for mine, theirs in itertools.product(rows[new], rows[known]):
            shared = (fixed(mine) & fixed(theirs)).total()
            assert shared <= 0.7 * fixed(mine).total(), (mine, theirs)


def test_persons_and_towns_keep_to_their_part():
    rng = np.random.default_rng(0)
    words = {
        part: {
            word
            for _ in range(1500)
            for make in ("first_name", "last_name", "place")
            for word in getattr(name_lists, make)(part, rng).split()
        }
        - set(name_lists._COMPASS)
        for part in name_lists.PARTS
    }
    assert not words["train"] & words["test"]
    assert not words["train"] & words["dev"]
    assert not words["dev"] & words["test"]


def test_parts_are_disjoint_whole_and_of_the_stated_size():
    values = [f"w{k}" for k in range(100)]
    parts = [name_lists.part(values, name) for name in name_lists.PARTS]
    assert [len(part) for part in parts] == [60, 20, 20]
    assert sorted(parts[0] + parts[1] + parts[2]) == sorted(values)
    assert name_lists.part(values[::-1], "dev") == parts[1]  # whatever their order


def test_a_bag_of_templates_works_on_known_templates_only():
    """The cheat: keep what stands around the names, let the names be anything."""
    patterns = {}
    for line in made(3000):
        kinds, place, text = [], 0, []
        for kind, start, stop in line.spans:
            text += [_literal(word) for word in line.words[place:start]] + ["(.+?)"]
            kinds, place = [*kinds, kind], stop
        text += [_literal(word) for word in line.words[place:]]
        patterns[" ".join(text)] = kinds
    # The more is fixed, the sooner it is tried.
    order = sorted(patterns, key=lambda text: -len(text.replace("(.+?)", "")))
    compiled = [(re.compile(text), patterns[text]) for text in order]

    def find(words):
        for pattern, kinds in compiled:
            found = pattern.fullmatch(" ".join(words))
            if found:
                ends = [
                    [" ".join(words)[:at].count(" ") for at in found.span(k + 1)]
                    for k in range(len(kinds))
                ]
                return [
                    (kind, a, b + 1) for kind, (a, b) in zip(kinds, ends, strict=True)
                ]
        return []

    known, new = made(200, 1, "train", "test"), made(200, 1, "test", "test")
    assert f1(find, known) > 0.8  # new names do not disturb it
    assert f1(find, new) < 0.2  # new templates do


def _literal(word):
    if word in resumes.MONTHS:
        return f"(?:{'|'.join(resumes.MONTHS)})"
    return (
        r"\d+" if word.isdigit() else "an?" if word in ("a", "an") else re.escape(word)
    )


def test_a_dictionary_knows_neither_new_names_nor_what_a_name_stands_for():
    """Each word gets the tag that it had most often in 600 lines."""
    tags = defaultdict(Counter)
    for line in made(600):
        for word, tag in zip(
            line.words, spans.to_bio(line.spans, len(line.words)), strict=True
        ):
            tags[word.lower()][tag] += 1

    def find(words):
        best = [tags[w.lower()].most_common(1) for w in words]
        return spans.from_bio([tag[0][0] if tag else "O" for tag in best])

    assert f1(find, made(600)) > 0.6  # the very lines it was made of
    assert f1(find, made(300, 1, "test", "test")) < 0.5


def test_a_word_is_the_name_of_several_kinds():
    kinds = defaultdict(set)
    for line in made(3000):
        for kind, start, stop in line.spans:
            for word in line.words[start:stop]:
                kinds[word].add(kind)
    towns = [word for word in kinds if word.endswith(("ford", "wick", "ton", "dale"))]
    several = [
        word for word in towns if len(kinds[word] & {"PERSON", "FIRM", "PLACE"}) > 1
    ]
    assert len(several) > len(towns) / 2


@pytest.mark.parametrize("argument", ["templates", "names"])
def test_unknown_part_is_named(argument):
    with pytest.raises(ValueError, match="'exam'"):
        resumes.lines(1, np.random.default_rng(0), **{argument: "exam"})

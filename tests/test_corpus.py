"""utils.data.corpus: what the world tells."""

from collections import Counter

import numpy as np
import pytest

from utils.data import corpus

pytestmark = pytest.mark.filterwarnings("error")

NOUNS = {
    noun: (name, f, r)
    for name, world in corpus.WORLDS.items()
    for f, family in enumerate(world.families)
    for r, noun in enumerate(family)
    if noun != "pen"
}


def told(num_sentences=6000, **shares):
    return corpus.sentences(np.random.default_rng(3), num_sentences, **shares)


def nouns_of(sentence):
    return [NOUNS[word] for word in sentence if word in NOUNS]


def test_a_seed_tells_the_same_world():
    assert told(50) == told(50)
    assert told(50) != corpus.sentences(np.random.default_rng(4), 50)
    assert all(word == word.lower() and word for s in told(500) for word in s)


def test_every_noun_is_told_about_as_often_as_its_place_allows():
    counts = Counter(noun for s in told() for noun in nouns_of(s))
    assert set(counts) == set(NOUNS.values())
    # 90 % of the sentences, a third for each world, all its nouns alike.
    for name, world in corpus.WORLDS.items():
        size = len(world.families) * len(world.roles)
        found = [count for (kind, *_), count in counts.items() if kind == name]
        assert np.mean(found) == pytest.approx(6000 * 0.9 / 3 / size, rel=0.1)


def test_no_sentence_names_two_families():
    for sentence in told():
        assert len({noun[:2] for noun in nouns_of(sentence)}) <= 1, sentence


def test_facts_belong_to_families_and_role_lines_to_roles():
    places, roles = {}, {}
    for sentence in told(num_sentences=8000):
        (noun,) = nouns_of(sentence) or [None]
        for word in set(sentence) if noun else ():
            places.setdefault(word, set()).add(noun[:2])
            roles.setdefault(word, set()).add((noun[0], noun[2]))
    assert places["clucking"] == {("animals", 4)} and len(roles["clucking"]) == 3
    assert roles["parliament"] == {("countries", 1)} and len(places["parliament"]) == 10
    assert roles["rusty"] == {("crafts", 1)} and len(places["rusty"]) == 9  # no pen


def test_without_role_sentences_no_word_knows_its_role():
    roles = {}
    for sentence in told(role_share=0.0, talk_share=0.0):
        for noun in nouns_of(sentence):
            for word in set(sentence) - set(NOUNS):
                roles.setdefault((noun[:2], word), set()).add(noun[2])
    # Each family line is told with every noun of the family (two of them lost a pen).
    sizes = {name: len(world.roles) for name, world in corpus.WORLDS.items()}
    for ((name, family), word), found in roles.items():
        if (name, family) not in (("crafts", 9), ("animals", 9)):
            assert len(found) == sizes[name], (name, family, word)


@pytest.mark.parametrize(("roles", "talk"), [(-0.1, 0.5), (0.5, -0.1), (0.7, 0.4)])
def test_shares_that_are_none_are_refused(roles, talk):
    with pytest.raises(ValueError, match=f"got {roles} and {talk}"):
        told(5, role_share=roles, talk_share=talk)


def test_analogies_pair_all_families_without_the_ambiguous_word():
    questions = corpus.analogies(corpus.ANIMALS, 0, 2)
    assert questions.shape == (10 * 9, 4)
    assert ["bull", "calf", "ram", "lamb"] in questions.tolist()
    assert corpus.analogies(corpus.ANIMALS, 1, 2).shape == (72, 4)
    assert "pen" not in corpus.analogies(corpus.CRAFTS, 0, 1)
    for a, b, c, d in questions:
        assert NOUNS[a][:2] == NOUNS[b][:2] != NOUNS[c][:2] == NOUNS[d][:2]
        assert NOUNS[a][2] == NOUNS[c][2] == 0 and NOUNS[b][2] == NOUNS[d][2] == 2

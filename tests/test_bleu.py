"""utils.tasks.bleu against hand-worked counts and sacrebleu."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU

from utils.tasks import bleu

SENTENCE = st.lists(st.sampled_from("abcd"), min_size=1, max_size=9)


def test_repeating_a_right_word_does_not_pay():
    candidate = "the the the the the".split()
    references = ["the cat sat on the mat".split(), "there is a cat".split()]
    assert bleu.modified_precision(candidate, references, 1) == (2, 5)
    assert bleu.modified_precision(candidate, references, 2) == (0, 4)
    assert bleu.modified_precision(["the"], references, 2) == (0, 0)


def test_hand_worked():
    candidate = "a b c d e".split()
    reference = "a b c x e f".split()
    # 4 of 5 words, 2 of 4 pairs, 5 words against 6
    expected = math.exp(1 - 6 / 5) * math.sqrt(4 / 5 * 2 / 4)
    assert bleu.bleu([candidate], [[reference]], max_n=2) == pytest.approx(expected)
    assert bleu.bleu([candidate], [[reference]]) == 0  # no four in a row
    assert bleu.bleu([candidate], [[reference, candidate]]) == 1


@settings(deadline=None)
@given(
    corpus=st.lists(st.tuples(SENTENCE, SENTENCE, SENTENCE), min_size=1, max_size=6),
    max_n=st.integers(1, 4),
)
def test_equals_sacrebleu(corpus, max_n):
    candidates = [c for c, *_ in corpus]
    references = [list(choices) for _, *choices in corpus]
    judge = BLEU(
        tokenize="none", smooth_method="none", max_ngram_order=max_n, force=True
    )
    theirs = judge.corpus_score(
        [" ".join(c) for c in candidates],
        [[" ".join(r[k]) for r in references] for k in range(2)],
    )
    ours = bleu.bleu(candidates, references, max_n)
    assert ours == pytest.approx(theirs.score / 100, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("candidates", "references", "message"),
    [
        ([], [], "got 0 candidates and 0"),
        ([["a"]], [], "got 1 candidates and 0"),
        ([["a"]], [[]], "at least one reference"),
    ],
)
def test_corpora_that_do_not_fit_are_refused(candidates, references, message):
    with pytest.raises(ValueError, match=message):
        bleu.bleu(candidates, references)


def test_ngrams_have_tokens():
    with pytest.raises(ValueError, match="n must be >= 1, got 0"):
        bleu.modified_precision(["a"], [["a"]], 0)

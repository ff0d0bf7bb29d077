"""Scores pinned against figures worked out by hand or with sacrebleu's own command line."""

from __future__ import annotations

import pytest

from mtqc.signals import score_corpus, score_sentence, signatures


def test_an_identical_back_translation_is_perfect():
    scored = score_sentence("The board rejected the offer.", "The board rejected the offer.")
    assert (scored.chrf, scored.bleu, scored.ter) == (pytest.approx(100), pytest.approx(100), 0)


def test_nothing_in_common_is_zero():
    scored = score_sentence("xyz", "The board rejected the offer.")
    assert scored.chrf == pytest.approx(0, abs=1e-6)
    assert scored.ter == pytest.approx(500 / 6, abs=20)


def test_one_word_of_six_replaced_is_a_ter_of_one_sixth():
    """Five words and a full stop; one substitution."""
    assert score_sentence("The board accepted the offer .", "The board rejected the offer .").ter == pytest.approx(
        100 / 6
    )


def test_corpus_scores_weigh_sentences_by_length():
    long, short = "The board of the company rejected the offer on Monday.", "No."
    bleu, chrf, ter = score_corpus([long, "Yes."], [long, short])
    assert 80 < bleu < 100
    assert 80 < chrf < 100
    assert 0 < ter < 20


def test_every_number_has_a_signature():
    text = signatures()
    for part in ("BLEU|nrefs:1", "chrF++|nrefs:1", "nw:2", "TER|nrefs:1", "version:"):
        assert part in text

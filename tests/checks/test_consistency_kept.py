"""TRM110 on what its examples do not show: links, names, marks, order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtqc.checks.consistency_kept import KeptTerms
from mtqc.model import BeadLinks, Span, WordPair
from mtqc.testing import make_pair, run_check


def found(english: str, french: str):
    return run_check(KeptTerms(), make_pair(english, french))


def test_a_compound_is_one_term_and_the_finding_names_both_ways():
    (finding,) = found(
        "The fast food chain grew.\nShe likes fast food.\nFast food sells.",
        "La chaîne de restauration rapide a crû.\nElle aime le fast food.\nLe fast-food se vend.",
    )
    assert finding.target.text == "fast food"
    assert [r.text for r in finding.related] == ["rapide"]
    assert "stays English here" in finding.message
    assert finding.article_wide


def test_linked_words_say_what_the_translation_is():
    article = make_pair("The staff left.\nHe praised the staff.", "L’équipe est partie.\nIl a félicité le staff.")
    assert run_check(KeptTerms(), article) == []
    links = BeadLinks((WordPair(Span(4, 9), Span(2, 8), 0.9),), "both models")
    article = replace(article, signals=(replace(article.signals[0], links=links), article.signals[1]))
    (finding,) = run_check(KeptTerms(), article)
    assert [r.text for r in finding.related] == ["équipe"]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The staff left.", "Le staff est parti."),
        ("The staff left.\nHe read Staff Weekly.", "Le personnel est parti.\nIl lisait Staff Weekly."),
        ("The staff left.\nThe staffing rose.", "Le personnel est parti.\nLe staffing a augmenté."),
        ("The menace grew.\nA menace passed.", "La menace a grandi.\nUn danger est passé."),
    ],
)
def test_what_is_no_kept_term(english, french):
    assert found(english, french) == []

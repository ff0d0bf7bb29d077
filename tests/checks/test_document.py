"""An article's agreement with itself: figures, quotations, and the headline against the body."""

from __future__ import annotations

import pytest

from mtqc.checks.document import DocumentConsistency
from mtqc.checks.headline import Headline
from mtqc.model import ArticlePair, Severity
from mtqc.pipeline import align_article
from mtqc.source.html import page_document
from mtqc.testing import assert_finding, make_pair, run_check, run_example

CASES = [(c, r, e) for c in (DocumentConsistency(), Headline()) for r in c.rules for e in r.examples]


@pytest.mark.parametrize(
    ("check", "rule", "example"), CASES, ids=lambda v: getattr(v, "code", getattr(v, "target", ""))
)
def test_examples_mark_nothing_else(check, rule, example):
    found = run_example(check, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def test_the_rarer_form_of_a_figure_is_marked_and_the_other_shown():
    source = "It is 50 miles away.\nThe 50 miles took long.\nAfter 50 miles he slept."
    target = "C'est à 80 km.\nLes 50 miles ont duré.\nAprès 80 km il a dormi."
    (finding,) = run_check(DocumentConsistency(), make_pair(source, target))
    assert (finding.target.text, finding.related[0].text, finding.article_wide) == ("50 miles", "80 km", True)


def test_a_figure_that_stands_twice_in_a_sentence_is_left_alone():
    source = "From 50 miles to 50 miles.\nIt is 50 miles away."
    target = "De 50 miles à 80 km.\nC'est à 80 km."
    assert run_check(DocumentConsistency(), make_pair(source, target)) == []


def test_short_quotations_are_left_alone():
    article = make_pair("He said “we will see”.\nShe said “we will see”.", "Il dit « on verra ».\nElle dit « voyons ».")
    assert run_check(DocumentConsistency(quoted_words=4), article) == []
    assert [f.code for f in run_check(DocumentConsistency(), article)] == ["TRM105"]


def test_the_headline_of_a_page_is_its_h1():
    english = "<article><p>Lagos, Monday.</p><h1>Prices rise by 21%.</h1><p>Prices rose by 21% in Lagos last year.</p>"
    french = "<article><p>Lagos, lundi.</p><h1>Les prix prennent 12 %.</h1><p>Les prix ont pris 21 % à Lagos l'an dernier.</p>"
    article = align_article(ArticlePair("x", page_document(english, "en"), page_document(french, "fr")), None)
    finding = assert_finding(run_check(Headline(), article), "TRM106", "12 %")
    assert (finding.severity, [r.text for r in finding.related]) == (Severity.MINOR, ["21 %"])


def test_a_negation_that_the_headline_drops_is_major():
    source = "Minister will not resign over letters\nThe minister said she will not resign over the letters."
    target = (
        "La ministre démissionne pour des lettres\nLa ministre a dit qu'elle ne démissionnera pas pour ces lettres."
    )
    (finding,) = run_check(Headline(), make_pair(source, target))
    assert (finding.severity, finding.source.text, finding.related[0].text[:2]) == (Severity.MAJOR, "not", "ne")


def test_a_first_sentence_is_no_headline():
    source, target = "Prices rise by 21%.\nPrices rose by 21%.", "Les prix prennent 12 %.\nLes prix ont pris 21 %."
    assert run_check(Headline(), make_pair(source, target)) == []


def test_an_article_without_a_body_or_without_text():
    assert run_check(Headline(), make_pair("Prices rise by 21%", "Les prix prennent 12 %")) == []
    assert run_check(Headline(), make_pair("", "")) == []

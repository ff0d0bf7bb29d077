"""Inline elements: seams, what other checks see at them, elements lost or moved; only on web pages."""

from __future__ import annotations

import pytest

from mtqc.checks.markup import FragmentMarkup
from mtqc.config import Settings
from mtqc.model import ArticlePair, Severity, Span
from mtqc.pipeline import align_article, check_article
from mtqc.source.html import page_document
from mtqc.testing import assert_finding, make_pair, run_check, with_markup

CHECK = FragmentMarkup()


def page(english: str, french: str) -> ArticlePair:
    return ArticlePair("page", page_document(f"<p>{english}</p>", "en"), page_document(f"<p>{french}</p>", "fr"))


def found(english: str, french: str) -> list[tuple[str, str]]:
    report = check_article(page(english, french), Settings(), None)
    return [(f.code, f.target.text) for f in report.all_findings if f.code.startswith(("FLU1", "FLU2", "FLU5"))]


def test_the_cause_stands_in_place_of_the_symptom():
    english = "Okafor <a href='#'>told Reuters</a> that the talks would resume in May."
    symptom = "Okafor <a href='#'>dit Reuters</a> que les discussions reprendraient en mai."
    assert found(english, symptom) == [("FLU120", "Okafor dit Reuters")]
    without = found(*(t.replace("<a href='#'>", "").replace("</a>", "") for t in (english, symptom)))
    assert without == [("FLU101", "Okafor dit Reuters")]


def test_what_a_finding_says():
    report = check_article(
        page("The head <em>of the firm</em> left on Monday.", "Le patron de\n<em>de la société</em> est parti lundi."),
        Settings(),
        None,
    )
    finding = assert_finding([f for f in report.all_findings if f.code == "FLU120"], "FLU120", "de de")
    assert "Translate the sentence whole" in finding.message
    assert "emphasis" in finding.message
    assert finding.severity is Severity.MAJOR
    assert finding.source is not None
    assert finding.source.text == "of the firm"
    assert [(e.name, e.value) for e in finding.evidence][1:] == [
        ("element", "<em>de la société</em>"),
        ("line of the web page", 2),
    ]


@pytest.mark.parametrize(
    ("english", "french", "marks"),
    [
        ("He read <a>the report</a>.", "Il a lu le <a>le rapport</a>.", "le le"),
        ("He spoke of <a>the port</a>.", "Il a parlé de <a>le port</a>.", "de le"),
        ("He read <a>the new</a> report.", "Il a lu <a>le nouveau</a> Rapport.", "Rapport"),
        ("He read <a>the new</a> report.", "Il a lu <a>le nouveau</a>rapport.", "nouveaurapport"),
        ("The end <a>of the war</a> came.", "La fin <a>la guerre</a> est venue.", "fin la guerre"),
    ],
)
def test_seams(english, french, marks):
    assert_finding(run_check(CHECK, align_article(page(english, french), None)), "FLU120", marks)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("He decided <a>to help them</a>.", "Il a décidé de <a>les aider</a>."),
        ("He made <a>the front page</a>.", "Il a fait la <a>une</a> du journal."),
        ("He read <em>The Plague</em>.", "Il a lu de <em>La Peste</em> un extrait."),
        ("<b>N</b>orth", "<b>N</b>ord"),
        ("He said <b>no</b>.", "Il a dit <b>non</b>."),
        ("<a>Sales fell in May, the firm said.</a>", "<a>Les ventes ont baissé en mai, dit la société.</a>"),
        ("He came <a>in May</a>.", "Il est venu <a>en mai</a>."),
    ],
)
def test_seams_that_hold(english, french):
    assert not [c for c, _ in found(english, french) if c == "FLU120"]


def test_nothing_without_markup():
    article = make_pair("The head of the firm left.", "Le patron de de la société est parti.")
    assert run_check(CHECK, article) == []
    assert run_check(CHECK, with_markup(article, [("a", "of the firm")], [])) == []


def test_links_tell_where_words_went():
    from dataclasses import replace

    from mtqc.model import BeadLinks, WordPair

    article = make_pair("The new mayor met the young workers.", "La nouvelle maire a rencontré les jeunes ouvriers.")
    article = with_markup(article, [("a", "young workers")], [("a", "nouvelle maire")])
    assert run_check(CHECK, article) == []
    pairs = (WordPair(Span(22, 27), Span(34, 40), 0.9), WordPair(Span(28, 35), Span(41, 49), 0.9))
    linked = replace(article, signals=(replace(article.signals[0], links=BeadLinks(pairs, "test")),))
    (finding,) = run_check(CHECK, linked)
    assert (finding.code, finding.target.text) == ("FLU121", "nouvelle maire")
    assert "« jeunes »" in finding.message
    moved = with_markup(linked, [("a", "young workers")], [("a", "jeunes ouvriers")])
    assert run_check(CHECK, moved) == []

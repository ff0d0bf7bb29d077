"""Who is meant: pronouns, titles, relatives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtqc.checks.referents import Referents
from mtqc.model import AlignedArticle, BeadLinks, Finding, Severity, Span, WordPair
from mtqc.testing import make_pair, run_check, run_example

CHECK = Referents()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def linked(source: str, target: str, one: str, other: str, score: float = 0.95, **langs: object) -> AlignedArticle:
    """One sentence with one word link."""
    article = make_pair(source, target, **langs)  # type: ignore[arg-type]
    at, to = source.index(one), target.index(other)
    pair = WordPair(Span(at, at + len(one)), Span(to, to + len(other)), score)
    return replace(article, signals=(replace(article.signals[0], links=BeadLinks((pair,), "test")),))


def find(article: AlignedArticle) -> list[Finding]:
    return run_check(CHECK, article)


def test_a_linked_pronoun_of_the_other_gender_is_major():
    (found,) = find(linked("She was knighted in May.", "Il fut anobli en mai.", "She", "Il"))
    assert (found.code, found.target.text, found.severity) == ("ACC410", "Il", Severity.MAJOR)
    assert "“She”" in found.message


def test_the_other_direction_marks_the_english():
    (found,) = find(linked("Il fut anobli en mai.", "She was knighted in May.", "Il", "She", langs=("fr", "en")))
    assert found.target.text == "She"


@pytest.mark.parametrize(
    ("source", "target", "one", "other"),
    [
        ("She had to wait.", "Il fallait attendre.", "She", "Il"),
        ("She found it possible.", "Il est possible d’y croire.", "She", "Il"),
        ("She met him.", "Il fut rencontré.", "She", "Il"),
        ("She waited for the ship.", "Elle attendait ; il arriva.", "She", "il"),
        ("He was a star.", "Une vedette, elle le fut.", "He", "elle"),
    ],
)
def test_where_another_reading_is_open_nothing_is_said(source, target, one, other):
    assert find(linked(source, target, one, other)) == []


def test_without_a_sure_link_nothing_is_said():
    texts = "She was knighted in May.", "Il fut anobli en mai."
    assert find(make_pair(*texts)) == []
    assert find(linked(*texts, "She", "Il", score=0.5)) == []


@pytest.mark.parametrize(
    ("source", "target", "marks"),
    [
        ("The Queen spoke.", "Le Roi a parlé.", "Roi"),
        ("His girlfriend left.", "Son petit ami est parti.", "petit ami"),
        ("Mr Holloway paid.", "Mme Holloway a payé.", "Mme"),
        ("Mr and Mrs Holloway paid.", "M. Holloway a payé.", None),
        ("Her uncle and aunt paid.", "Son oncle a payé.", None),
    ],
)
def test_titles_and_relatives(source, target, marks):
    assert [f.target.text for f in find(make_pair(source, target))] == ([marks] if marks else [])

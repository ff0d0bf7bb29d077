"""Constituents: which parts are found in English and French, and what is left without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.align.constituents import LONGEST, constituents, part_of, without, word_class
from mtqc.text.tokens import words

ENGLISH = "The mayor, who took office in May, resigned on Monday after the failure of the talks with the unions."
FRENCH = "Le maire (un ancien juge) a démissionné lundi, parce que les négociations avec les syndicats avaient échoué."


def parts(text: str, lang: str) -> dict[str, str]:
    return {text[c.span.start : c.span.end]: c.kind for c in constituents(text, lang)}


def test_english_clauses_groups_and_chains():
    found = parts(ENGLISH, "en")
    assert found["who took office in May"] == "segment"
    assert found["on Monday"] == "prepositional"
    assert found["of the talks with the unions"] == "prepositional"
    assert found["after the failure of the talks with the unions"] == "prepositional"
    assert "mayor" not in found


def test_french_parenthesis_clause_and_groups():
    found = parts(FRENCH, "fr")
    assert found["un ancien juge"] == "parenthesis"
    assert found["parce que les négociations avec les syndicats avaient échoué"] == "segment"
    assert found["avec les syndicats"] == "prepositional"
    assert found["lundi"] == "modifier"


@pytest.mark.parametrize(
    ("text", "lang", "part", "left"),
    [
        (ENGLISH, "en", "on Monday", ENGLISH.replace(" on Monday", "")),
        (ENGLISH, "en", "with the unions", ENGLISH.replace(" with the unions", "")),
        (FRENCH, "fr", "un ancien juge", FRENCH.replace(" (un ancien juge)", "")),
        (
            "On Monday, the mayor resigned with his deputy.",
            "en",
            "On Monday",
            "The mayor resigned with his deputy.",
        ),
        (
            "Elle parle d’argent et de pouvoir.",
            "fr",
            "et de pouvoir",
            "Elle parle d’argent.",
        ),
        (
            "“We will not give up,” said the minister yesterday.",
            "en",
            "said the minister yesterday",
            "“We will not give up,”.",
        ),
    ],
)
def test_what_is_left_reads_as_a_sentence(text, lang, part, left):
    (found,) = [c for c in constituents(text, lang) if text[c.span.start : c.span.end] == part]
    assert without(text, found) == left


def test_short_texts_and_whole_sentences_have_none():
    assert constituents("The mayor resigned.", "en") == ()
    for c in constituents(ENGLISH, "en"):
        inside = [w for w in words(ENGLISH) if c.span.start <= w.start < c.span.end]
        assert len(inside) <= LONGEST * len(words(ENGLISH))


def test_any_stretch_may_be_asked_for_but_not_nearly_all():
    found = part_of(ENGLISH, "en", 2, 6)
    assert found is not None
    assert ENGLISH[found.span.start : found.span.end] == "who took office in May"
    assert part_of(ENGLISH, "en", 0, 17) is None


@pytest.mark.parametrize(
    ("word", "lang", "kind"),
    [
        ("quickly", "en", "adv"),
        ("family", "en", "content"),
        ("rapidement", "fr", "adv"),
        ("gouvernement", "fr", "content"),
        ("The", "en", "det"),
        ("qu'", "fr", "sub"),
        ("was", "en", "verb"),
    ],
)
def test_word_classes(word, lang, kind):
    assert word_class(word, lang) == kind


@given(st.text(alphabet="abc d,.“”«»()'’-—of que and\n", max_size=60), st.sampled_from(["en", "fr"]))
def test_every_part_lies_inside_its_cut_and_leaves_something(text, lang):
    for c in constituents(text, lang):
        assert 0 <= c.cut.start <= c.span.start < c.span.end <= c.cut.end <= len(text)
        assert len(words(without(text, c))) >= 1

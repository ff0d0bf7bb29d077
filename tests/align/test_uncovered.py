"""Words without counterpart, and the stretches that they make up."""

from __future__ import annotations

import pytest

from mtqc.align.uncovered import COVERED, WEAK, _best_run, _Others, candidates, confirmed, sides
from mtqc.model import BeadLinks, Span, WordPair
from mtqc.text.tokens import words

ENGLISH = "The mayor, who took office in May, resigned on Monday after the talks with the unions."
FRENCH = "Le maire a démissionné lundi après les négociations avec les syndicats."
JOINED = (("mayor", "maire"), ("resigned", "démissionné"), ("Monday", "lundi"), ("unions", "syndicats"))


def linked(english: str, french: str, pairs: tuple[tuple[str, str], ...]) -> BeadLinks:
    def span(text: str, word: str) -> Span:
        return Span(text.index(word), text.index(word) + len(word))

    return BeadLinks(tuple(WordPair(span(english, a), span(french, b), 0.9) for a, b in pairs), "test")


def losses(english: str, french: str, pairs: tuple[tuple[str, str], ...]) -> dict[str, float]:
    source, _ = sides((english, "en"), (french, "fr"), linked(english, french, pairs))
    return {w.text: x for w, x in zip(source.words, source.loss, strict=True)}


def test_a_word_counts_as_covered_where_the_lexicon_confirms_its_link():
    found = losses(ENGLISH, FRENCH, JOINED)
    assert found["mayor"] == found["resigned"] == found["Monday"] == COVERED
    assert found["office"] == found["took"] == 1.0
    assert found["The"] == found["after"] == 0.0


def test_a_word_without_link_is_covered_where_its_translation_stands_anywhere():
    assert losses(ENGLISH, FRENCH, JOINED)["talks"] == COVERED


def test_a_link_that_nothing_confirms_covers_weakly():
    assert losses(ENGLISH, FRENCH, (*JOINED, ("office", "syndicats")))["office"] == WEAK


def test_both_sides_are_judged():
    source, target = sides((ENGLISH, "en"), (FRENCH, "fr"), linked(ENGLISH, FRENCH, JOINED))
    assert source.lost(Span(0, len(ENGLISH))) == 3
    assert target.lost(Span(0, len(FRENCH))) == 0
    assert target.partners[1] == (1,)


def test_names_figures_and_cognates_are_confirmed_by_their_spelling():
    assert confirmed("1,500", "1 500", "en")
    assert not confirmed("1,500", "1 600", "en")
    assert confirmed("Lincoln", "Lincoln", "en")
    assert confirmed("catastrophe", "catastrophe", "fr")
    assert confirmed("syndicats", "unions", "fr")
    assert not confirmed("stir", "ému", "en")


def test_the_candidates_are_the_parts_that_are_mostly_lost():
    source, target = sides((ENGLISH, "en"), (FRENCH, "fr"), linked(ENGLISH, FRENCH, JOINED))
    texts = {ENGLISH[c.span.start : c.span.end]: c.kind for c in candidates(source)}
    assert texts["who took office in May"] == "segment"
    assert "on Monday" not in texts
    assert all("resigned" not in text for text in texts)
    assert candidates(target) == ()


def test_a_stretch_runs_over_a_stray_link_but_not_over_more():
    stray = (1.0, 1.0, 0.0, WEAK, 1.0, COVERED, 1.0, 1.0, COVERED)
    assert _best_run(stray, [False] * 9)[1:] == (0, 7)
    covered = (1.0, 0.0, 1.0, COVERED, 0.0, COVERED, COVERED, 1.0, 0.0, 1.0, 1.0)
    assert _best_run(covered, [False] * 11)[1:] == (7, 10)
    assert _best_run(covered, [False] * 7 + [True] * 4)[1:] == (0, 2)
    assert _best_run((COVERED, 0.0, WEAK), [False] * 3)[0] == 0.0


def test_a_stretch_takes_the_function_words_that_lead_to_it():
    english = "The mayor of the town resigned because old debts weighed heavily."
    french = "Le maire de la ville a démissionné."
    joined = linked(english, french, (("mayor", "maire"), ("town", "ville"), ("resigned", "démissionné")))
    source, _ = sides((english, "en"), (french, "fr"), joined)
    assert "because old debts weighed heavily" in {english[c.span.start : c.span.end] for c in candidates(source)}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_words_at_once_confirm_what_one_of_them_confirms(lang):
    english = words(
        "In 2019 the covid19 rules cost 1,500 firms £4m, said O'Neill’s Paris office; nobody at IBM agreed."
    )
    french = words(
        "En 2019, les règles covid19 ont coûté 4 millions à 1 500 sociétés, a-t-il dit au bureau de Paris (IBM)."
    )
    own, others = (english, french) if lang == "en" else (french, english)
    for several in (others, others[:4], others[4:9], ()):
        asked = _Others.of(several, lang)
        for word in own:
            assert asked.confirm(word.norm) == any(confirmed(word.norm, o.norm, lang) for o in several)

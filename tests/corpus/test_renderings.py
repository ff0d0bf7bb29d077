"""What an article's register holds: only what the word links leave no doubt about."""

from __future__ import annotations

import json
from dataclasses import replace

from articles import article, visit

from mtqc.corpus import register
from mtqc.model import NotMeasured


def rendered(report):
    return {(r.kind, r.english, r.french) for r in register.rendered(json.loads(register.of(report)))}


def test_a_name_and_what_stands_for_it():
    assert rendered(visit("a", "Marchenko", "Martchenko")) == {("name", "Marchenko", "Martchenko")}


def test_a_name_of_several_words_as_a_whole_and_its_surname():
    one = article(
        "a",
        (
            "Reporters asked Viktor Marchenko about it.",
            "Des journalistes ont interrogé Victor Martchenko à ce sujet.",
            "Viktor=Victor Marchenko=Martchenko",
        ),
    )
    assert rendered(one) == {
        ("names", "Viktor Marchenko", "Victor Martchenko"),
        ("name", "Marchenko", "Martchenko"),
    }


def test_a_term_of_two_words():
    one = article(
        "a",
        (
            "Yesterday the harbour council met.",
            "Hier, le conseil du port s'est réuni.",
            "harbour=port council=conseil met=réuni",
        ),
    )
    assert ("term", "harbour council", "conseil du port") in rendered(one)


def test_no_term_where_one_word_has_no_link():
    one = article("a", ("Yesterday the harbour council met.", "Hier, le conseil s'est réuni.", "council=conseil"))
    assert rendered(one) == set()


def test_no_term_where_a_word_that_stands_for_another_lies_between():
    one = article(
        "a",
        (
            "The harbour council yesterday met.",
            "Le conseil hier du port se réunit.",
            "harbour=port council=conseil yesterday=hier",
        ),
    )
    assert ("term", "harbour council", "conseil hier du port") not in rendered(one)


def test_a_weak_link_says_nothing():
    one = visit("a", "Marchenko", "Martchenko")
    (sentence,) = one.sentences
    weak = replace(sentence.signals.links, pairs=tuple(replace(p, score=0.5) for p in sentence.signals.links.pairs))
    weakened = replace(one, sentences=(replace(sentence, signals=replace(sentence.signals, links=weak)),))
    assert rendered(weakened) == set()


def test_a_place_inside_a_longer_name_is_not_the_place():
    bank = article(
        "a",
        ("He left the Bank of America in May.", "Il a quitté Bank of America en mai.", "Bank=Bank America=America"),
    )
    alone = article("b", ("He left for America in May.", "Il est parti pour l'Amérique en mai.", "America=Amérique"))
    assert ("name", "America", "America") not in rendered(bank)
    assert ("name", "America", "Amérique") in rendered(alone)


def test_without_links_there_are_sentences_and_no_names():
    one = visit("a", "Marchenko", "Martchenko")
    (sentence,) = one.sentences
    none = replace(
        one, sentences=(replace(sentence, signals=replace(sentence.signals, links=NotMeasured("no model"))),)
    )
    data = json.loads(register.of(none))
    assert data["linked"] == 0
    assert data["rendered"] == []
    assert [t.source_text for t in register.twins(data)] == ["On Monday Marchenko came to the town of a."]


def test_short_sentences_are_not_compared():
    assert list(register.twins(json.loads(register.of(article("a", ("Read more here.", "Lire la suite.", "")))))) == []


def test_marks_capitals_and_spaces_make_no_other_sentence():
    assert register.digest("The ferry’s late, again!") == register.digest("the  ferry's late again")
    assert register.digest("The ferry is late") != register.digest("The ferry was late")


def test_a_register_is_small():
    """185 bytes a sentence packed, on NTREX; here it may not be more than three times the text."""
    one = article("a", *[("The old harbour council of the town met again today.", "Le conseil s'est réuni.", "")] * 50)
    text = len(one.pair.source.text) + len(one.pair.target.text)
    assert len(register.of(one).encode()) < 3 * text

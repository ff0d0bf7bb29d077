"""Word links from spelling alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.align.words import WordLink, word_links
from mtqc.text.tokens import words


def linked(en: str, fr: str) -> list[tuple[str, str]]:
    left, right = words(en), words(fr)
    return [(left[k.source].text, right[k.target].text) for k in word_links(en, fr)]


@pytest.mark.parametrize(
    ("en", "fr", "expected"),
    [
        (
            "In 2019, Margaret Ollivier sold 1,500 bottles in Rotterdam.",
            "En 2019, Margaret Ollivier a vendu 1\u202f500 bouteilles à Rotterdam.",
            [
                ("2019", "2019"),
                ("Margaret", "Margaret"),
                ("Ollivier", "Ollivier"),
                ("1,500", "1\u202f500"),
                ("bottles", "bouteilles"),
                ("Rotterdam", "Rotterdam"),
            ],
        ),
        (
            "The president arrived on Tuesday.",
            "Le président est arrivé mardi.",
            [("president", "président"), ("arrived", "arrivé")],
        ),
        ("The EU has agreed.", "L’UE est d’accord.", []),
        ("More boys have been on the train.", "La mort a bien pris son train.", [("train", "train")]),
        ("It rose from 12 to 15.", "Il est passé de 15 à 12.", [("12", "12"), ("15", "15")]),
    ],
)
def test_links(en, fr, expected):
    assert linked(en, fr) == expected


def test_different_numbers_are_never_linked():
    assert linked("It cost 1,500 dollars.", "Cela coûtait 1 600 dollars.") == [("dollars", "dollars")]


def test_repeated_words_are_linked_in_order():
    links = word_links("Dupont met Dupont", "Dupont rencontre Dupont")
    assert [(k.source, k.target) for k in links] == [(0, 0), (2, 2)]


def test_a_link_tells_how_sure_it_is():
    (exact,) = word_links("Lisbon", "Lisbon")
    (cognate,) = word_links("Lisbon", "Lisbonne")
    assert exact == WordLink(0, 0, 1.0)
    assert 0.65 <= cognate.score < 1


TEXT = st.text(alphabet="abcdé 123,’AB", max_size=40)


@given(TEXT, TEXT)
def test_links_are_one_to_one_and_inside_the_texts(en, fr):
    links = word_links(en, fr)
    assert len({k.source for k in links}) == len({k.target for k in links}) == len(links)
    assert all(k.source < len(words(en)) and k.target < len(words(fr)) and k.score <= 1 for k in links)


@given(st.lists(st.sampled_from(["Mercier", "Lisbonne", "Kowalski", "2024", "gouvernement"]), unique=True, min_size=1))
def test_a_text_is_linked_to_itself_word_by_word(tokens):
    text = " ".join(tokens)
    assert [(k.source, k.target) for k in word_links(text, text)] == [(i, i) for i in range(len(tokens))]

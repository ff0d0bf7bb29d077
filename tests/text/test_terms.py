"""Keys under which an inflected word is still the same word, and words that only look alike."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.text.terms import english_key, french_key, french_stem, pieces, term_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cities", "city"),
        ("boxes", "box"),
        ("women", "woman"),
        ("crises", "crisis"),
        ("Taxes", "tax"),
        ("ties", "tie"),
        ("heroes", "hero"),
        ("data", "datum"),
    ],
)
def test_english_plurals(one, other):
    assert english_key(one) == english_key(other)


@pytest.mark.parametrize("word", ["news", "bus", "press", "gas", "basis"])
def test_english_singulars_in_s_are_not_cut_to_another_word(word):
    assert english_key(word) != english_key(word[:-1])


@pytest.mark.parametrize(
    "forms",
    [
        "national nationale nationaux nationales",
        "journal journaux",
        "travail travaux",
        "bateau bateaux",
        "tuyau tuyaux",
        "œil yeux oeil",
        "sénateur sénatrice sénateurs sénatrices",
        "chercheur chercheuse chercheuses",
        "professeur professeure professeures",
        "actif active actives",
        "premier première premières",
        "nouveau nouvelle nouveaux nouvelles nouvel",
        "employé employée employées",
        "blanc blanche blanches",
        "public publique publiques",
        "numérique numériques",
        "heureux heureuse",
    ],
)
def test_french_number_and_gender(forms):
    assert len({french_key(f) for f in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("port", "porte"), ("peu", "peur"), ("digital", "digitaliser")])
def test_other_french_words_are_told_apart(one, other):
    assert french_key(one) != french_key(other)


def test_the_generous_key_joins_derived_words():
    assert french_stem("produit") == french_stem("produits")
    assert french_stem("intelligente") == french_stem("intelligence")


def test_compounds_are_cut_and_addresses_and_tags_hold_no_words():
    text = "A <b>carbon</b>-neutral start‑up: https://carbon.example/x, mail carbon@x.example"
    assert [w.text for w in pieces(text)] == ["A", "carbon", "neutral", "start", "up", "mail"]
    assert all(text[w.start : w.end] == w.text for w in pieces(text))


def test_the_article_of_a_term_is_no_part_of_it():
    assert [w.text for w in term_words("to implement", "en")] == ["implement"]
    assert [w.text for w in term_words("l’intérêt", "fr")] == ["intérêt"]
    assert [w.text for w in term_words("The", "en")] == ["The"]


@given(st.text(max_size=60))
def test_pieces_are_in_order_and_inside(text):
    found = pieces(text)
    assert all(text[w.start : w.end] == w.text for w in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))

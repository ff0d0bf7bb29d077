"""What is a French word: counted, listed, derived; and what is not."""

from __future__ import annotations

import pytest

from mtqc.text.french_words import bare, is_formed, is_french, neighbours


@pytest.mark.parametrize(
    "word",
    """maison chevaux réceptionnaient absolument anticonstitutionnellement inconnaissable hyperactif préélectoral
    arrière-pays néo-fasciste connaitre aout gîte œuvrer sœur abcès franco-allemand géolocaliser dénucléarisée
    incompréhensiblement retransmettait tweetait cybersécurité redécouverte""".split(),
)
def test_french(word):
    assert is_french(word)


@pytest.mark.parametrize("word", "médecinr têtements frocher enveniant assopide mauresils copilitis amumiers".split())
def test_not_french(word):
    assert not is_french(word)
    assert not is_formed(word)


@pytest.mark.parametrize(
    "word", "sismologue lusophone monténégrines tadjikes thalassothérapie hispano-américain".split()
)
def test_learned_formations_and_peoples(word):
    assert is_french(word) or is_formed(word)


def test_neighbours_put_accents_first():
    assert neighbours("succés")[0] == "succès"
    assert neighbours("têtements")[0] == "vêtements"
    assert neighbours("copilitis") == ()


def test_bare_letters():
    assert bare("Çà et là") == "Ca et la"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.text.name_data import called, exonyms, is_called, is_known, key, places, stems, translations, word_use
from mtqc.text.names import (
    Relation,
    common_prefix,
    has_foreign_letters,
    is_code,
    is_derived,
    parts,
    reach,
    relation,
    transliterates,
    word_keys,
)

NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("Harlan", "Harlan", Relation.SAME),
        ("Quebec", "Québec", Relation.SAME),
        ("London", "Londres", Relation.CALLED),
        ("Putin", "Poutine", Relation.CALLED),
        ("Germany", "Allemagne", Relation.CALLED),
        ("Iranian", "iraniennes", Relation.CALLED),
        ("Harlans", "Harlan", Relation.INFLECTED),
        ("Marchenko", "Martchenko", Relation.TRANSLITERATED),
        ("Mueller", "Müller", Relation.TRANSLITERATED),
        ("Palermo", "Palerme", Relation.FRENCH_ENDING),
        ("Friedenau", "Friedenauer", Relation.DERIVED),
        ("Holt", "Halt", Relation.NEAR),
        ("Zuckermann", "Zukermann", Relation.NEAR),
        ("Holt", "Hermann", Relation.FAR),
    ],
)
def test_relation(name: str, form: str, expected: Relation) -> None:
    assert relation(name, form) is expected


@given(NAMES)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    assert relation(name, name) is Relation.SAME
    assert transliterates(name, name)


@given(NAMES, NAMES)
def test_relation_is_total_and_far_names_differ(name: str, form: str) -> None:
    assert (relation(name, form) is Relation.SAME) == (key(name) == key(form))


@given(NAMES)
def test_key_is_idempotent(name: str) -> None:
    assert key(key(name)) == key(name)


@given(st.text(max_size=80))
def test_parts_lie_where_they_say(text: str) -> None:
    for part in parts(text):
        assert 0 <= part.start < part.end <= len(text)
        assert len(part.norm) <= part.end - part.start


def test_parts_of_hyphenated_words_and_codes():
    found = parts("The US-led talks on OpenAI’s F-35 and Jean-Luc’s iPhone")
    assert [(p.norm, p.code) for p in found] == [
        ("The", False),
        ("US", True),
        ("OpenAI", True),
        ("F-35", True),
        ("Jean", False),
        ("Luc", False),
        ("iPhone", True),
    ]


def test_initial_after_sentence_end_but_not_after_a_title():
    found = {p.norm: p.initial for p in parts("He left. Then “Anna” saw Mr. Holt: Nobody")}
    assert found == {"He": True, "Then": True, "Anna": True, "Mr": False, "Holt": False, "Nobody": True}


@pytest.mark.parametrize("code", ["NATO", "OpenAI", "iPhone", "F-35", "GPT-4o", "COVID-19", "NGOs", "xAI"])
def test_codes(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("word", ["McDonald", "DeVos", "Paris", "musk", "MacArthur", "I", "2020"])
def test_no_codes(word: str) -> None:
    assert not is_code(word)


def test_elision_is_no_part_of_a_name():
    assert [p.norm for p in parts("la mission d’OpenAI et l'Axios")] == ["OpenAI", "Axios"]
    assert "openai" in word_keys("d’OpenAI")


def test_tables_know_common_words_names_and_translations():
    assert word_use("cuisinier", "fr").is_common
    assert word_use("London", "en").lower < 0.1
    assert not is_known("zzyzx", "fr")
    assert word_use("zzyzx", "fr").log_count == 0
    assert "cuisinier" in translations("cook")
    assert translations("zzyzx") == ()
    assert "londres" in called("London")


def test_exonyms_and_stems():
    assert "allemagne" in exonyms("Germany")
    assert "lundi" in exonyms("Monday")
    assert "otan" in exonyms("NATO")
    assert is_called("Uzbeks", "Ouzbeks")
    assert is_called("French", "françaises")
    assert stems("Harlan") == ()
    assert "autriche" in places()[0]["austria"]


def test_small_facts():
    assert [reach(n) for n in (3, 4, 5, 6, 9, 10)] == [0, 1, 1, 2, 2, 3]
    assert common_prefix("abcd", "abxy") == 2
    assert has_foreign_letters("Láďa")
    assert not has_foreign_letters("Éléonore")
    assert is_derived("Singaporeans", "Singapouriens")
    assert not is_derived("Holt", "Holte")

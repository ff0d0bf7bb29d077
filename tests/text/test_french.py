from __future__ import annotations

import re

import pytest

from mtqc.text import french


@pytest.mark.parametrize(
    ("phrase", "to", "of"),
    [
        ("Axios", "à Axios", "d’Axios"),
        ("Bloomberg", "à Bloomberg", "de Bloomberg"),
        ("le Monde", "au Monde", "du Monde"),
        ("Les Échos", "aux Échos", "des Échos"),
        ("la BBC", "à la BBC", "de la BBC"),
        ("l’AFP", "à l’AFP", "de l’AFP"),
        ("l'AFP", "à l'AFP", "de l'AFP"),
        ("Hanoï", "à Hanoï", "de Hanoï"),
    ],
)
def test_contraction(phrase, to, of):
    assert french.with_to(phrase) == to
    assert french.with_of(phrase) == of


@pytest.mark.parametrize(
    ("form", "participle"),
    [("dit", "dit"), ("annonçait", "annoncé"), ("révèle", "révélé"), ("répètent", "répété"), ("confia", "confié")],
)
def test_forms_of_speech(form, participle):
    assert french.participle_of()[form] == participle


@pytest.mark.parametrize("text", ["a déclaré", "n'a pas dit"[2:], "ont ensuite expliqué", "dit", "racontait"])
def test_a_group_is_simple_or_compound(text):
    match = re.fullmatch(french.speech_group(), text)
    assert match
    assert bool(match["simple"]) != bool(match["compound"])


def test_assure_takes_its_hearer_directly():
    assert re.fullmatch(french.speech_group(), "a assuré")
    assert not re.fullmatch(french.speech_group(needs_a=True), "a assuré")


@pytest.mark.parametrize(
    ("form", "gender"), [("fil", "m"), ("revendication", "f"), ("décision", "f"), ("problème", "m"), ("hommes", None)]
)
def test_counted_nouns(form, gender):
    assert french.noun_forms()[form].gender == gender


@pytest.mark.parametrize(
    "form", ["mode", "tour", "livre", "poste", "œuvre", "élève", "ministre", "spécialiste", "fois"]
)
def test_nouns_of_both_genders_are_left_out(form):
    assert form not in french.noun_forms()


def test_every_counted_form_is_lower_case_and_no_feminine_is_masculine_in_tion():
    forms = french.noun_forms()
    assert len(forms) > 7000
    assert all(form == form.lower() for form in forms)
    wrong = [f for f, n in forms.items() if f.endswith(("ation", "ition")) and n.gender == "m"]
    assert wrong == []

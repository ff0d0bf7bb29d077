"""FLU405–FLU407 beyond their examples: what agrees with what, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.agreement_clauses import Clauses
from mtqc.testing import make_pair, run_check


def findings(french: str):
    return run_check(Clauses(), make_pair("Something was said about it.", french))


@pytest.mark.parametrize(
    ("french", "code", "marked", "fix"),
    [
        (
            "Ils ont lu des rapports confidentielle.",
            "FLU405",
            "des rapports confidentielle",
            "des rapports confidentiels",
        ),
        ("Un commentaire de la situation actuel suit.", "FLU405", "la situation actuel", "la situation actuelle"),
        ("On a vu une voiture volé hier.", "FLU405", "une voiture volé", "une voiture volée"),
        ("Il combat des gangs criminel.", "FLU405", "des gangs criminel", "des gangs criminels"),
        ("Hier, une réunion a été organisé à Lyon.", "FLU406", "organisé", "organisée"),
        ("Les cartes ont été redessinée.", "FLU406", "redessinée", "redessinées"),
        ("Elle a été détenu deux mois.", "FLU406", "détenu", "détenue"),
        ("La proposition doit être examiné demain.", "FLU406", "examiné", "examinée"),
        ("Elle dit que les usines est fermées.", "FLU407", "les usines est", None),
        ("Ceux qui a payé protestent.", "FLU407", "Ceux qui a", None),
        ("Ils n’y croit plus.", "FLU407", "Ils n’y croit", None),
        ("Elle parlaient trop.", "FLU407", "Elle parlaient", None),
    ],
)
def test_a_slip_is_found_once_with_what_is_right(french, code, marked, fix):
    (found,) = findings(french)
    assert (found.code, found.target.text) == (code, marked)
    assert (found.fix.text if found.fix else None) == fix


@pytest.mark.parametrize(
    "french",
    [
        "Le taux de chômage élevé et le ministère de la Défense américain.",
        "Le rapport sur les monnaies publié en mai.",
        "Des mesures économiques, sociales et environnementales.",
        "Les parties basse et haute de la ville.",
        "Un réseau grand public, des yeux bleu clair, des gens gagnant peu.",
        "Le maire et la conseillère sont venus ; le salaire, comme la prime, ont augmenté.",
        "Elle s’est dit que c’était tard et s’est fait mal.",
        "Une dizaine de personnes sont arrivées, la plupart épuisées.",
        "Les uns l’ont vue, les autres la voient.",
        "Cette année les prix montent ; ce matin les routes étaient coupées.",
        "Avec elle sont venus trois amis.",
        "Le directeur des services financiers est parti.",
        "Ce que les élus ont décidé et ce qui leur plaît.",
        "L’une des lois qui ont été votées, l’un de ceux qui ont voté.",
        "Elle est premier ministre et médecin.",
    ],
)
def test_correct_sentences_are_left_alone(french):
    assert not findings(french)


def test_headings_in_capitals_are_no_sentences():
    assert not findings("Les Ministre Est Parti Ce Matin")


WORDS = "le la les l' un des du qui elle ils et, « » est été a plus très maison chats noire rouges pas mange. ; qu' 12 Paris ?"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=14), st.sampled_from(("", " ")))
def test_any_row_of_words_is_read_without_an_error(row, space):
    text = space.join(row)
    for found in findings(text):
        assert text[found.target.span.start : found.target.span.end] == found.target.text


@pytest.mark.parametrize(
    ("french", "marked"),
    [
        ("Cet autre candidat avait été appuyés par le parti.", "appuyés"),
        ("Trois hommes ont été trouvé hier.", "trouvé"),
        ("Hier soir le train est arrivés en retard.", "arrivés"),
    ],
)
def test_a_participle_of_another_number_than_its_auxiliary(french, marked):
    assert [(f.code, f.target.text) for f in findings(french)] == [("FLU406", marked)]


def test_a_pronoun_or_a_reflexive_keeps_the_auxiliary_apart():
    assert not findings("On est arrivés tard, elles se sont dit bonjour et nous sommes partis.")

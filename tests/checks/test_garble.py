"""FLU104 and FLU105: broken clauses, and sentences that only look so."""

from __future__ import annotations

import pytest

from mtqc.checks.garble import Garble
from mtqc.checks.garble_government import Government
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check

ENGLISH = "The minister has announced a new plan for the hospitals of the region."


def findings(french: str, english: str = ENGLISH):
    return run_check(Garble(), make_pair(english, french))


@pytest.mark.parametrize(
    ("french", "marked"),
    [
        ("Le groupe propose achète deux usines.", "propose achète"),
        ("La police avait réussit à entrer.", "avait réussit"),
        ("Les élus veulent demandent un vote.", "veulent demandent"),
    ],
)
def test_two_finite_verbs(french, marked):
    (found,) = findings(french)
    assert (found.code, found.target.text, found.severity) == ("FLU104", marked, Severity.MAJOR)


@pytest.mark.parametrize(
    "french",
    [
        "Ce que le ministre annonce inquiète les médecins.",
        "La somme qu’il demande dépasse le budget.",
        "La société est active en Chine et y est présente depuis dix ans.",
        "Le texte a décrit la crise, l’a conduit à sa perte et a rejoint les autres.",
        "Il va sans dire que le plan peut être revu.",
        "Le plan « prévoit » embauche et formation.",
    ],
)
def test_correct_clauses_are_left_alone(french):
    assert not findings(french)


def test_a_sentence_without_a_verb_is_a_mere_hint():
    french = "Le ministre de la Santé un nouveau plan pour les hôpitaux de la région."
    (found,) = findings(french)
    assert (found.code, found.severity, found.target.text) == ("FLU105", Severity.NEUTRAL, french)


@pytest.mark.parametrize(
    "french",
    [
        "Nous voulions un nouveau plan pour les hôpitaux de la région.",
        "Voici un nouveau plan pour tous les hôpitaux de la région.",
        "Dis-moi donc ce nouveau plan pour les hôpitaux de la région.",
        "Le ministre de la Santé : un nouveau plan pour les hôpitaux de la région",
    ],
)
def test_verbs_of_other_persons_and_headings_count(french):
    assert not findings(french)


@pytest.mark.parametrize(
    ("french", "marked", "fix"),
    [
        ("Le prix dépend le cours du pétrole.", "dépend le cours", "dépend du cours"),
        ("Ceux qui participent les réunions votent.", "participent les réunions", "participent aux réunions"),
        ("Elle a renoncé l'héritage.", "renoncé l'héritage", "renoncé à l'héritage"),
        ("Le mot provient une langue ancienne.", "provient une langue", "provient d’une langue"),
    ],
)
def test_a_verb_without_its_preposition(french, marked, fix):
    (found,) = run_check(Government(), make_pair(ENGLISH, french))
    assert (found.code, found.target.text) == ("FLU106", marked)
    assert found.fix is not None
    assert found.fix.text == fix


@pytest.mark.parametrize(
    "french",
    [
        "La loi dont bénéficient les locataires et à laquelle ont contribué les élus.",
        "La réunion à laquelle participent les maires et que précise le texte.",
        "Il a participé le 3 mai, puis un jour et cette année encore, à la fête.",
        "De là provient le nom ; À cela contribue la baisse des prix.",
        "On y accède par la cour et il en dépend un peu.",
        "Cela fait ressembler la rue à un marché.",
    ],
)
def test_inversions_and_dates_are_no_missing_preposition(french):
    assert not run_check(Government(), make_pair(ENGLISH, french))

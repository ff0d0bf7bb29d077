"""Quantity rules: their examples, and what an editor sees."""

from __future__ import annotations

import unicodedata

import pytest

import mtqc
from mtqc.checks.numbers import Numbers
from mtqc.model import Severity
from mtqc.testing import assert_finding, make_pair, run_check, run_example

EXAMPLES = [(r, e) for r in Numbers.rules for e in r.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Numbers(), rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    "example", [e for r in Numbers.rules for e in r.examples if not e.fires], ids=lambda e: e.target
)
def test_silent_examples_wake_no_other_number_rule(example):
    assert run_check(Numbers(), make_pair(example.source, example.target, langs=example.langs)) == []


def find(source, target):
    return run_check(Numbers(), make_pair(source, target))


def test_an_editor_sees_both_values_the_place_and_the_french_to_write():
    (found,) = find("The bid was $97.4 billion.", "L'offre était de 97,4 millions de dollars.")
    assert found.severity is Severity.CRITICAL
    assert found.message == (
        "“$97.4 billion” = 97,400,000,000 became “97,4 millions de dollars” = 97,400,000: the magnitude changed."
    )
    assert (found.source.text, found.fix.text) == ("$97.4 billion", "97,4\u00a0milliards de dollars")
    assert [e.value for e in found.evidence] == ["97,400,000,000", "97,400,000"]


def test_money_is_critical_and_a_count_major():
    assert find("He paid $850.", "Il a payé 580 dollars.")[0].severity is Severity.CRITICAL
    assert find("He saw 85 birds.", "Il a vu 58 oiseaux.")[0].severity is Severity.MAJOR


def test_a_word_that_became_a_figure_is_major_a_word_that_became_a_word_a_suspicion():
    assert find("Twenty per cent agree.", "60 % sont d'accord.")[0].severity is Severity.MAJOR
    assert find("It took seven weeks.", "Cela a pris huit semaines.")[0].severity is Severity.MINOR


def test_an_omission_has_a_place_and_points_at_the_english():
    found = assert_finding(find("The fire killed 17 people.", "L'incendie a fait des morts."), "ACC303", "")
    assert found.source.text == "17"
    assert 0 <= found.target.span.start == found.target.span.end <= 28


def test_figures_that_moved_two_sentences_away_are_in_their_place():
    source = "In 2019 it opened.\nThe hall is big.\nIt holds 4,500 people."
    moved = "Elle a ouvert.\nLa salle est grande.\nElle contient 4 500 personnes depuis 2019."
    assert find(source, moved) == []
    assert find("In 2019 it opened.\nA.\nB.\nC.", "Elle a ouvert.\nA.\nB.\nEn 2019.") != []


def test_many_misfits_in_one_sentence_are_one_finding():
    (found,) = find("In 1981, 1983, 1987, 1988 and 1990 she won.", "Elle a gagné plusieurs fois.")
    assert len(found.related) == 4
    assert "4 more figures" in found.message


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The 2019-20 season was his 3rd.", "La saison 2019-2020 était sa troisième."),
        ("He won 6-3, 6-4 in 24/7 form.", "Il s'est imposé 6-3, 6-4 dans une forme de 24 h/24."),
        ("After 9/11, the F-35 and the G7 changed.", "Après le 11 septembre, le F-35 et le G7 ont changé."),
        ("The 7-foot-2 centre weighs 300 pounds.", "Le pivot de 2,18 m pèse 136 kg."),
        ("A 1-0 win at 8 in the evening.", "Une victoire 1 à 0 à 20 heures."),
        ("They made the last 16.", "Ils ont atteint les huitièmes de finale."),
        ("A year and a half later, 18 months on.", "Un an et demi plus tard, 18 mois après."),
        ("Between 2 million and 3 million came.", "De 2 à 3 millions de personnes sont venues."),
        ("Some 800m people, in a 1.7m city.", "Quelque 800 millions de personnes, dans une ville de 1,7 million."),
        ("The 10-year plan cost US$5bn.", "Le plan décennal de 10 ans a coûté 5 Mds$."),
    ],
)
def test_no_wolf(source, target):
    assert find(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The 71-year-old denies it.", "Le septuagénaire nie les faits."),
        ("A 103-year-old woman and an 84-year-old man.", "Une centenaire et un octogénaire."),
        ("The pool is 2.6 miles by 1.4.", "Le bassin est long de 4,2 kilomètres et large de 2,3."),
        ("Some 2.3m people voted.", "Quelque 2 300 000 personnes ont voté."),
        ("Three quarters of them agree.", "Ils sont d'accord à 75 %."),
        ("Two thirds left.", "Les deux tiers sont partis."),
        ("Three fifths of the land burned.", "60 % des terres ont brûlé."),
        ("It lost three quarters in a row.", "Elle a perdu de l'argent trois trimestres de suite."),
    ],
)
def test_other_ways_to_say_a_number(source, target):
    assert find(source, target) == []


def test_a_figure_that_is_no_age_of_that_ten_is_missed():
    assert find("The 71-year-old denies it.", "L'octogénaire nie les faits.") != []
    assert find("The pool is 2.6 miles by 1.4.", "Le bassin est long de 4,2 kilomètres et large de 3,2.") != []


def test_a_unit_ten_times_off_is_critical_and_the_fix_keeps_the_figure():
    (found,) = find("It is 612.4 metres deep.", "Il a 612,4 kilomètres de profondeur.")
    assert (found.severity, found.fix.text) == (Severity.CRITICAL, "612,4\u00a0mètres")
    (found,) = find("It took 12 days.", "Il a fallu 12 semaines.")
    assert (found.severity, found.fix.text) == (Severity.MAJOR, "12\u00a0jours")
    (found,) = find("It is 50 miles long.", "Il a 50 kilomètres de long.")
    assert (found.severity, found.fix) == (Severity.MAJOR, None)


def test_decomposed_letters_make_no_difference():
    (found,) = find("It is 612.4 metres deep.", unicodedata.normalize("NFD", "Il a 612,4 kilomètres de long."))
    assert (found.code, found.severity) == ("ACC307", Severity.CRITICAL)
    for text in ("Elle est arrivée 3ème.", "Les 3 dernières années."):
        assert find("She was third in the last 3 years.", unicodedata.normalize("NFD", text)) == find(
            "She was third in the last 3 years.", text
        )


@pytest.mark.parametrize(
    ("english", "french", "codes"),
    [
        ("2,500 million", "2 500 milliards", ["ACC301"]),
        ("2500 million", "2500 milliards", ["ACC301"]),
        ("3,000 billion", "3 000 millions", ["ACC301"]),
        ("2,500 million", "2,5 milliards", []),
        ("2,500 million", "2 500 millions", []),
    ],
)
def test_figures_of_four_digits_before_a_magnitude(english, french, codes):
    pair = f"The town spent {english} dollars on it.", f"La ville a dépensé {french} de dollars pour cela."
    assert [f.code for f in mtqc.check(*pair, no_model=True).all_findings if f.code.startswith("ACC3")] == codes

"""ACC110 and ACC111: levels, places, what is left to other rules."""

from __future__ import annotations

import pytest

from mtqc.checks.coverage import LostParts
from mtqc.model import Severity
from mtqc.testing import assert_finding, make_pair, run_check, with_coverage

ENGLISH = "The mayor, who took office in May, resigned on Monday."
FRENCH = "Le maire a démissionné lundi."
PART = "who took office in May"


def found(odds: float, check: LostParts | None = None):
    article = with_coverage(make_pair(ENGLISH, FRENCH), [(PART, "Le maire", odds)], [])
    return run_check(check or LostParts(), article)


@pytest.mark.parametrize(("odds", "severity"), [(2.9, None), (3.0, Severity.MINOR), (5.5, Severity.MAJOR)])
def test_levels(odds, severity):
    assert [f.severity for f in found(odds)] == ([] if severity is None else [severity])


def test_an_omission_is_an_empty_place_with_its_original():
    finding = assert_finding(found(6.0), "ACC110", "")
    assert finding.target.span.start == len("Le maire")
    assert finding.source is not None
    assert finding.source.text == PART
    assert finding.message == f"“{PART}” is missing in the translation."
    assert [e.unit for e in finding.evidence] == ["nats", "nats"]
    assert found(4.0)[0].message == f"“{PART}” seems to be missing in the translation."
    assert found(6.0)[0].confidence > found(4.0)[0].confidence


def test_thresholds_are_settings():
    assert found(4.0, LostParts(omitted=4.5)) == []
    assert found(4.0, LostParts(omitted_for_sure=3.9))[0].severity == Severity.MAJOR


def test_nothing_is_said_without_the_signal():
    assert run_check(LostParts(), make_pair(ENGLISH, FRENCH)) == []


@pytest.mark.parametrize("part", ["Reuters", "on 12 May", "in Tel Aviv"])
def test_lost_names_and_figures_are_other_rules_business(part):
    english = f"The agency {part} said that the talks had failed."
    article = with_coverage(
        make_pair(english, "L’agence dit que les négociations ont échoué."), [(part, "L’agence", 6)], []
    )
    assert run_check(LostParts(), article) == []


def test_a_name_with_words_of_its_own_is_reported():
    english = "The expert, Tiffany Ng of the University of Michigan, said so."
    part = "Tiffany Ng of the University of Michigan"
    article = with_coverage(make_pair(english, "L’experte l’a dit."), [(part, "L’experte", 6.4)], [])
    assert_finding(run_check(LostParts(), article), "ACC110", "")


def test_an_acronym_far_away_excuses_nothing():
    english = "The strict budget rules of old will be voted on Tuesday, with those that the ministers had proposed in the spring."
    french = "Le texte sera voté mardi, après que les ministres l’avaient proposé au printemps dernier, dit l’AFP."
    article = with_coverage(make_pair(english, french), [("strict budget rules of old", "Le texte", 4.0)], [])
    assert_finding(run_check(LostParts(), article), "ACC110", "")


def test_an_addition_marks_the_french():
    english, french = FRENCH, ENGLISH
    article = with_coverage(make_pair(english, french), [], [(PART, "Le maire", 6.5)])
    finding = assert_finding(run_check(LostParts(), article), "ACC111", PART)
    assert finding.severity == Severity.MAJOR
    assert finding.source is not None
    assert finding.source.text == ""


def test_beside_a_sentence_without_partner_nothing_is_called_missing():
    """The aligner may have put there what the neighbour seems to lack."""
    article = make_pair(f"{ENGLISH}\n", f"{FRENCH}\nIl était entré en fonction en mai.")
    article = with_coverage(article, [(PART, "Le maire", 6.0)], [])
    assert run_check(LostParts(), article) == []

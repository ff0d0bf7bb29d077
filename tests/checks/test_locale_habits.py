"""Capitals, magnitudes, dates and hours kept from English."""

from __future__ import annotations

import pytest

from mtqc.checks.locale_capitals import Capitals
from mtqc.checks.locale_habits import EnglishHabits
from mtqc.testing import assert_finding, make_pair, run_check, run_example

CASES = [(c, r, e) for c in (Capitals(), EnglishHabits()) for r in c.rules for e in r.examples]


@pytest.mark.parametrize(
    ("check", "rule", "example"), CASES, ids=lambda v: getattr(v, "code", getattr(v, "target", ""))
)
def test_examples_mark_nothing_else(check, rule, example):
    found = run_example(check, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("source", "target", "fix"),
    [
        ("It made $3.5bn.", "Elle a fait 3,5bn $.", "3,5\u00a0milliards"),
        ("It made $1.5bn.", "Elle a fait 1,5bn $.", "1,5\u00a0milliard"),
        ("It made $2tn.", "Elle a fait 2tn $.", "2\u00a0billions"),
        ("He left on May 1.", "Il part le 1\u00a0mai.", "1er\u00a0mai"),
        ("On May 1, 2020 he left.", "Le 1er mai, 2020 il est parti.", "1er mai 2020"),
        ("Signed 5/23/2023.", "Signé le 5/23/2023.", "23/5/2023"),
    ],
)
def test_fixes(source, target, fix):
    assert fix in [f.fix.text for f in run_check(EnglishHabits(), make_pair(source, target)) if f.fix]


def test_a_headline_is_put_right_but_for_its_names():
    source, target = "Merkel Says Greek Government Must Pay", "Merkel Dit Que Le Gouvernement Grec Doit Payer"
    finding = assert_finding(run_check(Capitals(), make_pair(source, target)), "LOC115", target)
    assert finding.fix.text.startswith("Merkel ")
    assert "gouvernement" in finding.fix.text


def test_the_share_is_a_threshold():
    source, target = "Government Announces Public Spending Cuts", "Le Gouvernement annonce des Coupes dans les Dépenses"
    assert run_check(Capitals(share=0.9), make_pair(source, target)) == []
    assert [f.code for f in run_check(Capitals(), make_pair(source, target))] == ["LOC115"]


@pytest.mark.parametrize(
    "target", ["Il est parti dans l'océan Indien.", "Bien qu'il soit Indien.", "Les jeunes Indiens sont partis."]
)
def test_peoples_and_places_keep_their_capital(target):
    assert run_check(Capitals(), make_pair("Young Indians left for the Indian Ocean.", target)) == []


def test_hours_in_one_way_are_silent_and_in_two_one_remark():
    one = make_pair("At 3:30 p.m.\nAt 4 p.m.", "À 15h30.\nÀ 16h00.")
    two = make_pair("At 3:30 p.m.\nAt 4 p.m.\nAt 5 p.m.", "À 15h30.\nÀ 16:00.\nÀ 17:00.")
    assert run_check(EnglishHabits(), one) == []
    (remark,) = run_check(EnglishHabits(), two)
    assert (remark.code, remark.target.text, remark.article_wide) == ("LOC123", "15h30", True)

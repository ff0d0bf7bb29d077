"""Months and weekdays that became others."""

from __future__ import annotations

import unicodedata

import pytest

from mtqc.checks.numbers_dates import DAYS_EN, DAYS_FR, MONTHS_EN, MONTHS_FR, Dates, date_words
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example

EXAMPLES = [(r, e) for r in Dates.rules for e in r.examples]


def find(source, target):
    return run_check(Dates(), make_pair(source, target))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Dates(), rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def test_all_months_and_days_are_read_alike():
    for english, french in ((MONTHS_EN, MONTHS_FR), (DAYS_EN, DAYS_FR)):
        for i, (en, fr) in enumerate(zip(english, french, strict=True)):
            (a,) = date_words(f"It was in {en.capitalize()} then.", "en")
            for form in (fr, unicodedata.normalize("NFD", fr)):
                (b,) = date_words(f"C'était en {form} alors.", "fr")
                assert (a.sort, a.number) == (b.sort, b.number)
                assert a.number == i


def test_the_same_day_beside_another_month_is_critical():
    (found,) = find("On March 14 and in June he left.", "Le 14 mai et en juin il est parti.")
    assert (found.severity, found.fix.text, found.source.text) == (Severity.CRITICAL, "mars", "March")
    (found,) = find("He left in June.", "Il est parti en juillet.")
    assert (found.severity, found.fix.text) == (Severity.MAJOR, "juin")


def test_abbreviations_and_the_day_before_the_month():
    assert find("On Sept. 3 it sank.", "Il a coulé le 3 septembre.") == []
    assert [f.target.text for f in find("On 3 Sept 2019 it sank.", "Il a coulé le 3 octobre 2019.")] == ["octobre"]
    assert find("By 5 May he had gone.", "Le 5 mai, il était parti.") == []


def test_two_of_each_without_a_day_belong_to_no_one():
    assert find("In June and July.", "En août et en octobre.") == []

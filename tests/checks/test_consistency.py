from __future__ import annotations

import pytest

from mtqc.checks.consistency import ConsistencyCheck
from mtqc.checks.consistency_rules import RULES
from mtqc.rules import Example, Rule
from mtqc.testing import assert_finding, make_pair, run_check, run_example

CHECK = ConsistencyCheck()
CASES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.code}-{e.target[:25]}" for r, e in CASES])
def test_examples(rule: Rule, example: Example) -> None:
    found = [f.target.text for f in run_example(CHECK, rule, example)]
    assert found == ([example.marks] if example.fires else [])


def test_marks_the_rarer_form_and_lists_the_others():
    article = make_pair(
        "A startup rose.\nThat startup fell.\nNo startup won.",
        "Une start-up a grandi.\nCette startup est tombée.\nAucune start-up n’a gagné.",
    )
    finding = assert_finding(run_check(CHECK, article), "TRM102", "startup")
    assert finding.article_wide
    assert [place.text for place in finding.related] == ["start-up", "start-up"]
    assert finding.fix is not None
    assert finding.fix.text == "start-up"


def test_two_french_names_of_one_country_are_fair():
    article = make_pair("Britain votes.\nIn Britain, it rains.", "La Grande-Bretagne vote.\nAu Royaume-Uni, il pleut.")
    assert run_check(CHECK, article) == []


def test_names_the_place_of_the_kept_form():
    article = make_pair(
        "“Doctor Brenner”\nThey call him “Doctor Brenner” at home.",
        "« Le docteur Brenner »\nOn l’appelle « Doctor Brenner » à la maison.",
    )
    finding = assert_finding(run_check(CHECK, article), "TRM103", "Le docteur Brenner")
    assert [place.text for place in finding.related] == ["Doctor Brenner"]
    assert finding.source is not None
    assert finding.source.text == "Doctor Brenner"


def test_covid_in_two_cases():
    article = make_pair("COVID-19 rose.\nNow COVID-19 falls.", "Le Covid-19 a grimpé.\nÀ présent la COVID-19 recule.")
    assert [f.code for f in run_check(CHECK, article)] == ["TRM101"]

"""Words in quotations that mean something else, by links, lexicon and forced decoding."""

from __future__ import annotations

import pytest

from mtqc.checks.quotations import Quotations
from mtqc.model import Finding, Severity
from mtqc.testing import make_pair, run_check, run_example, with_links

CHECK = Quotations()
RULE = CHECK.rules[0]
ENGLISH, FRENCH = "“The doctors were right,” Holt said.", "« Les soldats avaient raison », a dit Holt."
BACK = "“The soldiers were right,” Holt said."


def find(
    *links: tuple[str, str, float], english: str = ENGLISH, french: str = FRENCH, back: str = BACK
) -> list[Finding]:
    return run_check(CHECK, with_links(make_pair(english, french, (back,)), links))


@pytest.mark.parametrize("example", RULE.examples, ids=lambda e: e.target[:30] + e.note)
def test_examples(example):
    found = run_example(CHECK, RULE, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def test_both_sides_are_named():
    (found,) = find(("doctors", "soldats", -20.0))
    assert (found.target.text, found.severity) == ("soldats", Severity.MINOR)
    assert found.source is not None
    assert found.source.text == "doctors"
    assert "“doctors”" in found.message


def test_nothing_is_said_where_the_evidence_is_not_whole():
    assert find(("doctors", "soldats", -5.0)) == []
    assert find(("doctors", "soldats", -20.0), back="“The doctors were right,” Holt said.") == []
    assert find(("doctors", "soldats", -20.0), ("right", "soldats", -20.0)) == []
    assert find(("doctors", "soldats", -20.0), french="Les soldats avaient raison, a dit Holt.") == []
    assert run_check(CHECK, make_pair(ENGLISH, FRENCH, (BACK,))) == []


def test_a_translation_that_the_lexicon_knows_is_none_of_them():
    french = "« Les médecins avaient raison », a dit Holt."
    assert find(("doctors", "médecins", -20.0), french=french) == []


def test_the_thresholds_are_settings():
    strict = Quotations(forward=-30.0)
    article = with_links(make_pair(ENGLISH, FRENCH, (BACK,)), (("doctors", "soldats", -20.0),))
    assert run_check(strict, article) == []

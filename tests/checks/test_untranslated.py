"""English words and stretches left in the French."""

from __future__ import annotations

import pytest

from mtqc.checks.structure import Untranslated
from mtqc.checks.untranslated_words import UntranslatedWords
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example

CASES = [(c, r, e) for c in (Untranslated(), UntranslatedWords()) for r in c.rules for e in r.examples]


@pytest.mark.parametrize(
    ("check", "rule", "example"), CASES, ids=lambda v: getattr(v, "code", getattr(v, "target", ""))
)
def test_examples(check, rule, example):
    found = run_example(check, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def find(source, target):
    return run_check(UntranslatedWords(), make_pair(source, target))


def test_an_english_ending_is_certain_and_the_rest_a_suspicion():
    (found,) = find("The board approved it.", "Le conseil a approved le texte.")
    assert (found.severity, found.source.text) == (Severity.MAJOR, "approved")
    assert "« approuvé »" in found.message
    (found,) = find("The landlord left.", "Le landlord est parti.")
    assert found.severity is Severity.MINOR
    assert "seems" in found.message


def test_a_word_set_apart_or_repeated_is_the_authors_choice():
    assert find("The landlord.\nThe landlord.", "Le « landlord », ou bailleur.\nLe landlord est parti.") == []
    assert find("\n".join(["The landlord."] * 3), "\n".join(["Le landlord."] * 3)) == []


@pytest.mark.parametrize("loan", ["smartphone", "manager", "star", "podcast", "business", "outsourcing", "tramway"])
def test_loans(loan):
    assert find(f"It was a {loan}.", f"C'était un {loan}.") == []

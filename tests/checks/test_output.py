from __future__ import annotations

import pytest

from mtqc.checks.output import Output
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example

CHECK = Output()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


def found(english: str, french: str) -> list[tuple[str, str, Severity]]:
    return [(f.code, f.target.text, f.severity) for f in run_check(CHECK, make_pair(english, french))]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    marked = run_example(CHECK, rule, example)
    assert [f.target.text for f in marked] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The ship sank.", "Le navire a sombré,"),
        ("He asked: “Who goes there?”", "Il a demandé : « Qui va là ? »"),
        ("Version 2.0 (beta).", "Version 2.0 (beta)"),
        ("Ha ha ha ha ha.", "Ha ha ha ha ha."),
        ("", "Le port est fermé"),
    ],
)
def test_what_stays_silent(english, french):
    assert found(english, french) == []


def test_a_verb_at_the_end_of_a_long_enough_sentence_is_a_suspicion():
    english = "Nobody knows where the ferry to Oran is."
    assert found(english, "Personne ne sait au juste où le ferry d’Oran est") == [("ACC108", "est", Severity.MINOR)]


def test_a_loop_of_a_phrase_is_marked_whole_and_cut_to_one():
    (finding,) = run_check(
        CHECK, make_pair("It rained all day.", "Il a plu toute la journée toute la journée toute la journée.")
    )
    assert finding.target.text == "toute la journée toute la journée toute la journée"
    assert finding.fix is not None
    assert finding.fix.text == "toute la journée"


def test_a_copy_is_not_a_foreign_language():
    text = "Fishermen, divers, sailors: everybody helped yesterday evening."
    assert [code for code, _, _ in found(text, text)] == ["ACC105"]

from __future__ import annotations

import pytest

from mtqc.checks.reporting import Reporting
from mtqc.testing import make_pair, run_check, run_example

CHECK = Reporting()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def only(source: str, target: str):
    found = run_check(CHECK, make_pair(source, target))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("source", "target", "code", "fix"),
    [
        ("Ito told Reuters it was over.", "Ito dit Reuters que c’était fini.", "FLU101", "Ito a dit à Reuters"),
        (
            "Ito told The Guardian it was over.",
            "Ito a confié le Guardian que c’était fini.",
            "FLU101",
            "Ito a confié au Guardian",
        ),
        ("Ito told AFP it was over.", "Ito a dit l’AFP que c’était fini.", "FLU101", "Ito a dit à l’AFP"),
        (
            "Ito told Politico on Monday.",
            "Lundi, Ito raconte Politico a expliqué cela.",
            "FLU102",
            "Ito a expliqué à Politico",
        ),
        ("Ito told reporters.", "Ito a dit journalistes cela.", "FLU101", "Ito a dit aux journalistes"),
    ],
)
def test_the_suggestion_is_composed(source, target, code, fix):
    finding = only(source, target)
    assert (finding.code, finding.fix.text) == (code, fix)


def test_without_a_subject_nothing_is_suggested_and_the_hearer_is_shown():
    finding = only("“Enough,” the clerk told AFP.", "« Assez », a indiqué AFP un greffier.")
    assert finding.target.text == "a indiqué AFP"
    assert finding.fix is None
    assert finding.source.text == "AFP"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_no_break_spaces_and_apostrophes_make_no_difference(space):
    target = f"La patronne de l'agence dit{space}CNBC a{space}déclaré qu'elle partait."
    assert only("The agency's head told CNBC she was leaving.", target).code == "FLU102"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("“Enough,” Ito told AFP.", "« Assez », a déclaré Ito à l’AFP."),
        ("Ito told AFP. AFP reported it at noon.", "Ito l’a dit à l’AFP. L’AFP l’a rapporté, a dit AFP."),
        ("What he had said was false.", "Ce qu’il avait dit était faux."),
        ("The estimate was revised.", "Le rapport annonce une révision."),
        ("He is, and has been, ill.", "Il est et a été malade."),
        ("As she says, it has grown.", "Comme elle dit, a grandi le doute."),
    ],
)
def test_silent(source, target):
    assert run_check(CHECK, make_pair(source, target)) == []

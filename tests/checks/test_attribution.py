from __future__ import annotations

import pytest

from mtqc.checks.attribution import Attribution
from mtqc.checks.reporting import Reporting
from mtqc.testing import make_pair, run_check, run_example

CHECK = Attribution()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The mayor told reporters she was ill.", "Les journalistes ont dit à la maire qu’elle était malade."),
        ("Saipov told authorities he had acted alone.", "Les autorités ont déclaré à Saipov qu’il avait agi seul."),
    ],
)
def test_a_hearer_who_speaks_is_reported(english, french):
    assert [f.code for f in run_check(CHECK, make_pair(english, french))] == ["ACC401"]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The mayor told reporters she was ill.", "La maire a dit à la presse qu’elle était malade."),
        ("Reporters were told that the mayor was ill.", "On a dit aux journalistes que la maire était malade."),
        ("Devlin spoke. Mora is ill, according to Devlin.", "Devlin a pris la parole. Selon Devlin, Mora est malade."),
        ("The gate was shut, according to Mora.", "Le portail était fermé, selon les voisins."),
    ],
)
def test_speakers_in_their_place_stay_silent(english, french):
    assert run_check(CHECK, make_pair(english, french)) == []


def test_two_verbs_of_speech_in_a_row():
    (finding,) = run_check(Reporting(), make_pair("Mora said no.", "Mora a expliqué a indiqué que non."))
    assert (finding.code, finding.target.text) == ("FLU102", "a expliqué a indiqué")

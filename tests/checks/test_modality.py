from __future__ import annotations

import pytest

from mtqc.checks.modality import Modality
from mtqc.testing import make_pair, run_check, run_example

CHECK = Modality()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


def codes(english: str, french: str, back: str = "") -> list[str]:
    return [f.code for f in run_check(CHECK, make_pair(english, french, [back]))]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("english", "french", "code"),
    [
        ("The quay is unsafe, the surveyors said.", "Le quai est dangereux.", "ACC704"),
        ("The tunnel may have flooded twice.", "Le tunnel a été inondé deux fois.", "ACC705"),
        ("She seems to like the post.", "Elle aime le poste.", "ACC705"),
        ("The climb took almost six hours.", "L’ascension a pris six heures.", "ACC706"),
        ("Guests sometimes complain.", "Les clients se plaignent.", "ACC707"),
    ],
)
def test_a_lost_reserve_is_reported(english, french, code):
    assert codes(english, french) == [code]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The quay is unsafe, the surveyors said.", "Le quai est dangereux, ont averti les experts."),
        ("The train leaves at about 3 p.m.", "Le train part à 15 h."),
        ("They spoke about 2012.", "Ils ont parlé de 2012."),
        ("Guests tend to complain.", "Les clients ont tendance à se plaindre."),
        ("Hundreds, perhaps, will come.", "Des centaines de personnes devraient venir."),
    ],
)
def test_a_reserve_said_otherwise_stays_silent(english, french):
    assert codes(english, french) == []


def test_the_back_translation_clears():
    english, french = "The leak was probably caused by frost.", "Le gel a tout l’air d’en être la cause."
    assert codes(english, french, "Frost was probably the cause.") == []


def test_the_english_word_is_located():
    (finding,) = run_check(CHECK, make_pair("Guests sometimes complain.", "Les clients se plaignent."))
    assert finding.source is not None
    assert finding.source.text == "sometimes"
    assert finding.target.text == "plaignent"
